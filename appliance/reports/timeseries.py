"""The numbers of a site bucket by bucket: hours, days, weeks or months of its time zone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from appliance.base import timerange
from appliance.base.clock import Clock
from appliance.base.errors import FieldError, InvalidError
from appliance.base.timerange import Bucket, Granularity, Span
from appliance.reports import bucket_counts
from appliance.reports.bucket_counts import METRICS, Metric
from appliance.reports.filters import Filter, Selection
from appliance.reports.imported import Imported, ImportedDay
from appliance.reports.past import Past
from appliance.sites.goals import Goals
from appliance.sites.sites import Site
from appliance.storage.database import Database


@dataclass(frozen=True)
class Point:
    """`t` is RFC 3339 for hours, else the local date on which the bucket begins; `incomplete`: it is now."""

    t: str
    value: int | float
    incomplete: bool = False


@dataclass(frozen=True)
class Series:
    """`imported`: days that others counted, which are in no point; none but by day."""

    granularity: Granularity
    timezone: str
    series: dict[Metric, list[Point]]
    imported: list[ImportedDay]


class Timeseries:
    def __init__(self, database: Database, goals: Goals, clock: Clock) -> None:
        self._database = database
        self._past = Past(database)
        self._imported = Imported(database)
        self._goals = goals
        self._clock = clock

    def series(
        self,
        site: Site,
        span: Span,
        wanted: list[Metric],
        granularity: Granularity,
        filters: Sequence[Filter] = (),
    ) -> Series:
        """One point for every bucket of the range, zero where nothing happened; all of one moment."""
        return self._database.at_one_moment(lambda: self._series(site, span, wanted, granularity, filters))

    def _series(
        self,
        site: Site,
        span: Span,
        wanted: list[Metric],
        granularity: Granularity,
        filters: Sequence[Filter],
    ) -> Series:
        buckets = timerange.buckets(span, granularity)
        goals = self._goals.of(site) if bucket_counts.OF_GOALS & set(wanted) else []
        since = self._past.reaches(site, span, filters)
        kept = Selection(self._database, site, filters)
        counts = bucket_counts.of_facts(kept, _from(buckets, since), set(wanted), goals)
        if since is not None:
            kept_rows = self._past.buckets(site, span, granularity, buckets, goals)
            counts = bucket_counts.added(kept_rows, counts)
        now = self._clock.now()
        series = {
            metric: [
                _point(bucket, each.value(metric), now) for bucket, each in zip(buckets, counts, strict=True)
            ]
            for metric in wanted
        }
        imported = self._imported.days(site, span, filters) if granularity == "day" else []
        return Series(granularity, site.timezone, series, imported)


def parse_metrics(text: str | None) -> list[Metric]:
    """`visitors,pageviews` as a list without repetitions. Raises InvalidError."""
    names = (text or "visitors").split(",")
    found: list[Metric] = [metric for metric in METRICS if metric in names]
    unknown = [name for name in names if name not in METRICS]
    if unknown:
        detail = f"{unknown[0][:40]!r} is not a metric; there are {', '.join(METRICS)}."
        raise InvalidError("The metric asked for does not exist.", [FieldError("metric", detail)])
    return found


def parse_granularity(text: str | None) -> Granularity:
    """Raises InvalidError."""
    for granularity in timerange.GRANULARITIES:
        if granularity == (text or "day"):
            return granularity
    detail = f"{(text or '')[:40]!r} is not one of {', '.join(timerange.GRANULARITIES)}."
    raise InvalidError("The granularity asked for does not exist.", [FieldError("granularity", detail)])


def _from(buckets: list[Bucket], since: datetime | None) -> list[Bucket]:
    """Those that end after `since`, the first of them without what lies before."""
    if since is None:
        return buckets
    return [replace(each, start=max(each.start, since)) for each in buckets if each.end > since]


def _point(bucket: Bucket, value: int | float, now: datetime) -> Point:
    return Point(bucket.label, value, bucket.start <= now < bucket.end)
