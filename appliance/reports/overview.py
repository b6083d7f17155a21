"""The short answers about sites: today's numbers on each card, and whether data is arriving at all."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.base import timerange
from appliance.base.clock import Clock
from appliance.events import metrics
from appliance.events.metrics import CLOCK_TOLERANCE, CURRENT
from appliance.events.privacy import VISIT_GAP
from appliance.sites.sites import Site
from appliance.storage.database import Database

_HOUR = timedelta(hours=1)
RECEIVING = timedelta(minutes=5)
"""A site whose last event is younger than this is receiving."""


@dataclass(frozen=True)
class Today:
    """Of the site's local day."""

    visitors: int
    visits: int
    pageviews: int
    current_visitors: int


@dataclass(frozen=True)
class Recent:
    """Visitors before this moment. `last_24_hours`: of each hour on the site's clocks, the oldest first; the
    last one is under way. `yesterday_by_now`: of yesterday up to the same time of day; null in a day's
    first half hour, in which a visit may be under way without an event of that day."""

    last_24_hours: list[int]
    yesterday_by_now: int | None


@dataclass(frozen=True)
class Summary:
    """The site's numbers of today (local) and of this moment."""

    current_visitors: int
    visitors_today: int
    pageviews_today: int
    visits_today: int
    bounce_rate_percent: float
    last_event_at: datetime | None


@dataclass(frozen=True)
class Status:
    first_event_at: datetime | None
    last_event_at: datetime | None
    events_last_hour: int
    receiving: bool


class Overview:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def today(self, sites: list[Site]) -> dict[str, Today]:
        """By site_id, in one query however many sites there are."""
        return {
            site_id: Today(
                each.visitors_today, each.visits_today, each.pageviews_today, each.current_visitors
            )
            for site_id, each in self.summaries(sites).items()
        }

    def summaries(self, sites: list[Site]) -> dict[str, Summary]:
        """By site_id, in one query."""
        if not sites:
            return {}
        now = self._clock.now()
        days = [timerange.today(site.zone, now) for site in sites]
        starts, ends = [day.start for day in days], [day.end for day in days]
        parameters = {
            "site_ids": [site.site_id for site in sites],
            "starts": starts,
            "ends": ends,
            "earliest": min([*starts, now - CURRENT]),
            "latest": max(ends),
            "current_since": now - CURRENT,
            "current_until": now + CLOCK_TOLERANCE,
        }
        return {
            site_id: Summary(current, visitors, pageviews, visits, metrics.percent(bounces, visits), last)
            for site_id, visitors, visits, bounces, pageviews, current, last in self._database.read(
                "overview.today", parameters
            )
        }

    def recent(self, sites: list[Site]) -> dict[str, Recent]:
        """By site_id, in one query."""
        if not sites:
            return {}
        now = self._clock.now()
        hours = [timerange.hour_start(site.zone, now) - 23 * _HOUR for site in sites]
        yesterdays = [timerange.yesterday_by_now(site.zone, now) for site in sites]
        since, by = [start for start, _ in yesterdays], [end for _, end in yesterdays]
        parameters = {
            "site_ids": [site.site_id for site in sites],
            "hours": hours,
            "since": since,
            "by": by,
            "earliest": min([*hours, *since]),
            "latest": max(hours) + 24 * _HOUR,
        }
        comparable = {
            site.site_id: end - start >= VISIT_GAP
            for site, (start, end) in zip(sites, yesterdays, strict=True)
        }
        return {
            site_id: Recent(_filled(hours, visitors), yesterday if comparable[site_id] else None)
            for site_id, hours, visitors, yesterday in self._database.read("overview.recent", parameters)
        }

    def status(self, site: Site) -> Status:
        now = self._clock.now()
        parameters = {"site_id": site.site_id, "since": now - timedelta(hours=1)}
        row = self._database.read_one("overview.status", parameters)
        if row is None:
            return Status(None, None, 0, receiving=False)
        first, last, last_received, recent = row
        return Status(first, last, recent, receiving=now - last_received <= RECEIVING)


def _filled(hours: list[int], visitors: list[int]) -> list[int]:
    found = dict(zip(hours, visitors, strict=True))
    return [found.get(hour, 0) for hour in range(24)]
