"""Filters keep the visits that match; every number is then computed over those and what happened in them.

A query of a named file reads `visits`, `page_facts`, `event_facts` and `facts`. With filters, common table
expressions of the same names that hold only what is kept are put in front of it, so each number has one text
of SQL, filtered or not. What has to see all visits says `main.visits`. Which visits are kept is found once
for all queries of a report, and stands in a temporary table until it is done.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from appliance.base.errors import FieldError, InvalidError
from appliance.sites.sites import Site
from appliance.storage.database import READ_LIMIT_S, Database, Row, sql

VISIT_COLUMNS = {
    "source": "source", "channel": "channel", "referrer": "referrer_name",
    "utm_source": "utm_source", "utm_medium": "utm_medium", "utm_campaign": "utm_campaign",
    "utm_term": "utm_term", "utm_content": "utm_content",
    "country": "country", "language": "language", "browser": "browser", "os": "os", "device": "device",
    "screen": "screen", "entry_page": "entry_page", "exit_page": "exit_page",
}  # fmt: skip
"""Dimensions of which a visit has one value or none, and their columns in `visits`."""

FACT_COLUMNS = {"page": "path", "event": "event_type", "property": "properties"}
"""Dimensions that every event of a visit may have, and their columns in `facts`."""

DIMENSIONS = (*FACT_COLUMNS, *VISIT_COLUMNS)

Operator = Literal["is", "is not", "contains", "does not contain"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

MAX_FILTERS = 20
MAX_VALUES = 100
MAX_VALUE = 2500
"""Characters; a property's name and value together have at most 2 301."""

_ONE_OF = {
    False: "list_contains($values, column)",
    True: "list_bool_or(list_transform($values, lambda wanted: contains(column, wanted)))",
}
_HAS_ONE_OF = {
    False: "list_has_any(properties, $values)",
    True: (
        "list_bool_or(list_transform($values, lambda wanted: "
        "list_bool_or(list_transform(properties, lambda property: contains(property, wanted)))))"
    ),
}
_MARKED = re.compile(r"\w+(?: DESC)? /\* (?P<mark>\w+) \*/")
NOTHING: Mapping[str, str] = {}
_OPENING = re.compile(r"(?:\s*--[^\n]*\n)*\s*(WITH\s)?")


@dataclass(frozen=True)
class Filter:
    """Matches a visit that has one of `values` in the dimension, or a value that contains one of them; with
    `is not` and `does not contain`, exactly the visits that it would not match without the not."""

    dimension: str
    operator: Operator
    values: tuple[str, ...]

    @property
    def condition(self) -> str:
        """In SQL over `visits`, true or false; its values are the parameter `$values`."""
        partly = "contain" in self.operator
        if self.dimension in VISIT_COLUMNS:
            match = _ONE_OF[partly].replace("column", VISIT_COLUMNS[self.dimension])
        else:
            column = FACT_COLUMNS[self.dimension]
            found = (_HAS_ONE_OF if column == "properties" else _ONE_OF)[partly].replace("column", column)
            # Nothing in it comes from a request but what are parameters.
            match = (
                "visit_id IN (SELECT visit_id FROM main.facts WHERE site_id = $site_id "  # noqa: S608
                f"AND ts >= $kept_since AND ts <= $kept_until AND {found})"
            )
        return f"{'NOT ' if 'not' in self.operator else ''}coalesce({match}, false)"


def parse(text: str | None) -> tuple[Filter, ...]:
    """`[["source", "is", ["organic"]], ...]` as the API takes it. Raises InvalidError naming the place."""
    if not text:
        return ()
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong("", 'write them as JSON, such as [["source", "is", ["organic"]]]') from error
    if not isinstance(items, list) or len(items) > MAX_FILTERS:
        raise _wrong("", f"must be a list of at most {MAX_FILTERS} filters")
    return tuple(_filter(item, f"/{number}") for number, item in enumerate(items))


def _filter(item: object, place: str) -> Filter:
    if not isinstance(item, list) or len(item) != 3:
        raise _wrong(place, 'must be a list of three: ["source", "is", ["organic"]]')
    dimension, operator, values = item
    if not isinstance(dimension, str) or dimension not in DIMENSIONS:
        raise _wrong(f"{place}/0", f"is not a dimension; there are {', '.join(DIMENSIONS)}")
    if operator not in OPERATORS:
        raise _wrong(f"{place}/1", f"must be one of {', '.join(OPERATORS)}")
    if not isinstance(values, list) or not 0 < len(values) <= MAX_VALUES:
        raise _wrong(f"{place}/2", f"must be a list of 1 to {MAX_VALUES} texts")
    for number, value in enumerate(values):
        if not isinstance(value, str) or len(value) > MAX_VALUE or not value.isprintable():
            raise _wrong(f"{place}/2/{number}", f"must be a text of at most {MAX_VALUE} characters")
    return Filter(dimension, operator, tuple(values))


