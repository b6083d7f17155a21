"""Answers that another thread gives: waiting for one, and counting down to one."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from appliance.base.errors import UnavailableError

T = TypeVar("T")

Tell = Callable[[T | UnavailableError], None]
"""Told the answer, once."""
GiveUp = Callable[[], None]
"""Called when the answer takes too long; it then comes at once if nothing was done yet."""


class Answer(Generic[T]):
    """Waited for by the thread that asked."""

    def __init__(self) -> None:
        self._told = threading.Event()
        self._answer: T | UnavailableError

    def tell(self, answer: T | UnavailableError) -> None:
        self._answer = answer
        self._told.set()

    def wait(self, give_up: GiveUp, after_s: float) -> T:
        """Raises the UnavailableError that is told instead of an answer."""
        if not self._told.wait(after_s):
            give_up()
            self._told.wait()
        if isinstance(self._answer, UnavailableError):
            raise UnavailableError(str(self._answer), self._answer.retry_after_s) from self._answer
        return self._answer


class Countdown:
    """Calls `done` once, when as many parts as are expected have ended; with the first error, if any."""

    def __init__(self, done: Callable[[UnavailableError | None], None]) -> None:
        self._done = done
        self._lock = threading.Lock()
        self._left = 0
        self._error: UnavailableError | None = None

    def expect(self, parts: int) -> None:
        """At least one of them has not ended yet; others may have ended before this is called."""
        with self._lock:
            self._left += parts

    def end(self, error: UnavailableError | None) -> None:
        with self._lock:
            self._left -= 1
            self._error = self._error or error
            over = self._left == 0
        if over:
            self._done(self._error)
