"""The numbers of a site by the values of one dimension: where visits came from, what was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from appliance import metrics
from appliance.database import Database
from appliance.errors import FieldError, InvalidError
from appliance.filters import DIMENSIONS, VISIT_COLUMNS, Filter, Selection
from appliance.sites import Site
from appliance.timerange import TimeRange

_FACTS = {"event": "event_type", "property": "unnest(list_distinct(properties))"}


@dataclass(frozen=True)
class BreakdownRow:
    """For dimensions of visits, `percent` is of the visits that start in the range; for page, event and
    property it is of the visitors in the range."""

    value: str
    visitors: int
    visits: int
    pageviews: int
    percent: float


@dataclass(frozen=True)
class Breakdown:
    """Rows from `offset` on, highest first; `total` counts all of them."""

    dimension: str
    rows: list[BreakdownRow]
    total: int


class Breakdowns:
    def __init__(self, database: Database) -> None:
        self._database = database

    def rows(
        self,
        site: Site,
        span: TimeRange,
        dimension: str,
        limit: int,
        offset: int = 0,
        filters: Sequence[Filter] = (),
    ) -> Breakdown:
        kept = Selection(self._database, site, filters)
        query, expression = _query(dimension)
        found = kept.read(query, span.start, span.end, expression, limit=limit, offset=offset)
        rows = []
        for value, visitors, visits, pageviews, whole, _ in found:
            part = visits if dimension in VISIT_COLUMNS else visitors
            rows.append(BreakdownRow(value, visitors, visits, pageviews, metrics.percent(part, whole)))
        return Breakdown(dimension, rows, found[0][-1] if found else 0)


def parse_dimension(text: str | None) -> str:
    """Raises InvalidError."""
    if text not in DIMENSIONS:
        detail = f"{(text or '')[:40]!r} is not a dimension; there are {', '.join(DIMENSIONS)}."
        raise InvalidError("The dimension asked for does not exist.", [FieldError("dimension", detail)])
    return text


def _query(dimension: str) -> tuple[str, str | None]:
    """The name of the query, and what to put in for its dimension."""
    if dimension == "page":
        return "breakdown.pages", None
    if dimension in _FACTS:
        return "breakdown.facts", _FACTS[dimension]
    return "breakdown.visits", VISIT_COLUMNS[dimension]
