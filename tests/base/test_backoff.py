"""How often somebody may guess before they have to wait."""

import pytest

from appliance.base.errors import RateLimitedError
from appliance.base.ratelimit import Backoff, neighbourhood
from tests.clocks import FrozenClock


@pytest.fixture
def guesses(clock: FrozenClock) -> Backoff:
    return Backoff(clock)


def wait_s(guesses: Backoff, key: str = "alice") -> int:
    """How long the next guess has to wait; 0: it was made."""
    try:
        guesses.take(key)
    except RateLimitedError as refused:
        return refused.retry_after_s
    return 0


def test_after_ten_guesses_each_wait_is_twice_as_long_up_to_a_quarter_of_an_hour(
    guesses: Backoff, clock: FrozenClock
) -> None:
    assert [wait_s(guesses) for _ in range(10)] == [0] * 10
    waits = []
    for _ in range(8):
        waits.append(wait_s(guesses))
        clock.advance(seconds=waits[-1])
        assert wait_s(guesses) == 0
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_a_refused_guess_makes_no_wait_longer(guesses: Backoff, clock: FrozenClock) -> None:
    for _ in range(10):
        guesses.take("alice")
    assert [wait_s(guesses) for _ in range(50)] == [30] * 50
    clock.advance(seconds=29.5)
    assert wait_s(guesses) == 1
    clock.advance(seconds=0.5)
    assert wait_s(guesses) == 0


def test_the_right_one_begins_anew(guesses: Backoff) -> None:
    for _ in range(9):
        guesses.take("alice")
    guesses.clear("alice")
    assert [wait_s(guesses) for _ in range(11)] == [0] * 10 + [30]


def test_one_key_waits_for_no_other(guesses: Backoff) -> None:
    for _ in range(10):
        guesses.take("alice")
    assert (wait_s(guesses), wait_s(guesses, "bob")) == (30, 0)


def test_wrong_guesses_are_forgotten_after_a_day(guesses: Backoff, clock: FrozenClock) -> None:
    for _ in range(10):
        guesses.take("alice")
    clock.advance(days=1, seconds=30)
    assert [wait_s(guesses) for _ in range(10)] == [0] * 10


def test_what_is_remembered_stays_bounded(guesses: Backoff, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Backoff, "MOST_KEYS", 3)
    for _ in range(10):
        guesses.take("alice")
    for other in ("bob", "charlie"):
        guesses.take(other)
    assert wait_s(guesses) == 30
    guesses.take("dora")
    assert wait_s(guesses) == 0


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("198.51.100.7", "198.51.100.0/24"),
        ("::ffff:198.51.100.7", "198.51.100.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("", ""),
    ],
)
def test_neighbours_share_their_guesses(address: str, shared: str) -> None:
    assert neighbourhood(address) == shared
