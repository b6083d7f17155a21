"""The numbers over a span of time, each a loop over events or visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle import goals
from tests.oracle.events import Event, Goal
from tests.oracle.ranges import Span
from tests.oracle.rounding import Exact, half_up, mean, percent, percentile, tenth, whole
from tests.oracle.visits import Visit

MAX_LOAD_MS = 600_000


@dataclass(frozen=True)
class Scope:
    """What a number is about: visits (those that a filter keeps) and a span of time."""

    visits: Sequence[Visit]
    span: Span
    goals: Sequence[Goal] = ()

    @property
    def events(self) -> list[Event]:
        """Those in the span, in order, whenever their visits began."""
        found = [event for visit in self.visits for event in visit.events if self.span.holds(event.ts)]
        return sorted(found, key=lambda event: event.order)

    @property
    def started(self) -> list[Visit]:
        """The visits that start in the span, whenever they end."""
        return [visit for visit in self.visits if self.span.holds(visit.start)]

    @property
    def pageviews(self) -> list[Event]:
        return [event for event in self.events if event.is_pageview]


def visitors(events: Sequence[Event]) -> int:
    return len({event.visitor_id for event in events})


def paths(scope: Scope) -> list[str]:
    """That were viewed, each once."""
    return sorted({event.path for event in scope.pageviews if event.path is not None})


def bounce_rate(scope: Scope) -> float:
    return percent(len([visit for visit in scope.started if visit.is_bounce]), len(scope.started))


def avg_time(scope: Scope) -> float:
    return tenth(mean([visit.seconds for visit in scope.started]))


def avg_page_time(scope: Scope, path: str) -> float | None:
    times = [
        time
        for visit in scope.visits
        for pageview, time in visit.page_times
        if pageview.path == path and scope.span.holds(pageview.ts) and time is not None
    ]
    found = mean(times)
    return None if found is None else half_up(found, 1)


def load_times(events: Sequence[Event]) -> list[Exact]:
    """Milliseconds."""
    given = [Fraction(str(event.load_ms)) for event in events if event.load_ms is not None]
    return [value for value in given if 0 < value <= MAX_LOAD_MS]


def load_percentiles(scope: Scope) -> dict[str, int]:
    values = load_times(scope.events)
    return {f"p{share}": whole(percentile(values, Fraction(share, 100))) for share in (50, 75, 95)}


def conversions(scope: Scope) -> list[Event]:
    """The events that complete at least one goal."""
    return [event for event in scope.events if goals.completes_any(event, scope.goals)]


def conversion_rate(scope: Scope) -> float:
    return percent(visitors(conversions(scope)), visitors(scope.events))
