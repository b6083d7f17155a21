"""What is to stand in the rows of hours and days: what reports say of them, by the reports' own queries."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from appliance.base.timerange import Bucket, TimeRange
from appliance.events import metrics
from appliance.reports import bucket_counts
from appliance.reports.bucket_counts import METRICS, Counts
from appliance.reports.facts import Facts
from appliance.reports.filters import Selection
from appliance.reports.reports import shares
from appliance.reports.spans import Span, Spans
from appliance.reports.tallies import Tally, goals_of
from appliance.reports.tally_rows import columns, goals_text
from appliance.sites.goals import Goals
from appliance.sites.sites import Site
from appliance.storage.database import Database

LIMIT_S = 120.0
"""For each query. Nobody waits for its answer but loads, whose events are safe in the journal."""

CountedRow = dict[str, Any]
"""A row by its columns, without the site."""


class CountedRows:
    """Counted from visits and facts; where nothing happened there is no row. Raises DatabaseError."""

    def __init__(self, database: Database, goals: Goals) -> None:
        self._database = database
        self._goals = goals

    def hours(self, site: Site, hours: list[Bucket]) -> list[CountedRow]:
        """Of consecutive hours, for `aggregated_metrics_hourly`."""
        kept = Selection(self._database, site, within_s=LIMIT_S)
        counts = bucket_counts.of_facts(kept, hours, set(METRICS), goals=[])
        spans = Spans(self._database, site, [(hour.start, hour.end) for hour in hours], LIMIT_S)
        goals = [goals_of(Facts(spans, hour.start, hour.end)) for hour in hours]
        return [
            {
                "hour": hour.start,
                "unique_visitors": each.visitors,
                "total_visitors": each.visits,
                "bounces": each.bounces,
                "page_time_ms": each.page_time_ms,
                "total_pageviews": each.pageviews,
                "loads": each.loads,
                "load_us": each.load_us,
                "goals": goals_text(done),
            }
            for hour, each, done in zip(hours, counts, goals, strict=True)
            if each != Counts()
        ]

    def days(
        self,
        site: Site,
        days: Sequence[TimeRange],
        start: datetime | None = None,
        before: Tally | None = None,
    ) -> list[CountedRow]:
        """Of consecutive days, for `aggregated_metrics_daily`.

        Of the first day what happened from `start` on, with `before` added.
        """
        goals = self._goals.of(site)
        bounds: list[Span] = [(day.start, day.end) for day in days]
        if start is not None:
            bounds[0] = (max(days[0].start, start), days[0].end)
        spans = Spans(self._database, site, bounds, LIMIT_S)
        rows = []
        for day, span in zip(days, bounds, strict=True):
            facts, tally = Facts(spans, *span), before or Tally()
            tally.add(Tally.of(facts))
            _, converted = facts.conversions(goals).get(None, (0, 0))
            if tally.visitors:
                rows.append(_day(day, tally, converted))
            before = None
        return rows


def _day(day: TimeRange, tally: Tally, converted: int) -> CountedRow:
    shared = shares(tally, tally.visits)
    return {
        **columns(tally),
        "day": day.first,
        "starts_at": day.start,
        "ends_at": day.end,
        "avg_time_spent_sec": metrics.tenths(tally.page_time_ms, tally.visits, unit=1000),
        "avg_load_ms": metrics.whole(tally.load_us, tally.loads),
        "bounce_rate": metrics.percent(tally.bounces, tally.visits),
        "conversion_rate": metrics.percent(converted, tally.visitors),
        "traffic_sources": json.dumps([asdict(each) for each in shared.traffic_sources]),
        "os_breakdown": json.dumps([asdict(each) for each in shared.operating_systems]),
        "browsers": json.dumps([asdict(each) for each in shared.browsers]),
    }
