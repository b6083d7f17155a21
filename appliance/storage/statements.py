"""Running statements, and SQL kept in named files.

Instants go in and come out aware, in UTC; the columns are TIMESTAMP without a zone.
"""

import logging
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from appliance.base.paths import sql_files
from appliance.storage.database_errors import DatabaseError, translated

log = logging.getLogger(__name__)

Row = tuple[Any, ...]
Parameters = Mapping[str, object]


class Transaction:
    """Statements of one write; several statements in a named file run in order."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def run(self, name: str, parameters: Parameters | None = None) -> list[Row]:
        return run(self._cursor, sql(name), parameters)

    def script(self, path: Path) -> None:
        run(self._cursor, path.read_text("utf-8"), None)


@cache
def sql(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return (sql_files() / f"{name}.sql").read_text("utf-8")


def run(cursor: duckdb.DuckDBPyConnection, text: str, parameters: Parameters | None = None) -> list[Row]:
    """The rows of the last statement of `text`."""
    try:
        rows: list[Row] = []
        for statement in cursor.extract_statements(text):
            wanted = statement.named_parameters
            cursor.execute(statement, {name: _bare((parameters or {})[name]) for name in wanted})
            rows = [tuple(_aware(value) for value in row) for row in cursor.fetchall()]
        return rows
    except duckdb.Error as error:
        raise translated(error) from error


def run_unless_busy(cursor: duckdb.DuckDBPyConnection, text: str) -> None:
    """DuckDB may still be ending a transaction that was committed on another thread a moment ago."""
    try:
        run(cursor, text, None)
    except DatabaseError as error:
        if not isinstance(error.__cause__, duckdb.TransactionException):
            raise
        log.info("The database is busy; it is tidied up a little later: %s", error)


def _bare(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, dict):
        return {name: _bare(item) for name, item in value.items()}
    return [_bare(item) for item in value] if isinstance(value, list) else value


def _aware(value: object) -> object:
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


def roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    # A failed statement or commit may have ended the transaction already.
    with suppress(duckdb.Error):
        cursor.rollback()


def interrupt(cursor: duckdb.DuckDBPyConnection) -> None:
    """End its statement, if there is one; called on another thread."""
    with suppress(duckdb.Error):  # of an instance that was closed
        cursor.interrupt()
