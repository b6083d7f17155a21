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
class Health:
    status: str
    version: str
    pid: int
    journal: JournalHealth
    set_aside: int
    last_load_at: datetime | None
    last_rollup_at: datetime | None
    disk_free_bytes: int
    database_bytes: int


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Response:
        health = _examine(runtime)
        return answer(health, 200 if health.status == "ok" else 503)

    return routes


def _examine(runtime: Runtime) -> Health:
    paths = runtime.config.paths
    oldest_s = runtime.journal.oldest_age_s(runtime.clock.now())
    return Health(
        status="ok" if oldest_s < STALLED_S else "stalled",
        version=__version__,
        pid=os.getpid(),
        journal=JournalHealth(runtime.journal.pending, oldest_s),
        set_aside=runtime.loader.set_aside_count,
        last_load_at=runtime.loader.last_load_at,
        # Visits and page facts are refreshed in the transaction of the load.
        last_rollup_at=runtime.loader.last_load_at,
        disk_free_bytes=shutil.disk_usage(paths.root).free,
        database_bytes=paths.database.stat().st_size,
    )
