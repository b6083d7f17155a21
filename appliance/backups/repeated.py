"""What waits in the journal for a database that was put back, and is in it already.

An event can be both: sent again by a browser that had no answer, while a state of before it was in place.
"""

import json
import logging
from collections import Counter
from datetime import datetime
from pathlib import Path

from appliance.base.durable import mend_lines, write_file
from appliance.base.paths import DataPaths
from appliance.ingest.ledger import Ledger
from appliance.storage import exchange
from appliance.storage.database import Database
from appliance.storage.journal import Journal

log = logging.getLogger(__name__)

_NOTHING = b"\n"
"""A batch of no events: the numbers of batches have no gaps."""


class Repeated:
    """After an exchange, before the journal is opened: `take_out`, maybe in two steps. Killed, all of it is
    done again."""

    def __init__(self, paths: DataPaths, journal: Journal, database: Database, ledger: Ledger) -> None:
        self._paths = paths
        self._journal = journal
        self._database = database
        self._ledger = ledger
        self._done: set[Path] = set()

    def take_out_of_all_but_last(self, now: datetime) -> None:
        """While another process may still add to the last file. Raises DatabaseError or OSError."""
        if exchange.is_due(self._paths):
            self._take_out(self._waiting()[:-1], now)

    def take_out(self, now: datetime) -> None:
        """Raises DatabaseError or OSError."""
        if exchange.is_due(self._paths):
            self._take_out(self._waiting(), now)
            exchange.finished(self._paths)
            log.info("Another database is in place: a backup's, or a compacted one.")

    def _waiting(self) -> list[Path]:
        ((loaded,),) = self._database.read("loading.batch")
        return self._journal.files_after(loaded)

    def _take_out(self, files: list[Path], now: datetime) -> None:
        for file in files:
            if file not in self._done and mend_lines(file):
                _take_out(file, self._database, self._ledger, now)
            self._done.add(file)


def _take_out(file: Path, database: Database, ledger: Ledger, now: datetime) -> None:
    held = set(database.read("backups.repeated", {"file": str(file)}))
    if not held:
        return
    lines = file.read_bytes().splitlines(keepends=True)
    copies = [line for line in lines if _id(line) in held]
    write_file(file, b"".join(line for line in lines if line not in copies) or _NOTHING)
    for site_id, events in Counter(_id(line)[0] for line in copies).items():
        ledger.note_duplicates(site_id, events, now)


def _id(line: bytes) -> tuple[str, str]:
    row = json.loads(line)
    return str(row["site_id"]), str(row.get("event_id"))
