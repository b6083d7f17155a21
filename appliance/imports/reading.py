"""A file as events to be stored: which program wrote it, what it holds, and what of it cannot be used."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from appliance.base.errors import ConflictError, UnreadableError
from appliance.events.metrics import CLOCK_TOLERANCE
from appliance.imports import lines, own_export
from appliance.imports.lines import Record
from appliance.sites.sites import Site
from appliance.visits.sealed import Sealed

SHOWN = 50
"""Lines that could not be read are shown up to this number; all are counted."""
_TELL_EVERY = 5000

Tell = Callable[[int], None]
"""Told from time to time how many bytes were read."""


@dataclass(frozen=True)
class RefusedLine:
    """`line`: its number in the file, from 1."""

    line: int
    reason: str


@dataclass
class Contents:
    """What a file held. `days`: events by day in the site's time zone; `lines`: those that were read."""

    source: str
    lines: int = 0
    refused: int = 0
    refused_lines: list[RefusedLine] = field(default_factory=list)
    days: Counter[date] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None

    @property
    def events(self) -> int:
        return self.days.total()

    def refuse(self, line: int, reason: str) -> None:
        self.refused += 1
        if len(self.refused_lines) < SHOWN:
            self.refused_lines.append(RefusedLine(line, reason))

    def add(self, site: Site, instant: datetime) -> None:
        self.days[instant.astimezone(site.zone).date()] += 1
        self.first = min(self.first or instant, instant)
        self.last = max(self.last or instant, instant)


def read(path: Path, into: Path, site: Site, sealed: Sealed, now: datetime, tell: Tell) -> Contents:
    """Write the events of `path` to `into`, as lines of the journal without what tells of their arrival.

    Raises UnreadableError for a file that none of the known programs wrote, ConflictError where events lie on
    days that are sealed, OSError.
    """
    refused_days: set[date] = set()
    with lines.opened(path) as text, into.open("wb") as events:
        names, records = lines.records(text)
        contents = Contents(_source(names))
        for record in records:
            contents.lines += 1
            if contents.lines % _TELL_EVERY == 0:
                tell(text.buffer.tell())
            try:
                row = _row(record, site, now)
                line = own_export.line(row)
            except UnreadableError as error:
                contents.refuse(record.line, str(error))
                continue
            contents.add(site, row["ts"])
            if sealed.refuses(site.site_id, row["ts"]):
                refused_days.add(row["ts"].astimezone(site.zone).date())
            events.write(line + b"\n")
    _check_days(sorted(refused_days))
    if not contents.events:
        raise UnreadableError(f"The file holds no event. Nothing was imported.{_example(contents)}")
    return contents


def _source(names: frozenset[str]) -> str:
    """Raises UnreadableError where nobody knows what this is."""
    if names >= own_export.COLUMNS:
        return "analytiq"
    raise UnreadableError(
        "The file is no export of events by Analytiq, as CSV or JSON lines. Nothing was imported."
    )


def _row(record: Record, site: Site, now: datetime) -> dict[str, Any]:
    """Raises UnreadableError with what is wrong."""
    if record.fields is None:
        raise UnreadableError(record.problem)
    row = own_export.row(record, site)
    if row["ts"] > now + CLOCK_TOLERANCE:
        raise UnreadableError("ts: lies in the future")
    return row


def _check_days(refused: Sequence[date]) -> None:
    if refused:
        more = f" and {len(refused) - 3} more" if len(refused) > 3 else ""
        raise ConflictError(
            f"The file has events of {', '.join(map(str, refused[:3]))}{more}. The numbers of these days are "
            "final: their events were dropped after their time of retention. Nothing was imported; leave "
            "these days out of the file."
        )


def _example(contents: Contents) -> str:
    return "".join(f" Line {each.line}: {each.reason}." for each in contents.refused_lines[:1])
