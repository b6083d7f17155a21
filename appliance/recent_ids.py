"""Which event ids arrived in the last 48 hours, so that an event sent again is counted once.

A primary key on raw_events would make the file five times as big and loading five times as slow.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

WINDOW = timedelta(hours=48)

Key = tuple[str, UUID]
"""(site_id, event_id): one site's ids say nothing about another's."""


class RecentIds:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        # In order of arrival, so that forgetting looks only at the front (where a plain dict gets slow).
        self._stored: OrderedDict[Key, datetime] = OrderedDict()
        self._under_way: dict[Key, threading.Event] = {}

    def remember(self, site_id: str, event_id: UUID, received_at: datetime) -> None:
        """An arrival of an earlier run; called in order of arrival."""
        self._stored[site_id, event_id] = received_at

    def claim(self, keys: Iterable[Key]) -> set[Key]:
        """Those of `keys` that are new; the caller stores them and then calls `settle`.

        Waits while another request is storing one of them: a copy may be acknowledged only once the
        original is on disk.
        """
        wanted = set(keys)
        while True:
            with self._lock:
                busy = next((self._under_way[key] for key in wanted if key in self._under_way), None)
                if busy is None:
                    # A set difference would walk all ids of 48 hours, not only the few asked for.
                    new = {key for key in wanted if key not in self._stored}
                    settled = threading.Event()
                    self._under_way.update(dict.fromkeys(new, settled))
                    return new
            busy.wait()

    def settle(self, keys: set[Key], stored: bool, now: datetime) -> None:
        """The end of what `claim` began: on disk, or free to be sent again."""
        with self._lock:
            events = {self._under_way.pop(key) for key in keys}
            if stored:
                self._stored.update(dict.fromkeys(keys, now))
            self._forget(now)
        for event in events:
            event.set()

    def _forget(self, now: datetime) -> None:
        while self._stored:
            oldest = next(iter(self._stored))
            if now - self._stored[oldest] <= WINDOW:
                return
            del self._stored[oldest]
