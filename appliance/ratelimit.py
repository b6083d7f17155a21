"""How much one sender may send: so many a minute for each key, on a sliding window in memory."""

import ipaddress
import math

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from appliance.clock import Clock
from appliance.errors import RateLimitedError

MINUTE_S = 60


class RateLimit:
    """`per_minute` of 0 means no limit."""

    def __init__(self, per_minute: int, clock: Clock) -> None:
        self._clock = clock
        self._counts = MemoryStorage()
        self._limiter = SlidingWindowCounterRateLimiter(self._counts)
        self._item = RateLimitItemPerMinute(per_minute) if per_minute else None

    def take(self, key: str, cost: int = 1) -> None:
        """Raises RateLimitedError, saying when to come back, if the key has used up its share."""
        if self._item is None or self._limiter.hit(self._item, key, cost=cost):
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


def sender(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ip.ipv4_mapped or ipaddress.ip_network((ip, 64), strict=False))
