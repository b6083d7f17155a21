"""How much one sender may send, and how often somebody may guess. All of it in memory."""

import ipaddress
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from appliance.base.clock import Clock
from appliance.base.errors import RateLimitedError

MINUTE_S = 60
MOST_COUNTED = 65_536
"""Keys that are counted at a time. Whoever has that many addresses is not held up by a limit for each, but
would fill the memory with them."""


class RateLimit:
    """So many a minute for each key, on a sliding window. `per_minute` of 0 means no limit."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._clock = clock
        self._counts = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._counts)
        self._item = RateLimitItemPerMinute(per_minute) if per_minute else None

    def take(self, key: str, cost: int = 1) -> None:
        """Raises RateLimitedError, saying when to come back, if the key has used up its share."""
        if self._item is None:
            return
        if len(self._counts.storage) >= MOST_COUNTED:
            self._counts.reset()
        if self._limiter.hit(self._item, key, cost=cost):
            return
        wait = self._wait_s(self._item, key, min(cost, self._item.amount))
        raise RateLimitedError(
            f"Too many requests: at most {self._item.amount} a minute. Nothing was stored; "
            f"try again in {wait} seconds.",
            wait,
        )

    def _wait_s(self, item: RateLimitItem, key: str, cost: int) -> int:
        """Seconds until `cost` more fit. The count of the minute before fades out while this one runs."""
        before, _, counted, _ = self._counts.get_sliding_window(item.key_for(key), MINUTE_S)
        left = MINUTE_S - self._clock.now().timestamp() % MINUTE_S
        room = item.amount - cost + 1
        if counted < room:
            wait = left - MINUTE_S * (room - counted) / max(before, 1)
        else:
            wait = left + MINUTE_S * (1 - room / counted)
        return max(1, math.floor(wait) + 1)


@dataclass(frozen=True)
class _Guesses:
    count: int
    again_at: datetime


class Backoff:
    """FREE guesses for each key, then longer and longer waits before each further one, never for ever."""

    FREE = 10
    FIRST_WAIT = timedelta(seconds=30)
    LONGEST_WAIT = timedelta(minutes=15)
    FORGOTTEN_AFTER = timedelta(days=1)
    MOST_KEYS = 65_536

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, _Guesses] = OrderedDict()

    def take(self, key: str) -> int:
        """Count a guess before it is made, so that many at once are counted too; how many it makes.

        Raises RateLimitedError, saying when to come back.
        """
        now = self._clock.now()
        with self._lock:
            before = self._wrong.get(key, _Guesses(0, now))
            if now < before.again_at:
                raise _too_many_guesses(before.again_at - now)
            count = 1 if now - before.again_at >= self.FORGOTTEN_AFTER else before.count + 1
            self._wrong[key] = _Guesses(count, now + self._wait(count))
            self._wrong.move_to_end(key)
            while len(self._wrong) > self.MOST_KEYS:
                self._wrong.popitem(last=False)
        return count

    def clear(self, key: str) -> None:
        """The guess was right."""
        with self._lock:
            self._wrong.pop(key, None)

    def _wait(self, count: int) -> timedelta:
        if count < self.FREE:
            return timedelta(0)
        wait: timedelta = self.FIRST_WAIT * 2 ** min(count - self.FREE, 16)
        return min(self.LONGEST_WAIT, wait)


def _too_many_guesses(left: timedelta) -> RateLimitedError:
    wait = math.ceil(left.total_seconds())
    return RateLimitedError(
        f"Too many wrong tries. Nothing was changed; try again in {wait} seconds.", max(1, wait)
    )


def neighbourhood(address: str) -> str:
    """Who shares the guesses at passwords: the /24 of an IPv4 address, the /48 of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 48), strict=False))


def sender(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
