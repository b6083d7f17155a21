"""Report, top pages, timeseries and goals, worked out by hand."""

from typing import Any

import pytest

from tests.oracle.events import Event, Goal
from tests.oracle.goals import path_matches
from tests.oracle.series import METRICS, points
from tests.oracle.stories import DAY, days, did, oracle, viewed

SIGNUP = Goal("Signed up", "event", "signup")
BOUGHT = Goal("Bought", "path", "/shop/*/thanks")


def report(*events: Event, **more: Any) -> dict[str, Any]:
    return oracle(*events, **more).report(days(zone=more.get("zone", "UTC")))


def series(metric: str, granularity: str, *events: Event, **more: Any) -> list[Any]:
    zone = more.get("zone", "UTC")
    return [point["value"] for point in points(oracle(*events, **more), days(zone=zone), metric, granularity)]


def test_an_empty_range_is_zeros_and_empty_lists() -> None:
    found = report(goals=(SIGNUP,))
    shares = ("traffic_sources", "operating_systems", "browsers", "pages")
    assert [found[name] for name in shares] == [[], [], [], []]
    assert found["goals"] == [{"name": "Signed up", "conversions": 0, "conversion_rate_percent": 0.0}]
    assert found["load_ms"] == {"p50": 0, "p75": 0, "p95": 0}
    numbers = [value for value in found.values() if isinstance(value, int | float) and value is not True]
    assert len(numbers) == 10
    assert set(numbers) == {0}
    assert set(found["new_vs_returning"].values()) == {0.0}
    assert found["unique_visitors_exact"] is True


def test_visits_count_where_they_start_events_where_they_happen() -> None:
    """Ann's visit begins the day before: her visitor and one view count, her visit does not."""
    found = report(viewed("2026-09-09T23:50"), viewed("00:10"), viewed("12:00", "/b", "ben"))
    assert (found["visits"], found["total_visitors"]) == (1, 1)
    assert (found["unique_visitors"], found["total_pageviews"], found["total_pages"]) == (2, 2, 2)


def test_the_whole_visit_decides_what_kind_of_visit_it_was() -> None:
    """It begins at 23:50 and goes on for 15 minutes the next day: no bounce, 900 seconds."""
    found = report(viewed("23:50"), viewed("2026-09-11T00:05", "/b"))
    assert (found["bounce_rate_percent"], found["avg_time_spent_on_site_sec"]) == (0.0, 900.0)


def test_time_on_site_is_a_mean_in_which_unknown_visits_are_zero() -> None:
    """60 s, nothing known, nothing known: 20 s."""
    visits = [
        viewed("10:00"),
        viewed("10:01"),
        viewed("10:00", visitor="ben"),
        viewed("10:00", visitor="cat"),
    ]
    assert report(*visits)["avg_time_spent_on_site_sec"] == 20.0


def test_page_time_leaves_unknown_times_out() -> None:
    """/ is seen for 60 s once and for an unknown time twice."""
    visits = [
        viewed("10:00"),
        viewed("10:01", "/b"),
        viewed("10:00", visitor="ben"),
        viewed("10:00", visitor="cat"),
    ]
    assert [(row["path"], row["avg_time_spent"], row["pageviews"]) for row in report(*visits)["pages"]] == [
        ("/", 60.0, 3),
        ("/b", None, 1),
    ]


def test_times_are_rounded_half_up_after_the_mean() -> None:
    """100 ms and nothing: 0.05 s is shown as 0.1."""
    found = report(viewed("10:00"), viewed("10:00:00.1"), viewed("10:00", visitor="ben"))
    assert found["avg_time_spent_on_site_sec"] == 0.1


def test_a_title_is_the_latest_that_is_not_empty() -> None:
    found = report(
        viewed("10:05", title="New"), viewed("10:01", title="Old"), viewed("10:09"), viewed("10:10", title="")
    )
    assert found["pages"][0]["page_title"] == "New"


