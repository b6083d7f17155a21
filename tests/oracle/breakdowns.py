"""Rows for the values of one dimension."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from tests.oracle import numbers
from tests.oracle.events import Event
from tests.oracle.filters import EVENT_DIMENSIONS, Filter, event_values, visit_value
from tests.oracle.numbers import Scope
from tests.oracle.ranges import Days, Hours
from tests.oracle.reports import Oracle, Rows
from tests.oracle.rounding import percent


def breakdown(oracle: Oracle, days: Days | Hours, dimension: str, filters: Sequence[Filter] = ()) -> Rows:
    """All rows, highest first, then by value."""
    scope = oracle.scope(days, filters)
    of_events = dimension in EVENT_DIMENSIONS
    rows = event_rows(scope, dimension) if of_events else visit_rows(scope, dimension)
    return ranked(rows, "", "visitors" if of_events else "visits", "desc")


def ranked(rows: Rows, search: str, sort: str, order: str) -> Rows:
    """Those whose value contains what is searched for, in any case, sorted; equal ones by value."""
    found = sorted((row for row in rows if search.lower() in row["value"].lower()), key=itemgetter("value"))
    return sorted(found, key=itemgetter(sort), reverse=order == "desc")


def visit_rows(scope: Scope, dimension: str) -> Rows:
    """Over the visits that start in the range; `percent` of them."""
    values = {visit_value(visit, dimension) for visit in scope.started}
    return [visit_row(scope, dimension, value) for value in values if value is not None]


def visit_row(scope: Scope, dimension: str, value: str) -> dict[str, Any]:
    visits = [visit for visit in scope.started if visit_value(visit, dimension) == value]
    return {
        "value": value,
        "visitors": len({visit.visitor_id for visit in visits}),
        "visits": len(visits),
        "pageviews": len(Scope(visits, scope.span).pageviews),
        "percent": percent(len(visits), len(scope.started)),
    }


def event_rows(scope: Scope, dimension: str) -> Rows:
    """Over the events in the range, whenever their visits began; `percent` of the unique visitors."""
    events = scope.pageviews if dimension == "page" else scope.events
    values = {value for event in events for value in event_values(event, dimension)}
    return [event_row(scope, events, dimension, value) for value in values]


def event_row(scope: Scope, events: Sequence[Event], dimension: str, value: str) -> dict[str, Any]:
    having = [event for event in events if value in event_values(event, dimension)]
    visitors = numbers.visitors(having)
    return {
        "value": value,
        "visitors": visitors,
        "visits": len([visit for visit in scope.visits if any(event in visit.events for event in having)]),
        "pageviews": len([event for event in having if event.is_pageview]),
        "percent": percent(visitors, numbers.visitors(scope.events)),
    }
