"""What a filter may say, and that every query can be put over what filters keep.

That the numbers are right is the oracle's to say: tests/test_oracle.py.
"""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.base.errors import InvalidError
from appliance.reports import filters
from appliance.reports.filters import DIMENSIONS, OPERATORS, Filter, Selection
from appliance.runtime import Runtime
from tests.people import Person

START, END = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 2, tzinfo=UTC)

# Every query over a selection of visits, with what it takes beside site and range.
QUERIES: dict[str, dict[str, Any]] = {
    "reports.summary": {},
    "reports.pageviews": {},
    "reports.loads": {},
    "reports.returning": {},
    "reports.shares": {},
    "reports.current": {"since": START},
    "reports.pages": {"limit": 5},
    "timeseries.visits": {"starts": [START]},
    "timeseries.pageviews": {"starts": [START]},
    "timeseries.loads": {"starts": [START]},
    "timeseries.conversions": {"starts": [START], "kinds": ["path"], "patterns": ["/"]},
    "goals.completions": {"goal_ids": ["g"], "kinds": ["event"], "patterns": ["signup"]},
    "breakdown.visits": {"limit": 5, "offset": 0},
    "breakdown.pages": {"limit": 5, "offset": 0},
    "breakdown.facts": {"limit": 5, "offset": 0},
}


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_takes_every_filter(program: Runtime, alice: Person, name: str) -> None:
    for dimension in DIMENSIONS:
        for operator in OPERATORS:
            kept = Selection(program.database, alice.shop, [Filter(dimension, operator, ("a'b", "%"))] * 2)
            kept.read(name, START, END, **QUERIES[name])


def test_filters_are_read_as_the_contract_writes_them() -> None:
    text = '[["source", "is", ["organic", "paid"]], ["page", "does not contain", ["/cart"]]]'
    assert filters.parse(text) == (
        Filter("source", "is", ("organic", "paid")),
        Filter("page", "does not contain", ("/cart",)),
    )
    assert filters.parse(None) == filters.parse("") == filters.parse("[]") == ()


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("{", "filters"),
        ("[" * 100_000, "filters"),
        ("{}", "filters"),
        ([["source", "is", ["x"]]] * 21, "filters"),
        ([["source", "is"]], "filters/0"),
        ([["source", "is", ["x"]], ["colour", "is", ["x"]]], "filters/1/0"),
        ([[["source"], "is", ["x"]]], "filters/0/0"),
        ([["source", "=", ["x"]]], "filters/0/1"),
        ([["source", ["is"], ["x"]]], "filters/0/1"),
        ([["source", "is", "x"]], "filters/0/2"),
        ([["source", "is", []]], "filters/0/2"),
        ([["source", "is", ["x"] * 101]], "filters/0/2"),
        ([["source", "is", ["x", 1]]], "filters/0/2/1"),
        ([["source", "is", ["x" * 2501]]], "filters/0/2/0"),
        ([["source", "is", ["a\u0000b"]]], "filters/0/2/0"),
        ([["source", "is", ["\ud800"]]], "filters/0/2/0"),
    ],
)
def test_a_wrong_filter_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(InvalidError) as refusal:
        filters.parse(value if isinstance(value, str) else json.dumps(value))
    assert [field.pointer for field in refusal.value.fields] == [place]
