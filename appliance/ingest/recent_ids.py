"""Which event ids arrived in the last 48 hours, so that an event sent again is counted once.

A primary key on raw_events would make the file five times as big and loading five times as slow. Kept here as
digests; those of one quarter of a day of arrival are forgotten at once. Which quarter goes next follows from
the order in which they began, not from the time now: a clock that is wrong for a while makes no id new.
"""

import itertools
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from appliance.storage.database import WITHOUT_LIMIT, Database

WINDOW = timedelta(hours=48)
_DAY = timedelta(days=1)
_QUARTER = timedelta(hours=6)
KEPT = WINDOW // _QUARTER + 2
"""Quarters of a day in which something arrived: besides those of the window the one under way, and one that a
clock set anew may begin."""

Key = bytes
"""A digest of site and event id: one site's ids say nothing about another's.

Of 10 bytes: with 300 events a second for a year, the chance that one new event is taken for a copy is one in
two million.
"""

_KEY_BYTES = 10

Follower = Callable[[bool], None]
"""Told whether the event that it waited for is on disk."""


def forget_stored(database: Database, before: datetime) -> None:
    """Take ids that arrived earlier out of raw_events, a day in each transaction.

    They are random, so that nothing makes them smaller: they were 17 of an event's 110 bytes.
    """
    while True:
        ((oldest,),) = database.read("recent_ids.oldest", {"before": before})
        if oldest is None:
            return
        with database.write() as transaction:
            transaction.run("recent_ids.forget", {"since": oldest, "until": min(oldest + _DAY, before)})


class _Keys:
    """A set of keys in about 10 bytes each, where Python's own takes 110: 300 events a second would fill it
    with gigabytes in 48 hours.

    A key's first two bytes choose its place; the others stand there behind a tag of one byte. What one look
    reads lies together, and the oldest keys come first, to be forgotten all at once.
    """

    _WIDTH = 1 + _KEY_BYTES - 2

    def __init__(self) -> None:
        self._places: dict[bytes, bytearray] = {}

    def update(self, keys: Iterable[Key], tag: bytes) -> None:
        for key in keys:
            self.put(key[:2], tag + key[2:])

    def put(self, place: bytes, tagged: bytes) -> None:
        """One key or several of a place, each with a tag instead of its first two bytes."""
        if place in self._places:
            self._places[place] += tagged
        else:
            self._places[place] = bytearray(tagged)

    def __contains__(self, key: Key) -> bool:
        kept, rest = self._places.get(key[:2], b""), key[2:]
        found = kept.find(rest)
        while found % self._WIDTH != 1:  # across two keys; -1 is 8 by this reckoning
            if found == -1:
                return False
            found = kept.find(rest, found + 1)
        return True

    def forget(self, tag: bytes) -> None:
        """Those that come first with this tag."""
        for kept in self._places.values():
            tags = kept[:: self._WIDTH]
            del kept[: self._WIDTH * (len(tags) - len(tags.lstrip(tag)))]


class RecentIds:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stored = _Keys()
        self._quarters: dict[int, bytes] = {}
        """Their numbers and tags, in the order in which they began."""
        self._tags = itertools.cycle(bytes([number]) for number in range(256))
        self._under_way: dict[Key, list[Follower]] = {}
        self._salt = token_hex(16)
        """So that nobody can choose ids that all fall into one place, where a look would take ever longer."""

    def key(self, site_id: str, event_id: str) -> Key:
        """`event_id` in its canonical form. `recent_ids.stored.sql` makes the same of what is stored."""
        return sha256(f"{self._salt}{site_id}{event_id}".encode()).digest()[:_KEY_BYTES]

    def recall(self, database: Database) -> None:
        """Arrivals of earlier runs. Raises DatabaseError."""
        for (number,) in database.read("recent_ids.quarters", within_s=WITHOUT_LIMIT)[-KEPT:]:
            start, tag = _start(number), self._tag(number).hex()
            wanted = {"since": start, "until": start + _QUARTER, "salt": self._salt, "tag": tag}
            for place, tagged in database.read("recent_ids.stored", wanted, within_s=WITHOUT_LIMIT):
                self._stored.put(bytes.fromhex(place), bytes.fromhex(tagged))

    def note(self, key: Key, at: datetime) -> None:
        """Of an event that an earlier run stored."""
        if key not in self._stored:
            self._stored.update([key], self._tag(_number(at)))

    @property
    def since(self) -> datetime | None:
        """Of what arrived before this instant nothing need be stored; None when nothing is remembered."""
        with self._lock:
            return _start(min(self._quarters)) if self._quarters else None

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
                self._stored.update(keys, self._tag(_number(now)))
        for follow in followers:
            follow(stored)

    def _tag(self, number: int) -> bytes:
        """The latest quarter's: a clock that goes back to an earlier one goes on in it."""
        if number not in self._quarters:
            self._quarters[number] = next(self._tags)
            if len(self._quarters) > KEPT:
                self._stored.forget(self._quarters.pop(next(iter(self._quarters))))
        return next(reversed(self._quarters.values()))


def _number(instant: datetime) -> int:
    return int(instant.timestamp() // _QUARTER.total_seconds())


def _start(number: int) -> datetime:
    return datetime.fromtimestamp(number * _QUARTER.total_seconds(), UTC)
