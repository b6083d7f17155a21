"""Rows of hours and days that have ended, `aggregated_metrics_hourly` and `aggregated_metrics_daily`.

`stale` says what is to be made: it is noted with every change of the facts, and taken away in the transaction
that makes the row. So whatever is killed when, and however long nothing ran, a run makes all that is due, and
one too many finds nothing to do.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import groupby

from appliance import bucket_counts, metrics, timerange
from appliance.bucket_counts import METRICS, Counts
from appliance.database import Database, Row, Transaction
from appliance.facts import Facts
from appliance.filters import Selection
from appliance.goals import Goals
from appliance.reports import shares
from appliance.sites import Site, Sites
from appliance.tallies import GoalKey, Tally
from appliance.tally_rows import columns, goals_text, tally_of
from appliance.timerange import SLOT, Bucket, TimeRange

RUN_S = 20.0
"""So long a run works at most; other jobs wait for it."""


class Aggregates:
    def __init__(self, database: Database, sites: Sites, goals: Goals) -> None:
        self._database = database
        self._sites = sites
        self._goals = goals

    def finish_hours(self, now: datetime) -> bool:
        """Make the rows of hours that have ended and changed since; a site's day in each transaction.

        False when more is left than one run may take. Raises DatabaseError; what was made before stays made.
        """
        give_way_at = time.monotonic() + RUN_S
        for site in self._sites.all():
            for day, slots in self._stale_days(site, "hour", now):
                if time.monotonic() > give_way_at:
                    return False
                ended = [hour for hour in timerange.buckets(day, "hour") if hour.end <= now]
                due = [number for number, hour in enumerate(ended) if _overlaps(hour, slots)]
                if due:
                    self._make_hours(site, ended[due[0] : due[-1] + 1])
        return True

    def finish_days(self, now: datetime) -> bool:
        """As `finish_hours`, for days."""
        give_way_at = time.monotonic() + RUN_S
        for site in self._sites.all():
            for day, _ in self._stale_days(site, "day", now):
                if time.monotonic() > give_way_at:
                    return False
                if day.end <= now:
                    self._make_day(site, day)
        return True

    def _stale_days(self, site: Site, tier: str, now: datetime) -> Iterator[tuple[TimeRange, list[datetime]]]:
        """The site's days that wait, each with the quarters of an hour that changed in it."""
        wanted = {"site_id": site.site_id, "tier": tier, "now": now}
        rows = self._database.read("aggregates.stale", wanted)
        instants = (datetime.fromtimestamp(slot * SLOT.total_seconds(), UTC) for (slot,) in rows)
        for day, slots in groupby(instants, key=lambda instant: instant.astimezone(site.zone).date()):
            yield TimeRange(day, day, site.zone), list(slots)

    def _make_hours(self, site: Site, hours: list[Bucket]) -> None:
        with self._database.write() as transaction:
            span = hours[0].start, hours[-1].end
            if _settle(transaction, site, "hour", *span):
                final = _final(transaction, site, *span)
                for changeable, run in groupby(hours, key=lambda hour: not _is_within(hour, final)):
                    if changeable:
                        self._put_hours(transaction, site, list(run))

    def _put_hours(self, transaction: Transaction, site: Site, hours: list[Bucket]) -> None:
        kept = Selection(self._database, site)
        counts = bucket_counts.of_facts(kept, hours, set(METRICS), goals=[])
        goals: list[dict[GoalKey, tuple[int, int]]] = [{} for _ in hours]
        facts = Facts(kept, hours[0].start, hours[-1].end)
        for number, kind, name, *done in facts.read(
            "aggregates.goals", starts=[hour.start for hour in hours]
        ):
            goals[number - 1][kind, name] = (done[0], done[1])
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

    def _make_day(self, site: Site, day: TimeRange) -> None:
        with self._database.write() as transaction:
            span = day.start, day.end
            if _settle(transaction, site, "day", *span) and not _final(transaction, site, *span):
                self._put_day(transaction, site, day, Tally())

    def finish_for_good(
        self, transaction: Transaction, site: Site, day: TimeRange, since: datetime | None
    ) -> bool:
        """Make what rows of a day wait, before its facts go; there are none from before `since`.

        False when the site's zone has changed meanwhile, and its days with it.
        """
        start = max(day.start, since) if since is not None and since < day.end else day.start
        wanted = {"site_id": site.site_id, "start": day.start, "end": day.end}
        ((waiting,),) = transaction.run("aggregates.waiting", wanted)
        for tier in ("hour", "day"):
            if not _settle(transaction, site, tier, day.start, day.end):
                return False
        if waiting or start > day.start:
            # The facts of its beginning went with a day of another time zone: what is left is added.
            before = self._kept_tally(site, day, start) if start > day.start else Tally()
            hours = [hour for hour in timerange.buckets(day, "hour") if hour.end > start]
            self._put_hours(
                transaction, site, [replace(hours[0], start=max(hours[0].start, start)), *hours[1:]]
            )
            self._put_day(transaction, site, day, before, start)
        return True

    def _kept_tally(self, site: Site, day: TimeRange, since: datetime) -> Tally:
        wanted = {"site_id": site.site_id, "first": day.first, "last": day.last, "since": since}
        rows = self._database.read("past.days", wanted)
        return tally_of(rows[0]) if rows else Tally()

    def _put_day(
        self,
        transaction: Transaction,
        site: Site,
        day: TimeRange,
        tally: Tally,
        start: datetime | None = None,
    ) -> None:
        """The row of a day, from its facts (from `start` on) and `tally`; none where nothing happened."""
        facts = Facts(Selection(self._database, site), start or day.start, day.end)
        tally.add(Tally.of(facts))
        _, converted = facts.conversions(self._goals.of(site)).get(None, (0, 0))
        shared = shares(tally, tally.visits)
        transaction.run(
            "aggregates.put_day",
            {
                **columns(tally),
                "site_id": site.site_id,
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
            },
        )


def _settle(transaction: Transaction, site: Site, tier: str, start: datetime, end: datetime) -> bool:
    """Take away what waits; False when the site's zone has changed meanwhile, and its days with it."""
    span = {"start": start, "end": end, "timezone": site.timezone}
    return bool(transaction.run("aggregates.settle", {"site_id": site.site_id, "tier": tier, **span}))


def _final(transaction: Transaction, site: Site, start: datetime, end: datetime) -> list[Row]:
    """(start, end) of the days in the span whose facts are gone."""
    return transaction.run("aggregates.final", {"site_id": site.site_id, "start": start, "end": end})


def _is_within(hour: Bucket, spans: list[Row]) -> bool:
    return any(start < hour.end and hour.start < end for start, end in spans)


def _overlaps(hour: Bucket, slots: list[datetime]) -> bool:
    return any(hour.start <= slot < hour.end for slot in slots)
