"""A file as events to be stored: which program wrote it, what it holds, and what of it cannot be used."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from pydantic_core import to_json

from appliance.base import disk
from appliance.base.errors import ConflictError, UnreadableError
from appliance.events.bodies import MAX_EVENT_BYTES
from appliance.events.metrics import CLOCK_TOLERANCE
from appliance.imports import daily_sums, lines, opening
from appliance.imports.contents import Contents
from appliance.imports.daily_sums import Sums
from appliance.imports.lines import Record
from appliance.imports.sources import Row, Sources, ToRow
from appliance.sites.sites import Site
from appliance.visits.sealed import Sealed

_TELL_EVERY = 5000
_LONGEST_LINE = 2 * MAX_EVENT_BYTES

Tell = Callable[[int], None]
"""Told from time to time how many bytes were read."""


class Reader:
    def __init__(self, sources: Sources, sealed: Sealed) -> None:
        self._sources = sources
        self._sealed = sealed

    def sums(self, path: Path, site: Site, now: datetime) -> Sums | None:
        """Of a file of daily sums; None for any other. Raises UnreadableError, OSError."""
        with opening.opened(path) as (text, _):
            return daily_sums.read(text, now.astimezone(site.zone))

    def read(self, path: Path, into: Path, site: Site, now: datetime, tell: Tell) -> Contents:
        """Write the events of `path` to `into`, as lines of the journal without what tells of their arrival.

        Raises UnreadableError for a file that none of the known programs wrote, ConflictError where events
        lie on days that are sealed, UnavailableError before the disk is full, OSError.
        """
        refused_days: set[date] = set()
        with opening.opened(path) as (text, packed), into.open("wb") as events:
            names, records = lines.records(text)
            source, to_row = self._sources.find(names, site, path)
            contents = Contents(source)

            def look_up() -> None:
                _check_disk(into)
                tell(packed.tell())

            for row, line in _rows(records, to_row, now, contents, look_up):
                contents.add(site, row["ts"])
                if self._sealed.refuses(site.site_id, row["ts"]):
                    refused_days.add(row["ts"].astimezone(site.zone).date())
                events.write(line + b"\n")
        _check_days(sorted(refused_days))
        if not contents.events:
            raise UnreadableError(f"The file holds no event. Nothing was imported.{contents.example}")
        return contents


def _rows(
    records: Iterable[Record], to_row: ToRow, now: datetime, contents: Contents, look_up: Callable[[], None]
) -> Iterator[tuple[Row, bytes]]:
    """Each with its line; what is wrong with others is noted in `contents`. `look_up` is called from time to
    time, also where no line is an event."""
    for record in records:
        contents.lines += 1
        if contents.lines % _TELL_EVERY == 0:
            look_up()
        try:
            row = _row(record, to_row, now)
            if row is not None:
                yield row, _line(row)
        except UnreadableError as error:
            contents.refuse(record.line, str(error))


def _row(record: Record, to_row: ToRow, now: datetime) -> Row | None:
    """Raises UnreadableError with what is wrong."""
    if record.fields is None:
        raise UnreadableError(record.problem)
    row = to_row(record)
    if row is not None and row["ts"] > now + CLOCK_TOLERANCE:
        raise UnreadableError("ts: lies in the future")
    return row


def _line(row: Row) -> bytes:
    """Raises UnreadableError for one that is longer than any event."""
    text = to_json(row)
    if len(text) > _LONGEST_LINE:
        raise UnreadableError(f"has {len(text)} bytes; an event has at most {MAX_EVENT_BYTES}")
    return text


def _check_disk(into: Path) -> None:
    """An archive may hold more than the disk has room for."""
    disk.require(into.parent, 0, "The import", "Nothing was imported; make room on the disk.")


def _check_days(refused: Sequence[date]) -> None:
    if refused:
        more = f" and {len(refused) - 3} more" if len(refused) > 3 else ""
        raise ConflictError(
            f"The file has events of {', '.join(map(str, refused[:3]))}{more}. The numbers of these days are "
            "final: their events were dropped after their time of retention. Nothing was imported; leave "
            "these days out of the file."
        )
