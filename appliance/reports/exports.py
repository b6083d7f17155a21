"""A site's numbers, visits and events as files to take away.

DuckDB writes the whole file first, from one state of the database, so that whoever reads it slowly holds up
nothing, and whose download is cut off gets the rest of the same file.
"""

import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, get_args

from appliance.base import disk
from appliance.base.clock import Clock
from appliance.base.errors import FieldError, InvalidError, UnavailableError
from appliance.base.timerange import Span
from appliance.reports.export_steps import append_all, join_all, steps, told
from appliance.reports.filters import Filter, Selection
from appliance.reports.reports import Reports, SiteReport, Summary
from appliance.sites.sites import Site
from appliance.storage.database import Database, sql

What = Literal["report", "events", "visits"]
WHATS: tuple[What, ...] = get_args(What)
Format = Literal["csv", "json", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)

AT_ONCE = 2
"""Each may take all the memory that queries may, and a processor."""
WITHIN_S = 300.0
RETRY_AFTER_S = 20
KEPT = timedelta(hours=1)
"""A file stays so long, for a download that was cut off to go on."""
ROW_BYTES = {"events": 2048, "visits": 512, "report": 0}
"""More than a row takes in any of the formats, but for events with unusually much in them."""

_EXPORTED = "SELECT 1 /* what is exported */"
_SECTIONS = ("traffic_sources", "operating_systems", "browsers", "goals", "pages")
_NAMES = ("source", "name", "path")

Value = tuple[str, str | None, str, float | None]
"""Section, name of the entry (None: the site as a whole), metric, and the number."""


def parse(what: str | None, format_: str | None) -> tuple[What, Format]:
    """What a request asks for; the report as CSV where it says nothing. Raises InvalidError."""
    wanted, given = what or "report", format_ or "csv"
    faults = []
    if wanted not in WHATS:
        faults.append(FieldError("what", f"must be one of {', '.join(WHATS)}"))
    if given not in FORMATS:
        faults.append(FieldError("format", f"must be one of {', '.join(FORMATS)}"))
    if faults:
        raise InvalidError("There is no such export.", faults)
    return wanted, given  # type: ignore[return-value]  # both are among the names


@dataclass(frozen=True)
class Wanted:
    """What of a site is exported. `span`: of when."""

    site: Site
    span: Span
    filters: tuple[Filter, ...]
    what: What
    format: Format

    @property
    def name(self) -> str:
        """Of the file: the same for the same wish, and of letters and digits alone."""
        said = repr((self.span, self.filters, self.what, self.format))
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


