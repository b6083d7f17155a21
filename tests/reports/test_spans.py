"""Many spans asked at once: each is told what it is told alone."""

from datetime import date, datetime
from typing import Any

import pytest

from appliance.base import timerange
from appliance.base.timerange import TimeRange
from appliance.reports.facts import Facts
from appliance.reports.filters import VISIT_COLUMNS, Selection
from appliance.reports.ranking import ALL
from appliance.reports.spans import Spans
from appliance.runtime import Runtime
from appliance.sites.goals import path_expression
from tests.aggregates.test_aggregates import walks
from tests.people import People
from tests.traffic import send

GOALS: dict[str, Any] = {
    "goal_ids": ["signed up", "bought"],
    "kinds": ["event", "path"],
    "patterns": ["signup", path_expression("/shop/**")],
}
QUERIES = (
    "reports.summary",
    "reports.pageviews",
    "reports.loads",
    "reports.returning",
    "reports.shares",
    "reports.pages",
    "reports.viewed",
    "breakdown.pages",
    "breakdown.facts",
    "breakdown.visits",
    "goals.completions",
    "aggregates.load_times",
    "aggregates.goals",
)


@pytest.mark.parametrize(("granularity", "first", "last"), [("day", 4, 11), ("hour", 8, 9)])
def test_every_span_is_told_what_it_is_told_alone(
    program: Runtime, people: People, granularity: timerange.Granularity, first: int, last: int
) -> None:
    """Over midnight, and where nothing happened."""
    site = people.alice.shop
    send(program, people.bob.shop, *walks(41, "2026-09-05T00:00Z", hours=200))
    send(program, site, *walks(43, "2026-09-05T00:00Z", hours=30), *walks(44, "2026-09-08T20:00Z", hours=8))
    range_ = TimeRange(date(2026, 9, first), date(2026, 9, last), site.zone)
    asked = [(each.start, each.end) for each in timerange.buckets(range_, granularity)]
    spans, alone = Spans(program.database, site, asked, 15.0), Selection(program.database, site)
    parameters = {**GOALS, "limit": ALL, "offset": 0}
    for query in QUERIES:
        at_once = [sorted(map(repr, spans.read(query, *span, **parameters))) for span in asked]
        one_by_one = [sorted(map(repr, alone.read(query, *span, **parameters))) for span in asked]
        assert at_once == one_by_one, query
        assert any(one_by_one), query


def test_breakdowns_of_all_dimensions_of_a_visit_are_those_of_each(program: Runtime, people: People) -> None:
    site = people.alice.shop
    send(program, site, *walks(45, "2026-09-05T00:00Z", hours=60))
    bounds = datetime.fromisoformat("2026-09-05T00:00Z"), datetime.fromisoformat("2026-09-07T00:00Z")
    facts = Facts(Selection(program.database, site), *bounds)
    together = facts.breakdowns(VISIT_COLUMNS)
    assert {name: sorted(parts) for name, parts in together.items()} == {
        name: sorted(facts.breakdown(name).rows) for name in VISIT_COLUMNS
    }
    assert together["source"]
