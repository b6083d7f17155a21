"""The last 24 hours, asked for as a range."""

from typing import Any

import pytest
from werkzeug.test import Client as WebClient

from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import Person
from tests.traffic import pageview, send

NOW = "2026-09-17T12:30:00Z"


@pytest.fixture(autouse=True)
def visits(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    """One before the hours, two in them: one of those began before."""
    clock.set(NOW)
    times = ("2026-09-16T12:00:00Z", "2026-09-16T12:50:00Z", "2026-09-16T13:10:00Z", "2026-09-17T12:10:00Z")
    send(program, alice.shop, *(pageview(time) for time in times))


def ask(web: WebClient, alice: Person, report: str, **query: str) -> Any:
    path = f"/api/sites/{alice.shop.site_id}/{report}"
    return web.get(path, query_string=query, headers=alice.headers)


def test_they_end_with_the_hour_under_way(web: WebClient, alice: Person) -> None:
    found = ask(web, alice, "timeseries", range="24h", granularity="hour", metric="pageviews").get_json()
    told = [(point["t"][:16], point["value"]) for point in found["points"] if point["value"]]
    assert (len(found["points"]), found["points"][0]["t"]) == (24, "2026-09-16T15:00:00+02:00")
    assert told == [("2026-09-16T15:00", 1), ("2026-09-17T14:00", 1)]
    assert [point["incomplete"] for point in found["points"]] == [False] * 23 + [True]


def test_a_visit_belongs_to_the_hours_in_which_it_began(web: WebClient, alice: Person) -> None:
    found = ask(web, alice, "report", range="24h", compare="previous_period").get_json()
    assert (found["visits"], found["total_pageviews"], found["unique_visitors"]) == (1, 2, 1)
    assert found["date_range"] == "2026-09-16T15:00:00+02:00 to 2026-09-17T15:00:00+02:00"
    before = found["comparison"]
    assert before["date_range"] == "2026-09-15T15:00:00+02:00 to 2026-09-16T15:00:00+02:00"
    assert before["until"] == "2026-09-16T12:30:00Z"
    assert (before["visits"], before["total_pageviews"]) == (1, 1)


def test_earlier_ones_are_asked_for_by_their_end(web: WebClient, alice: Person) -> None:
    for what in ("report", "top-pages", "vitals", "breakdown"):
        query = {"dimension": "page", "range": "24h"}
        assert ask(web, alice, what, **query).get_json()
        earlier = ask(web, alice, what, **query, until="2026-09-15T13:00:00Z").get_json()
        assert not earlier.get("pages") and not earlier.get("rows")


def test_they_can_be_taken_along(web: WebClient, alice: Person) -> None:
    with ask(web, alice, "export", range="24h", what="events", format="json") as answer:
        assert answer.data.count(b"\n") == 2
        assert answer.headers["Content-Disposition"].endswith("2026-09-16-to-2026-09-17.ndjson")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"range": "24h", "from": "2026-09-16"}, "range"),
        ({"until": NOW}, "until"),
        ({"range": "25h"}, "range"),
        ({"range": "24h", "until": "now"}, "until"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(
    web: WebClient, alice: Person, query: dict[str, str], pointer: str
) -> None:
    refused = ask(web, alice, "report", **query)
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.get_json()["errors"]] == [pointer]
