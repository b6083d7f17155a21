"""What open dashboards see at once: one coalesced message per site and second, when something happened."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from appliance.base import timerange
from appliance.base.clock import Clock
from appliance.base.errors import UnavailableError
from appliance.ingest.loading import RECENT_EVENTS, Loaded, RecentEvent
from appliance.reports.overview import Overview, Summary
from appliance.sites.sites import Site
from appliance.storage.database import Database, DatabaseError

log = logging.getLogger(__name__)

MIN_INTERVAL_S = 1.0
RECOUNT_S = 15.0
"""How often sites in view are counted again without an event: current visitors leave silently."""
QUEUE_LENGTH = 8
RECENT = timedelta(minutes=30)


@dataclass(frozen=True)
class Delta:
    visitors: int
    pageviews: int


@dataclass(frozen=True)
class Hello:
    """`recent`: what happened in the half hour before, latest first."""

    current_summary: Summary
    recent: list[RecentEvent]


@dataclass(frozen=True)
class MetricsUpdate:
    timestamp: datetime
    delta: Delta
    current_summary: Summary
    recent: list[RecentEvent]


class Closing:
    """The program ends, or the website was deleted; there will be no more messages."""


CLOSING = Closing()


class Viewer:
    """One open dashboard. A slow one misses old messages, never the latest."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._messages: queue.Queue[MetricsUpdate | Closing] = queue.Queue(QUEUE_LENGTH)

    def put(self, message: MetricsUpdate | Closing) -> None:
        while True:
            try:
                return self._messages.put_nowait(message)
            except queue.Full:
                self._drop_oldest()

    def next(self, timeout_s: float) -> "MetricsUpdate | Closing | None":
        """The next message; None when there is none within `timeout_s`."""
        try:
            return self._messages.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _drop_oldest(self) -> None:
        with suppress(queue.Empty):
            self._messages.get_nowait()


