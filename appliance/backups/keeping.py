"""Backups of the running program: one at a time, every night and when somebody asks, and how it went."""

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.backups import schedule, snapshots
from appliance.backups.backup import Backup, Reason
from appliance.backups.shelf import RETRY_AFTER_S, Shelf
from appliance.backups.snapshots import Step
from appliance.base.clock import Clock
from appliance.base.errors import ConflictError, UnavailableError
from appliance.base.paths import DataPaths
from appliance.storage.database import Database, DatabaseError
from appliance.storage.database_errors import EndingError

log = logging.getLogger(__name__)

RECENT = timedelta(hours=1)
"""So new, one serves as the way back from what is about to be done."""


@dataclass(frozen=True)
class Failure:
    """The last one that was to be made was not: `detail` says why, and what to do."""

    at: datetime
    detail: str


@dataclass(frozen=True)
class UnderWay:
    """`share`: how much of the copy is written, from 0 to 1; it is checked after that."""

    reason: Reason
    step: Step
    share: float


class Backups:
    def __init__(
        self, database: Database, paths: DataPaths, kept: Shelf, root_key: bytes, clock: Clock
    ) -> None:
        """`root_key`: what keys of websites follow from; it goes into every backup."""
        self.kept = kept
        self.failure: Failure | None = None
        self.newest = _newest(kept)
        """The newest good one, as far as known without a look at the disk."""
        self._database = database
        self._paths = paths
        self._root_key = root_key
        self._clock = clock
        self._taking = threading.Lock()
        self._step: tuple[Reason, Step] | None = None

    def take(self, reason: Reason) -> Backup:
        """Make one now. Raises ConflictError while another is made, UnavailableError if it fails."""
        if not self._taking.acquire(blocking=False):
            raise ConflictError("Another backup is being made. Wait until it is done; it holds the same.")
        try:
            return self._take(reason, self._clock.now())
        finally:
            self._step = None
            self._taking.release()

    def before_cutting_anew(self, site_id: str) -> None:
        """The way back from another time zone, by which a site's finished days are cut anew. None is made
        where there are none, or where a backup of the last hour is there. Raises as `take`."""
        ((days,),) = self._database.read("backups.finished_days", {"site_id": site_id})
        if days and not (self.newest and self._clock.now() - self.newest.made_at < RECENT):
            self.take("before another time zone")

    def nightly(self, now: datetime) -> None:
        """The one that is due, if one is. Raises UnavailableError if it fails; it is due again in an hour."""
        if self.failure and now - self.failure.at < schedule.AGAIN_AFTER:
            return
        ((first_data,),) = self._database.read("backups.first_data")
        if schedule.is_due(self.newest.made_at if self.newest else None, first_data, now):
            self.take("nightly")

    def give_way(self) -> None:
        """Where the disk with them is nearly full, those beyond what protects go."""
        try:
            self.kept.give_way()
        except OSError as error:
            log.error("Old backups in %s could not be removed: %s", self.kept.folder, error)

    def next_at(self, now: datetime) -> datetime:
        """When one is made by itself again."""
        if self.failure:
            return max(now, self.failure.at + schedule.AGAIN_AFTER)
        return schedule.next_after(now)

    @property
    def under_way(self) -> UnderWay | None:
        step = self._step
        if step is None:
            return None
        written = snapshots.used_bytes(DataPaths(self.kept.unfinished))
        return UnderWay(*step, min(1.0, written / max(1, snapshots.used_bytes(self._paths))))

    def _take(self, reason: Reason, now: datetime) -> Backup:
        def tell(step: Step) -> None:
            self._step = (reason, step)

        try:
            made = snapshots.take(self._database, self._paths, self.kept, reason, now, self._root_key, tell)
        except EndingError:
            raise
        except (UnavailableError, DatabaseError, OSError) as error:
            self.failure = Failure(now, _told(error, self.kept))
            raise UnavailableError(self.failure.detail, RETRY_AFTER_S) from error
        self.newest, self.failure = made, None
        self._thin(now)
        return made

    def _thin(self, now: datetime) -> None:
        try:
            self.kept.thin(now)
        except OSError as error:
            log.error("Old backups in %s could not be removed: %s", self.kept.folder, error)


def _newest(kept: Shelf) -> Backup | None:
    try:
        return next(iter(kept.all()), None)
    except OSError as error:
        log.error("The backups in %s cannot be read: %s", kept.folder, error)
        return None


def _told(error: Exception, kept: Shelf) -> str:
    if isinstance(error, OSError):
        return (
            f"The backup could not be written to {kept.folder}: {error.strerror}. Nothing else is affected. "
            "See that the folder is there and that Analytiq may write to it."
        )
    if isinstance(error, UnavailableError) and not isinstance(error, DatabaseError):
        return str(error)
    return f"The backup could not be made: {error} Nothing that was counted is affected by that."
