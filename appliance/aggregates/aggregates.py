"""Rows of hours and days that have ended, `aggregated_metrics_hourly` and `aggregated_metrics_daily`.

`stale` says what is to be made: it is noted with every change of the facts, and taken away in the transaction
that makes the row. So whatever is killed when, and however long nothing ran, a run makes all that is due, and
one too many finds nothing to do.
"""

import logging
import math
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby

from appliance.aggregates import pacing
from appliance.aggregates.aggregate_rows import AggregateRows
from appliance.aggregates.counted_rows import CountedRows
from appliance.base import timerange
from appliance.base.timerange import SLOT, TimeRange
from appliance.sites.goals import Goals
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database, DatabaseError, DeadDatabaseError, Transaction
from appliance.storage.setbacks import Piece, Setback, Setbacks, Tier

log = logging.getLogger(__name__)

RUN_S = 20.0
"""So long a run works at most; other jobs wait for it."""

_DAY = timedelta(days=1)
_TIERS: tuple[Tier, ...] = ("hour", "day")


@dataclass(frozen=True)
class _Waiting:
    """A local day, and the quarters of an hour in it that have changed."""

    day: TimeRange
    slots: list[datetime]


_Batch = list[_Waiting]
"""Of consecutive days."""


class Aggregates:
    def __init__(self, database: Database, sites: Sites, goals: Goals) -> None:
        self._database = database
        self._sites = sites
        self._rows = AggregateRows(database, CountedRows(database, goals))
        self._setbacks = Setbacks()

    @property
    def setbacks(self) -> list[Setback]:
        """Days whose rows could not be made, again and again."""
        return self._setbacks.repeated

    def finish_hours(self, now: datetime) -> None:
        """Make the rows of hours that have ended and changed since; some days of a site in each transaction.

        More than a turn may take is left for the next. A day whose rows cannot be made is tried again later
        and stops no other. Raises DatabaseError when the database has given up or the program ends; what was
        made before stays made.
        """
        self._finish("hour", now, lambda site, batch: self._make_hours(site, batch, now), RUN_S)

    def finish_days(self, now: datetime) -> None:
        """As `finish_hours`, for days."""
        self._finish("day", now, self._make_days, RUN_S)

    def waiting(self, now: datetime) -> int:
        """Days that wait for rows of their hours, and days that wait for their own, added up."""
        return sum(len(self._waiting(site, tier, now)) for site in self._sites.all() for tier in _TIERS)

    def finish_all(self, now: datetime, tell: Callable[[int], None]) -> None:
        """Both, whatever time it takes; `tell` is given how many of `waiting` were seen to."""
        self._finish("hour", now, lambda site, batch: self._make_hours(site, batch, now), math.inf, tell)
        self._finish("day", now, self._make_days, math.inf, tell)

    def finish_for_good(
        self, transaction: Transaction, site: Site, day: TimeRange, since: datetime | None
    ) -> bool:
        """See AggregateRows."""
        return self._rows.finish_for_good(transaction, site, day, since)

    def is_behind(self, site: Site, now: datetime) -> bool:
        """Whether days of the site that have ended still wait for rows."""
        return any(each.day.end <= now for tier in _TIERS for each in self._waiting(site, tier, now))

    def _finish(
        self,
        tier: Tier,
        now: datetime,
        make: Callable[[Site, _Batch], None],
        within_s: float,
        tell: Callable[[int], None] = lambda _: None,
    ) -> None:
        give_way_at = time.monotonic() + within_s
        seen: set[Piece] = set()
        for site in self._sites.all():
            waiting = self._waiting(site, tier, now)
            seen.update(_piece(site, tier, each) for each in waiting)
            ready = [
                each for each in waiting if not self._setbacks.has_to_wait(_piece(site, tier, each), now)
            ]
            for batch in pacing.batches(ready, _is_next):
                if time.monotonic() > give_way_at:
                    return
                self._attempt(site, tier, batch, now, make)
                tell(len(batch))
        self._setbacks.keep(tier, seen)

    def _attempt(
        self, site: Site, tier: Tier, batch: _Batch, now: datetime, make: Callable[[Site, _Batch], None]
    ) -> None:
        """When the rows of one of several days cannot be made, those of the others are."""
        try:
            make(site, batch)
        except DatabaseError as error:
            if self._database.ending or isinstance(error, DeadDatabaseError):
                raise
            if len(batch) > 1:
                for each in batch:
                    self._attempt(site, tier, [each], now, make)
            else:
                self._note(_piece(site, tier, batch[0]), now, error)
        else:
            self._setbacks.forget(_piece(site, tier, each) for each in batch)

    def _note(self, piece: Piece, now: datetime, error: DatabaseError) -> None:
        setback = self._setbacks.note(piece, now)
        log.error(
            "The rows of %s of site %s could not be made; reports are right without them. They are tried "
            "again after %s: %s",
            piece.day,
            piece.site_id,
            setback.again_at,
            error,
        )

    def _waiting(self, site: Site, tier: Tier, now: datetime) -> list[_Waiting]:
        """In order; of days that are not over, only hours can be made."""
        wanted = {"site_id": site.site_id, "tier": tier, "now": now}
        rows = self._database.read("aggregates.stale", wanted)
        instants = (datetime.fromtimestamp(slot * SLOT.total_seconds(), UTC) for (slot,) in rows)
        days = [
            _Waiting(TimeRange(day, day, site.zone), list(slots))
            for day, slots in groupby(instants, key=lambda instant: instant.astimezone(site.zone).date())
        ]
        return [each for each in days if tier == "hour" or each.day.end <= now]

    def _make_hours(self, site: Site, batch: _Batch, now: datetime) -> None:
        days = TimeRange(batch[0].day.first, batch[-1].day.last, site.zone)
        ended = [hour for hour in timerange.buckets(days, "hour") if hour.end <= now]
        starts = [hour.start for hour in ended]
        changed = [slot for each in batch for slot in each.slots if ended and slot < ended[-1].end]
        if changed:
            first, last = (bisect_right(starts, slot) - 1 for slot in (changed[0], changed[-1]))
            with self._database.write() as transaction:
                self._rows.make_hours(transaction, site, ended[first : last + 1])

    def _make_days(self, site: Site, batch: _Batch) -> None:
        with self._database.write() as transaction:
            self._rows.make_days(transaction, site, [each.day for each in batch])


def _is_next(one: _Waiting, other: _Waiting) -> bool:
    return other.day.first == one.day.first + _DAY


def _piece(site: Site, tier: Tier, waiting: _Waiting) -> Piece:
    return Piece(site.site_id, tier, waiting.day.first)
