"""What stands in the rows of hours and days: what reports say of them, by the reports' own queries."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from appliance.base import timerange
from appliance.base.timerange import Bucket, TimeRange
from appliance.events import metrics
from appliance.reports import bucket_counts
from appliance.reports.bucket_counts import METRICS, Counts
from appliance.reports.facts import Facts
from appliance.reports.filters import Selection
from appliance.reports.reports import shares
from appliance.reports.spans import Spans
from appliance.reports.tallies import Tally, goals_of
from appliance.reports.tally_rows import columns, goals_text, tally_of
from appliance.sites.goals import Goals
from appliance.sites.sites import Site
from appliance.storage.database import Database, Row, Transaction
from appliance.storage.setbacks import Tier

LIMIT_S = 120.0
"""For each query. Nobody waits for its answer but loads, whose events are safe in the journal."""


class AggregateRows:
    """Each method works in the transaction it is given: rows and what waits for them change together."""

    def __init__(self, database: Database, goals: Goals) -> None:
        self._database = database
        self._goals = goals

    def make_hours(self, transaction: Transaction, site: Site, hours: list[Bucket]) -> None:
        """Of consecutive hours; rows of hours whose facts are gone stay as they are."""
        span = hours[0].start, hours[-1].end
        if _settle(transaction, site, "hour", *span):
            final = _final(transaction, site, *span)
            for changeable, run in groupby(hours, key=lambda hour: not _is_within(hour, final)):
                if changeable:
                    self._put_hours(transaction, site, list(run))

    def make_days(self, transaction: Transaction, site: Site, days: list[TimeRange]) -> None:
        """Of consecutive days; rows of days whose facts are gone stay as they are."""
        span = days[0].start, days[-1].end
        if _settle(transaction, site, "day", *span):
            final = _final(transaction, site, *span)
            changeable = [day for day in days if not _is_within(day, final)]
            if changeable:
                self._put_days(transaction, site, changeable, days[0].start, Tally())

    def finish_for_good(
        self, transaction: Transaction, site: Site, day: TimeRange, since: datetime | None
    ) -> bool:
        """Make what rows of a day wait, before its facts go; there are none from before `since`.

        False when the site's zone has changed meanwhile, and its days with it.
        """
        start = max(day.start, since) if since is not None and since < day.end else day.start
        wanted = {"site_id": site.site_id, "start": day.start, "end": day.end}
        ((waiting,),) = transaction.run("aggregates.waiting", wanted)
        tiers: tuple[Tier, ...] = ("hour", "day")
        for tier in tiers:
            if not _settle(transaction, site, tier, day.start, day.end):
                return False
        if waiting or start > day.start:
            # The facts of its beginning went with a day of another time zone: what is left is added.
            before = self._kept_tally(site, day, start) if start > day.start else Tally()
            hours = [hour for hour in timerange.buckets(day, "hour") if hour.end > start]
            self._put_hours(
                transaction, site, [replace(hours[0], start=max(hours[0].start, start)), *hours[1:]]
            )
            self._put_days(transaction, site, [day], start, before)
        return True

    def _put_hours(self, transaction: Transaction, site: Site, hours: list[Bucket]) -> None:
        kept = Selection(self._database, site, within_s=LIMIT_S)
        counts = bucket_counts.of_facts(kept, hours, set(METRICS), goals=[])
        spans = Spans(self._database, site, [(hour.start, hour.end) for hour in hours], LIMIT_S)
        goals = [goals_of(Facts(spans, hour.start, hour.end)) for hour in hours]
        found = [row for row in zip(hours, counts, goals, strict=True) if row[1] != Counts()]
        transaction.run(
            "aggregates.put_hours",
            {
                "site_id": site.site_id,
                "start": hours[0].start,
                "end": hours[-1].end,
                "hours": [hour.start for hour, _, _ in found],
                "unique_visitors": [each.visitors for _, each, _ in found],
                "total_visitors": [each.visits for _, each, _ in found],
                "bounces": [each.bounces for _, each, _ in found],
                "page_time_ms": [each.page_time_ms for _, each, _ in found],
                "total_pageviews": [each.pageviews for _, each, _ in found],
                "loads": [each.loads for _, each, _ in found],
                "load_us": [each.load_us for _, each, _ in found],
                "goals": [goals_text(done) for _, _, done in found],
            },
        )

    def _put_days(
        self, transaction: Transaction, site: Site, days: list[TimeRange], start: datetime, before: Tally
    ) -> None:
        """From their facts, the first day's from `start` on with `before`; no row where nothing happened."""
        goals = self._goals.of(site)
        bounds = [(max(day.start, start), day.end) for day in days]
        spans = Spans(self._database, site, bounds, LIMIT_S)
        rows: list[dict[str, Any]] = []
        for day, span in zip(days, bounds, strict=True):
            facts, tally = Facts(spans, *span), before
            tally.add(Tally.of(facts))
            _, converted = facts.conversions(goals).get(None, (0, 0))
            if tally.visitors:
                rows.append(_day_columns(day, tally, converted))
            before = Tally()
        names = rows[0] if rows else _day_columns(days[0], Tally(), 0)
        values = {name: [row[name] for row in rows] for name in names}
        made = [day.first for day in days]
        transaction.run("aggregates.put_days", {"site_id": site.site_id, "made": made, **values})

    def _kept_tally(self, site: Site, day: TimeRange, since: datetime) -> Tally:
        wanted = {"site_id": site.site_id, "first": day.first, "last": day.last, "since": since}
        rows = self._database.read("past.days", wanted)
        return tally_of(rows[0]) if rows else Tally()


def _day_columns(day: TimeRange, tally: Tally, converted: int) -> dict[str, Any]:
    """By column of `aggregated_metrics_daily`."""
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


def _settle(transaction: Transaction, site: Site, tier: Tier, start: datetime, end: datetime) -> bool:
    """Take away what waits; False when the site's zone has changed meanwhile, and its days with it."""
    span = {"start": start, "end": end, "timezone": site.timezone}
    return bool(transaction.run("aggregates.settle", {"site_id": site.site_id, "tier": tier, **span}))


def _final(transaction: Transaction, site: Site, start: datetime, end: datetime) -> list[Row]:
    """(start, end) of the days in the span whose facts are gone."""
    return transaction.run("aggregates.final", {"site_id": site.site_id, "start": start, "end": end})


def _is_within(part: Bucket | TimeRange, spans: list[Row]) -> bool:
    return any(start < part.end and part.start < end for start, end in spans)