class Exports:
    """Files are made in a folder of each site, and kept there for a while for downloads that were cut off.

    What is left of an earlier run goes at the start.
    """

    def __init__(self, database: Database, reports: Reports, clock: Clock, folder: Path) -> None:
        self._database = database
        self._reports = reports
        self._clock = clock
        self._folder = folder
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._under_way: dict[Path, float] = {}
        shutil.rmtree(folder, ignore_errors=True)

    def make(self, wanted: Wanted) -> BinaryIO:
        """A new file, open for reading.

        Raises UnavailableError while there is no room for it, InvalidError for filters over days whose
        visits are gone.
        """
        if not self._places.acquire(blocking=False):
            raise UnavailableError(
                f"{AT_ONCE} other exports are being made. Yours was not begun; nothing is lost. Try again in "
                "half a minute.",
                RETRY_AFTER_S,
            )
        try:
            self._check_room(wanted)
            self._under_way[self.path(wanted)] = 0.0
            return self._made(wanted)
        except OSError as error:
            raise UnavailableError(
                f"The export could not be written to {self._folder}: {error.strerror}. Nothing is lost; see "
                "that there is room on the disk and that the program may write there, then try again.",
                RETRY_AFTER_S,
            ) from error
        finally:
            self._under_way.pop(self.path(wanted), None)
            self._places.release()

    def progress(self, wanted: Wanted) -> float | None:
        """How much of its file is made, from 0 to 1; None: none is being made."""
        return self._under_way.get(self.path(wanted))

    def kept(self, wanted: Wanted) -> BinaryIO | None:
        """The file that was made before for the same wish, while it is there."""
        try:
            return self.path(wanted).open("rb")
        except OSError:
            return None

    def forget(self, now: datetime) -> None:
        """Files that were made long enough ago."""
        for file in self._folder.glob("*/*"):
            with suppress(OSError):  # gone meanwhile; or being read, on Windows
                if now.timestamp() - file.stat().st_mtime > KEPT.total_seconds():
                    file.unlink()

    def give_way(self) -> None:
        """Where the disk is nearly full, all files that were made go: each can be made again."""
        if disk.room(self._folder.parent).scarce:
            for file in self._folder.glob("*/*"):
                with suppress(OSError):  # being read, on Windows
                    file.unlink()

    def forget_site(self, site_id: str) -> None:
        shutil.rmtree(self._folder / site_id, ignore_errors=True)

    def path(self, wanted: Wanted) -> Path:
        """Where its file is, once it is made."""
        return self._folder / wanted.site.site_id / wanted.name

    def _made(self, wanted: Wanted) -> BinaryIO:
        path = self.path(wanted)
        for folder in (self._folder, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        file = path.with_suffix(f".{secrets.token_hex(8)}")
        try:
            self._database.at_one_moment(lambda: self._write(wanted, file))
            now = self._clock.now().timestamp()
            os.utime(file, (now, now))
            opened = file.open("rb")
            with suppress(PermissionError):  # the one before is being read, on Windows: it stays
                file.replace(path)
            return opened
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    def _write(self, wanted: Wanted, file: Path) -> None:
        site, span, what = wanted.site, wanted.span, wanted.what
        unfiltered = Selection(self._database, site)
        kept = Selection(self._database, site, wanted.filters, WITHIN_S)
        numbers = self._report(site, span, wanted.filters) if what == "report" else {}
        around = _copied(wanted.format)

        def write(start: datetime, end: datetime, part: Path) -> None:
            kept.read(f"exports.{what}", start, end, around=around, file=str(part), **numbers)

        counted = [] if what == "report" else unfiltered.read("exports.days", span.start, span.end)
        spans = steps(span, [(day, events) for day, events in counted])
        writing = told(write, len(spans), partial(self._under_way.__setitem__, self.path(wanted)))
        if wanted.format == "parquet":
            join_all(self._database, spans, file, WITHIN_S, writing)
        else:
            append_all(spans, file, wanted.format == "csv", writing)

    def _report(self, site: Site, span: Span, filters: Sequence[Filter]) -> dict[str, Any]:
        """The columns of its table."""
        report = self._reports.site_report(site, span, filters)
        rows = [*_summary(report), *_entries(report)]
        sections, names, metrics, values = (list(column) for column in zip(*rows, strict=True))
        return {"sections": sections, "names": names, "metrics": metrics, "values": values}

    def _check_room(self, wanted: Wanted) -> None:
        """Before a file fills the disk that events need. Raises UnavailableError."""
        what, span = wanted.what, wanted.span
        ((events, visits),) = Selection(self._database, wanted.site).read(
            "exports.size", span.start, span.end
        )
        needed = {"events": events, "visits": visits, "report": 0}[what] * ROW_BYTES[what]
        otherwise = "It was not begun; nothing is lost. Choose fewer days, or make room on the disk."
        disk.require(self._folder.parent, needed, "The export", otherwise)


def _copied(format_: Format) -> Callable[[str], str]:
    ending = sql(f"exports.{format_}")
    return lambda text: ending.replace(_EXPORTED, text.rstrip().removesuffix(";"))


def _summary(report: SiteReport) -> Iterator[Value]:
    numbers = {name: getattr(report, name) for name in Summary.__dataclass_fields__}
    percentiles = asdict(numbers.pop("load_ms"))
    yield from (("summary", None, name, value) for name, value in numbers.items())
    yield from (("summary", None, f"load_ms_{name}", value) for name, value in percentiles.items())
    yield from (("summary", None, name, value) for name, value in asdict(report.new_vs_returning).items())
    for name, value in (asdict(report.imported) if report.imported else {}).items():
        if value is None or isinstance(value, int | float):
            yield "imported", None, name, value


def _entries(report: SiteReport) -> Iterator[Value]:
    for section in _SECTIONS:
        for entry in map(asdict, getattr(report, section)):
            name = next(entry[key] for key in _NAMES if key in entry)
            for metric, value in entry.items():
                if value is None or isinstance(value, int | float):
                    yield section, name, metric, value
