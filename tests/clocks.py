"""Time for tests: it moves only when told to."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import limits.storage.memory
import limits.strategies
import pytest


class FrozenClock:
    def __init__(self, start: str) -> None:
        self._now = datetime.fromisoformat(start)

    def now(self) -> datetime:
        return self._now

    def set(self, instant: str) -> None:
        self._now = datetime.fromisoformat(instant)

    def advance(self, **span: float) -> None:
        """By a timedelta's keyword arguments: `advance(minutes=5)`."""
        self._now += timedelta(**span)


def limits_follow(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library that counts requests, which reads the time itself, read this clock."""
    time = SimpleNamespace(time=lambda: clock.now().timestamp())
    monkeypatch.setattr(limits.storage.memory, "time", time)
    monkeypatch.setattr(limits.strategies, "time", time)
