"""Is the program well? For monitors, and for a second start that looks for the first."""

import os
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response

from appliance import __version__
from appliance.process import notices
from appliance.process.health import Facts
from appliance.runtime import Runtime
from appliance.web.requests import answer


@dataclass(frozen=True)
class JournalHealth:
    """Whether events are taken; batches not yet in the database, and how old the oldest is (seconds)."""

    writable: bool
    pending: int
    oldest_s: float


@dataclass(frozen=True)
class LedgerHealth:
    """Whether as many events are stored as were taken in: of the last check, null before the first."""

    balanced: bool | None
    checked_at: datetime | None
    differences: int


@dataclass(frozen=True)
class BackupHealth:
    """When the newest good backup was made, and whether one after it failed."""

    last_at: datetime | None
    failed: bool


@dataclass(frozen=True)
class Health:
    """`status`: ok; warning (events are taken and stored, but the dashboard shows a notice); stalled (they
    are refused, or wait in the journal for more than a minute: answered with 503)."""

    status: str
    version: str
    pid: int
    journal: JournalHealth
    set_aside: int
    ledger: LedgerHealth
    backup: BackupHealth
    unreadable_logs: int
    last_load_at: datetime | None
    last_rollup_at: datetime | None
    disk_free_bytes: int
    disk_total_bytes: int
    database_bytes: int


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        facts = runtime.health.facts(runtime.clock.now())
        return answer(_health(facts), 503 if facts.stalled else 200)

    return routes


def _health(facts: Facts) -> Health:
    return Health(
        status=_status(facts),
        version=__version__,
        pid=os.getpid(),
        journal=JournalHealth(facts.refusing is None, facts.pending, facts.oldest_s),
        set_aside=facts.set_aside,
        ledger=_ledger(facts),
        backup=BackupHealth(facts.last_backup_at, facts.backup_failure is not None),
        unreadable_logs=facts.unreadable_logs,
        last_load_at=facts.last_load_at,
        # Visits and page facts are refreshed in the transaction of the load.
        last_rollup_at=facts.last_load_at,
        disk_free_bytes=facts.disk.free_bytes,
        disk_total_bytes=facts.disk.total_bytes,
        database_bytes=facts.database_bytes,
    )


def _ledger(facts: Facts) -> LedgerHealth:
    check = facts.ledger
    if check is None:
        return LedgerHealth(None, None, 0)
    return LedgerHealth(not check.differences, check.at, check.differences)


def _status(facts: Facts) -> str:
    if facts.stalled:
        return "stalled"
    return "warning" if notices.of(facts) else "ok"
