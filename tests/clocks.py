"""Time for tests: it moves only when told to."""

from datetime import datetime, timedelta


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
