"""Bringing the data of an earlier version up to date, with a backup before it and a way back."""

import logging
import shutil
from datetime import datetime

from appliance.backups import contents, snapshots
from appliance.backups.backup import Backup
from appliance.backups.shelf import Shelf
from appliance.base.errors import StartError, UnavailableError
from appliance.base.paths import DataPaths
from appliance.storage import exchange, migrations
from appliance.storage.database import WITHOUT_LIMIT, Database, DatabaseError
from appliance.storage.exchange import Note

log = logging.getLogger(__name__)


def upgrade(database: Database, paths: DataPaths, kept: Shelf, now: datetime) -> None:
    """Apply what is missing of the schema.

    Raises StartError if that is not possible: then the database is closed, and its file is as it was. Killed
    at any moment, the next start goes on with the scripts that are missing then.
    """
    if contents.schema(database) == 0 or not migrations.missing(database):
        migrations.migrate(database, now)
        return
    before = _backup(database, paths, kept, now)
    events = _events(database)
    count_again(database)
    try:
        migrations.migrate(database, now)
        if _events(database) != events:
            raise DatabaseError(f"It held {events} events before it, and {_events(database)} after it.")
        database.checkpoint()
    except DatabaseError as error:
        why = " ".join(str(error).split()).rstrip(".")
        database.abandon()
        _put_back(paths, kept, before)
        raise StartError(
            f"The data could not be brought to the form that this version needs: {why}. It was put back as "
            f"it was, and the backup {before.name} has it too. Install the version that you had before, and "
            "report this."
        ) from error
    log.warning("The data was brought up to date; the backup %s has it as it was before.", before.name)


def count_again(database: Database) -> None:
    """Every day of the ledger is held against the events once more, by the job that does so (ledger.py).

    Called before the form of the data changes: a kill in between costs no count.
    """
    if ("ledger_checks",) in database.read("backups.tables"):
        with database.write() as transaction:
            transaction.run("backups.count_again")


def _backup(database: Database, paths: DataPaths, kept: Shelf, now: datetime) -> Backup:
    try:
        return snapshots.take(database, paths, kept, "before an upgrade", now, None)
    except (UnavailableError, DatabaseError, OSError) as error:
        raise StartError(
            "This version has to change the form of the data, and no backup could be made before that, so "
            f"nothing was changed: {error} Then start again, or install the version that you had before."
        ) from error


def _events(database: Database) -> int:
    ((events,),) = database.read("backups.events", within_s=WITHOUT_LIMIT)
    return int(events)


def _put_back(paths: DataPaths, kept: Shelf, before: Backup) -> None:
    """The journal is as it was: nothing has been loaded since."""
    shutil.rmtree(paths.restore, ignore_errors=True)
    paths.restore.mkdir(mode=0o700)
    file = DataPaths(paths.restore).database
    shutil.copyfile(kept.file(before), file)
    snapshots.settle(file)
    exchange.commit(paths, Note(before.batch, before.batch))
    exchange.carry_out(paths)
    exchange.finished(paths)
