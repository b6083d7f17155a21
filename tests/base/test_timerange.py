"""Local days and buckets, also on the days when a clock change bends them."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from appliance.base import timerange
from appliance.base.errors import InvalidError
from appliance.base.timerange import MAX_BUCKETS, Bucket, Granularity, HourRange, TimeRange, buckets

NOW = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
BENT = (
    "America/New_York",
    "America/Sao_Paulo",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Europe/Lisbon",
    "UTC",
)
"""Zones with all the ways to bend a day."""


def span(first: str, last: str, zone: str) -> TimeRange:
    return TimeRange(date.fromisoformat(first), date.fromisoformat(last), ZoneInfo(zone))


def day(text: str, zone: str) -> TimeRange:
    return span(text, text, zone)


def hours(text: str, zone: str) -> list[str]:
    return [bucket.label for bucket in buckets(day(text, zone), "hour")]


def labels(first: str, last: str, granularity: Granularity) -> list[str]:
    return [bucket.label for bucket in buckets(span(first, last, "Europe/Berlin"), granularity)]


@pytest.mark.parametrize(
    ("text", "zone", "start", "length"),
    [
        ("2026-03-08", "America/New_York", "2026-03-08T05:00Z", 23 * HOUR),
        ("2026-11-01", "America/New_York", "2026-11-01T04:00Z", 25 * HOUR),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00Z", 23 * HOUR),
        ("2018-02-17", "America/Sao_Paulo", "2018-02-17T02:00Z", 25 * HOUR),
        ("2024-04-26", "Africa/Cairo", "2024-04-25T22:00Z", 23 * HOUR),
        ("2024-10-31", "Africa/Cairo", "2024-10-30T21:00Z", 25 * HOUR),
        ("2026-09-17", "Asia/Kathmandu", "2026-09-16T18:15Z", 24 * HOUR),
        ("2026-10-04", "Australia/Lord_Howe", "2026-10-03T13:30Z", 23.5 * HOUR),
        ("2026-04-05", "Australia/Lord_Howe", "2026-04-04T13:00Z", 24.5 * HOUR),
        ("2026-09-17", "Pacific/Kiritimati", "2026-09-16T10:00Z", 24 * HOUR),
        ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00Z", 0 * HOUR),
        ("2026-11-01", "America/Havana", "2026-11-01T04:00Z", 25 * HOUR),
        ("1919-03-31", "America/Toronto", "1919-03-31T04:30Z", 23.5 * HOUR),
    ],
)
def test_a_local_day_begins_and_ends_where_its_clocks_say(
    text: str, zone: str, start: str, length: timedelta
) -> None:
    found = day(text, zone)
    assert found.start == datetime.fromisoformat(start)
    assert found.end - found.start == length


def test_an_hour_that_does_not_happen_has_no_bucket() -> None:
    found = hours("2026-03-08", "America/New_York")
    assert len(found) == 23
    assert found[1:3] == ["2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"]


def test_an_hour_that_happens_twice_has_two_buckets() -> None:
    found = hours("2026-11-01", "America/New_York")
    assert len(found) == 25
    assert found[1:4] == [
        "2026-11-01T01:00:00-04:00",
        "2026-11-01T01:00:00-05:00",
        "2026-11-01T02:00:00-05:00",
    ]


def test_a_skipped_midnight_begins_the_day_at_one() -> None:
    found = hours("2018-11-04", "America/Sao_Paulo")
    assert found[0] == "2018-11-04T01:00:00-02:00"
    assert len(found) == 23


def test_hours_follow_zones_with_quarters_of_an_hour() -> None:
    found = buckets(day("2026-09-17", "Asia/Kathmandu"), "hour")
    assert found[0] == Bucket(
        "2026-09-17T00:00:00+05:45",
        datetime(2026, 9, 16, 18, 15, tzinfo=UTC),
        datetime(2026, 9, 16, 19, 15, tzinfo=UTC),
    )
    assert len(found) == 24


def test_a_clock_change_of_half_an_hour_makes_half_an_hour() -> None:
    forward, back = (buckets(day(d, "Australia/Lord_Howe"), "hour") for d in ("2026-10-04", "2026-04-05"))
    assert forward[2].label == "2026-10-04T02:30:00+11:00"
    assert back[2].label == "2026-04-05T01:30:00+10:30"
    assert [b[2].end - b[2].start for b in (forward, back)] == [HOUR / 2, HOUR / 2]


def test_the_day_that_samoa_left_out_is_empty() -> None:
    missing = day("2011-12-30", "Pacific/Apia")
    assert buckets(missing, "hour") == []
    assert [bucket.end - bucket.start for bucket in buckets(missing, "day")] == [timedelta(0)]
    around = buckets(span("2011-12-29", "2011-12-31", "Pacific/Apia"), "hour")
    assert [around[23].label, around[24].label] == ["2011-12-29T23:00:00-10:00", "2011-12-31T00:00:00+14:00"]


def test_weeks_begin_on_monday_and_are_clipped_to_the_range() -> None:
    assert labels("2026-09-03", "2026-09-16", "week") == ["2026-09-03", "2026-09-07", "2026-09-14"]
    last = buckets(span("2026-09-03", "2026-09-16", "UTC"), "week")[-1]
    assert last.end == datetime(2026, 9, 17, tzinfo=UTC)


def test_a_range_that_begins_on_monday_begins_with_a_whole_week() -> None:
    assert labels("2026-09-07", "2026-09-13", "week") == ["2026-09-07"]


def test_months_begin_on_the_first_and_are_clipped_to_the_range() -> None:
    assert labels("2025-12-30", "2026-02-10", "month") == ["2025-12-30", "2026-01-01", "2026-02-01"]


def test_days_are_labelled_by_their_date() -> None:
    assert labels("2026-02-27", "2026-03-01", "day") == ["2026-02-27", "2026-02-28", "2026-03-01"]


@settings(deadline=None)  # other work on the machine is no fault
@given(
    zone=st.sampled_from(BENT),
    first=st.dates(date(2000, 1, 1), date(2037, 12, 1)),
    days=st.integers(0, 45),
    granularity=st.sampled_from(get_args(Granularity)),
)
@example(zone="Pacific/Apia", first=date(2011, 12, 1), days=45, granularity="hour")
@example(zone="Africa/Cairo", first=date(2024, 4, 26), days=0, granularity="hour")
def test_buckets_cover_the_range_without_gap_or_overlap(
    zone: str, first: date, days: int, granularity: Granularity
) -> None:
    whole = TimeRange(first, first + timedelta(days=days), ZoneInfo(zone))
    found = buckets(whole, granularity)
    edges = [bucket.start for bucket in found] + [whole.end]
    assert edges[0] == whole.start
    assert [bucket.end for bucket in found] == edges[1:]
    assert edges == sorted(edges)
    assert len({bucket.label for bucket in found}) == len(found)


@settings(deadline=None)
@given(zone=st.sampled_from(BENT), first=st.dates(date(2000, 1, 1), date(2037, 12, 1)))
@example(zone="Pacific/Apia", first=date(2011, 12, 29))
@example(zone="America/Havana", first=date(2026, 11, 1))
def test_a_day_holds_the_instants_of_its_local_date_and_no_others(zone: str, first: date) -> None:
    whole = TimeRange(first, first, ZoneInfo(zone))
    inside = [whole.start, whole.end - timedelta(seconds=1)] if whole.start < whole.end else []
    outside = [whole.start - timedelta(seconds=1), whole.end]
    assert {instant.astimezone(whole.zone).date() for instant in inside} <= {first}
    assert first not in {instant.astimezone(whole.zone).date() for instant in outside}


def last_hours(until: str, zone: str) -> HourRange:
    return timerange.last_hours(ZoneInfo(zone), datetime.fromisoformat(until))


def test_the_last_hours_end_with_the_one_under_way() -> None:
    found = last_hours("2026-09-17T12:30:00Z", "Asia/Kathmandu")
    assert str(found) == "2026-09-16T19:00:00+05:45 to 2026-09-17T19:00:00+05:45"
    assert str(last_hours("2026-09-17T13:15:00Z", "Asia/Kathmandu")) == str(found)
    assert last_hours("2026-09-17T13:15:00.000001Z", "Asia/Kathmandu").start == found.start + HOUR


@pytest.mark.parametrize(
    ("until", "zone", "written"),
    [
        ("2026-03-08T16:30Z", "America/New_York", "2026-03-07T12:00:00-05:00 to 2026-03-08T13:00:00-04:00"),
        ("2026-11-01T05:30Z", "America/New_York", "2026-10-31T02:00:00-04:00 to 2026-11-01T01:00:00-05:00"),
        ("2026-11-01T06:30Z", "America/New_York", "2026-10-31T03:00:00-04:00 to 2026-11-01T02:00:00-05:00"),
        ("2011-12-30T10:30Z", "Pacific/Apia", "2011-12-29T01:00:00-10:00 to 2011-12-31T01:00:00+14:00"),
        (
            "2026-10-03T15:40Z",
            "Australia/Lord_Howe",
            "2026-10-03T03:00:00+10:30 to 2026-10-04T03:00:00+11:00",
        ),
    ],
)
def test_the_last_hours_are_those_that_clocks_showed(until: str, zone: str, written: str) -> None:
    found = last_hours(until, zone)
    assert str(found) == written
    assert len(buckets(found, "hour")) == 24


@settings(deadline=None)
@given(
    zone=st.sampled_from(BENT),
    after=st.timedeltas(timedelta(0), timedelta(days=37 * 365)),
)
def test_hours_before_meet_without_gap_or_overlap(zone: str, after: timedelta) -> None:
    until = datetime(2000, 1, 5, tzinfo=UTC) + after
    found = timerange.last_hours(ZoneInfo(zone), until)
    assert found.start < until <= found.end
    before = found.previous_period()
    assert (before.end, len(buckets(before, "hour"))) == (found.start, 24)
    assert next(bucket.start for bucket in buckets(found, "day")) == found.start


def test_a_year_before_the_hours_end_at_the_same_time_of_the_clock() -> None:
    found = last_hours("2024-02-29T12:30Z", "Europe/Berlin")
    assert str(found.previous_year()) == "2023-02-27T14:00:00+01:00 to 2023-02-28T14:00:00+01:00"


@pytest.mark.parametrize(
    ("name", "until", "pointer"),
    [
        ("48h", None, "range"),
        ("24h", "2026-09-17", "until"),
        ("24h", "2026-09-17T12:00:00", "until"),
        ("24h", "2026-09-17T25:00:00Z", "until"),
        ("24h", "1999-09-17T12:00:00Z", "until"),
        ("24h", "9999-12-31T23:59:59-12:00", "until"),
        ("24h", "0001-01-01T00:00:00+14:00", "until"),
    ],
)
def test_hours_that_cannot_be_used_are_named(name: str, until: str | None, pointer: str) -> None:
    with pytest.raises(InvalidError) as caught:
        timerange.parse_hours(name, until, ZoneInfo("UTC"), NOW)
    assert [field.pointer for field in caught.value.fields] == [pointer]


def test_too_many_points_are_refused_without_making_them() -> None:
    centuries = span("2000-01-01", "2200-12-31", "Europe/Berlin")
    for granularity in ("hour", "day"):
        with pytest.raises(InvalidError) as caught:
            buckets(centuries, granularity)
        assert [field.pointer for field in caught.value.fields] == ["granularity"]
    assert len(buckets(centuries, "week")) <= MAX_BUCKETS


def test_the_hours_of_a_whole_year_are_taken() -> None:
    assert len(buckets(span("2026-01-01", "2026-12-31", "America/New_York"), "hour")) == 365 * 24


def test_nothing_said_means_the_last_seven_local_days() -> None:
    late = datetime(2026, 9, 17, 11, tzinfo=UTC)
    found = timerange.parse(None, None, ZoneInfo("Pacific/Kiritimati"), late)
    assert str(found) == "2026-09-12 to 2026-09-18"


def test_an_end_alone_means_the_seven_days_up_to_it() -> None:
    assert str(timerange.parse(None, "2026-03-10", ZoneInfo("UTC"), NOW)) == "2026-03-04 to 2026-03-10"


def test_a_beginning_alone_means_up_to_today() -> None:
    assert str(timerange.parse("2026-09-01", None, ZoneInfo("UTC"), NOW)) == "2026-09-01 to 2026-09-17"


def test_today_is_the_sites_own_day() -> None:
    night = datetime(2026, 9, 17, 3, 59, tzinfo=UTC)
    assert timerange.today(ZoneInfo("America/New_York"), night).first == date(2026, 9, 16)


@pytest.mark.parametrize(
    ("first", "last", "pointers"),
    [
        ("2026-02-30", None, ["from"]),
        (None, "2026-13-01", ["to"]),
        ("yesterday", "", ["to", "from"]),
        ("2026-9-1", None, ["from"]),
        ("20260901", None, ["from"]),
        ("2026-09-01T00:00:00Z", None, ["from"]),
        ("1999-12-31", None, ["from"]),
        (None, "2201-01-01", ["to"]),
        (None, "9999-12-31", ["to"]),
        ("2026-09-02", "2026-09-01", ["from"]),
        ("2026-09-18", None, ["from"]),
    ],
)
def test_dates_that_cannot_be_used_are_named(
    first: str | None, last: str | None, pointers: list[str]
) -> None:
    with pytest.raises(InvalidError) as caught:
        timerange.parse(first, last, ZoneInfo("UTC"), NOW)
    assert [field.pointer for field in caught.value.fields] == pointers
