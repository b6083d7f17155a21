"""Which event ids arrived in the last 48 hours, so that an event sent again is counted once.

A primary key on raw_events would make the file five times as big and loading five times as slow. Kept here as
digests in one set for each hour of arrival: about 110 bytes an id, and a whole hour is forgotten at once.
"""

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

WINDOW = timedelta(hours=48)
_GENERATION_S = 6 * 3600

Key = tuple[str, UUID]
"""(site_id, event_id): one site's ids say nothing about another's."""


class RecentIds:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stored: dict[int, set[bytes]] = {}
        self._under_way: dict[Key, threading.Event] = {}

    def remember(self, site_id: str, event_id: UUID, received_at: datetime) -> None:
        """An arrival of an earlier run."""
        self._stored.setdefault(_generation(received_at), set()).add(_digest((site_id, event_id)))

    def claim(self, keys: Iterable[Key]) -> set[Key]:
        """Those of `keys` that are new; the caller stores them and then calls `settle`.

        Waits while another request is storing one of them: a copy may be acknowledged only once the
        original is on disk.
        """
        wanted = {key: _digest(key) for key in keys}
        while True:
            with self._lock:
                busy = next((self._under_way[key] for key in wanted if key in self._under_way), None)
                if busy is None:
                    new = {key for key, digest in wanted.items() if not self._is_stored(digest)}
                    self._under_way.update(dict.fromkeys(new, threading.Event()))
                    return new
            busy.wait()

    def settle(self, keys: set[Key], stored: bool, now: datetime) -> None:
        """The end of what `claim` began: on disk, or free to be sent again."""
        digests = [_digest(key) for key in keys] if stored else []
        with self._lock:
            events = {self._under_way.pop(key) for key in keys}
            self._stored.setdefault(_generation(now), set()).update(digests)
            self._forget(now)
        for event in events:
            event.set()

    def _is_stored(self, digest: bytes) -> bool:
        return any(digest in ids for ids in self._stored.values())

    def _forget(self, now: datetime) -> None:
        oldest = _generation(now - WINDOW)
        for generation in [generation for generation in self._stored if generation < oldest]:
            del self._stored[generation]


def _digest(key: Key) -> bytes:
    site_id, event_id = key
    return blake2b(event_id.bytes, key=site_id.encode()[:64], digest_size=16).digest()


def _generation(instant: datetime) -> int:
    return int(instant.timestamp()) // _GENERATION_S
