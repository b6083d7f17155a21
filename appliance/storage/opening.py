"""Opening the database's main file, whatever an earlier end has left beside it and in it."""

import logging
import os
import re
from pathlib import Path
from typing import NamedTuple

import duckdb

from appliance.base.durable import remove_file, sync_folder, write_file
from appliance.base.errors import AlreadyRunningError, StartError
from appliance.base.paths import DataPaths
from appliance.storage import exchange, undo

log = logging.getLogger(__name__)

_LOG_FAULTS = ("Failure while replaying", "This WAL was created for", "WAL does not match database file")
"""DuckDB tells these apart in words only; the path in them may hold any other word."""

_FILE_FAULTS = ("not a valid DuckDB database file", "Could not read enough bytes")

_NEVER = "1TB"
"""Automatic checkpoints stall loads by 100-560 ms and kill the instance on a full disk: the program makes
its own at moments it chooses."""


MOST_MB = 1024
USUAL_MB = 96
"""With three dashboards that read the day under way, at 300 events a second: up to `MOST_MB` of it was taken,
2.7 MB more every minute; with 128 MB 1.0, with 96 MB 0.4 (`make soak`). Whatever needs more gets it."""


class Limits(NamedTuple):
    """What an instance may take of the machine. `threads`: None for as many as there are processors.

    `usual_mb`: of the memory, while nothing asks for more; None: all of it.
    """

    memory_mb: int
    threads: int | None = None
    usual_mb: int | None = None


def open_database(paths: DataPaths, limits: Limits) -> duckdb.DuckDBPyConnection:
    """Connect, after taking back what a power cut left of a checkpoint. Raises StartError with what to do."""
    try:
        exchange.carry_out(paths)
        if not paths.database.exists():
            _make(paths)
        undo.take_back(paths)
        try:
            connection = _connect_without_bad_log(paths, limits)
        except _UnreadableError:
            if not undo.take_back(paths, even_if_turned=True):
                raise
            connection = _connect_without_bad_log(paths, limits)
        undo.forget(paths)
    except OSError as error:
        raise _unopened(paths, error) from error
    return connection


def _connect_without_bad_log(paths: DataPaths, limits: Limits) -> duckdb.DuckDBPyConnection:
    """A write-ahead log that cannot be replayed is put aside; the journal still has its events."""
    try:
        return _connect(paths, limits)
    except _UnreadableLogError as error:
        readable_bytes = error.readable_bytes
        aside = paths.next_unreadable_log()
        paths.write_ahead_log.rename(aside)
    try:
        connection = _connect_with_beginning(paths, limits, aside, readable_bytes)
    except StartError:
        aside.replace(paths.write_ahead_log)
        raise
    log.warning(
        "The database's write-ahead log could not be read and was put aside as %s. The events in it are "
        "loaded again from the journal. An account or a site made in its last minute may be missing.",
        aside,
    )
    return connection


def _connect_with_beginning(
    paths: DataPaths, limits: Limits, aside: Path, readable_bytes: int
) -> duckdb.DuckDBPyConnection:
    """With what stands in a log before its damage: a power cut tears the end, which nobody was told of."""
    if readable_bytes:
        write_file(paths.write_ahead_log, aside.read_bytes()[:readable_bytes])
        try:
            return _connect(paths, limits)
        except _UnreadableLogError:
            remove_file(paths.write_ahead_log)
    return _connect(paths, limits)


def _make(paths: DataPaths) -> None:
    """A new file gets its name when it is whole: one that a power cut left half made cannot be opened."""
    fresh = paths.database.with_name(f"{paths.database.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        duckdb.connect(str(fresh)).close()
    except duckdb.Error as error:
        raise _unopened(paths, error) from error
    fresh.replace(paths.database)
    sync_folder(paths.root)


class _UnreadableError(StartError):
    """The main file is damaged, or something else than a database."""


class _UnreadableLogError(StartError):
    """The main file may be well; the log beside it is not."""

    @property
    def readable_bytes(self) -> int:
        """How much of the log comes before the damage, as far as that is known."""
        place = re.search(r"entry at byte position (\d+)", str(self))
        return int(place[1]) if place else 0


def _connect(paths: DataPaths, limits: Limits) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{limits.memory_mb}MB",
        "temp_directory": str(paths.temp),
        "max_temp_directory_size": "4GB",
        "checkpoint_threshold": _NEVER,
        # Give memory back soon that a load or report has used, instead of keeping it for the next one.
        "allocator_background_threads": True,
        "allocator_flush_threshold": "16MB",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        if limits.threads:
            settings["threads"] = limits.threads
        return duckdb.connect(str(paths.database), config=settings)
    except duckdb.Error as error:
        if any(words in str(error) for words in _LOG_FAULTS):
            raise _UnreadableLogError(str(error)) from error
        if "not set lock on file" in str(error):
            raise AlreadyRunningError(
                f"Another program has the database {paths.database} open. Close it and start again."
            ) from error
        if isinstance(error, duckdb.IOException) and not any(words in str(error) for words in _FILE_FAULTS):
            raise _unopened(paths, error) from error
        raise _unreadable(paths, error) from error


def _unopened(paths: DataPaths, error: Exception) -> StartError:
    return StartError(
        f"The database {paths.database} cannot be opened: {error}. It was left untouched; "
        "check that the disk is not full and that you may write there."
    )


def _unreadable(paths: DataPaths, error: duckdb.Error) -> StartError:
    return _UnreadableError(
        f"The database {paths.database} cannot be read: {error}. It was left untouched; "
        "put back a backup, or move the file away to begin anew."
    )


def of_the_program() -> Limits:
    """A quarter of the machine's memory, if that is not more than `MOST_MB`."""
    most = MOST_MB
    if hasattr(os, "sysconf"):
        most = min(most, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4 // 10**6)
    return Limits(most, usual_mb=min(USUAL_MB, most))
