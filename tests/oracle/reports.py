"""The site's report, its comparison, top pages, and who is there now."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.oracle import numbers
from tests.oracle.events import Event, Goal, Site
from tests.oracle.filters import Filter, kept
from tests.oracle.numbers import Scope
from tests.oracle.ranges import Days, Hours, Span, reached
from tests.oracle.rounding import mean, percent, whole
from tests.oracle.visits import GAP, Visit, cut_visits

SOURCES = ("organic", "direct", "referral", "social", "paid")
SYSTEMS = ("Windows", "MacOS", "Linux", "Android", "iOS", "Other")
BROWSERS = ("Chrome", "Safari", "Firefox", "Edge", "Other")
MOST_PAGES = 100
NOW = timedelta(minutes=5)

Rows = list[dict[str, Any]]


class Oracle:
    """Answers about one site from all stored events, at the instant `now`."""

    def __init__(self, site: Site, events: Sequence[Event], now: datetime) -> None:
        self.site = site
        self.now = now
        self.visits = cut_visits([event for event in events if event.site == site.site])

    def scope(self, days: Days | Hours, filters: Sequence[Filter] = ()) -> Scope:
        return Scope(kept(self.visits, filters), days.span, self.site.goals)

    def report(self, days: Days | Hours, filters: Sequence[Filter] = ()) -> dict[str, Any]:
        """Everything but the name, address and stamp of the site's report."""
        scope = self.scope(days, filters)
        return {
            "date_range": date_range(days),
            "timezone": self.site.zone.key,
            **summary(scope),
            "unique_visitors_exact": True,
            "current_visitors": self.current_visitors(filters),
            "goals": goal_results(scope),
            "new_vs_returning": self.new_vs_returning(scope),
            "traffic_sources": sources(scope),
            "operating_systems": shares(scope, SYSTEMS, lambda visit: visit.first.os),
            "browsers": shares(scope, BROWSERS, lambda visit: visit.first.browser),
            "pages": pages(scope)[:MOST_PAGES],
        }

    def comparison(
        self, days: Days | Hours, before: Days | Hours, filters: Sequence[Filter] = ()
    ) -> dict[str, Any] | None:
        """Of the range before as much as has passed of the other; nothing of less than half an hour."""
        until = reached(days, before, self.now)
        span = Span(before.span.start, until or before.span.end)
        if span.end - span.start < GAP:
            return None
        scope = Scope(kept(self.visits, filters), span, self.site.goals)
        said = until.astimezone(UTC).isoformat().replace("+00:00", "Z") if until else None
        return {"until": said, **summary(scope)}

    def current_visitors(self, filters: Sequence[Filter] = ()) -> int:
        """A clock that runs fast does not hide its visitor."""
        events = [event for visit in kept(self.visits, filters) for event in visit.events]
        return numbers.visitors([event for event in events if event.ts >= self.now - NOW])

    def new_vs_returning(self, scope: Scope) -> dict[str, float]:
        there = {event.visitor_id for event in scope.events}
        cookieless = {event.visitor_id for event in scope.events if event.cookieless}
        earlier = {
            event.visitor_id
            for visit in self.visits  # All of them: filters do not matter for that.
            for event in visit.events
            if event.ts < scope.span.start
        }
        returning = (there & earlier) - cookieless
        return {
            "new_percent": percent(len(there) - len(returning), len(there)),
            "returning_percent": percent(len(returning), len(there)),
            "unrecognisable_percent": percent(len(cookieless), len(there)),
        }

    def top_pages(self, days: Days | Hours, limit: int, filters: Sequence[Filter] = ()) -> dict[str, Any]:
        scope = self.scope(days, filters)
        rows = [{**row, **details(scope, row["path"])} for row in pages(scope)]
        return {"pages": rows[:limit], "total": len(rows)}

    def vitals(self, days: Days | Hours, limit: int, filters: Sequence[Filter] = ()) -> dict[str, Any]:
        scope = self.scope(days, filters)
        paths = numbers.measured_paths(scope)[:limit]
        rows = [{"path": path, **numbers.vitals(scope, path)} for path in paths]
        return {**numbers.vitals(scope), "pages": rows, "since": None}


def summary(scope: Scope) -> dict[str, Any]:
    """The single numbers: what a comparison holds too."""
    return {
        "total_visitors": len(scope.started),
        "visits": len(scope.started),
        "unique_visitors": numbers.visitors(scope.events),
        "total_pageviews": len(scope.pageviews),
        "total_pages": len(numbers.paths(scope)),
        "avg_time_spent_on_site_sec": numbers.avg_time(scope),
        "avg_loading_time_ms": whole(mean(numbers.load_times(scope.events))),
        "load_ms": numbers.load_percentiles(scope),
        "bounce_rate_percent": numbers.bounce_rate(scope),
        "conversion_rate_percent": numbers.conversion_rate(scope),
    }


def date_range(days: Days | Hours) -> str:
    """The last day is in the range, the second instant is not."""
    if isinstance(days, Days):
        return f"{days.first} to {days.last}"
    start, end = (each.astimezone(days.zone).isoformat() for each in (days.span.start, days.span.end))
    return f"{start} to {end}"


def pages(scope: Scope) -> Rows:
    """Most viewed first, then by path."""
    rows = [page(scope, path) for path in numbers.paths(scope)]
    return sorted(rows, key=lambda row: (-row["pageviews"], row["path"]))


def page(scope: Scope, path: str) -> dict[str, Any]:
    views = [event for event in scope.pageviews if event.path == path]
    titles = [event.title for event in views if event.title]
    return {
        "path": path,
        "page_title": titles[-1] if titles else "",
        "avg_time_spent": numbers.avg_page_time(scope, path),
        "pageviews": len(views),
    }


def details(scope: Scope, path: str) -> dict[str, Any]:
    """What top pages say beyond the report; null where there is nothing to say."""
    entered = [visit for visit in scope.started if visit.entry_page == path]
    bounced = [visit for visit in entered if visit.is_bounce]
    loads = numbers.load_times([event for event in scope.events if event.path == path])
    return {
        "visitors": numbers.visitors([event for event in scope.pageviews if event.path == path]),
        "bounce_rate_percent": percent(len(bounced), len(entered)) if entered else None,
        "load_ms": whole(mean(loads)) if loads else None,
    }


def sources(scope: Scope) -> Rows:
    rows = []
    for source in SOURCES:
        visits = len([visit for visit in scope.started if visit.first.source == source])
        if visits:
            share = percent(visits, len(scope.started))
            rows.append({"source": source, "visitors": visits, "percent": share})
    return sorted(rows, key=lambda row: -row["visitors"])


def shares(scope: Scope, names: Sequence[str], name_of: Callable[[Visit], str]) -> Rows:
    """Visits by name, those not in `names` as Other; highest first, then as in `names`."""
    counts = dict.fromkeys(names, 0)
    for visit in scope.started:
        name = name_of(visit)
        counts[name if name in counts else "Other"] += 1
    ordered = sorted(names, key=lambda name: -counts[name])
    return [
        {"name": name, "percent": percent(counts[name], len(scope.started))}
        for name in ordered
        if counts[name]
    ]


def goal_results(scope: Scope) -> Rows:
    return [goal_result(scope, goal) for goal in scope.goals]


def goal_result(scope: Scope, goal: Goal) -> dict[str, Any]:
    only = Scope(scope.visits, scope.span, [goal])
    return {
        "name": goal.name,
        "conversions": len(numbers.conversions(only)),
        "conversion_rate_percent": numbers.conversion_rate(only),
    }