class Live:
    """Knows who is looking at which site, and tells them on a thread of its own."""

    def __init__(self, database: Database, clock: Clock, site_by_id: Callable[[str], Site | None]) -> None:
        self._database = database
        self._overview = Overview(database, clock)
        self._clock = clock
        self._site_by_id = site_by_id
        self._changed = threading.Condition()
        self._viewers: dict[str, set[Viewer]] = {}
        self._recent: dict[str, list[RecentEvent]] = {}
        self._told: dict[str, tuple[date, Summary]] = {}
        self._stopping = threading.Event()
        # A thread that has asked DuckDB anything holds half a megabyte until it ends, and viewers' live long.
        self._reader = ThreadPoolExecutor(1, "live-reader")
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        with self._changed:
            self._changed.notify()
            viewers = [viewer for group in self._viewers.values() for viewer in group]
        for viewer in viewers:
            viewer.put(CLOSING)
        if self._thread.ident is not None:
            self._thread.join()
        self._reader.shutdown()

    def events_loaded(self, loaded: Loaded) -> None:
        """Called after a batch is committed."""
        with self._changed:
            for site_id, events in loaded.items():
                if site_id in self._viewers:
                    earlier = self._recent.get(site_id, [])
                    self._recent[site_id] = (events + earlier)[:RECENT_EVENTS]
            if self._recent:
                self._changed.notify()

    def open(self, site: Site) -> tuple[Viewer, Hello]:
        """Begin to watch; what happens after the returned summary reaches the viewer."""
        told, recent = self._reader.submit(self._look, site).result()
        viewer = Viewer(site)
        with self._changed:
            # The first viewer's summary is what the next message is compared with, and it has to be compared
            # at once: something may have happened since it was read.
            self._told.setdefault(site.site_id, told)
            self._viewers.setdefault(site.site_id, set()).add(viewer)
            self._recent.setdefault(site.site_id, [])
            self._changed.notify()
        if self._site_by_id(site.site_id) is None:  # deleted since it was asked for
            viewer.put(CLOSING)
        return viewer, Hello(told[1], recent)

    def close(self, viewer: Viewer) -> None:
        with self._changed:
            group = self._viewers.get(viewer.site.site_id, set())
            group.discard(viewer)
            if not group:
                self._viewers.pop(viewer.site.site_id, None)
                self._recent.pop(viewer.site.site_id, None)
                self._told.pop(viewer.site.site_id, None)

    def end_views(self, site_id: str) -> None:
        """Close every open view of a site."""
        with self._changed:
            viewers = list(self._viewers.get(site_id, ()))
        for viewer in viewers:
            viewer.put(CLOSING)

    @property
    def viewers(self) -> int:
        with self._changed:
            return sum(len(group) for group in self._viewers.values())

    def summary(self, site: Site) -> Summary:
        return self._overview.summaries([site])[site.site_id]

    def _look(self, site: Site) -> tuple[tuple[date, Summary], list[RecentEvent]]:
        recent = self._before(site)
        return (self._today(site), self.summary(site)), recent

    def _today(self, site: Site) -> date:
        return timerange.today(site.zone, self._clock.now()).first

    def _before(self, site: Site) -> list[RecentEvent]:
        since = self._clock.now() - RECENT
        parameters = {"site_id": site.site_id, "since": since, "limit": RECENT_EVENTS}
        return [RecentEvent(*row) for row in self._database.read("live.recent", parameters)]

    def _run(self) -> None:
        told_at: dict[str, float] = {}
        recount_at = time.monotonic() + RECOUNT_S
        while not self._stopping.is_set():
            now = time.monotonic()
            for site_id, recent in self._take_due(told_at, now, everyone=now >= recount_at).items():
                if self._tell(site_id, recent):
                    told_at[site_id] = now
            if now >= recount_at:
                recount_at = now + RECOUNT_S
            with self._changed:
                waits = [told_at.get(site_id, 0.0) + MIN_INTERVAL_S for site_id in self._recent]
                if not self._stopping.is_set():  # It may have been while this thread was telling.
                    self._changed.wait(max(0.0, min([recount_at, *waits]) - time.monotonic()))

    def _take_due(self, told_at: dict[str, float], now: float, everyone: bool) -> Loaded:
        """Sites with something to tell, or all that are watched, unless they were told within the second."""
        with self._changed:
            wanted = list(self._viewers if everyone else self._recent)
            due = [site_id for site_id in wanted if now - told_at.get(site_id, 0.0) >= MIN_INTERVAL_S]
            return {site_id: self._recent.pop(site_id, []) for site_id in due}

    def _tell(self, site_id: str, recent: list[RecentEvent]) -> bool:
        """Whether there was something to tell."""
        site = self._site_by_id(site_id)
        if site is None:
            return False
        try:
            summary = self.summary(site)
        except UnavailableError as error:
            log.error(
                "The live numbers of a site could not be read; its viewers get the next ones: %s", error
            )
            return False
        except DatabaseError:
            log.exception("The live numbers of a site could not be read; its viewers get the next ones.")
            return False
        today = self._today(site)
        told_on, before = self._told.get(site_id, (None, None))
        if not recent and summary == before:
            return False
        self._told[site_id] = (today, summary)
        # After midnight nothing of today was told yet.
        delta = _delta(before if told_on == today else None, summary)
        message = MetricsUpdate(self._clock.now(), delta, summary, recent)
        with self._changed:
            viewers = list(self._viewers.get(site_id, ()))
        for viewer in viewers:
            viewer.put(message)
        return True


def _delta(before: Summary | None, after: Summary) -> Delta:
    """What came since the last message of the same day."""
    if before is None:
        return Delta(after.visitors_today, after.pageviews_today)
    return Delta(
        max(0, after.visitors_today - before.visitors_today),
        max(0, after.pageviews_today - before.pageviews_today),
    )
