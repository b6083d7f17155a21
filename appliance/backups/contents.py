"""What a database holds, in numbers: to prove that a copy is whole, and to tell people what is in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from appliance.storage.database import WITHOUT_LIMIT, Database

Proof = dict[str, tuple[int, str]]
"""Of each table: how many rows, and the sum of their hashes. Two databases with the same hold the same rows,
in whatever order."""

DESCRIPTION = "backup"
"""The table that tells of a backup in it; no part of what it is a backup of."""


@dataclass(frozen=True)
class Figures:
    """What people know a state by. `last_event_at`: None where no event has come yet."""

    sites: int
    accounts: int
    visits: int
    events: int
    last_event_at: datetime | None


def proof(database: Database, tell: Callable[[float], None] = lambda _: None) -> Proof:
    """Reads every row, and so every block of the file. Raises DatabaseError where one cannot be read.

    `tell` is called after each table with the share of tables that were read.
    """
    tables = [name for (name,) in database.read("backups.tables") if name != DESCRIPTION]
    found: Proof = {}
    for number, name in enumerate(tables, 1):
        found[name] = _sums(database, name)
        tell(number / len(tables))
    return found


def _sums(database: Database, table: str) -> tuple[int, str]:
    name = "backups.sums_of_events" if table == "raw_events" else "backups.sums"
    ((rows, hashes),) = database.read(name, {"table": table}, within_s=WITHOUT_LIMIT)
    return rows, hashes


def figures(database: Database) -> Figures:
    ((found),) = database.read("backups.figures", within_s=WITHOUT_LIMIT)
    return Figures(*found)


def schema(database: Database) -> int:
    """The number of the last script that was applied (migrations.py); 0 before the first."""
    if ("schema_migrations",) not in database.read("backups.tables"):
        return 0
    return max((version for (version,) in database.read("migrations.applied")), default=0)
