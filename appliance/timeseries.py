"""The numbers of a site bucket by bucket: hours, days, weeks or months of its time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from appliance import metrics, timerange
from appliance.clock import Clock
from appliance.database import Database
from appliance.errors import FieldError, InvalidError
from appliance.filters import Filter, Selection
from appliance.goals import Goals
from appliance.sites import Site
from appliance.timerange import Bucket, Granularity, TimeRange

Metric = Literal[
    "visitors", "visits", "pageviews", "bounce_rate", "avg_time", "load_ms", "conversions", "conversion_rate"
]
METRICS: tuple[Metric, ...] = get_args(Metric)

_OF_VISITS = frozenset({"visitors", "visits", "bounce_rate", "avg_time", "conversion_rate"})
_OF_GOALS = frozenset({"conversions", "conversion_rate"})


@dataclass(frozen=True)
class Point:
    """`t` is RFC 3339 for hours, else the local date on which the bucket begins; `incomplete`: it is now."""

    t: str
    value: int | float
    incomplete: bool = False


@dataclass(frozen=True)
class Series:
    granularity: Granularity
    timezone: str
    series: dict[Metric, list[Point]]


@dataclass
class _Counts:
    """Of one bucket. Times in milliseconds, `load_us` in thousandths of one."""

    visitors: int = 0
    visits: int = 0
    bounces: int = 0
    page_time_ms: int = 0
    pageviews: int = 0
    loads: int = 0
    load_us: int = 0
    conversions: int = 0
    converted: int = 0

    def value(self, metric: Metric) -> int | float:
        match metric:
            case "visitors" | "visits" | "pageviews" | "conversions":
                return int(getattr(self, metric))
            case "bounce_rate":
                return metrics.percent(self.bounces, self.visits)
            case "avg_time":
                return metrics.tenths(self.page_time_ms, self.visits, unit=1000)
            case "load_ms":
                return metrics.whole(self.load_us, self.loads)
            case "conversion_rate":
                return metrics.percent(self.converted, self.visitors)


class Timeseries:
    def __init__(self, database: Database, goals: Goals, clock: Clock) -> None:
        self._database = database
        self._goals = goals
        self._clock = clock

    def series(
        self,
        site: Site,
        span: TimeRange,
        wanted: list[Metric],
        granularity: Granularity,
        filters: Sequence[Filter] = (),
    ) -> Series:
        """One point for every bucket of the range, zero where nothing happened."""
        buckets = timerange.buckets(span, granularity)
        counts = self._count(Selection(self._database, site, filters), site, buckets, set(wanted))
        now = self._clock.now()
        series = {
            metric: [
                _point(bucket, each.value(metric), now) for bucket, each in zip(buckets, counts, strict=True)
            ]
            for metric in wanted
        }
        return Series(granularity, site.timezone, series)

    def _count(
        self, kept: Selection, site: Site, buckets: list[Bucket], wanted: set[Metric]
    ) -> list[_Counts]:
        """Of each bucket what the metrics need; the rest stays zero."""
        counts = [_Counts() for _ in buckets]
        start, end = buckets[0].start, buckets[-1].end
        starts = [bucket.start for bucket in buckets]

        def fill(query: str, *names: str, **parameters: Any) -> None:
            for number, *values in kept.read(query, start, end, starts=starts, **parameters):
                for name, value in zip(names, values, strict=True):
                    setattr(counts[number - 1], name, value)

        if wanted & _OF_VISITS:
            fill("timeseries.visits", "visitors", "visits", "bounces", "page_time_ms")
        if "pageviews" in wanted:
            fill("timeseries.pageviews", "pageviews")
        if "load_ms" in wanted:
            fill("timeseries.loads", "loads", "load_us")
        goals = self._goals.of(site) if wanted & _OF_GOALS else []
        if goals:
            kinds, patterns = [goal.kind for goal in goals], [goal.expression for goal in goals]
            fill("timeseries.conversions", "conversions", "converted", kinds=kinds, patterns=patterns)
        return counts


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


def _point(bucket: Bucket, value: int | float, now: datetime) -> Point:
    return Point(bucket.label, value, bucket.start <= now < bucket.end)
