"""Putting committed work into the database's main file, at moments of our choice.

Until then it stands in the write-ahead log alone, and DuckDB 2.0 opens a log with a cut or overwritten end as
if its later transactions had never been. The journal therefore keeps loaded batches until a checkpoint; what
the log loses is loaded again, since the batch number is lost with it.
"""

import logging
import shutil

from appliance.base.paths import DataPaths
from appliance.storage import exchange
from appliance.storage.database import Database
from appliance.storage.journal import Journal

log = logging.getLogger(__name__)

SPARE_BYTES = 64 * 1024 * 1024
LONG_LOG_BYTES = 64 * 1024 * 1024


def shorten_log(database: Database, paths: DataPaths) -> None:
    """A checkpoint, if the write-ahead log is long and there is room: after each of many transactions."""
    if _log_size(paths) > LONG_LOG_BYTES and _has_room(paths):
        database.checkpoint()


class Checkpoints:
    def __init__(self, database: Database, journal: Journal, paths: DataPaths) -> None:
        self._database = database
        self._journal = journal
        self._paths = paths

    def run(self) -> None:
        """Only with room to spare: a checkpoint that meets a full disk takes the database instance down."""
        if not _has_room(self._paths):
            log.warning("The disk is too full to tidy up the database; nothing is lost. Make room on it.")
            return
        batch = self._batch()
        if _log_size(self._paths):
            self._database.checkpoint()
        self._database.trim()
        self._discard(batch)

    def run_if_long(self) -> None:
        """Between two batches that come in bulk: what is not in the main file takes memory as well."""
        if _log_size(self._paths) > LONG_LOG_BYTES and _has_room(self._paths):
            batch = self._batch()
            self._database.checkpoint()
            self._discard(batch)

    def close(self) -> None:
        """The last one; the database is closed then. One that another takes the place of needs none."""
        batch = self._batch()
        self._database.close(tidy=not exchange.is_due(self._paths))
        self._discard(batch)

    def _batch(self) -> int:
        ((batch,),) = self._database.read("loading.batch")
        return int(batch)

    def _discard(self, batch: int) -> None:
        if not _log_size(self._paths):
            self._journal.discard(batch)


def _has_room(paths: DataPaths) -> bool:
    return shutil.disk_usage(paths.root).free >= 2 * _log_size(paths) + SPARE_BYTES


def _log_size(paths: DataPaths) -> int:
    log_file = paths.write_ahead_log
    return log_file.stat().st_size if log_file.exists() else 0
