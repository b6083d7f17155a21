"""Many spans of time asked the same question in one statement.

The SQL of a number stands for one span, from $start to before $end. Put beside a table of spans, by a
lateral join, the same text answers for every one of them, in little more time than for one: to plan a query
takes longer than to run it over a day.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from appliance.reports.filters import NOTHING, with_expressions
from appliance.sites.sites import Site
from appliance.storage.database import Database, Row, sql

Span = tuple[datetime, datetime]
"""From the first instant to before the second."""


class Spans:
    """Queries over all visits of a site in each of the spans, in order of time. Raises DatabaseError."""

    def __init__(self, database: Database, site: Site, spans: Sequence[Span], within_s: float) -> None:
        self._database = database
        self._within_s = within_s
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]
        self._answers: dict[str, dict[Span, list[Row]]] = {}
        whole = {"site_id": site.site_id, "start": self._starts[0], "end": self._ends[-1]}
        ((_, until),) = database.read("filters.reach", whole, within_s=within_s)
        self._parameters = {
            "site_id": site.site_id,
            "starts": self._starts,
            "ends": self._ends,
            "since": self._starts[0],
            "until": until or self._ends[-1],
        }

    def read(
        self,
        name: str,
        start: datetime,
        end: datetime,
        expressions: Mapping[str, str] = NOTHING,
        **parameters: Any,
    ) -> list[Row]:
        """As `Selection.read` for one of the spans, the rows in no order. The first to ask, asks for all."""
        question = repr((name, expressions, parameters))
        if question not in self._answers:
            self._answers[question] = self._ask(name, expressions, parameters)
        return self._answers[question][start, end]

    def _ask(
        self, name: str, expressions: Mapping[str, str], parameters: dict[str, Any]
    ) -> dict[Span, list[Row]]:
        rows = self._database.read(
            name,
            {**parameters, **self._parameters},
            lambda text: _of_each(with_expressions(text, expressions)),
            self._within_s,
        )
        found: list[list[Row]] = [[] for _ in self._starts]
        for number, *row in rows:
            found[number].append(tuple(row))
        return dict(zip(zip(self._starts, self._ends, strict=True), found, strict=True))


def _of_each(query: str) -> str:
    query = re.sub(r"\$start\b", "span.starts_at", query.rstrip().removesuffix(";"))
    query = re.sub(r"\$end\b", "span.ends_at", query)
    return sql("spans.each").replace("SELECT 1 /* query */", query)