def _wrong(place: str, detail: str) -> InvalidError:
    return InvalidError("The filters cannot be used.", [FieldError(f"filters{place}", detail)])


class Selection:
    """The visits of a site that its filters keep, and queries over what happened in them.

    A query may take `within_s` seconds.
    """

    def __init__(
        self,
        database: Database,
        site: Site,
        filters: Sequence[Filter] = (),
        within_s: float = READ_LIMIT_S,
    ) -> None:
        self._database = database
        self._site = site
        self._filters = filters
        self._within_s = within_s
        self._reaches: dict[tuple[datetime, datetime], Row] = {}

    def read(
        self,
        name: str,
        start: datetime,
        end: datetime,
        expressions: Mapping[str, str] = NOTHING,
        around: Callable[[str], str] = str,
        **parameters: Any,
    ) -> list[Row]:
        """The named query over visits with an event from `start` to before `end`.

        `expressions`: what `with_expressions` puts into it; nothing in them comes from a request.
        `around` puts the query, with what it reads, into another statement.
        """
        values = {**parameters, "site_id": self._site.site_id, "start": start, "end": end}

        def read(adapt: Callable[[str], str]) -> list[Row]:
            return self._database.read(
                name, values, lambda text: around(adapt(with_expressions(text, expressions))), self._within_s
            )

        if not self._filters:
            return read(lambda text: text)
        return self._database.at_one_moment(lambda: read(self._over_kept(start, end)))

    def _over_kept(self, start: datetime, end: datetime) -> Callable[[str], str]:
        """Puts what is kept in front of a query; it is found once for all of them at one moment."""
        span = {"site_id": self._site.site_id, "start": start, "end": end}
        table = _name_of(self._filters, span)
        values = {**span, **self._kept_parameters(start, end)}
        conditions = [
            each.condition.replace("$values", f"$values_{number}::VARCHAR[]")
            for number, each in enumerate(self._filters)
        ]
        found = "\n    AND ".join(conditions)

        def adapt(text: str) -> str:
            return text.replace("kept /* table */", table).replace("true /* filters */", found)

        self._database.prepare(table, "filters.keep", values, adapt, self._within_s)
        kept = sql("filters.kept").replace("kept /* table */", table)
        return lambda text: _put_before(kept, text)

    def _kept_parameters(self, start: datetime, end: datetime) -> dict[str, object]:
        named: dict[str, object] = {f"values_{n}": list(each.values) for n, each in enumerate(self._filters)}
        if all(each.dimension in VISIT_COLUMNS for each in self._filters):
            return named
        since, until = self._reach(start, end)
        return {**named, "kept_since": since or start, "kept_until": until or end}

    def _reach(self, start: datetime, end: datetime) -> Row:
        """When the visits with an event in the range began and ended; asked once for all of a report."""
        if (start, end) not in self._reaches:
            span = {"site_id": self._site.site_id, "start": start, "end": end}
            (self._reaches[start, end],) = self._database.read("filters.reach", span)
        return self._reaches[start, end]


def _name_of(filters: Sequence[Filter], span: dict[str, object]) -> str:
    """Of the table of what they keep: letters and digits, whatever the filters say."""
    return f"kept_{hashlib.blake2b(repr((filters, span)).encode(), digest_size=16).hexdigest()}"


def with_expressions(text: str, expressions: Mapping[str, str]) -> str:
    """The text of a query, with each expression in place of what stands before the mark of its name, as in
    `source /* dimension */`."""
    return _MARKED.sub(lambda found: expressions.get(found["mark"], found[0]), text)


def _put_before(expressions: str, text: str) -> str:
    """Common table expressions in front of a query, which may begin with some of its own."""
    opening = _OPENING.match(text)
    assert opening is not None  # noqa: S101 -- it matches the empty text
    rest = text[opening.end() :]
    expressions = expressions.rstrip().removesuffix("SELECT count(*) FROM visits;").rstrip()
    return f"{expressions},\n{rest}" if opening[1] else f"{expressions}\n{rest}"
