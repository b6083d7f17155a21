"""The rows of a breakdown: searched, sorted, and page by page. Their numbers are the oracle's to check."""

from datetime import datetime
from typing import Any

import pytest
from werkzeug.test import Client as WebClient

from appliance.reports.facts import Facts
from appliance.reports.filters import Selection
from appliance.reports.ranking import ORDERS, SORTS, Ranking
from appliance.reports.tallies import Tally
from appliance.runtime import Runtime
from tests.aggregates.test_aggregates import walks
from tests.people import Person
from tests.traffic import pageview, send

DAY = "2026-09-10"


@pytest.fixture
def pages(program: Runtime, web: WebClient, alice: Person) -> Any:
    """Asks for the paths of a day on which three visitors looked at four pages."""
    looked = [
        ("ann", "/boots"),
        ("ann", "/Boots/red"),
        ("ben", "/boots"),
        ("ben", "/a"),
        ("cat", "/a"),
        ("cat", "/b"),
    ]
    views = [pageview(f"{DAY}T10:0{minute}:00Z", path, name) for minute, (name, path) in enumerate(looked)]
    send(program, alice.shop, *views, pageview(f"{DAY}T10:09:00Z", "/b", "cat"))

    def ask(**query: Any) -> Any:
        asked = {"dimension": "page", "from": DAY, "to": DAY, **query}
        path = f"/api/sites/{alice.shop.site_id}/breakdown"
        return web.get(path, query_string=asked, headers=alice.headers).get_json()

    return ask


def values(answer: Any) -> list[str]:
    return [row["value"] for row in answer["rows"]]


def test_rows_are_found_by_a_part_of_their_value_in_any_case_and_stay_percent_of_all(pages: Any) -> None:
    found = pages(search="BOOTS")
    assert values(found) == ["/boots", "/Boots/red"]
    assert found["total"] == 2
    assert found["rows"][0]["percent"] == 66.7
    assert pages(search="%") == {"dimension": "page", "rows": [], "total": 0}


def test_rows_are_sorted_as_asked_and_equal_ones_by_value(pages: Any) -> None:
    assert values(pages()) == ["/a", "/boots", "/Boots/red", "/b"]
    assert values(pages(order="asc")) == ["/Boots/red", "/b", "/a", "/boots"]
    assert values(pages(sort="pageviews")) == ["/a", "/b", "/boots", "/Boots/red"]
    assert values(pages(sort="value", order="asc")) == ["/Boots/red", "/a", "/b", "/boots"]


def test_pages_of_rows_follow_each_other_and_know_their_number_behind_the_last(pages: Any) -> None:
    assert [values(pages(limit=2, offset=offset)) for offset in (0, 2, 4)] == [
        ["/a", "/boots"],
        ["/Boots/red", "/b"],
        [],
    ]
    assert pages(offset=4)["total"] == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("search", "x" * 201),
        ("search", "a\u0000b"),
        ("sort", "percent"),
        ("sort", "value;--"),
        ("order", "up"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_by_its_name(pages: Any, name: str, value: str) -> None:
    refused = pages(**{name: value})
    assert (refused["status"], refused["errors"][0]["pointer"]) == (422, name)


def test_kept_sums_stand_in_the_order_that_facts_do(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, *walks(46, "2026-09-05T00:00Z", hours=60))
    bounds = datetime.fromisoformat("2026-09-05T00:00Z"), datetime.fromisoformat("2026-09-07T00:00Z")
    facts = Facts(Selection(program.database, alice.shop), *bounds)
    kept = Tally.of(facts, ["page", "referrer"])
    for dimension in ("page", "referrer"):
        for sort in (None, *SORTS):
            for order in ORDERS:
                asked = Ranking(limit=2, offset=1, search="O", sort=sort, order=order)
                assert kept.breakdown(dimension, asked) == facts.breakdown(dimension, asked)
                assert facts.breakdown(dimension, asked).rows
