"""How much of an earlier range counts against one that is not over."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from appliance.base import comparisons, timerange
from appliance.base.comparisons import Compare
from appliance.base.timerange import TimeRange


def until(zone: str, first: str, last: str, now: str, compare: Compare = "previous_period") -> str | None:
    """On the zone's clocks."""
    span = TimeRange(date.fromisoformat(first), date.fromisoformat(last), ZoneInfo(zone))
    found = comparisons.earlier(span, compare, datetime.fromisoformat(now)).until
    return found.astimezone(span.zone).isoformat() if found else None


@pytest.mark.parametrize(
    ("first", "compare", "expected"),
    [
        ("2026-09-17", "previous_period", "2026-09-16T14:30:00+02:00"),
        ("2026-09-11", "previous_period", "2026-09-10T14:30:00+02:00"),
        ("2026-09-01", "previous_year", "2025-09-17T14:30:00+02:00"),
    ],
)
def test_it_is_as_much_as_has_passed_of_the_range(first: str, compare: Compare, expected: str) -> None:
    assert until("Europe/Berlin", first, "2026-09-17", "2026-09-17T12:30:00Z", compare) == expected


def test_it_ends_in_the_middle_where_the_range_reaches_into_the_future() -> None:
    found = until("UTC", "2026-09-16", "2026-09-19", "2026-09-17T12:30:00Z")
    assert found == "2026-09-13T12:30:00+00:00"


def test_it_is_all_of_it_where_the_range_is_over_or_has_not_begun() -> None:
    assert until("UTC", "2026-09-10", "2026-09-16", "2026-09-17T00:00:00Z") is None
    assert until("UTC", "2026-09-18", "2026-09-18", "2026-09-17T23:59:59Z") is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # Clocks went forward at two in the morning the day before: half past two was never shown.
        ("2026-03-30T00:30:00Z", "2026-03-29T03:30:00+02:00"),
        # Clocks went back at three: half past two was shown twice.
        ("2026-10-26T01:30:00Z", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_it_follows_the_clock_over_a_change(now: str, expected: str) -> None:
    today = timerange.today(ZoneInfo("Europe/Berlin"), datetime.fromisoformat(now)).first.isoformat()
    assert until("Europe/Berlin", today, today, now) == expected


def test_the_day_after_a_leap_day_has_the_first_of_march_a_year_before() -> None:
    found = until("UTC", "2024-02-28", "2024-03-01", "2024-03-01T09:00:00Z", "previous_year")
    assert found == "2023-03-01T09:00:00+00:00"


def test_of_hours_it_is_as_long_before_their_end() -> None:
    now = datetime.fromisoformat("2026-09-17T12:30:00+00:00")
    hours = timerange.last_hours(ZoneInfo("UTC"), now)
    assert str(comparisons.earlier(hours, "previous_period", now).until) == "2026-09-16 12:30:00+00:00"
