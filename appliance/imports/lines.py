"""Files that somebody else wrote, line by line in constant memory: nothing in them is trusted.

A line that cannot be read is told by its number and takes no others with it.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple, TextIO

from appliance.base.errors import UnreadableError
from appliance.events import bodies
from appliance.imports import access_logs, arrays

MAX_LINE = 1024 * 1024
"""Characters; an event has at most 64 KiB."""
MAX_RECORD_LINES = 10_000
"""Of a CSV record: a quotation mark that is never closed would take the whole file for one."""
_DELIMITERS = ",;\t"
_GUARDED = re.compile(r"'(?=[\t\r\n]|[\s\"'＂＇]*[=+\-@＝＋－＠])", re.ASCII)
"""Of a text that exports.csv.sql guards against spreadsheets: the ' that it put in front."""


class Record(NamedTuple):
    """`line`: the number of its last line, from 1, or of a JSON array its place in that. Either `fields`, or
    the `problem` in words."""

    line: int
    fields: dict[str, Any] | None
    problem: str = ""


class Lines:
    """The lines of a file, numbered from 1.

    Raises UnreadableError for a line or a record that is longer than any that could be meant.
    """

    def __init__(self, text: TextIO, begun: str = "") -> None:
        """`begun`: of the first line, what was read already."""
        self._text = text
        self._begun = begun
        self.number = 0
        self._record_since = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._begun + self._text.readline(MAX_LINE)
        self._begun = ""
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= MAX_LINE or self.number - self._record_since > MAX_RECORD_LINES:
            raise UnreadableError(
                f"Line {self.number} goes on and on: this is no file of events, or a quotation mark before "
                "it is never closed. Nothing was imported; export it anew."
            )
        return line

    def record_ended(self) -> None:
        self._record_since = self.number


def records(text: TextIO) -> tuple[frozenset[str], Iterator[Record]]:
    """JSON objects, one a line or in an array, a web server's log, or CSV with a header, by the first line;
    with the names in that."""
    begun = text.read(1)
    if begun == "[":
        return _named(_array_records(text))
    lines = Lines(text, begun)
    first = next(lines, "")
    if first.startswith("{"):
        return _named(_json_records(chain([first], lines), lines))
    if access_logs.fields(first):
        return access_logs.NAMES, _log_records(chain([first], lines), lines)
    delimiter = max(_DELIMITERS, key=first.count)
    header = _header(first, delimiter)
    return frozenset(header), _csv_records(lines, header, delimiter)


def _header(line: str, delimiter: str) -> list[str]:
    """Empty for what is no CSV."""
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _named(found: Iterator[Record]) -> tuple[frozenset[str], Iterator[Record]]:
    start = next(found, Record(1, None))
    return frozenset(start.fields or ()), chain([start], found)


def _array_records(text: TextIO) -> Iterator[Record]:
    for number, element in enumerate(arrays.elements(text), 1):
        yield _json_record(number, element)


def _json_records(given: Iterable[str], lines: Lines) -> Iterator[Record]:
    for line in given:
        lines.record_ended()
        if line.strip():
            yield _json_record(lines.number, line)


def _json_record(number: int, text: str) -> Record:
    try:
        value = bodies.read_json(text.encode())
    except UnicodeEncodeError:
        return Record(number, None, "is not valid UTF-8")
    except UnreadableError:
        return Record(number, None, "is not valid JSON")
    is_object = isinstance(value, dict)
    return Record(number, value if is_object else None, "" if is_object else "is no JSON object")


def _log_records(given: Iterable[str], lines: Lines) -> Iterator[Record]:
    for line in given:
        lines.record_ended()
        if line.strip():
            found = access_logs.fields(bodies.clean_text(line))
            yield Record(lines.number, found, "" if found else "is not in the combined log format")


def _csv_records(lines: Lines, header: list[str], delimiter: str) -> Iterator[Record]:
    """Empty cells are left out."""
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            lines.record_ended()
            yield Record(lines.number, None, f"is no CSV: {error}")
            continue
        lines.record_ended()
        if row:
            yield _csv_record(lines.number, header, row)


def _csv_record(line: int, header: list[str], row: list[str]) -> Record:
    if len(row) != len(header):
        return Record(line, None, f"has {len(row)} values, and the header {len(header)} names")
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return Record(line, None, "is not valid UTF-8")
    cells = zip(header, row, strict=True)
    return Record(line, {name: bodies.clean_text(_unguarded(cell)) for name, cell in cells if cell})


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[0] == "'" and _GUARDED.match(cell) else cell
