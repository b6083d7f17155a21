"""The one DuckDB file: connections, transactions, and SQL kept in named files.

One connection object shared between threads returned other threads' rows in 312 of 800 queries, so every
thread has its own cursor; concurrent writers conflict, so writing takes turns.
"""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from appliance.errors import AlreadyRunningError, StartError
from appliance.paths import DataPaths, sql_files

Row = tuple[Any, ...]
Parameters = Mapping[str, object]
"""Instants go in and come out aware, in UTC; the columns are TIMESTAMP without a zone."""

_NEVER = "1TB"
"""Automatic checkpoints stall loads by 100-560 ms and kill the instance on a full disk: the program makes
its own at moments it chooses."""


class DatabaseError(Exception):
    """A statement failed; nothing of its transaction was kept."""


class BadValueError(DatabaseError):
    """A value does not fit its type; trying again will not help."""


class Database:
    def __init__(self, paths: DataPaths, memory_limit: str | None = None) -> None:
        self._root = _connect(paths, memory_limit)
        self._writing = threading.RLock()
        self._local = threading.local()

    def read(self, name: str, parameters: Parameters | None = None) -> list[Row]:
        """All rows of the named query, on this thread's own cursor."""
        return _run(self._cursor(), sql(name), parameters)

    def read_one(self, name: str, parameters: Parameters | None = None) -> Row | None:
        rows = self.read(name, parameters)
        return rows[0] if rows else None

    @contextmanager
    def write(self) -> Iterator["Transaction"]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        with self._writing:
            cursor = self._cursor()
            try:
                cursor.begin()
                yield Transaction(cursor)
                cursor.commit()
            except BaseException as error:
                _roll_back(cursor)
                if isinstance(error, duckdb.Error):
                    raise DatabaseError(str(error)) from error
                raise

    def checkpoint(self) -> None:
        """Move the write-ahead log into the main file."""
        with self._writing:
            _run(self._cursor(), "CHECKPOINT", None)

    def close(self) -> None:
        """Checkpoint and close; a clean exit leaves no write-ahead log behind."""
        with self._writing:
            self._root.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            try:
                cursor = self._local.cursor = self._root.cursor()
            except duckdb.Error as error:
                raise DatabaseError(str(error)) from error
        return cursor


class Transaction:
    """Statements of one write; several statements in a named file run in order."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def run(self, name: str, parameters: Parameters | None = None) -> list[Row]:
        return _run(self._cursor, sql(name), parameters)

    def script(self, path: Path) -> None:
        _run(self._cursor, path.read_text("utf-8"), None)


@cache
def sql(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (sql_files() / f"{name}.sql").read_text("utf-8")


def _run(cursor: duckdb.DuckDBPyConnection, text: str, parameters: Parameters | None) -> list[Row]:
    try:
        rows: list[Row] = []
        for statement in cursor.extract_statements(text):
            wanted = statement.named_parameters
            cursor.execute(statement, {name: _bare((parameters or {})[name]) for name in wanted})
            rows = [tuple(_aware(value) for value in row) for row in cursor.fetchall()]
        return rows
    except (duckdb.ConversionException, duckdb.InvalidInputException, duckdb.OutOfRangeException) as error:
        raise BadValueError(str(error)) from error
    except duckdb.Error as error:
        raise DatabaseError(str(error)) from error


def _bare(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return [_bare(item) for item in value] if isinstance(value, list) else value


def _aware(value: object) -> object:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    # A failed statement or commit may have ended the transaction already.
    with suppress(duckdb.Error):
        cursor.rollback()


def _connect(paths: DataPaths, memory_limit: str | None) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "temp_directory": str(paths.temp),
        "max_temp_directory_size": "4GB",
        "checkpoint_threshold": _NEVER,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if memory_limit:
        settings["memory_limit"] = memory_limit
    try:
        return duckdb.connect(str(paths.database), config=settings)
    except duckdb.IOException as error:
        # DuckDB tells these apart in words only; the path in them may hold any other word.
        if "not set lock on file" in str(error):
            raise AlreadyRunningError(
                f"Another program has the database {paths.database} open. Close it and start again."
            ) from error
        if "not a valid DuckDB database file" in str(error):
            raise _unreadable(paths, error) from error
        raise StartError(
            f"The database {paths.database} cannot be opened: {error}. It was left untouched; "
            "check that the disk is not full and that you may write there."
        ) from error
    except duckdb.Error as error:
        raise _unreadable(paths, error) from error


def _unreadable(paths: DataPaths, error: duckdb.Error) -> StartError:
    return StartError(
        f"The database {paths.database} cannot be read: {error}. It was left untouched; "
        "put back a backup, or move the file away to begin anew."
    )
