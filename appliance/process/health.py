"""How the program is, in facts that need no query: they must be known when the database cannot be read."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.aggregates.aggregates import Aggregates
from appliance.backups.keeping import Backups, Failure
from appliance.base.paths import DataPaths
from appliance.ingest.ledger import Check, Ledger
from appliance.ingest.loading import Loader
from appliance.storage import recoveries
from appliance.storage.database import Database
from appliance.storage.journal import Journal
from appliance.storage.recoveries import Recovery
from appliance.storage.set_aside import SetAside
from appliance.storage.setbacks import Setback

STALLED_S = 60
"""A batch that waits this long for the database means that loading does not get on."""

LOW_DISK_BYTES = 2 * 10**9
"""Room for some two million events. Not a share of the disk: what fills it is counted in bytes."""


@dataclass(frozen=True)
class Facts:
    """`refusing`: the system's reason why no event can be taken, None when all are. `pending` batches wait
    for the database, the oldest for `oldest_s` seconds. `damaged`, `closed`: see Database. `set_aside`:
    events that could not be loaded. `ledger`: the last check, None before the first. `setbacks`: days whose
    rows could not be made, again and again. `last_backup_at`: of the newest good one; `backup_failure`: none
    could be made after that."""

    at: datetime
    refusing: str | None
    refusing_since: datetime | None
    pending: int
    oldest_s: float
    damaged: bool
    closed: bool
    recoveries: list[Recovery]
    unreadable_logs: int
    set_aside: int
    ledger: Check | None
    setbacks: list[Setback]
    last_load_at: datetime | None
    last_backup_at: datetime | None
    backup_failure: Failure | None
    disk_free_bytes: int
    database_bytes: int

    @property
    def stalled(self) -> bool:
        """Events are refused, or do not get on from the journal."""
        return self.refusing is not None or self.oldest_s >= STALLED_S

    @property
    def waiting_since(self) -> datetime | None:
        return _before(self.at, self.oldest_s) if self.pending else None


@dataclass(frozen=True)
class Health:
    paths: DataPaths
    database: Database
    journal: Journal
    ledger: Ledger
    loader: Loader
    set_aside: SetAside
    aggregates: Aggregates
    backups: Backups

    def facts(self, now: datetime) -> Facts:
        failure = self.journal.failure
        return Facts(
            at=now,
            refusing=failure.reason if failure else None,
            refusing_since=_before(now, failure.age_s) if failure else None,
            pending=self.journal.pending,
            oldest_s=self.journal.oldest_age_s(now),
            damaged=self.database.damaged,
            closed=self.database.closed,
            recoveries=recoveries.noted(self.paths),
            unreadable_logs=len(self.paths.unreadable_logs()),
            set_aside=self.set_aside.count,
            ledger=self.ledger.last_check,
            setbacks=self.aggregates.setbacks,
            last_load_at=self.loader.last_load_at,
            last_backup_at=self.backups.newest.made_at if self.backups.newest else None,
            backup_failure=self.backups.failure,
            disk_free_bytes=shutil.disk_usage(self.paths.root).free,
            database_bytes=self.paths.database_bytes,
        )


def _before(now: datetime, seconds: float) -> datetime:
    """In whole seconds, so that it comes out the same each time that it is asked for."""
    return (now - timedelta(seconds=seconds)).replace(microsecond=0)
