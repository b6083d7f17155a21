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

log = logging.getLogger(__name__)

_NOTHING = b"\n"
"""A batch of no events: the numbers of batches have no gaps."""


def take_out(paths: DataPaths, database: Database, ledger: Ledger, now: datetime) -> None:
    """After an exchange, before the journal is opened; killed, it is done again.

    Raises DatabaseError or OSError.
    """
    if not exchange.is_due(paths):
        return
    ((loaded,),) = database.read("loading.batch")
    for file in sorted(paths.journal.glob("*.ndjson")):
        if int(file.stem) > loaded and mend_lines(file):
            _take_out(file, database, ledger, now)
    exchange.finished(paths)
    log.info("Another database is in place: a backup's, or a compacted one.")


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
