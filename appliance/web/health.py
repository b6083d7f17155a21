"""Is the program well? For monitors, and for a second start that looks for the first."""

import os
import shutil
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response

from appliance import __version__
from appliance.runtime import Runtime
from appliance.web.requests import answer

STALLED_S = 60
"""A batch that waits this long for the database means that loading does not get on."""


@dataclass(frozen=True)
class JournalHealth:
    """Batches not yet in the database, and how old the oldest is (seconds)."""

    pending: int
    oldest_s: float


@dataclass(frozen=True)
class LedgerHealth:
    """Whether as many events are stored as were taken in: of the last check, null before the first."""

    balanced: bool | None
    checked_at: datetime | None
    differences: int


@dataclass(frozen=True)
class Health:
    """`status`: ok; warning (events are taken, but look at the log); stalled (answered with 503)."""

    status: str
    version: str
    pid: int
    journal: JournalHealth
    set_aside: int
    ledger: LedgerHealth
    unreadable_logs: int
    last_load_at: datetime | None
    last_rollup_at: datetime | None
    disk_free_bytes: int
    database_bytes: int


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        health = _examine(runtime)
        return answer(health, 503 if health.status == "stalled" else 200)

    return routes


def _examine(runtime: Runtime) -> Health:
    paths = runtime.config.paths
    oldest_s = runtime.journal.oldest_age_s(runtime.clock.now())
    ledger = _ledger(runtime)
    return Health(
        status=_status(oldest_s, ledger),
        version=__version__,
        pid=os.getpid(),
        journal=JournalHealth(runtime.journal.pending, oldest_s),
        set_aside=runtime.loader.set_aside_count,
        ledger=ledger,
        unreadable_logs=len(paths.unreadable_logs()),
        last_load_at=runtime.loader.last_load_at,
        # Visits and page facts are refreshed in the transaction of the load.
        last_rollup_at=runtime.loader.last_load_at,
        disk_free_bytes=shutil.disk_usage(paths.root).free,
        database_bytes=paths.database.stat().st_size,
    )


def _ledger(runtime: Runtime) -> LedgerHealth:
    check = runtime.ledger.last_check
    if check is None:
        return LedgerHealth(None, None, 0)
    return LedgerHealth(not check.differences, check.at, check.differences)


def _status(oldest_s: float, ledger: LedgerHealth) -> str:
    if oldest_s >= STALLED_S:
        return "stalled"
    return "warning" if ledger.differences else "ok"
