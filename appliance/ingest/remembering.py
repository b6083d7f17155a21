"""What the program knows of earlier events when it starts: which ids arrived, and which visits go on.

Most of it stands in the database. What still waits in the journal is known from there, so that nothing has to
be loaded before events are taken again.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from appliance.events.privacy import VISIT_GAP, CookielessVisitors
from appliance.ingest.recent_ids import RecentIds
from appliance.storage.database import Database


def recall(database: Database, known: RecentIds, visitors: CookielessVisitors, now: datetime) -> None:
    """What was loaded. Raises DatabaseError."""
    known.recall(database)
    for visitor_id, at in database.read("privacy.under_way", {"since": now - VISIT_GAP}):
        visitors.remember(visitor_id, at)


def recall_waiting(files: Iterable[Path], known: RecentIds, visitors: CookielessVisitors) -> None:
    """What waits in these files of the journal, oldest first. Raises OSError."""
    for file in files:
        with file.open("rb") as lines:
            for line in lines:
                if line.endswith(b"\n"):  # else it was never acknowledged, and is cut off
                    _note(line, known, visitors)


def _note(line: bytes, known: RecentIds, visitors: CookielessVisitors) -> None:
    try:
        row = json.loads(line)
        at = datetime.fromisoformat(row["received_at"])
        site_id, event_id, visitor_id = row["site_id"], row.get("event_id"), UUID(row["visitor_id"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return  # It was damaged, and will be set aside when it is loaded.
    if event_id:
        known.note(known.key(site_id, event_id), at)
    if row.get("cookieless"):
        visitors.remember(visitor_id, at)
