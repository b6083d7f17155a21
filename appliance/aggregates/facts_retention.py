"""Visits and facts go when they have been kept long enough; rows of hours and days are what is left of then.

A day goes when it is older than `facts_retention_days` and none of its raw events is left. It is sealed as a
whole then, and its rows are final.
"""

import logging
import time
from datetime import UTC, datetime, timedelta

from appliance.aggregates.aggregates import RUN_S, Aggregates
from appliance.base.timerange import SLOT, TimeRange
from appliance.reports.past import Past
from appliance.sites.sites import Site, Sites
from appliance.storage.database import WITHOUT_LIMIT, Database, DatabaseError, DeadDatabaseError
from appliance.visits.sealed import Sealed

log = logging.getLogger(__name__)


class FactsRetention:
    def __init__(
        self,
        database: Database,
        sites: Sites,
        sealed: Sealed,
        aggregates: Aggregates,
        days: int,
    ) -> None:
        self._database = database
        self._sites = sites
        self._sealed = sealed
        self._aggregates = aggregates
        self._past = Past(database)
        self._kept = timedelta(days=days)

    def run(self, now: datetime) -> None:
        """Drop the days that are due, each in a transaction of its own, once all rows of their site are made:
        who is returning on a day is known from visits of earlier days.

        A site of which that fails holds up no other. Raises DatabaseError when the database has given up or
        the program ends; what was dropped before stays dropped.
        """
        self._aggregates.finish_hours(now)
        self._aggregates.finish_days(now)
        give_way_at = time.monotonic() + RUN_S
        for site in self._sites.all():
            try:
                self._drop_due(site, now, give_way_at)
            except DatabaseError as error:
                if self._database.ending or isinstance(error, DeadDatabaseError):
                    raise
                log.error("Old visits of site %s stay until this succeeds: %s", site.site_id, error)

    def _drop_due(self, site: Site, now: datetime, give_way_at: float) -> None:
        if self._aggregates.is_behind(site, now):
            return
        due = {(day.start, day.end): day for day in self._due(site, now - self._kept)}
        ready = self._sealed.announce(site.site_id, "facts", list(due), now)
        for span in sorted(ready):
            if time.monotonic() > give_way_at:
                return
            self._drop(site, due[span])

    def _due(self, site: Site, cutoff: datetime) -> list[TimeRange]:
        wanted = {"site_id": site.site_id, "before": cutoff}
        slots = (
            slot for (slot,) in self._database.read("retention.fact_slots", wanted, within_s=WITHOUT_LIMIT)
        )
        instants = (datetime.fromtimestamp(slot * SLOT.total_seconds(), UTC) for slot in slots)
        days = {instant.astimezone(site.zone).date() for instant in instants}
        found = [TimeRange(day, day, site.zone) for day in sorted(days)]
        return [day for day in found if day.end <= cutoff and self._is_without_raw(site, day)]

    def _is_without_raw(self, site: Site, day: TimeRange) -> bool:
        wanted = {"site_id": site.site_id, "start": day.start, "end": day.end}
        return self._database.read("retention.youngest", wanted) == [(None,)]

    def _drop(self, site: Site, day: TimeRange) -> None:
        since = self._past.since(site)
        wanted = {"site_id": site.site_id, "start": day.start, "end": day.end}
        with self._database.write() as transaction:
            if not self._is_without_raw(site, day):
                return
            if not self._aggregates.finish_for_good(transaction, site, day, since):
                return
            refused = {"refused_from": day.start, "refused_until": day.end, "facts_gone": True}
            transaction.run("retention.seal", {**wanted, **refused})
            transaction.run("retention.drop_facts", wanted)
        self._sealed.keep(site.site_id, (day.start, day.end))
