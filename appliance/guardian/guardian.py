"""Raises alarms about websites, and ends them; what lasts is in memory, all of them are in the database."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from appliance.base import timerange
from appliance.base.clock import Clock
from appliance.guardian.alarms import Alarm
from appliance.guardian.usual import LEARNED, Usual
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database

SPIKE_TOLD_FOR = timedelta(hours=12)
_HOUR = timedelta(hours=1)

Hours = dict[datetime, int]


class Guardian:
    """While this program was off no event could arrive, so no silence is longer than it runs."""

    def __init__(self, database: Database, sites: Sites, clock: Clock) -> None:
        self._database = database
        self._sites = sites
        self._started_at = clock.now()
        self._looking = threading.Lock()
        self._open = [Alarm(*row) for row in database.read("guardian.open")]

    def alarms(self, site_ids: set[str]) -> list[Alarm]:
        """Those that last, of these sites, the oldest first; asked of memory alone."""
        return [alarm for alarm in self._open if alarm.site_id in site_ids]

    def look(self, now: datetime) -> list[Alarm]:
        """Begin and end what is due; the alarms that began. Raises DatabaseError."""
        with self._looking:
            hours = self._hours(now)
            arrivals: dict[str, datetime] = dict(self._database.read("guardian.arrivals"))
            gone: dict[str, datetime] = dict(self._database.read("guardian.without_snippet"))
            unseen = [*self._found(hours, arrivals, now), *_without_snippet(gone, arrivals, now)]
            found = {_key(alarm): alarm for alarm in unseen}
            before = {_key(alarm): alarm for alarm in self._open}
            ended = [alarm for key, alarm in before.items() if self._is_over(alarm, arrivals, gone, now)]
            begun = [alarm for key, alarm in found.items() if key not in before]
            if begun or ended:
                self._write(begun, ended, now)
            over = {_key(alarm) for alarm in ended}
            self._open = [alarm for key, alarm in before.items() if key not in over] + begun
            return begun

    def _found(
        self, hours: dict[str, Hours], arrivals: dict[str, datetime], now: datetime
    ) -> Iterator[Alarm]:
        for site in self._sites.all():
            of_site, last = hours.get(site.site_id, {}), arrivals.get(site.site_id)
            if last is not None and of_site:
                yield from self._judged(site, of_site, last, now)

    def _judged(self, site: Site, hours: Hours, last: datetime, now: datetime) -> Iterator[Alarm]:
        until = timerange.hour_start(site.zone, now)
        usual = Usual(site.zone, {hour: visits for hour, visits in hours.items() if hour < until}, until)
        quiet_since = max(last, self._started_at)
        if usual.is_silent(quiet_since, now):
            yield Alarm(site.site_id, "silence", last, now, round(usual.expected(quiet_since, now)))
        hour = until - _HOUR
        visits = hours.get(hour, 0)
        if usual.is_spike(hour, visits):
            yield Alarm(site.site_id, "spike", hour, now, visits)

    def _is_over(
        self, alarm: Alarm, arrivals: dict[str, datetime], gone: dict[str, datetime], now: datetime
    ) -> bool:
        if self._sites.by_id(alarm.site_id) is None:
            return True
        if alarm.kind == "snippet" and gone.get(alarm.site_id) != alarm.began_at:
            return True
        if alarm.kind != "spike":
            return arrivals.get(alarm.site_id, alarm.began_at) > alarm.began_at
        return now - alarm.began_at >= SPIKE_TOLD_FOR

    def _hours(self, now: datetime) -> dict[str, Hours]:
        hours: dict[str, Hours] = defaultdict(dict)
        for site_id, hour, visits in self._database.read("guardian.hours", {"since": now - LEARNED}):
            hours[site_id][hour] = visits
        return hours

    def _write(self, begun: list[Alarm], ended: list[Alarm], now: datetime) -> None:
        with self._database.write() as transaction:
            for alarm in begun:
                transaction.run("guardian.begin", vars(alarm))
            for alarm in ended:
                transaction.run("guardian.end", {**vars(alarm), "now": now})


def _without_snippet(
    gone: dict[str, datetime], arrivals: dict[str, datetime], now: datetime
) -> Iterator[Alarm]:
    """While events arrive it is there all the same: put in by a script, which no look at the page sees."""
    for site_id, since in gone.items():
        if arrivals.get(site_id, since) <= since:
            yield Alarm(site_id, "snippet", since, now, 0)


def _key(alarm: Alarm) -> tuple[str, str, datetime]:
    return alarm.site_id, alarm.kind, alarm.began_at
