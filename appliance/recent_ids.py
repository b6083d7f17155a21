"""Which event ids arrived in the last 48 hours, so that an event sent again is counted once.

A primary key on raw_events would make the file five times as big and loading five times as slow. Kept here as
digests; those of one quarter of a day of arrival are forgotten at once.
"""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from appliance.database import Database

WINDOW = timedelta(hours=48)
_DAY = timedelta(days=1)
_GENERATION_S = 6 * 3600

Key = bytes
"""A digest of site and event id: one site's ids say nothing about another's."""

Follower = Callable[[bool], None]
"""Told whether the event that it waited for is on disk."""


def key(site_id: str, event_id: str) -> Key:
    """`event_id` in its canonical form."""
    return blake2b(f"{site_id}\0{event_id}".encode(), digest_size=16).digest()


def forget_stored(database: Database, now: datetime) -> None:
    """Take ids older than the window out of raw_events, a day in each transaction.

    They are random, so that nothing makes them smaller: they were 17 of an event's 110 bytes.
    """
    end = now - WINDOW
    while True:
        ((oldest,),) = database.read("recent_ids.oldest", {"before": end})
        if oldest is None:
            return
        with database.write() as transaction:
            transaction.run("recent_ids.forget", {"since": oldest, "until": min(oldest + _DAY, end)})


class _Keys:
    """A set of keys in about 20 bytes each, where Python's own takes 110: 300 events a second would fill it
    with gigabytes in 48 hours.

    A key's first two bytes choose its place; the others stand there behind a byte for its generation. What
    one look reads lies together, and the oldest keys come first, to be forgotten all at once.
    """

    _WIDTH = 15

    def __init__(self) -> None:
        self._places: dict[bytes, bytearray] = {}
        self._generations: set[int] = set()

    def update(self, keys: Iterable[Key], generation: int) -> None:
        self._generations.add(generation)
        tag = bytes([generation % 256])
        for key in keys:
            place = key[:2]
            if place in self._places:
                self._places[place] += tag + key[2:]
            else:
                self._places[place] = bytearray(tag + key[2:])

    def __contains__(self, key: Key) -> bool:
        kept, rest = self._places.get(key[:2], b""), key[2:]
        found = kept.find(rest)
        while found % self._WIDTH != 1:  # across two keys; -1 is 14 by this reckoning
            if found == -1:
                return False
            found = kept.find(rest, found + 1)
        return True

    def forget_before(self, generation: int) -> None:
        old = {number for number in self._generations if number < generation}
        if not old:
            return
        self._generations -= old
        old_tags = bytes(number % 256 for number in old)
        for kept in self._places.values():
            tags = kept[:: self._WIDTH]
            del kept[: self._WIDTH * (len(tags) - len(tags.lstrip(old_tags)))]


class RecentIds:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stored = _Keys()
        self._under_way: dict[Key, list[Follower]] = {}

    def remember(self, wanted: Key, received_at: datetime) -> None:
        """An arrival of an earlier run; the oldest first."""
        self._stored.update([wanted], _generation(received_at))

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
                elif wanted not in self._stored:
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
                self._stored.update(keys, _generation(now))
                self._stored.forget_before(_generation(now - WINDOW))
        for follow in followers:
            follow(stored)


def _generation(instant: datetime) -> int:
    return int(instant.timestamp()) // _GENERATION_S
