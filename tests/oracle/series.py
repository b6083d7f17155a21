"""The same rules, bucket by bucket."""

from collections.abc import Callable, Sequence
from typing import Any

from tests.oracle import numbers
from tests.oracle.filters import Filter, kept
from tests.oracle.numbers import Scope
from tests.oracle.ranges import Days, Hours, buckets
from tests.oracle.reports import Oracle, Rows
from tests.oracle.rounding import mean, whole

METRICS: dict[str, Callable[[Scope], float]] = {
    "visitors": lambda scope: numbers.visitors(scope.events),
    "visits": lambda scope: len(scope.started),
    "pageviews": lambda scope: len(scope.pageviews),
    "bounce_rate": numbers.bounce_rate,
    "avg_time": numbers.avg_time,
    "load_ms": lambda scope: whole(mean(numbers.load_times(scope.events))),
    "conversions": lambda scope: len(numbers.conversions(scope)),
    "conversion_rate": numbers.conversion_rate,
}
GRANULARITIES = ("hour", "day", "week", "month")


def points(
    oracle: Oracle, days: Days | Hours, metric: str, granularity: str, filters: Sequence[Filter] = ()
) -> Rows:
    """`incomplete` stands only where it is true."""
    visits = kept(oracle.visits, filters)
    found = []
    for bucket in buckets(days, granularity):
        value = METRICS[metric](Scope(visits, bucket.span, oracle.site.goals))
        point: dict[str, Any] = {"t": bucket.t, "value": value}
        if bucket.span.holds(oracle.now):
            point["incomplete"] = True
        found.append(point)
    return found
