"""What other programs counted day by day: sums, without the visits behind them.

Read are Plausible's imported_visitors.csv, reports of Google Analytics 4, and Matomo's visits summary. All
that a file tells of a day becomes one `DaySum`; nothing is made up that it does not tell.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Literal, NamedTuple, TextIO

from appliance.base.errors import UnreadableError
from appliance.imports import matomo, tables
from appliance.imports.contents import Contents
from appliance.imports.lines import Lines
from appliance.imports.tables import DayRow

Source = Literal["plausible", "ga4", "matomo"]
Values = Mapping[str, str]
"""Of a day, by the plain names of a file's columns."""

FIRST_DAY = date(2000, 1, 1)
MAX_COUNT = 10**12
_NUMBER = re.compile(r"\d{1,13}(\.\d+)?", re.ASCII)
_FIGURE = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_PLAUSIBLE = frozenset({"date", "visitors", "visits", "pageviews", "bounces", "visitduration"})
_GA4 = frozenset({"activeusers", "totalusers", "sessions", "views", "screenpageviews"})


@dataclass(frozen=True)
class DaySum:
    """`visitors` are those of this one day; None is what a file does not tell."""

    visitors: int | None = None
    visits: int | None = None
    pageviews: int | None = None
    bounces: int | None = None
    visit_seconds: int | None = None


class Sums(NamedTuple):
    """`contents`: as of a file of events, with one for each day."""

    contents: Contents
    days: dict[date, DaySum]


def read(text: TextIO, now: datetime) -> Sums | None:
    """None for a file that is none of daily sums. `now`: in the site's time zone.

    Raises UnreadableError for one that has no day, or several lines for a day.
    """
    begun = text.read(1)
    if begun == "{":
        days = matomo.days(text)
        return _gathered("matomo", days, now) if days is not None else None
    if begun == "[":
        return None
    lines = Lines(text, begun)
    header = next((line for line in lines if line.strip()), "")
    if not header or not tables.begins_one(header):
        return None
    rows = tables.rows(chain([header], lines), lines)
    first = next(rows, None)
    source: Source | None = "ga4" if begun == "#" else _source(first)
    if source is None:
        return None
    return _gathered(source, _days([first, *rows] if first else []), now)


def _source(first: DayRow | None) -> Source | None:
    names = set(first.values) if first else set()
    if "visitors" in names and names <= _PLAUSIBLE:
        return "plausible"
    if "nbvisits" in names or names >= {"uniquevisitors", "visits"}:
        return "matomo"
    return "ga4" if names & _GA4 else None


def _days(rows: Iterable[DayRow]) -> Iterator[tuple[int, str, Values]]:
    """Each day once, with what all tables of the file tell of it."""
    days: dict[str, tuple[int, dict[str, str]]] = {}
    seen: set[tuple[int, str]] = set()
    for row in rows:
        _, known = days.setdefault(row.day, (row.line, {}))
        again = (row.table, row.day) in seen
        if again or any(known.get(name, value) != value for name, value in row.values.items()):
            raise UnreadableError(
                f"The file has several lines for {row.day} (the second is line {row.line}), so that it is "
                "not known what the whole day came to. Nothing was imported; export it by day alone, without "
                "another dimension or a comparison."
            )
        seen.add((row.table, row.day))
        known.update(row.values)
    for day, (line, values) in days.items():
        yield line, day, values


def _gathered(source: Source, days: Iterable[tuple[int, str, Values]], now: datetime) -> Sums:
    sums = Sums(Contents(source), {})
    for line, day, values in days:
        sums.contents.lines += 1
        try:
            found = _day(day, now.date())
            sums.days[found] = _DAY_SUMS[source](values)
            sums.contents.days[found] = 1
        except UnreadableError as error:
            sums.contents.refuse(line, str(error))
    if not sums.days:
        raise UnreadableError(
            f"The file has no numbers by day. Nothing was imported; export it with one line for each day, in "
            f"English.{sums.contents.example}"
        )
    return sums


def _day(text: str, today: date) -> date:
    """Of 2026-09-10 or 20260910. Raises UnreadableError."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError(f"date: {text[:20]!r} is no day") from error
    if not FIRST_DAY <= day <= today:
        raise UnreadableError(f"date: {day} is before {FIRST_DAY} or in the future")
    return day


def _of_plausible(values: Values) -> DaySum:
    return _checked(*_counts(values, "visitors", "visits", "pageviews", "bounces", "visitduration"))


def _of_matomo(values: Values) -> DaySum:
    """Its actions are not pageviews: downloads and searches are among them."""
    api = _counts(values, "nbuniqvisitors", "nbvisits", "nbpageviews", "bouncecount", "sumvisitlength")
    spent = "totaltimespentbyvisitorsinseconds"
    shown = _counts(values, "uniquevisitors", "visits", "pageviews", "bounces", spent)
    return _checked(*(a if a is not None else b for a, b in zip(api, shown, strict=True)))


def _of_ga4(values: Values) -> DaySum:
    """Its rates of sessions have all their digits, so that they give back what they were made of."""
    for name, text in values.items():
        if text and not _FIGURE.fullmatch(text):
            raise UnreadableError(f"{name}: {text[:20]!r} is no number; export the day alone")
    active, total, sessions = _counts(values, "activeusers", "totalusers", "sessions")
    views, screens, engaged = _counts(values, "views", "screenpageviews", "engagedsessions")
    bounced, lasted = _number(values, "bouncerate"), _number(values, "averagesessionduration")
    bounces, seconds = None, None
    if sessions is not None:
        bounces = round(bounced * sessions) if bounced is not None else None
        bounces = sessions - engaged if engaged is not None else bounces
        seconds = round(lasted * sessions) if lasted is not None else None
    return _checked(
        active if active is not None else total,
        sessions,
        views if views is not None else screens,
        bounces,
        seconds,
    )


_DAY_SUMS = {"plausible": _of_plausible, "matomo": _of_matomo, "ga4": _of_ga4}


def _checked(*counts: int | None) -> DaySum:
    found = DaySum(*counts)
    if all(count is None for count in counts):
        raise UnreadableError("tells of no visitors, visits or pageviews")
    if found.bounces is not None and not 0 <= found.bounces <= (found.visits or 0):
        raise UnreadableError("has more bounces than visits")
    if found.visit_seconds is not None and found.visit_seconds > MAX_COUNT:
        raise UnreadableError("its visits last longer than can be")
    return found


def _counts(values: Values, *names: str) -> list[int | None]:
    numbers = ((name, _number(values, name)) for name in names)
    return [None if number is None else _whole(name, number) for name, number in numbers]


def _whole(name: str, number: float) -> int:
    if number != int(number):
        raise UnreadableError(f"{name}: {number} is no whole number")
    return int(number)


def _number(values: Values, name: str) -> float | None:
    text = values.get(name, "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or float(text) > MAX_COUNT:
        raise UnreadableError(f"{name}: {text[:20]!r} is no number")
    return float(text)
