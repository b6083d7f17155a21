"""Raw events go when they have been kept long enough; no number changes by it.

A day of a site goes as a whole, when all its events arrived longer ago than `raw_retention_days`. From then
on it is sealed: later events of that time are refused, as what they would be counted together with is gone.
Events are refused a while before the others go, and what had been let in by then is loaded. What stands so
near the edge of the sealed time that a later event could still join its visit stays until the day beside it
goes.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from appliance.aggregates.aggregates import RUN_S
from appliance.base.timerange import SLOT, TimeRange
from appliance.events.privacy import VISIT_GAP
from appliance.sites.sites import Site, Sites
from appliance.storage.database import WITHOUT_LIMIT, Database
from appliance.visits.sealed import Sealed, Span

log = logging.getLogger(__name__)

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Due:
    """A day to drop, and the time to refuse: with half an hour more where there is nothing beside it."""

    site: Site
    day: TimeRange
    refused: Span


class RawRetention:
    """`load_pending` brings what was let in into the database."""

    def __init__(
        self,
        database: Database,
        sites: Sites,
        sealed: Sealed,
        days: int,
        load_pending: Callable[[], None],
    ) -> None:
        self._database = database
        self._sites = sites
        self._sealed = sealed
        self._kept = timedelta(days=days)
        self._load_pending = load_pending

    def run(self, now: datetime) -> None:
        """Announce days that are due, and drop those announced before; each in a transaction of its own.
        What is left after RUN_S goes in the next run.

        Raises DatabaseError; what was dropped before stays dropped.
        """
        cutoff = now - self._kept
        give_way_at = time.monotonic() + RUN_S
        for site in self._sites.all():
            due = self._due(site, cutoff)
            ready = self._sealed.announce(site.site_id, "raw events", [each.refused for each in due], now)
            if ready:
                self._load_pending()
            for each in due:
                if each.refused in ready and time.monotonic() <= give_way_at:
                    self._drop(each, cutoff)

    def _due(self, site: Site, cutoff: datetime) -> list[_Due]:
        last_arrivals = self._last_arrivals(site, cutoff)
        found = []
        for first, arrival in sorted(last_arrivals.items()):
            day = TimeRange(first, first, site.zone)
            if day.end <= cutoff and arrival < cutoff:
                after = TimeRange(first, first + _DAY, site.zone).end
                before_is_empty = first - _DAY not in last_arrivals
                after_is_empty = after <= cutoff and first + _DAY not in last_arrivals
                refused = (
                    day.start - VISIT_GAP if before_is_empty else day.start,
                    day.end + VISIT_GAP if after_is_empty else day.end,
                )
                found.append(_Due(site, day, refused))
        return found

    def _last_arrivals(self, site: Site, cutoff: datetime) -> dict[date, datetime]:
        """By local day, of the days that have raw events from before `cutoff`."""
        found: dict[date, datetime] = {}
        wanted = {"site_id": site.site_id, "before": cutoff}
        rows = self._database.read("retention.slots", wanted, within_s=WITHOUT_LIMIT)
        for slot, arrival in rows:
            day = datetime.fromtimestamp(slot * SLOT.total_seconds(), UTC).astimezone(site.zone).date()
            found[day] = max(arrival, found.get(day, arrival))
        return found

    def _drop(self, due: _Due, cutoff: datetime) -> None:
        site_id, (start, end) = due.site.site_id, (due.day.start, due.day.end)
        from_, until = self._sealed.around(site_id, due.refused)
        with self._database.write() as transaction:
            wanted = {"site_id": site_id, "start": start, "end": end, "from": from_, "until": until}
            ((youngest,),) = transaction.run("retention.youngest", wanted)
            if youngest is None or youngest >= cutoff:
                return
            ((events,),) = transaction.run("retention.choose", wanted)
            if events == 0 and self._sealed.covers(site_id, due.refused):
                return
            refused = {"refused_from": due.refused[0], "refused_until": due.refused[1]}
            transaction.run("retention.seal", {**wanted, **refused, "facts_gone": False})
            transaction.run("retention.drop", wanted)
        self._sealed.keep(site_id, due.refused)
        log.info("%d raw events of site %s went with %s; its numbers stay.", events, site_id, due.day.first)
