"""Nights with clock changes and odd zones, held against numbers that were worked out once and written down.

A metronome looks at a page every twenty minutes of real time, so a local hour has three pageviews, a day of
24 hours 72, one of 23 hours 69 and one of 25 hours 75. tests/golden/time.json has for each zone the days,
and every hour of the day with the change.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.base import timerange
from appliance.reports.bucket_counts import Metric
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from tests.clocks import FrozenClock
from tests.people import People
from tests.traffic import pageview, send

GOLDEN = json.loads((Path(__file__).parent / "golden" / "time.json").read_text("utf-8"))
BEAT = timedelta(minutes=20)
METRICS: list[Metric] = ["pageviews", "visitors", "visits"]


def tick(program: Runtime, site: Site, case: dict[str, Any]) -> None:
    """From the first beat before the range to the last one after it."""
    beat, until = (datetime.fromisoformat(case[name]) for name in ("since", "until"))
    beats = []
    while beat < until:
        beats.append(pageview(beat, "/", visitor="metronome"))
        beat += BEAT
    send(program, site, *beats)


def numbers(program: Runtime, site: Site, case: dict[str, Any]) -> dict[str, Any]:
    def points(first: str, last: str, granularity: timerange.Granularity) -> list[list[Any]]:
        span = timerange.parse(first, last, site.zone, program.clock.now())
        series = program.timeseries.series(site, span, METRICS, granularity).series
        rows = zip(*(series[metric] for metric in METRICS), strict=True)
        return [[row[0].t, *(point.value for point in row)] for row in rows]

    span = timerange.parse(case["from"], case["to"], site.zone, program.clock.now())
    report = program.reports.site_report(site, span)
    return {
        "pageviews": report.total_pageviews,
        "visitors": report.unique_visitors,
        "visits": report.visits,
        "days": points(case["from"], case["to"], "day"),
        "hours": points(case["change"], case["change"], "hour"),
    }


@pytest.mark.parametrize("name", GOLDEN)
def test_numbers_of_odd_days_are_those_worked_out(
    program: Runtime, people: People, clock: FrozenClock, name: str
) -> None:
    case = GOLDEN[name]
    clock.set(datetime.fromisoformat(case["until"]).astimezone(UTC).isoformat())
    owner = people.alice.account.account_id
    site = program.sites.create(owner, "Metronome", "https://metronome.example", case["zone"])
    tick(program, site, case)
    assert numbers(program, site, case) == {field: case[field] for field in case["numbers"]}
