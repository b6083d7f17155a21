"""Today's numbers of every site in the table `dash_summary`, for whoever reads the database and not the API.

Written on a thread of its own, a second at most after a load, for all sites of it at once.
"""

import json
import logging
import threading
from dataclasses import asdict
from datetime import date

from appliance.base import timerange
from appliance.base.clock import Clock
from appliance.ingest.loading import Loaded
from appliance.reports.overview import Overview
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database, DatabaseError

log = logging.getLogger(__name__)

INTERVAL_S = 1.0


class Summaries:
    def __init__(self, database: Database, clock: Clock, sites: Sites, overview: Overview) -> None:
        self._database = database
        self._clock = clock
        self._sites = sites
        self._overview = overview
        self._changed = threading.Condition()
        self._due: set[str] = set()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="summaries", daemon=True)

    def start(self) -> None:
        """All sites are due: a kill may have come between a load and its summary."""
        self.events_loaded({site.site_id: [] for site in self._sites.all()})
        self._thread.start()

    def stop(self) -> None:
        """What is due is written before."""
        self._stopping.set()
        with self._changed:
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def events_loaded(self, loaded: Loaded) -> None:
        """Told after each commit; returns at once."""
        with self._changed:
            self._due.update(loaded)
            self._changed.notify()

    def turn_days(self) -> None:
        """Write for sites whose day is over, or that have no summary. Raises DatabaseError."""
        now = self._clock.now()
        written: dict[str, date] = dict(self._database.read("summaries.days"))
        days = {site: timerange.today(site.zone, now).first for site in self._sites.all()}
        self.refresh([site for site, today in days.items() if written.get(site.site_id) != today])

    def refresh(self, sites: list[Site]) -> None:
        """Write today's numbers of these sites. Raises DatabaseError; then what stood there stands."""
        if not sites:
            return
        now = self._clock.now()
        summaries = self._overview.summaries(sites)
        found = [summaries[site.site_id] for site in sites]
        rows = {
            "site_ids": [site.site_id for site in sites],
            "visits": [summary.visits_today for summary in found],
            "pageviews": [summary.pageviews_today for summary in found],
            "snapshots": [json.dumps(asdict(summary), default=str) for summary in found],
            "days": [timerange.today(site.zone, now).first for site in sites],
        }
        with self._database.write() as transaction:
            transaction.run("summaries.put", {**rows, "now": now})

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._due or self._stopping.is_set())
                due, self._due = self._due, set()
            if not due:
                return
            try:
                self.refresh([site for site in self._sites.all() if site.site_id in due])
            except DatabaseError as error:
                log.error(
                    "Today's numbers were not written to dash_summary, only to the dashboard: %s", error
                )
            self._stopping.wait(INTERVAL_S)
