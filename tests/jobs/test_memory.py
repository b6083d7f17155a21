"""Memory that was freed goes back to the system, also from below what is still in use."""

import os
import sys

import pytest

from appliance.jobs import memory
from appliance.runtime import Runtime
from tests.faults.machine import held_by


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what was freed")
def test_freed_memory_goes_back_to_the_system(program: Runtime) -> None:
    blocks = [bytes(2000) for _ in range(50_000)]  # 100 MB, too large for Python's own allocator
    last = blocks.pop()
    blocks.clear()
    before = held_by(os.getpid()).memory_mb
    memory.run(program, program.clock.now())
    assert held_by(os.getpid()).memory_mb < before - 50
    assert last
