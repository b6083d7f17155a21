"""Work that is given up when the program ends: which threads do some, and how each is interrupted."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from appliance.storage.database_errors import EndingError

_INTERRUPT_EVERY_S = 0.02
"""An interrupt that meets no statement is forgotten by DuckDB: the next one needs another."""


class Background:
    """`ending`: what runs in the background is given up, and nothing more is begun there."""

    def __init__(self) -> None:
        self.ending = False
        self._working: dict[int, Callable[[], None] | None] = {}

    @contextmanager
    def here(self) -> Iterator[None]:
        """What this thread does until the block ends is such work."""
        me = threading.get_ident()
        self._working[me] = None
        try:
            yield
        finally:
            del self._working[me]

    @contextmanager
    def undisturbed(self) -> Iterator[None]:
        """What is begun is finished, in the background too."""
        me = threading.get_ident()
        known, interrupt = me in self._working, self._working.pop(me, None)
        try:
            yield
        finally:
            if known:
                self._working[me] = interrupt

    def check(self) -> None:
        """Raises EndingError where this thread is to begin nothing more."""
        if self.ending and threading.get_ident() in self._working:
            raise EndingError

    def is_ended_by(self, interrupt: Callable[[], None]) -> None:
        """What this thread asks from now on."""
        me = threading.get_ident()
        if me in self._working:
            self._working[me] = interrupt

    @property
    def elsewhere(self) -> bool:
        """Whether there is any on another thread."""
        me = threading.get_ident()
        return any(each != me for each in list(self._working))

    def end(self) -> None:
        """Returns when no thread does any more; none gets a statement through from now on."""
        self.ending = True
        while working := list(self._working.values()):
            for interrupt in working:
                if interrupt is not None:
                    interrupt()
            time.sleep(_INTERRUPT_EVERY_S)
