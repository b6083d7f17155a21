"""What is counted bucket by bucket: hours, days, weeks or months."""

from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from appliance.base.timerange import Bucket
from appliance.events import metrics
from appliance.reports.filters import Selection
from appliance.sites.goals import Goal

Metric = Literal[
    "visitors", "visits", "pageviews", "bounce_rate", "avg_time", "load_ms", "conversions", "conversion_rate"
]
METRICS: tuple[Metric, ...] = get_args(Metric)

OF_GOALS = frozenset[Metric]({"conversions", "conversion_rate"})
_OF_VISITS = frozenset[Metric]({"visitors", "visits", "bounce_rate", "avg_time", "conversion_rate"})


@dataclass
class Counts:
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

    def add(self, other: "Counts") -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def of_facts(kept: Selection, buckets: list[Bucket], wanted: set[Metric], goals: list[Goal]) -> list[Counts]:
    """Of each of the consecutive buckets what the metrics need; the rest stays zero."""
    counts = [Counts() for _ in buckets]
    if not buckets:
        return counts
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
    if goals and wanted & OF_GOALS:
        kinds, patterns = [goal.kind for goal in goals], [goal.expression for goal in goals]
        fill("timeseries.conversions", "conversions", "converted", kinds=kinds, patterns=patterns)
    return counts


def added(counts: list[Counts], last: list[Counts]) -> list[Counts]:
    """`counts` with those of its last buckets added."""
    for each, more in zip(counts[len(counts) - len(last) :], last, strict=True):
        each.add(more)
    return counts
