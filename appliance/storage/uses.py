"""Who uses the database's instance now, and moments in which nobody does."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from appliance.base.errors import UnavailableError

_RETRY_AFTER_S = 60


class Uses:
    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._users = 0
        self._barred = False
        self._local = threading.local()

    @contextmanager
    def one(self) -> Iterator[None]:
        """A use of it, which waits while nobody may; within another of its thread it is a part of that."""
        if getattr(self._local, "uses", False):
            yield
            return
        with self._changed:
            self._changed.wait_for(lambda: not self._barred)
            self._users += 1
        self._local.uses = True
        try:
            yield
        finally:
            self._local.uses = False
            with self._changed:
                self._users -= 1
                self._changed.notify_all()

    @contextmanager
    def none(self, within_s: float) -> Iterator[None]:
        """Nobody uses it until the block ends; who wants to waits. For one thread at a time, outside a use.

        Raises UnavailableError where somebody still does after `within_s` seconds.
        """
        self._bar(within_s)
        try:
            yield
        finally:
            self._admit()

    def _bar(self, within_s: float) -> None:
        with self._changed:
            self._barred = True
            if self._changed.wait_for(lambda: not self._users, within_s):
                return
        self._admit()
        raise UnavailableError(
            "The database is being read without a pause: a large report, an export or a backup. Nothing was "
            "changed; try again when that is done.",
            _RETRY_AFTER_S,
        )

    def _admit(self) -> None:
        with self._changed:
            self._barred = False
            self._changed.notify_all()
