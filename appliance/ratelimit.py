"""How much one sender may send: so many a minute for each key, on a sliding window in memory."""

import ipaddress
import math

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from appliance.clock import Clock
from appliance.errors import RateLimitedError


class RateLimit:
    """`per_minute` of 0 means no limit."""

    def __init__(self, name: str, per_minute: int, clock: Clock) -> None:
        self._clock = clock
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._item = RateLimitItemPerMinute(per_minute, namespace=name) if per_minute else None

    def take(self, key: str, cost: int = 1) -> None:
        """Raises RateLimitedError, saying when to come back, if the key has used up its share."""
        if self._item is None or self._limiter.hit(self._item, key, cost=cost):
            return
        reset = self._limiter.get_window_stats(self._item, key).reset_time
        wait = max(1, math.ceil(reset - self._clock.now().timestamp()))
        raise RateLimitedError(
            f"Too many requests: at most {self._item.amount} a minute. Nothing was stored; "
            f"try again in {wait} seconds.",
            wait,
        )


def sender(address: str) -> str:
    """What counts as one sender: an IPv4 address, or the /64 that one IPv6 customer has."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address) and not ip.ipv4_mapped:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
