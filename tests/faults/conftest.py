"""A shop to break, and the random choices of a run, which can be repeated."""

import os
import random
from pathlib import Path

import pytest

from tests.faults.shop import Shop


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("FAULTS_SEED") or random.randrange(10**6))
    print(f"\nFAULTS_SEED={seed}")
    return random.Random(seed)


@pytest.fixture(autouse=True)
def no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal must come from the fault under test."""
    monkeypatch.setenv("ANALYTIQ_INGEST_LIMIT_PER_SITE", "0")


@pytest.fixture
def shop(tmp_path: Path, chance: random.Random) -> Shop:
    """With spaces and letters beyond ASCII in its path."""
    return Shop(tmp_path / "Zoë's данные", chance)
