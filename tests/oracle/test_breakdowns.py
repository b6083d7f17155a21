"""Filters and breakdowns, worked out by hand."""

import pytest

from tests.oracle.breakdowns import breakdown
from tests.oracle.filters import Filter
from tests.oracle.stories import days, did, oracle, viewed

ANN = [
    viewed("10:00", "/", referrer_name="Google", source="organic", country="DE"),
    viewed("10:01", "/boots", country="FR"),
    did("purchase", "10:02", "/boots", properties={"plan": "pro", "items": 2}),
]
BEN = [viewed("11:00", "/boots", "ben", utm_source="letter")]
CAT = [did("purchase", "12:00", None, "cat", properties={"plan": "free", "gift": True})]
EVERYBODY = oracle(*ANN, *BEN, *CAT)


def visitors(*filters: Filter) -> int:
    found: int = EVERYBODY.report(days(), filters)["unique_visitors"]
    return found


def rows(dimension: str, *filters: Filter) -> list[tuple[str, int, int, int, float]]:
    found = breakdown(EVERYBODY, days(), dimension, filters)
    return [
        tuple(row[name] for name in ("value", "visitors", "visits", "pageviews", "percent")) for row in found
    ]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (("page", "is", ["/boots"]), 2),
        (("page", "is", ["/"]), 1),
        (("page", "is not", ["/boots"]), 1),
        (("page", "contains", ["boo"]), 2),
        (("entry_page", "is", ["/boots"]), 1),
        (("exit_page", "is", ["/boots"]), 2),
        (("entry_page", "does not contain", ["/"]), 1),  # Cat's visit, which has no page
        (("source", "is", ["organic", "direct"]), 3),
        (("referrer", "is", ["Google"]), 1),
        (("referrer", "is not", ["Google"]), 2),
        (("country", "is", ["FR"]), 0),  # the visit's first event says Germany
        (("utm_source", "contains", ["ett"]), 1),
        (("event", "is", ["purchase"]), 2),
        (("event", "is not", ["purchase"]), 1),
        (("property", "is", ["plan=pro"]), 1),
        (("property", "is", ["items=2", "gift=true"]), 2),
        (("property", "contains", ["plan="]), 2),
        (("property", "does not contain", ["plan=p"]), 2),
    ],
)
def test_a_filter_keeps_the_visits_that_match(wanted: Filter, count: int) -> None:
    assert visitors(wanted) == count


def test_filters_are_joined_by_and_their_values_by_or() -> None:
    assert visitors(("page", "is", ["/boots"]), ("event", "is", ["purchase"])) == 1
    assert visitors(("page", "is", ["/", "/boots"]), ("event", "is not", ["purchase"])) == 1


@pytest.mark.parametrize("dimension", ["page", "exit_page", "referrer", "event", "property"])
def test_a_negative_is_the_exact_complement(dimension: str) -> None:
    for one, other in [("is", "is not"), ("contains", "does not contain")]:
        values = ["/boots", "Google", "pageview", "plan=pro"]
        assert visitors((dimension, one, values)) + visitors((dimension, other, values)) == 3


def test_all_numbers_are_of_the_visits_that_match_events_of_other_paths_too() -> None:
    found = EVERYBODY.report(days(), [("event", "is", ["purchase"])])
    assert (found["visits"], found["total_pageviews"], found["total_pages"]) == (2, 2, 2)
    assert found["bounce_rate_percent"] == 0.0


def test_an_event_outside_the_range_still_makes_its_visit_match() -> None:
    told = oracle(viewed("2026-09-09T23:55", "/start"), viewed("00:05", "/end"))
    assert told.report(days(), [("page", "is", ["/start"])])["total_pageviews"] == 1
    assert told.report(days(), [("page", "is not", ["/start"])])["total_pageviews"] == 0


def test_rows_of_a_visits_dimension_are_percent_of_visits() -> None:
    assert rows("source") == [("direct", 2, 2, 1, 66.7), ("organic", 1, 1, 2, 33.3)]
    assert rows("country") == [("DE", 1, 1, 2, 33.3)]
    assert rows("entry_page") == [("/", 1, 1, 2, 33.3), ("/boots", 1, 1, 1, 33.3)]
    assert rows("exit_page") == [("/boots", 2, 2, 3, 66.7)]


def test_rows_of_pages_events_and_properties_are_percent_of_visitors() -> None:
    assert rows("page") == [("/boots", 2, 2, 2, 66.7), ("/", 1, 1, 1, 33.3)]
    assert rows("event") == [("pageview", 2, 2, 3, 66.7), ("purchase", 2, 2, 0, 66.7)]
    assert rows("property") == [
        ("gift=true", 1, 1, 0, 33.3),
        ("items=2", 1, 1, 0, 33.3),
        ("plan=free", 1, 1, 0, 33.3),
        ("plan=pro", 1, 1, 0, 33.3),
    ]


def test_rows_are_of_the_visits_that_a_filter_keeps() -> None:
    assert rows("event", ("page", "is", ["/"])) == [
        ("pageview", 1, 1, 2, 100.0),
        ("purchase", 1, 1, 0, 100.0),
    ]


def test_a_visit_that_began_before_the_range_has_no_row_but_its_events_have() -> None:
    told = oracle(viewed("2026-09-09T23:55"), viewed("00:05", "/end"))
    assert breakdown(told, days(), "source") == []
    assert [row["value"] for row in breakdown(told, days(), "page")] == ["/end"]


def test_views_after_the_end_of_the_range_are_in_no_row() -> None:
    told = oracle(viewed("23:55"), viewed("2026-09-11T00:05"))
    assert [row["pageviews"] for row in breakdown(told, days(), "source")] == [1]
