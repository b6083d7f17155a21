"""Days and buckets where clocks change, worked out by hand; and how numbers are rounded."""

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.oracle.ranges import Days, Hours, Span, buckets
from tests.oracle.rounding import half_up, percent, percentile, tenth, whole
from tests.oracle.stories import days, instant


def length(first: str, zone: str) -> timedelta:
    span = days(first, zone=zone).span
    return span.end - span.start


@pytest.mark.parametrize(
    ("day", "zone", "hours"),
    [
        ("2026-03-08", "America/New_York", 23),
        ("2026-11-01", "America/New_York", 25),
        ("2026-03-29", "Europe/Lisbon", 23),
        ("2026-10-25", "Europe/Lisbon", 25),
        ("2026-03-29", "Asia/Kathmandu", 24),
        ("2026-03-29", "Pacific/Kiritimati", 24),
        ("2026-03-08", "America/Havana", 23),  # at midnight: this day begins at one o'clock
        ("2026-11-01", "America/Havana", 25),
    ],
)
def test_a_day_has_as_many_hours_as_its_clock_shows(day: str, zone: str, hours: int) -> None:
    assert length(day, zone) == timedelta(hours=hours)
    assert len(buckets(days(day, zone=zone), "hour")) == hours


@pytest.mark.parametrize(
    ("zone", "start"),
    [
        ("Asia/Kathmandu", "2026-09-09T18:15Z"),  # 5:45 ahead
        ("Pacific/Kiritimati", "2026-09-09T10:00Z"),  # 14 ahead
        ("America/New_York", "2026-09-10T04:00Z"),
        ("Europe/Lisbon", "2026-09-09T23:00Z"),
    ],
)
def test_a_day_begins_at_local_midnight(zone: str, start: str) -> None:
    assert days("2026-09-10", zone=zone).span.start == instant(start)


def test_the_hour_that_a_clock_shows_twice_is_two_buckets() -> None:
    found = [bucket.t for bucket in buckets(days("2026-11-01", zone="America/New_York"), "hour")]
    assert found[:4] == [
        "2026-11-01T00:00:00-04:00",
        "2026-11-01T01:00:00-04:00",
        "2026-11-01T01:00:00-05:00",
        "2026-11-01T02:00:00-05:00",
    ]


def test_the_hour_that_a_clock_leaves_out_is_no_bucket() -> None:
    found = [bucket.t for bucket in buckets(days("2026-03-29", zone="Europe/Lisbon"), "hour")]
    assert found[:2] == ["2026-03-29T00:00:00+00:00", "2026-03-29T02:00:00+01:00"]


def test_hours_of_kathmandu_begin_at_a_quarter_past() -> None:
    found = buckets(days("2026-09-10", zone="Asia/Kathmandu"), "hour")
    assert found[1].t == "2026-09-10T01:00:00+05:45"
    assert found[1].span.start == instant("2026-09-09T19:15Z")


def test_weeks_begin_on_monday_and_are_clipped_to_the_range() -> None:
    """10 September 2026 is a Thursday."""
    found = buckets(days("2026-09-10", "2026-09-22"), "week")
    assert [bucket.t for bucket in found] == ["2026-09-10", "2026-09-14", "2026-09-21"]
    assert found[2].span.end == instant("2026-09-23T00:00Z")


def test_months_are_clipped_to_the_range() -> None:
    found = buckets(days("2026-01-31", "2026-03-01"), "month")
    assert [bucket.t for bucket in found] == ["2026-01-31", "2026-02-01", "2026-03-01"]


@pytest.mark.parametrize("granularity", ["hour", "day", "week", "month"])
def test_buckets_cover_the_range_without_a_hole(granularity: str) -> None:
    span = days("2026-10-20", "2026-11-05", zone="Europe/Lisbon")
    found = buckets(span, granularity)
    assert (found[0].span.start, found[-1].span.end) == (span.span.start, span.span.end)
    assert all(one.span.end == next_one.span.start for one, next_one in pairwise(found))


def test_the_previous_period_is_as_many_days_right_before() -> None:
    assert dates(days("2026-03-01", "2026-03-03").previous_period()) == ("2026-02-26", "2026-02-28")
    assert dates(days("2026-03-01").previous_period()) == ("2026-02-28", "2026-02-28")


def test_the_previous_year_has_the_same_dates() -> None:
    assert dates(days("2026-03-01", "2026-03-03").previous_year()) == ("2025-03-01", "2025-03-03")
    assert dates(days("2024-02-29").previous_year()) == ("2023-02-28", "2023-02-28")


@pytest.mark.parametrize(
    ("until", "first", "last"),
    [
        # Sunday has 23 hours, and the last 24 reach one further back than the clock says.
        ("2026-03-08T16:30Z", "2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00"),
        ("2026-11-01T05:30Z", "2026-10-31T02:00:00-04:00", "2026-11-01T01:00:00-04:00"),
        ("2026-11-01T06:00Z", "2026-10-31T02:00:00-04:00", "2026-11-01T01:00:00-04:00"),
        ("2026-11-01T06:01Z", "2026-10-31T03:00:00-04:00", "2026-11-01T01:00:00-05:00"),
    ],
)
def test_the_last_hours_are_24_buckets(until: str, first: str, last: str) -> None:
    found = buckets(Hours(instant(until), ZoneInfo("America/New_York")), "hour")
    assert (found[0].t, found[-1].t, len(found)) == (first, last, 24)


def test_hours_before_end_where_the_hours_begin() -> None:
    hours = Hours(instant("2026-03-08T16:30Z"), ZoneInfo("America/New_York"))
    assert hours.previous_period().span == Span(instant("2026-03-06T17:00Z"), instant("2026-03-07T17:00Z"))
    assert hours.previous_year().span.end == instant("2025-03-08T18:00Z")


def test_halves_go_up() -> None:
    assert [half_up(Fraction(n, 100), 1) for n in (4, 5, 15, 25, 1224, 1225)] == [
        0.0,
        0.1,
        0.2,
        0.3,
        12.2,
        12.3,
    ]
    assert [whole(Fraction(1, 2)), whole(Fraction(3, 2)), whole(None)] == [1, 2, 0]
    assert tenth(None) == 0.0


def test_percents_of_nothing_are_zero() -> None:
    assert percent(0, 0) == 0.0
    assert [percent(1, 3), percent(2, 3), percent(1, 8), percent(1, 16)] == [33.3, 66.7, 12.5, 6.3]


def test_percentiles_lie_between_their_neighbours_in_proportion() -> None:
    """Of 10, 20, 40, 80: the half is at place 1.5, three quarters at 2.25, 95 % at 2.85."""
    shares = [Fraction(50, 100), Fraction(75, 100), Fraction(95, 100)]
    assert [percentile([80, 10, 40, 20], share) for share in shares] == [30, 50, 74]
    assert [percentile([7], share) for share in shares] == [7, 7, 7]
    assert percentile([], shares[0]) is None


def dates(found: Days) -> tuple[str, str]:
    return found.first.isoformat(), found.last.isoformat()
