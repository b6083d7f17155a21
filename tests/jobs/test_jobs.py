"""Housekeeping: what each job does, and that the table is run."""

import shutil
import threading
from collections import namedtuple
from datetime import datetime

import pytest

from appliance.jobs import Job, checkpoint, salts, scheduler
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import Person
from tests.traffic import pageview, send

Disk = namedtuple("Disk", "total used free")


def log_size(program: Runtime) -> int:
    log = program.config.paths.write_ahead_log
    return log.stat().st_size if log.exists() else 0


def test_a_long_write_ahead_log_is_moved_into_the_file(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    assert log_size(program) > 0
    monkeypatch.setattr(checkpoint, "WORTH_BYTES", 1)
    checkpoint.run(program, program.clock.now())
    assert log_size(program) == 0


def test_no_checkpoint_meets_a_full_disk(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    monkeypatch.setattr(checkpoint, "WORTH_BYTES", 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(1, 1, 1))
    checkpoint.run(program, program.clock.now())
    assert log_size(program) > 0


def test_salts_are_destroyed_after_two_days(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    send(program, alice.shop, pageview(clock.now(), visitor=None))
    before = program.config.paths.salts.read_text()
    clock.advance(days=1)
    salts.run(program, clock.now())
    assert program.config.paths.salts.read_text() == before
    clock.advance(days=1)
    salts.run(program, clock.now())
    assert program.config.paths.salts.read_text() == "{}"


def test_every_job_runs_at_the_start_and_one_that_fails_stops_no_other(
    program: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = threading.Event()

    def fail(_program: Runtime, _now: datetime) -> None:
        raise RuntimeError("broken")

    def work(_program: Runtime, now: datetime) -> None:
        assert now == program.clock.now()
        ran.set()

    monkeypatch.setattr(scheduler, "JOBS", (Job("fails", 3600, fail), Job("works", 3600, work)))
    started = scheduler.start(program)
    assert ran.wait(5)
    started.shutdown()
