"""How the program is, in facts that need no query: they must be known when the database cannot be read."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.aggregates.aggregates import Aggregates
from appliance.backups.keeping import Backups, Failure
from appliance.base import disk
from appliance.base.disk import Room
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


@dataclass(frozen=True)
class Facts:
    """`refusing`: the system's reason why no event can be taken, None when all are. `pending` batches wait
    for the database, the oldest for `oldest_s` seconds. `damaged`, `closed`: see Database. `set_aside`:
    events that could not be loaded. `ledger`: the last check, None before the first. `setbacks`: days whose
    rows could not be made, again and again. `last_backup_at`: of the newest good one; `backup_failure`: none
    could be made after that. `disk`: the one with the data; `budget`: what the data directory may take of it,
    None where its owner has set no limit."""

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
    disk: Room
    budget: Room | None
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
    """`budget_bytes`: of the data directory, None without one."""

    paths: DataPaths
    database: Database
    journal: Journal
    ledger: Ledger
    loader: Loader
    set_aside: SetAside
    aggregates: Aggregates
    backups: Backups
    budget_bytes: int | None

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
            disk=disk.room(self.paths.root),
            budget=self._budget(),
            database_bytes=self.paths.database_bytes,
        )

    def _budget(self) -> Room | None:
        if self.budget_bytes is None:
            return None
        return Room(self.budget_bytes, self.budget_bytes - disk.taken_bytes(self.paths.root))


def _before(now: datetime, seconds: float) -> datetime:
    """In whole seconds, so that it comes out the same each time that it is asked for."""
    return (now - timedelta(seconds=seconds)).replace(microsecond=0)
