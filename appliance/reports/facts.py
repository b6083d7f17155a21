"""What is counted over a span of time, straight from visits and facts.

The SQL named here is each number's one definition; whatever shows or keeps a number gets it from here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from appliance.reports.filters import NOTHING, VISIT_COLUMNS
from appliance.reports.ranking import ALL, Ranking, SortBy
from appliance.sites.goals import Goal
from appliance.storage.database import Row

Conversions = dict[str | None, tuple[int, int]]
"""(conversions, visitors who did) by goal_id, and of all goals together under None."""

ShareCounts = tuple[list[tuple[str, int]], ...]
"""(name, visits that start in the span) by each of SHARED."""
SHARED = ("source", "os", "browser")

EVERYTHING = Ranking()

_PROPERTIES = {"event": "event_type", "property": "unnest(list_distinct(properties))"}


class Head(NamedTuple):
    """The single numbers. Times in milliseconds, `load_us` in thousandths of one; `percentiles` (50, 75, 95)
    of loading times, None if there was none."""

    visitors: int
    unrecognisable: int
    visits: int
    bounces: int
    page_time_ms: int
    pageviews: int
    pages: int
    loads: int
    load_us: int
    percentiles: Sequence[float] | None


class Page(NamedTuple):
    """One path. `timed`: pageviews whose time is known; `entries`: visits that begin with it."""

    path: str
    title: str
    pageviews: int
    visitors: int
    timed: int
    page_time_ms: int
    entries: int
    bounces: int
    loads: int
    load_us: int


class View(NamedTuple):
    """What takes little to count of a page: one path, as in `Page`."""

    path: str
    title: str
    pageviews: int
    timed: int
    page_time_ms: int


class Part(NamedTuple):
    """One value of a dimension."""

    value: str
    visitors: int
    visits: int
    pageviews: int


class Parts(NamedTuple):
    """Highest first; `total` counts all of them, `whole` is what 100 percent are."""

    rows: list[Part]
    total: int
    whole: int


class Pages(NamedTuple):
    """Most viewed first; `total` counts all of them."""

    rows: list[Page]
    total: int


class Counted(Protocol):
    """The numbers of a span, wherever they come from."""

    exact: bool
    """Whether visitors are counted once over the whole span."""

    def head(self) -> Head: ...

    def returning(self) -> int: ...

    def conversions(self, goals: list[Goal]) -> Conversions: ...

    def shares(self) -> ShareCounts: ...

    def pages(self, limit: int) -> Pages: ...

    def viewed(self, limit: int) -> list[View]:
        """The same pages as `pages`, without who saw them."""
        ...

    def breakdown(self, dimension: str, ranking: Ranking = EVERYTHING) -> Parts: ...


class Queries(Protocol):
    """Answers the named queries over a span: `Selection` does, and `Spans` for many spans at once."""

    def read(
        self,
        name: str,
        start: datetime,
        end: datetime,
        expressions: Mapping[str, str] = NOTHING,
        **parameters: Any,
    ) -> list[Row]: ...


class Facts:
    """From `start` to before `end`, over the visits that are asked."""

    exact = True

    def __init__(self, queries: Queries, start: datetime, end: datetime) -> None:
        self._queries = queries
        self.start = start
        self.end = end

    def head(self) -> Head:
        ((visitors, unrecognisable, visits, bounces, page_time_ms),) = self.read("reports.summary")
        ((pageviews, pages),) = self.read("reports.pageviews")
        ((loads, load_us, percentiles),) = self.read("reports.loads")
        of_visits = visitors, unrecognisable, visits, bounces, page_time_ms
        return Head(*of_visits, pageviews, pages, loads, load_us, percentiles)

    def returning(self) -> int:
        ((visitors,),) = self.read("reports.returning")
        return int(visitors)

    def conversions(self, goals: list[Goal]) -> Conversions:
        if not goals:
            return {}
        wanted: dict[str, Any] = {
            "goal_ids": [goal.goal_id for goal in goals],
            "kinds": [goal.kind for goal in goals],
            "patterns": [goal.expression for goal in goals],
        }
        rows = self.read("goals.completions", **wanted)
        return {goal_id: (conversions, visitors) for goal_id, conversions, visitors in rows}

    def shares(self) -> ShareCounts:
        rows = self.read("reports.shares")
        return tuple(
            [(row[place], row[-1]) for row in rows if row[place] is not None] for place in range(len(SHARED))
        )

    def pages(self, limit: int = ALL) -> Pages:
        rows = self.read("reports.pages", limit=limit)
        return Pages([Page(*row[:2], *(value or 0 for value in row[2:-1])) for row in rows], _last(rows))

    def viewed(self, limit: int) -> list[View]:
        return [View(*row) for row in self.read("reports.viewed", limit=limit)]

    def breakdown(self, dimension: str, ranking: Ranking = EVERYTHING) -> Parts:
        query, expressions = _query(dimension)
        wanted: dict[str, Any] = {"limit": ranking.limit, "offset": ranking.offset}
        expressions["sort"] = f"{ranking.sort or counted_in(dimension)} {ranking.order}"
        if ranking.search:
            expressions["search"] = "contains(lower(value), lower($search))"
            wanted["search"] = ranking.search
        rows = self.read(query, expressions, **wanted)
        if not rows and ranking.offset:  # Behind the last row, none is there to say how many there are.
            return self.breakdown(dimension, replace(ranking, limit=1, offset=0))._replace(rows=[])
        return Parts([Part(*row[:4]) for row in rows], _last(rows), rows[0][4] if rows else 0)

    def breakdowns(self, dimensions: Iterable[str]) -> dict[str, list[Part]]:
        """The rows of several, in no order; those of dimensions of a visit by one query for all of them."""
        found: dict[str, list[Part]] = {dimension: [] for dimension in dimensions}
        of_visits = [dimension for dimension in found if dimension in VISIT_COLUMNS]
        if of_visits:
            for pair, *counts in self.read("breakdown.visits", _pairs(of_visits), limit=ALL, offset=0):
                found[pair["dimension"]].append(Part(pair["value"], *counts[:3]))
        others = [dimension for dimension in found if dimension not in VISIT_COLUMNS]
        return found | {dimension: self.breakdown(dimension).rows for dimension in others}

    def read(self, name: str, expressions: Mapping[str, str] = NOTHING, **parameters: Any) -> list[Row]:
        """The named query over the span."""
        return self._queries.read(name, self.start, self.end, expressions, **parameters)


def counted_in(dimension: str) -> SortBy:
    """What the dimension's percentages are of, and its highest values the highest in."""
    return "visits" if dimension in VISIT_COLUMNS else "visitors"


def _query(dimension: str) -> tuple[str, dict[str, str]]:
    """The name of the query, and what to put in for its dimension."""
    if dimension == "page":
        return "breakdown.pages", {}
    if dimension in _PROPERTIES:
        return "breakdown.facts", {"dimension": _PROPERTIES[dimension]}
    return "breakdown.visits", {"dimension": VISIT_COLUMNS[dimension]}


def _pairs(dimensions: list[str]) -> dict[str, str]:
    """A visit's value in each of the dimensions, with the name of it: to be put in where one is expected."""
    pairs = ", ".join(f"{{'dimension': '{each}', 'value': {VISIT_COLUMNS[each]}}}" for each in dimensions)
    return {"dimension": f"unnest(list_filter([{pairs}], lambda pair: pair.value IS NOT NULL))"}


def _last(rows: list[Row]) -> int:
    return rows[0][-1] if rows else 0
