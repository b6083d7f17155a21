"""Rows of hours and days put in the place of those there are."""

from dataclasses import replace
from datetime import datetime
from itertools import groupby

from appliance.aggregates.counted_rows import CountedRow, CountedRows
from appliance.base import timerange
from appliance.base.timerange import Bucket, TimeRange
from appliance.reports.tallies import Tally
from appliance.reports.tally_rows import tally_of
from appliance.sites.sites import Site
from appliance.storage.database import Database, Row, Transaction
from appliance.storage.setbacks import Tier


class AggregateRows:
    """Each method works in the transaction it is given: rows and what waits for them change together."""

    def __init__(self, database: Database, counted: CountedRows) -> None:
        self._database = database
        self._counted = counted

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
        span = {"site_id": site.site_id, "start": hours[0].start, "end": hours[-1].end}
        transaction.run("aggregates.drop_hours", span)
        _put(transaction, "aggregates.put_hours", site, self._counted.hours(site, hours))

    def _put_days(
        self, transaction: Transaction, site: Site, days: list[TimeRange], start: datetime, before: Tally
    ) -> None:
        made = {"site_id": site.site_id, "made": [day.first for day in days]}
        transaction.run("aggregates.drop_days", made)
        _put(transaction, "aggregates.put_days", site, self._counted.days(site, days, start, before))

    def _kept_tally(self, site: Site, day: TimeRange, since: datetime) -> Tally:
        wanted = {"site_id": site.site_id, "first": day.first, "last": day.last, "since": since}
        rows = self._database.read("past.days", wanted)
        return tally_of(rows[0]) if rows else Tally()


def _put(transaction: Transaction, name: str, site: Site, rows: list[CountedRow]) -> None:
    if rows:
        transaction.run(name, {"site_id": site.site_id, "rows": rows})


def _settle(transaction: Transaction, site: Site, tier: Tier, start: datetime, end: datetime) -> bool:
    """Take away what waits; False when the site's zone has changed meanwhile, and its days with it."""
    span = {"start": start, "end": end, "timezone": site.timezone}
    return bool(transaction.run("aggregates.settle", {"site_id": site.site_id, "tier": tier, **span}))


def _final(transaction: Transaction, site: Site, start: datetime, end: datetime) -> list[Row]:
    """(start, end) of the days in the span whose facts are gone."""
    return transaction.run("aggregates.final", {"site_id": site.site_id, "start": start, "end": end})


def _is_within(part: Bucket | TimeRange, spans: list[Row]) -> bool:
    return any(start < part.end and part.start < end for start, end in spans)
