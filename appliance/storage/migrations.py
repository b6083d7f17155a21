"""Bring a database file to the schema this program needs, one numbered script after the other."""

from datetime import datetime
from pathlib import Path

from appliance.base.errors import StartError
from appliance.base.paths import sql_files
from appliance.storage.database import Database


def migrate(database: Database, now: datetime) -> None:
    """Apply what is missing, each script in a transaction of its own.

    Raises StartError when the file was written by a newer program.
    """
    scripts = {_version(path): path for path in _scripts()}
    for version in missing(database):
        with database.write() as transaction:
            transaction.script(scripts[version])
            transaction.run("migrations.record", {"version": version, "now": now})


def missing(database: Database) -> list[int]:
    """The numbers of the scripts that are still to be applied, in their order. Raises StartError as above."""
    with database.write() as transaction:
        transaction.run("migrations.ensure")
    applied = {version for (version,) in database.read("migrations.applied")}
    known = {_version(path) for path in _scripts()}
    newer = max(applied, default=0)
    if newer > max(known):
        raise StartError(
            f"The database was written by a newer Analytiq (schema {newer}, this one knows {max(known)}). "
            "It was left untouched; install that version or a later one."
        )
    return sorted(known - applied)


def _scripts() -> list[Path]:
    return sorted((sql_files() / "migrations").glob("*.sql"))


def _version(path: Path) -> int:
    return int(path.name.partition("_")[0])


def newest() -> int:
    """The number of the schema that this program needs."""
    return _version(_scripts()[-1])