def test_load_times_are_those_of_any_event_within_bounds() -> None:
    """Of 0, 1 000, 2 001 and 600 001 the middle two count: 1 500.5 is shown as 1 501."""
    loads = [0, 1_000, 2_001, 600_001]
    found = report(*(did("load", f"10:0{n}", load_ms=ms) for n, ms in enumerate(loads)))
    assert found["avg_loading_time_ms"] == 1501
    assert found["load_ms"] == {"p50": 1501, "p75": 1751, "p95": 1951}


def test_sources_are_of_the_first_event_and_equal_ones_stand_in_their_order() -> None:
    events = [
        viewed("10:00", visitor="ann", source="paid"),
        viewed("10:01", visitor="ann", source="social"),
        viewed("10:00", visitor="ben", source="direct"),
        viewed("10:00", visitor="cat", source="organic"),
    ]
    found = report(*events)["traffic_sources"]
    assert [(row["source"], row["visitors"], row["percent"]) for row in found] == [
        ("organic", 1, 33.3),
        ("direct", 1, 33.3),
        ("paid", 1, 33.3),
    ]


def test_browsers_and_systems_without_a_name_of_their_own_are_other() -> None:
    events = [
        viewed("10:00", visitor="ann", browser="Opera", os="Chrome OS"),
        viewed("10:00", visitor="ben", browser="Vivaldi", os="iOS"),
        viewed("10:00", visitor="cat", browser="Edge", os="Windows"),
    ]
    found = report(*events)
    assert found["browsers"] == [{"name": "Other", "percent": 66.7}, {"name": "Edge", "percent": 33.3}]
    assert [row["name"] for row in found["operating_systems"]] == ["Windows", "iOS", "Other"]


def test_returning_means_seen_before_the_range_whatever_the_filters() -> None:
    """Ann was there on Tuesday by a link; a filter on direct visits does not make her new."""
    told = oracle(
        viewed("2026-09-08T10:00", source="referral"), viewed("10:00"), viewed("10:00", visitor="ben")
    )
    found = told.report(days(), [("source", "is", ["direct"])])["new_vs_returning"]
    assert (found["new_percent"], found["returning_percent"]) == (50.0, 50.0)


def test_somebody_seen_twice_within_the_range_is_new() -> None:
    assert report(viewed("10:00"), viewed("18:00"))["new_vs_returning"]["new_percent"] == 100.0


def test_a_cookieless_visit_over_midnight_is_one_visit_of_a_new_visitor() -> None:
    """Her derived id was there before this day began; still nobody can say that she returned."""
    events = [viewed("2026-09-09T23:55", cookieless=True), viewed("00:05", cookieless=True)]
    found = report(*events, viewed("10:00", visitor="ben"))
    assert (found["visits"], found["unique_visitors"]) == (1, 2)
    assert found["new_vs_returning"] == {
        "new_percent": 100.0,
        "returning_percent": 0.0,
        "unrecognisable_percent": 50.0,
    }


def test_current_visitors_are_those_of_the_last_five_minutes() -> None:
    events = [viewed("19:54:59"), viewed("19:55", visitor="ben"), viewed("20:00", visitor="cat")]
    assert report(*events, viewed("19:58", visitor="cat"), now="20:00")["current_visitors"] == 2


def test_top_pages_count_bounces_where_visits_entered() -> None:
    """/b was viewed twice; one visit entered there, and it bounced. / was entered once and left for /b."""
    events = [
        viewed("10:00"),
        viewed("10:01", "/b"),
        viewed("10:00", "/b", "ben"),
        did("load", "10:01", "/b", load_ms=9),
    ]
    found = oracle(*events).top_pages(days(), 20)
    assert found["total"] == 2
    row = found["pages"][0]
    assert (row["path"], row["visitors"], row["bounce_rate_percent"], row["load_ms"]) == ("/b", 2, 100.0, 9)
    assert (found["pages"][1]["bounce_rate_percent"], found["pages"][1]["load_ms"]) == (0.0, None)


