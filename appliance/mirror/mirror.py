"""A folder of Parquet files with every website's days, visits and events.

While the program runs nobody else can open its database; Parquet files anybody may read at any time. A file
is written anew when what belongs in it has changed, beside the old one, and then put in its place: whoever
reads has the one or the other as a whole. A file of visits or events is one day (UTC) of one website, so that
an hour's visitors cost a day and not the history. What retention or an owner deletes goes from here, too.
"""

import hashlib
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from appliance.base import disk
from appliance.base.durable import sync_file, write_file
from appliance.base.errors import UnavailableError
from appliance.storage.database import WITHOUT_LIMIT, Database, sql

log = logging.getLogger(__name__)

NOTE = "mirror.json"
RETRY_AFTER_S = 3600
_COPIED = "SELECT 1 /* what is exported */"
_QUERIES = {
    "websites": "mirror.websites",
    "days": "mirror.days",
    "visits": "exports.visits",
    "events": "exports.events",
}


@dataclass(frozen=True)
class Part:
    """What one file holds: of `site_id` and `day` where these are given. `state` is another when that is."""

    what: str
    site_id: str | None
    day: date | None
    state: str

    @property
    def file(self) -> str:
        """Below the folder. Readers take columns from names such as `year=2026` (Hive's partitions)."""
        if self.site_id is None:
            return f"{self.what}.parquet"
        place = PurePosixPath(self.what, f"site_id={self.site_id}")
        if self.day is None:
            return str(place / f"{self.what}.parquet")
        months = place / f"year={self.day.year}" / f"month={self.day.month:02}"
        return str(months / f"{self.day}.parquet")

    @property
    def parameters(self) -> dict[str, Any]:
        if self.day is None:
            return {} if self.site_id is None else {"site_id": self.site_id}
        start = datetime.combine(self.day, time.min, UTC)
        return {"site_id": self.site_id, "start": start, "end": start + timedelta(days=1)}


class Mirror:
    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._folder = folder

    def refresh(self) -> None:
        """Write what has changed, take away what is gone. Nothing happens where no folder is set.

        What another program holds open on Windows keeps its old state until the next time. Raises
        UnavailableError where the folder cannot be written; what stands in it can be read as before.
        """
        if self._folder is None:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._refresh(self._folder)
        except OSError as error:
            raise UnavailableError(
                f"The mirror in {self._folder} could not be written: {error.strerror}. Nothing is lost, and "
                "what stands there can be read; it is tried again in an hour. See that the program may write "
                "there.",
                RETRY_AFTER_S,
            ) from error

    def _refresh(self, folder: Path) -> None:
        noted = _noted(folder)
        held = dict(noted)
        wanted = {part.file: part for part in self._parts()}
        try:
            for file, part in wanted.items():
                if held.get(file) != part.state or not (folder / file).is_file():
                    self._check_room(folder)
                    with _left_if_in_use(folder / file):
                        self._write(folder / file, part)
                        held[file] = part.state
            for file in held.keys() - wanted.keys():
                with _left_if_in_use(folder / file):
                    _take_away(folder, file)
                    del held[file]
        finally:
            if held != noted:
                write_file(folder / NOTE, json.dumps({"form": _form(), "files": held}, indent=1).encode())

    def _parts(self) -> Iterator[Part]:
        for what, site_id, day, state in self._database.read("mirror.parts", within_s=WITHOUT_LIMIT):
            yield Part(what, site_id, day, state)

    def _write(self, file: Path, part: Part) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.new")
        fresh.touch()  # Where one may not write it is Python that says so; DuckDB's error would be its own.
        fresh.unlink()
        self._database.read(
            _QUERIES[part.what], {**part.parameters, "file": str(fresh)}, _copy, within_s=WITHOUT_LIMIT
        )
        with fresh.open("r+b") as written:
            sync_file(written)
        fresh.replace(file)

    def _check_room(self, folder: Path) -> None:
        otherwise = (
            "Nothing is lost, and what stands there can be read. Make room; it goes on within an hour."
        )
        disk.require(folder, 0, "Bringing the mirror up to date", otherwise)


@contextmanager
def _left_if_in_use(file: Path) -> Iterator[None]:
    """On Windows a file that somebody reads can neither be replaced nor taken away."""
    try:
        yield
    except PermissionError:
        if os.name != "nt":
            raise
        log.info("%s is in use; its turn comes with the next time.", file)


def _copy(text: str) -> str:
    return sql("exports.parquet").replace(_COPIED, text.rstrip().removesuffix(";"))


def _form() -> str:
    """Another as soon as files get other columns."""
    texts = [sql(name) for name in (*_QUERIES.values(), "exports.parquet")]
    return hashlib.blake2b("\n".join(texts).encode(), digest_size=8).hexdigest()


def _noted(folder: Path) -> dict[str, str]:
    """The state of each file; empty where all are to be written anew."""
    try:
        note = json.loads((folder / NOTE).read_text("utf-8"))
        files = {str(file): str(state) for file, state in note["files"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return files if note.get("form") == _form() else dict.fromkeys(files, "")


def _take_away(folder: Path, file: str) -> None:
    """With the folders that are empty then; nothing outside of the mirror, whatever the note says."""
    path = folder / file
    if not path.resolve().is_relative_to(folder.resolve()):
        return
    path.unlink(missing_ok=True)
    for above in path.relative_to(folder).parents:
        with suppress(OSError):
            (folder / above).rmdir()
