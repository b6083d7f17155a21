"""What a start found unreadable or lost, noted in the data directory until its owner deletes the note."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.base.paths import DataPaths
from appliance.storage.journal import Journal

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Recovery:
    """`unreadable_log`: name of the write-ahead log that was put aside, if one was. `batches_again` were
    loaded again from the journal, `batches_missing` are lost."""

    at: datetime
    unreadable_log: str | None
    batches_again: int
    batches_missing: int


def note(paths: DataPaths, journal: Journal, put_aside: Path | None, now: datetime) -> None:
    """Called once, before the journal of this start is loaded; writes nothing when all is well."""
    if put_aside is None and not journal.missing:
        return
    if journal.missing:
        log.error(
            "%d batches of events are neither in the database nor in %s. Put back what was moved away.",
            journal.missing,
            paths.journal,
        )
    found = {
        "at": now.isoformat(),
        "unreadable_log": put_aside.name if put_aside else None,
        "batches_again": journal.pending,
        "batches_missing": journal.missing,
    }
    paths.recovery(now).write_text(json.dumps(found), "utf-8")


def noted(paths: DataPaths) -> list[Recovery]:
    """Oldest first; a note that cannot be read is passed over, the log tells of it too."""
    return [recovery for path in paths.recoveries() if (recovery := _read(path))]


def _read(path: Path) -> Recovery | None:
    try:
        found = json.loads(path.read_text("utf-8"))
        return Recovery(**{**found, "at": datetime.fromisoformat(found["at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