def test_a_page_where_nobody_entered_has_no_bounce_rate() -> None:
    found = oracle(viewed("10:00"), viewed("10:01", "/b")).top_pages(days(), 20)
    assert [row["bounce_rate_percent"] for row in found["pages"]] == [0.0, None]


def test_conversions_count_events_and_rates_count_visitors() -> None:
    events = [
        viewed("10:00"),
        did("signup", "10:01"),
        did("signup", "10:02"),
        viewed("10:03", "/shop/boots/thanks"),
        viewed("10:00", visitor="ben"),
        viewed("10:00", visitor="cat"),
    ]
    found = report(*events, goals=(SIGNUP, BOUGHT))
    assert [(goal["conversions"], goal["conversion_rate_percent"]) for goal in found["goals"]] == [
        (2, 33.3),
        (1, 33.3),
    ]
    assert found["conversion_rate_percent"] == 33.3
    assert report(*events)["conversion_rate_percent"] == 0.0


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("/thanks", "/thanks", True),
        ("/thanks", "/thanks/", False),
        ("/shop/*/thanks", "/shop/boots/thanks", True),
        ("/shop/*/thanks", "/shop/boots/red/thanks", False),
        ("/shop/**/thanks", "/shop/boots/red/thanks", True),
        ("/shop/*", "/shop/", True),
        ("/shop/*", "/shop", False),
        ("/blog/**", "/blog/2026/09", True),
        ("/b*g", "/bag", True),
        ("/b*g", "/b/g", False),
        ("/a.c", "/abc", False),
    ],
)
def test_a_star_stays_within_its_segment_two_go_across(pattern: str, path: str, fits: bool) -> None:
    assert path_matches(pattern, path) is fits


def test_every_bucket_is_there_and_the_one_of_now_is_marked() -> None:
    found = points(oracle(viewed("10:00"), now="13:30"), days(), "pageviews", "hour")
    assert len(found) == 24
    assert [point["value"] for point in found if point["value"]] == [1]
    assert [point["t"] for point in found if "incomplete" in point] == [f"{DAY}T13:00:00+00:00"]


@pytest.mark.parametrize(
    ("metric", "noon", "one"),
    [
        ("visitors", 2, 1), ("visits", 2, 0), ("pageviews", 2, 1), ("bounce_rate", 50.0, 0.0),
        ("avg_time", 300.0, 0.0), ("load_ms", 0, 40), ("conversions", 0, 1), ("conversion_rate", 0.0, 100.0),
    ],
)  # fmt: skip
def test_each_metric_holds_in_each_bucket(metric: str, noon: float, one: float) -> None:
    """Ann begins at 12:55 and goes on until 13:05, Ben bounces at noon."""
    events = [
        viewed("12:55"),
        viewed("13:00"),
        did("signup", "13:05", load_ms=40),
        viewed("12:00", visitor="ben"),
    ]
    assert series(metric, "hour", *events, goals=(SIGNUP,))[12:14] == [noon, one]
    assert set(METRICS) >= {metric}


def test_the_two_one_oclocks_of_new_york_are_counted_apart() -> None:
    """Clocks go back from 06:00 UTC; 05:30 and 06:30 UTC are both half past one."""
    events = [viewed("2026-11-01T05:30"), viewed("2026-11-01T06:30", visitor="ben")]
    there = days("2026-11-01", zone="America/New_York")
    told = oracle(*events, zone="America/New_York")
    assert [point["value"] for point in points(told, there, "visitors", "hour")][:4] == [0, 1, 1, 0]
    assert [point["value"] for point in points(told, there, "visitors", "day")] == [2]


def test_a_week_is_not_the_sum_of_its_days() -> None:
    told = oracle(viewed("2026-09-10T10:00"), viewed("2026-09-11T10:00"))
    week = days("2026-09-10", "2026-09-13")
    assert [point["value"] for point in points(told, week, "visitors", "week")] == [1]
    assert [point["value"] for point in points(told, week, "visitors", "day")] == [1, 1, 0, 0]
