"""How much one sender may send in a minute."""

import pytest

from appliance.base import ratelimit
from appliance.base.errors import RateLimitedError
from appliance.base.ratelimit import RateLimit, sender
from tests.clocks import FrozenClock, limits_follow


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FrozenClock:
    """At the beginning of a minute; the library's own time stands still with it."""
    frozen = FrozenClock("2026-09-17T12:30:00Z")
    limits_follow(frozen, monkeypatch)
    return frozen


def taken(limit: RateLimit, key: str, tries: int) -> int:
    """How many of so many tries succeed."""
    return sum(_takes(limit, key) for _ in range(tries))


def _takes(limit: RateLimit, key: str) -> bool:
    try:
        limit.take(key)
    except RateLimitedError:
        return False
    return True


def wait(limit: RateLimit, key: str, cost: int = 1) -> int:
    with pytest.raises(RateLimitedError) as caught:
        limit.take(key, cost)
    return caught.value.retry_after_s


def test_a_sender_has_its_share_and_no_more(clock: FrozenClock) -> None:
    assert taken(RateLimit(10, clock), "a", 25) == 10


def test_each_key_and_each_limit_has_its_own_share(clock: FrozenClock) -> None:
    addresses, sites = RateLimit(10, clock), RateLimit(10, clock)
    assert [taken(addresses, "a", 20), taken(addresses, "b", 20), taken(sites, "a", 20)] == [10, 10, 10]


def test_zero_means_no_limit(clock: FrozenClock) -> None:
    assert taken(RateLimit(0, clock), "a", 1000) == 1000


def test_a_bulk_request_costs_as_many_as_it_holds(clock: FrozenClock) -> None:
    limit = RateLimit(10, clock)
    limit.take("a", 7)
    wait(limit, "a", cost=4)
    limit.take("a", 3)
    wait(limit, "a")


def test_more_than_a_minutes_share_at_once_is_refused(clock: FrozenClock) -> None:
    limit = RateLimit(10, clock)
    assert wait(limit, "a", cost=11) >= 1
    assert taken(limit, "a", 20) == 10


def test_the_window_slides(clock: FrozenClock) -> None:
    """No burst of twice the share around the change of the minute, as a fixed window would allow."""
    limit = RateLimit(60, clock)
    clock.advance(seconds=55)
    assert taken(limit, "a", 100) == 60
    clock.advance(seconds=6)
    assert taken(limit, "a", 100) <= 2
    clock.advance(seconds=29)
    assert taken(limit, "a", 100) == pytest.approx(30, abs=2)


def test_after_two_quiet_minutes_the_share_is_whole_again(clock: FrozenClock) -> None:
    limit = RateLimit(10, clock)
    taken(limit, "a", 20)
    clock.advance(minutes=2)
    assert taken(limit, "a", 20) == 10


@pytest.mark.parametrize("share", [10, 600])
@pytest.mark.parametrize("second", [0, 30, 59.5])
@pytest.mark.parametrize("cost", [1, 5])
def test_whoever_waits_as_long_as_told_succeeds(
    clock: FrozenClock, share: int, second: float, cost: int
) -> None:
    limit = RateLimit(share, clock)
    clock.advance(seconds=second)
    for _ in range(3):
        taken(limit, "a", share + 1)
        told = wait(limit, "a", cost)
        assert 1 <= told <= 120
        clock.advance(seconds=told)
        limit.take("a", cost)


def test_so_many_keys_that_they_would_fill_the_memory_are_forgotten(
    clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ratelimit, "MOST_COUNTED", 100)
    limit = RateLimit(1, clock)
    assert taken(limit, "a", 2) == 1
    assert sum(taken(limit, str(number), 1) for number in range(98)) == 98
    assert taken(limit, "a", 1) == 0
    assert taken(limit, "b", 1) == 1
    assert taken(limit, "a", 2) == 1


def test_the_message_says_what_the_share_is_and_when_to_come_back(clock: FrozenClock) -> None:
    limit = RateLimit(10, clock)
    taken(limit, "a", 10)
    with pytest.raises(RateLimitedError, match=r"at most 10 a minute\. Nothing was stored; .*in \d+ seconds"):
        limit.take("a")


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("", ""),
        ("unix:/run/socket", "unix:/run/socket"),
    ],
)
def test_one_sender_is_an_ipv4_address_or_a_64_of_ipv6(address: str, counted_as: str) -> None:
    assert sender(address) == counted_as
