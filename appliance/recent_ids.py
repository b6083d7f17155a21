"""Which event ids arrived in the last 48 hours, so that an event sent again is counted once.

A primary key on raw_events would make the file five times as big and loading five times as slow. Kept here as
digests in one set for each quarter of a day of arrival: about 110 bytes an id, forgotten all at once.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

WINDOW = timedelta(hours=48)
_GENERATION_S = 6 * 3600

Key = bytes
"""A digest of site and event id: one site's ids say nothing about another's."""

Follower = Callable[[bool], None]
"""Told whether the event that it waited for is on disk."""


def key(site_id: str, event_id: str) -> Key:
    """`event_id` in its canonical form."""
    return blake2b(event_id.encode(), key=site_id.encode()[:64], digest_size=16).digest()


class RecentIds:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stored: dict[int, set[Key]] = {}
        self._under_way: dict[Key, list[Follower]] = {}

    def remember(self, wanted: Key, received_at: datetime) -> None:
        """An arrival of an earlier run."""
        self._stored.setdefault(_generation(received_at), set()).add(wanted)

    def claim(self, keys: Iterable[Key], follow: Follower) -> tuple[set[Key], int]:
        """Those of `keys` that are new, and how many others are being stored for another request.

        The caller stores the new ones and then calls `settle`. A copy may be acknowledged only once its
        original is on disk: `follow` is told of each of the others, maybe before this returns.
        """
        new: set[Key] = set()
        followed = 0
        with self._lock:
            for wanted in keys:
                if wanted in new:
                    continue
                if wanted in self._under_way:
                    self._under_way[wanted].append(follow)
                    followed += 1
                elif not any(wanted in ids for ids in self._stored.values()):
                    new.add(wanted)
            for wanted in new:
                self._under_way[wanted] = []
        return new, followed

    def settle(self, keys: set[Key], stored: bool, now: datetime) -> None:
        """The end of what `claim` began: on disk, or free to be sent again."""
        if not keys:
            return
        with self._lock:
            followers = [follow for wanted in keys for follow in self._under_way.pop(wanted)]
            if stored:
                self._stored.setdefault(_generation(now), set()).update(keys)
                self._forget(now)
        for follow in followers:
            follow(stored)

    def _forget(self, now: datetime) -> None:
        oldest = _generation(now - WINDOW)
        for generation in [generation for generation in self._stored if generation < oldest]:
            del self._stored[generation]


def _generation(instant: datetime) -> int:
    return int(instant.timestamp()) // _GENERATION_S
