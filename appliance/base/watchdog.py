"""Ends what takes too long or is no longer wanted, by one thread for all."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LOOK_S = 0.05
"""How often it looks, while there is something to watch."""


def _always() -> bool:
    return True


class Watchdog:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: dict[object, tuple[Callable[[float], bool], Callable[[], None]]] = {}
        self._thread: threading.Thread | None = None
        self._ending = threading.Event()

    @contextmanager
    def watching(
        self, seconds: float, end: Callable[[], None], is_wanted: Callable[[], bool] = _always
    ) -> Iterator[None]:
        """If the block takes longer, or is not wanted any more, call `end` every LOOK_S until it is over;
        never after. Both are called on another thread.

        Once would not do: DuckDB forgets an interrupt that comes between two statements.
        """
        key = object()
        due = time.monotonic() + seconds
        with self._changed:
            self._watched[key] = (lambda now: now >= due or not is_wanted(), end)
            if self._thread is None:
                self._ending = threading.Event()
                self._thread = threading.Thread(
                    target=self._run, args=(self._ending,), name="watchdog", daemon=True
                )
                self._thread.start()
            self._changed.notify()
        try:
            yield
        finally:
            with self._changed:
                self._watched.pop(key, None)

    def end(self) -> None:
        """Ends its thread; what is watched later begins another."""
        with self._changed:
            thread, self._thread = self._thread, None
            self._ending.set()
            self._changed.notify()
        if thread is not None:
            thread.join()

    def _run(self, ending: threading.Event) -> None:
        while not ending.is_set():
            with self._changed:
                while not self._watched and not ending.is_set():
                    self._changed.wait()
                self._end_what_is_due(time.monotonic())
            ending.wait(LOOK_S)

    def _end_what_is_due(self, now: float) -> None:
        # Apart from the loop, which would otherwise wait with the last connection in its hands.
        for is_due, end in self._watched.values():
            if is_due(now):
                end()
