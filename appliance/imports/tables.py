"""Tables by day in a CSV file: one, or several between comments, as Google Analytics 4 writes them.

A comment begins with #, a blank line ends a table, and days may be counted from the first one ("Nth day"),
which a comment names ("# Start date: 20260901").
"""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from appliance.imports.lines import Lines

_DELIMITERS = ",;\t"
_START = re.compile(r"#\s*(?:Start date:\s*)?(\d{8})(?:-\d{8})?\s*", re.ASCII)
_BETWEEN = re.compile(r"[^a-z0-9]+")
_DAY, _NTH_DAY = _DAYS = ("date", "nthday")
_NTH = re.compile(r"\d{1,5}", re.ASCII)


class DayRow(NamedTuple):
    """A line that tells of a day: `values` by plain names, the table's number, and its line's."""

    line: int
    table: int
    day: str
    values: dict[str, str]


def plain(name: str) -> str:
    """Of "Active users", "activeUsers" and "active_users" the same: activeusers."""
    return _BETWEEN.sub("", name.strip().lower())


def begins_one(line: str) -> bool:
    """Whether it is the header of a table by day, or a comment before one."""
    delimiter = max(_DELIMITERS, key=line.count)
    return line.startswith("#") or plain(_cells(line.strip(), delimiter)[0]) in _DAYS


def rows(given: Iterable[str], lines: Lines) -> Iterator[DayRow]:
    """Of all tables whose first column is a day; what tells of no day, such as a total, is left out. `lines`:
    where those that are `given` come from."""
    header: list[str] = []
    delimiter, table = ",", 0
    start: date | None = None
    for line in given:
        lines.record_ended()
        text = line.strip()
        found = _START.fullmatch(text)
        if found:
            start = _date(found[1])
        if not text or text.startswith("#"):
            header = []
        elif not header:
            delimiter = max(_DELIMITERS, key=text.count)
            header, table = [plain(name) for name in _cells(text, delimiter)], table + 1
        elif row := _row(header, _cells(text, delimiter), start):
            yield DayRow(lines.number, table, *row)


def _row(header: list[str], cells: list[str], start: date | None) -> tuple[str, dict[str, str]] | None:
    values = dict(zip(header[1:], cells[1:], strict=False))
    if header[0] == _DAY and cells[0]:
        return cells[0], values
    if header[0] == _NTH_DAY and start is not None and _NTH.fullmatch(cells[0]):
        return _nth(start, int(cells[0])), values
    return None


def _nth(start: date, days: int) -> str:
    """No day where there are none any more."""
    try:
        return (start + timedelta(days=days)).isoformat()
    except OverflowError:
        return f"{start} + {days}"


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter), [""])
    except csv.Error:
        return [""]


def _date(digits: str) -> date | None:
    try:
        return date.fromisoformat(digits)
    except ValueError:
        return None
