"""Taking an import back: its events go, and what they were counted in is made again without them."""

import math
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

from appliance.base.errors import ConflictError
from appliance.imports.records import Import
from appliance.ingest.loading import Loaded
from appliance.sites.sites import Site
from appliance.storage.checkpoints import Checkpoints
from appliance.storage.database import WITHOUT_LIMIT, Database
from appliance.visits import rollups

_DAY = timedelta(days=1)

Tell = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


class Undoing:
    """`on_changed` is told after each commit, as after a load."""

    def __init__(
        self, database: Database, checkpoints: Checkpoints, on_changed: Callable[[Loaded], None]
    ) -> None:
        self._database = database
        self._checkpoints = checkpoints
        self._on_changed = on_changed

    def check(self, site: Site, found: Import) -> None:
        """Raises ConflictError for an import that cannot be taken back, or only in part."""
        if found.state == "undone":
            raise ConflictError("This import was taken back before. Nothing was changed.")
        kept = sum(events for _, events in self._days(site, found.import_id)) + self._sums(found.import_id)
        if kept < found.stored and found.state != "undoing":
            raise ConflictError(
                f"Of the import's {found.stored} events {found.stored - kept} were dropped after their time "
                "of retention, and the numbers of their days are final. Nothing was changed."
            )

    def take_back(self, site: Site, import_id: int, tell: Tell) -> None:
        """A UTC day, or of one with many events a part, in each transaction: all numbers are right after
        each, and what is left is done when it is asked for again. Raises DatabaseError."""
        days = self._days(site, import_id)
        done, whole = 0, sum(events for _, events in days)
        for day, events in days:
            parts = math.ceil(events / rollups.STEP_EVENTS)
            start = datetime.combine(day, time(), UTC)
            for number in range(parts):
                begin = start + number * _DAY / parts
                self._take_back(site, import_id, begin, start + (number + 1) * _DAY / parts)
            done += events
            tell(done / whole)
        with self._database.write() as transaction:
            transaction.run("imported.drop", {"import_id": import_id})
            transaction.run("imports.arrivals", {"site_id": site.site_id})

    def _take_back(self, site: Site, import_id: int, start: datetime, until: datetime) -> None:
        span = {"site_id": site.site_id, "import_id": import_id, "start": start, "until": until}
        with self._database.write() as transaction:
            transaction.run("imports.stage", span)
            rollups.withdraw(transaction, partial(transaction.run, "imports.drop", span))
        self._on_changed({site.site_id: []})
        self._checkpoints.run_if_long()

    def _sums(self, import_id: int) -> int:
        ((days,),) = self._database.read("imported.kept", {"import_id": import_id})
        return int(days)

    def _days(self, site: Site, import_id: int) -> list[tuple[date, int]]:
        wanted = {"site_id": site.site_id, "import_id": import_id}
        found = self._database.read("imports.days", wanted, within_s=WITHOUT_LIMIT)
        return [(day, events) for day, events in found]
