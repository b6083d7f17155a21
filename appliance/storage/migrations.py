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
    with database.write() as transaction:
        transaction.run("migrations.ensure")
    applied = {version for (version,) in database.read("migrations.applied")}
    scripts = {_version(path): path for path in _scripts()}
    newer = max(applied, default=0)
    if newer > max(scripts):
        raise StartError(
            f"The database was written by a newer Analytiq (schema {newer}, this one knows {max(scripts)}). "
            "It was left untouched; install that version or a later one."
        )
    for version in sorted(scripts.keys() - applied):
        with database.write() as transaction:
            transaction.script(scripts[version])
            transaction.run("migrations.record", {"version": version, "now": now})


def _scripts() -> list[Path]:
    return sorted((sql_files() / "migrations").glob("*.sql"))


def _version(path: Path) -> int:
    return int(path.name.partition("_")[0])
