"""Ranges that begin before the facts do: the kept rows of days, and the facts of the rest, added up."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from appliance.base.errors import FieldError, InvalidError
from appliance.base.timerange import Bucket, Granularity, HourRange, Span, local_midnight
from appliance.reports import tallies
from appliance.reports.bucket_counts import Counts
from appliance.reports.facts import Counted, Facts
from appliance.reports.filters import Filter, Selection
from appliance.reports.tallies import Tally
from appliance.reports.tally_rows import goals_from, tally_of
from appliance.sites.goals import Goal
from appliance.sites.sites import Site
from appliance.storage.database import Database, Row

_DAY = timedelta(days=1)


class Past:
    def __init__(self, database: Database) -> None:
        self._database = database

    def counted(
        self,
        site: Site,
        span: Span,
        filters: Sequence[Filter],
        dimensions: Sequence[str] = (),
        until: datetime | None = None,
    ) -> Counted:
        """The numbers of a range, or of what lies before `until` in it, with breakdowns by `dimensions`.

        Raises InvalidError for filters over days whose visits are gone.
        """
        kept = Selection(self._database, site, filters)
        since = self.reaches(site, span, filters)
        end = until or span.end
        if since is None:
            return Facts(kept, span.start, end)
        tally = Tally()
        wanted = {"site_id": site.site_id, "first": span.first, "last": span.last, "since": since}
        for row in self._database.read("past.days", wanted):
            tally.add(tally_of(row))
        if since < end:
            tally.add(Tally.of(Facts(kept, since, end), dimensions))
        return tally

    def knows_only_days(self, site: Site, instant: datetime) -> bool:
        """Whether the facts of its day are gone, so that no part of the day can be counted."""
        since = self.since(site)
        return since is not None and instant <= since

    def reaches(self, site: Site, span: Span, filters: Sequence[Filter]) -> datetime | None:
        """The instant before which facts are gone, if the range begins before it. Raises InvalidError."""
        since = self.since(site)
        if since is None or since <= span.start:
            return None
        if isinstance(span, HourRange):
            raise InvalidError(
                "The visits of some of these hours are gone; only sums of whole days are kept. Ask for days, "
                "or compare with no earlier time.",
                [FieldError("range", f"The first day with visits is {_first_day(since, site)}.")],
            )
        if filters:
            detail = f"The first day whose visits can be filtered is {_first_day(since, site)}."
            raise InvalidError(
                "The visits of some of these days are gone; only their sums are kept, which no filter can be "
                "applied to. Choose a later range, or take the filters away.",
                [FieldError("filters", detail)],
            )
        return since

    def buckets(
        self, site: Site, span: Span, granularity: Granularity, buckets: list[Bucket], goals: list[Goal]
    ) -> list[Counts]:
        """Of each bucket of the range what kept rows tell: the part of it whose facts are gone."""
        counts = [Counts() for _ in buckets]
        wanted = {"site_id": site.site_id, "since": self.since(site)}
        rows: list[Row]
        if granularity == "hour":
            starts: list[Any] = [bucket.start for bucket in buckets]
            rows = self._database.read(
                "past.buckets_by_hour", {**wanted, "start": span.start, "end": span.end}
            )
        else:
            starts = [date.fromisoformat(bucket.label) for bucket in buckets]
            rows = self._database.read(
                "past.buckets_by_day", {**wanted, "first": span.first, "last": span.last}
            )
        for begins, *sums, done in rows:
            converted = tallies.conversions(goals_from(done), goals, most=sums[0])[None]
            counts[bisect_right(starts, begins) - 1].add(Counts(*(*sums, *converted)))
        return counts

    def since(self, site: Site) -> datetime | None:
        """The instant before which the site's facts are gone; None: all are there."""
        row = self._database.read_one("past.since", {"site_id": site.site_id})
        return row[0] if row else None

    def first_day(self, site: Site) -> date | None:
        """The first whole day whose facts are there; None: all are."""
        since = self.since(site)
        return _first_day(since, site) if since else None


def _first_day(since: datetime, site: Site) -> date:
    day = since.astimezone(site.zone).date()
    return day if local_midnight(day, site.zone) >= since else day + _DAY
