"""A website of made-up visitors in one's own Analytiq, to look around in before the first real one comes.

Its events take the way of any others, and it is deleted as any other website.
"""

import json
import logging
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from appliance.base.clock import Clock
from appliance.base.errors import AnalytiqError, RetryLaterError
from appliance.events.bodies import MAX_BULK_EVENTS
from appliance.ingest.ingest import Client, Ingest
from appliance.ingest.senders import Credentials
from appliance.reports.overview import Overview
from appliance.samples import demo_shop
from appliance.samples.demo_traffic import Traffic
from appliance.samples.demo_visits import Happening
from appliance.sites.sites import Site, Sites

log = logging.getLogger(__name__)

SEED = 1851
"""The year the shop says it was founded; any number will do."""
SPAN = timedelta(days=30)
NAME = f"{demo_shop.NAME} (made up)"
_THIS_MACHINE = Client(address="127.0.0.1", user_agent="", limited=False)


class Sender:
    """Sends made-up events of a site; ends quietly once `stopping` is set."""

    def __init__(self, ingest: Ingest, site: Site, key: str, stopping: threading.Event) -> None:
        self._ingest = ingest
        self._credentials = Credentials(site.site_id, key)
        self._stopping = stopping

    def send(self, happenings: list[Happening]) -> bool:
        """Whether they are stored; they are not when the program stops. Raises ForbiddenError when the site
        is there no longer."""
        body = json.dumps([event for _, event in happenings]).encode()
        while not self._stopping.is_set():
            try:
                self._ingest.accept_bulk(body, False, self._credentials, _THIS_MACHINE)
                return True
            except RetryLaterError as error:
                # Said only when the program is not merely being stopped.
                if not self._stopping.wait(error.retry_after_s):
                    log.warning("Made-up visitors have to wait: %s", error)
        return False


def batches(happenings: Iterable[Happening]) -> Iterator[list[Happening]]:
    """As many at once as are taken in one request."""
    source = iter(happenings)
    while batch := list(islice(source, MAX_BULK_EVENTS)):
        yield batch


class Samples:
    def __init__(self, sites: Sites, ingest: Ingest, overview: Overview, clock: Clock) -> None:
        self._sites = sites
        self._ingest = ingest
        self._overview = overview
        self._clock = clock
        self._stopping = threading.Event()
        self._making = threading.Lock()
        self._filling: dict[str, threading.Thread] = {}

    def make(self, account_id: str) -> Site:
        """The account's made-up website; its visitors of the last thirty days come within seconds, on a
        thread of their own. Asked for again, it is the same one, with what is missing up to now."""
        with self._making:
            site = self._present(account_id) or self._sites.create(
                account_id, NAME, demo_shop.URL, demo_shop.TIME_ZONE
            )
            filling = self._filling.get(site.site_id)
            if filling is None or not filling.is_alive():
                # Not a daemon: cut short inside DuckDB, the program would end in a crash.
                filling = threading.Thread(target=self._fill, args=(site,), name="sample", daemon=False)
                self._filling[site.site_id] = filling
                filling.start()
        return site

    def stop(self) -> None:
        self._stopping.set()
        for filling in self._filling.values():
            filling.join()

    def wait(self) -> None:
        """Until all visitors of every sample are sent."""
        for filling in list(self._filling.values()):
            filling.join()

    def _present(self, account_id: str) -> Site | None:
        owned = (site for site in self._sites.owned_by(account_id) if site.url == demo_shop.URL)
        return next(owned, None)

    def _fill(self, site: Site) -> None:
        try:
            now = self._clock.now()
            last = self._overview.status(site).last_event_at
            since = max(now - SPAN, last) if last else now - SPAN
            sender = Sender(self._ingest, site, self._sites.key(site), self._stopping)
            for batch in batches(Traffic(SEED, now).events(since=since)):
                if not sender.send(batch):
                    return
        except AnalytiqError as error:
            log.warning("The made-up website %s was not filled to its end: %s", site.site_id, error)
