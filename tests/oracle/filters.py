"""What a visit has in each dimension, and which visits a filter keeps."""

import json
from collections.abc import Callable, Sequence

from tests.oracle.events import Event, Scalar
from tests.oracle.visits import Visit

Filter = tuple[str, str, Sequence[str]]
"""(dimension, operator, values), as the interface takes it."""

# Of the visit's first event.
FIRST_EVENT: dict[str, Callable[[Event], str | None]] = {
    "source": lambda event: event.source,
    "channel": lambda event: event.channel,
    "referrer": lambda event: event.referrer_name,
    "utm_source": lambda event: event.utm_source,
    "utm_medium": lambda event: event.utm_medium,
    "utm_campaign": lambda event: event.utm_campaign,
    "utm_term": lambda event: event.utm_term,
    "utm_content": lambda event: event.utm_content,
    "country": lambda event: event.country,
    "language": lambda event: event.language,
    "browser": lambda event: event.browser,
    "os": lambda event: event.os,
    "device": lambda event: event.device,
    "screen": lambda event: event.screen,
}
VISIT_DIMENSIONS = ("entry_page", "exit_page", *FIRST_EVENT)
EVENT_DIMENSIONS = ("page", "event", "property")
DIMENSIONS = (*VISIT_DIMENSIONS, *EVENT_DIMENSIONS)


def kept(visits: Sequence[Visit], filters: Sequence[Filter]) -> list[Visit]:
    """The visits that match every filter."""
    return [visit for visit in visits if all(matches(visit, each) for each in filters)]


def matches(visit: Visit, wanted: Filter) -> bool:
    dimension, operator, values = wanted
    if operator == "is":
        return any(found in values for found in values_of(visit, dimension))
    if operator == "contains":
        return any(value in found for found in values_of(visit, dimension) for value in values)
    opposite = {"is not": "is", "does not contain": "contains"}[operator]
    return not matches(visit, (dimension, opposite, values))


def values_of(visit: Visit, dimension: str) -> list[str]:
    """A visit has one value or none in its own dimensions, and those of all its events in the others."""
    if dimension in EVENT_DIMENSIONS:
        return [value for event in visit.events for value in event_values(event, dimension)]
    value = visit_value(visit, dimension)
    return [] if value is None else [value]


def visit_value(visit: Visit, dimension: str) -> str | None:
    if dimension == "entry_page":
        return visit.entry_page
    if dimension == "exit_page":
        return visit.exit_page
    return FIRST_EVENT[dimension](visit.first)


def event_values(event: Event, dimension: str) -> list[str]:
    if dimension == "page":
        return [] if event.path is None else [event.path]
    if dimension == "event":
        return [event.event_type]
    return [property_value(name, value) for name, value in event.properties.items()]


def property_value(name: str, value: Scalar) -> str:
    """As a row of properties shows it and a filter names it."""
    return f"{name}={value if isinstance(value, str) else json.dumps(value)}"
