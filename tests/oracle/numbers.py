"""The numbers over a span of time, each a loop over events or visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle import goals
from tests.oracle.events import Event, Goal
from tests.oracle.ranges import Span
from tests.oracle.rounding import Exact, half_up, mean, percent, percentile, tenth, whole
from tests.oracle.visits import VITALS, Visit, worst

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


GOOD = {"lcp_ms": Fraction(2500), "inp_ms": Fraction(200), "cls": Fraction("0.1")}
POOR = {"lcp_ms": Fraction(4000), "inp_ms": Fraction(500), "cls": Fraction("0.25")}
PLACES = {"lcp_ms": 0, "inp_ms": 0, "cls": 3}


def vitals(scope: Scope, path: str | None = None) -> dict[str, Any]:
    """Of all pageviews in the span, or of those of one path."""
    views = [
        (visit, view)
        for visit in scope.visits
        for view in visit.pageviews
        if scope.span.holds(view.ts) and (path is None or view.path == path)
    ]
    return {name: vital(name, [worst(*view, name) for view in views]) for name in VITALS}


def vital(name: str, told: Sequence[Fraction | None]) -> dict[str, Any] | None:
    values = [value for value in told if value is not None]
    if not values:
        return None
    shown = {
        share: half_up(percentile(values, Fraction(share, 100)) or 0, PLACES[name]) for share in (50, 75, 95)
    }
    p75 = Fraction(str(shown[75]))
    rating = "good" if p75 <= GOOD[name] else "poor" if p75 > POOR[name] else "needs improvement"
    return {"measured": len(values), **{f"p{n}": value for n, value in shown.items()}, "rating": rating}


def measured_paths(scope: Scope) -> list[str]:
    """Of which anything was measured; most often first, then by path."""
    views = [
        view.path
        for visit in scope.visits
        for view in visit.pageviews
        if scope.span.holds(view.ts) and any(worst(visit, view, name) is not None for name in VITALS)
    ]
    known = [path for path in views if path is not None]
    return sorted(set(known), key=lambda path: (-known.count(path), path))


def conversions(scope: Scope) -> list[Event]:
    """The events that complete at least one goal."""
    return [event for event in scope.events if goals.completes_any(event, scope.goals)]


def conversion_rate(scope: Scope) -> float:
    return percent(visitors(conversions(scope)), visitors(scope.events))
