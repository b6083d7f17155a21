"""What is usual on a website is learned, and little else raises an alarm."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from appliance.guardian.usual import SHORTEST, Usual

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 9, 17, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOK = timedelta(minutes=5)


def busy_by_day(at: datetime) -> float:
    """Visits an hour: forty at two in the afternoon, none to speak of at night, half of it on Sundays."""
    local = at.astimezone(BERLIN)
    return 40 * math.exp(-(((local.hour - 14) / 4) ** 2)) * (0.5 if local.weekday() == 6 else 1)


def weeks(number: int, rate: Callable[[datetime], float] = busy_by_day, seed: int = 1) -> dict[datetime, int]:
    """Hours before NOON with visits that come independently of each other."""
    dice = Random(seed)  # noqa: S311
    hours = {}
    for back in range(1, number * 168 + 1):
        at = NOON - back * HOUR
        if count := _poisson(dice, rate(at)):
            hours[at] = count
    return hours


def _poisson(dice: Random, mean: float) -> int:
    count, left = 0, dice.expovariate(1)
    while left < mean:
        count, left = count + 1, left + dice.expovariate(1)
    return count


def told_after(usual: Usual, since: datetime) -> timedelta:
    now = since
    while not usual.is_silent(since, now):
        now += LOOK
    return now - since


def test_a_silence_is_told_soon_by_day_and_not_before_the_morning_by_night() -> None:
    usual = Usual(BERLIN, weeks(8), NOON)
    assert SHORTEST <= told_after(usual, NOON) <= timedelta(minutes=40)
    midnight = datetime(2026, 9, 17, 22, tzinfo=UTC)
    assert timedelta(hours=8) < told_after(usual, midnight) < timedelta(hours=12)


def test_an_outage_and_a_rush_in_the_weeks_before_change_nothing() -> None:
    hours = weeks(8)
    as_usual = told_after(Usual(BERLIN, hours, NOON), NOON)
    for back in range(168):
        hours.pop(NOON - 2 * 168 * HOUR - back * HOUR, None)
        hours[NOON - 4 * 168 * HOUR - back * HOUR] = 500
    assert told_after(Usual(BERLIN, hours, NOON), NOON) <= as_usual + timedelta(minutes=30)


def test_nothing_is_said_of_a_website_that_is_not_known_well_or_hardly_visited() -> None:
    later = NOON + timedelta(days=2)
    assert not Usual(BERLIN, weeks(3), NOON).is_silent(NOON, later)
    assert not Usual(BERLIN, {}, NOON).is_silent(NOON, later)
    assert not Usual(BERLIN, weeks(8, lambda _: 0.2), NOON).is_silent(NOON, later)


def test_hours_keep_their_place_when_clocks_are_set_back() -> None:
    """Summer time ends on 25 October 2026: what happened at 14 by the clock goes on happening at 14."""
    end = datetime(2026, 10, 27, 13, tzinfo=UTC)
    hours = {
        at: 40 for at in (end - back * HOUR for back in range(1, 8 * 168)) if at.astimezone(BERLIN).hour == 14
    }
    usual = Usual(BERLIN, hours, end)
    assert usual.habit(datetime(2026, 10, 28, 13, tzinfo=UTC)).usual == 40
    assert usual.habit(datetime(2026, 10, 28, 12, tzinfo=UTC)).usual == 0


def test_a_spike_is_many_times_and_many_visits_more_than_usual() -> None:
    usual = Usual(BERLIN, weeks(8), NOON)
    night = datetime(2026, 9, 17, 1, tzinfo=UTC)
    assert not usual.is_spike(NOON, 120)
    assert usual.is_spike(NOON, 250)
    assert not usual.is_spike(night, 45)
    assert usual.is_spike(night, 60)
