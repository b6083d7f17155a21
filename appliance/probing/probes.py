"""Looks at a website's page for its snippet, and remembers what was seen.

Whoever adds a website could make this program ask any address by it, so it goes the way of all such
addresses: the internet alone, unless an owner of this Analytiq allows the own network for that website.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from appliance.base.clock import Clock
from appliance.base.errors import ForbiddenError
from appliance.events.enrichment.traffic import bare_host
from appliance.fetching.safe_fetch import Answer, FetchError, Request, SafeFetch
from appliance.fetching.target import RefusedError
from appliance.probing import page
from appliance.probing.page import Finding, Seen
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database

EVERY = timedelta(days=1)
AT_ONCE = 3
"""Pages looked at in one run of the job, which all other jobs wait for."""
SECONDS = 6.0
MAX_REDIRECTS = 5
_MADE_UP = (".example", ".test", ".invalid")
"""No website has such a name (RFC 2606); those of demos and drafts do."""
_WITHOUT: frozenset[Finding] = frozenset({"missing", "other_key", "forbidden", "mixed"})
"""The page came, and nothing of it will be counted."""


@dataclass(frozen=True)
class Probe:
    probed_at: datetime
    finding: Finding
    detail: str
    own_network: bool
    was_there: bool
    gone_since: datetime | None
    misses: int


class Probes:
    def __init__(self, database: Database, sites: Sites, fetching: SafeFetch, clock: Clock) -> None:
        self._database = database
        self._sites = sites
        self._fetching = fetching
        self._clock = clock

    def last(self, site_id: str) -> Probe | None:
        row = self._database.read_one("probing.one", {"site_id": site_id})
        return Probe(*row) if row else None

    def probe_due(self, now: datetime) -> None:
        """The next few that were not looked at for a day."""
        due = [site_id for (site_id,) in self._database.read("probing.due", {"before": now - EVERY})]
        sites = [site for site_id in due if (site := self._sites.by_id(site_id))]
        for site in [site for site in sites if not site.host.endswith(_MADE_UP)][:AT_ONCE]:
            if self._database.ending:
                return
            self.probe(site)

    def probe(self, site: Site, own_network: bool | None = None) -> Probe:
        """Look now. `own_network`: what an owner of this Analytiq says of it; None: as before."""
        before = self.last(site.site_id)
        if own_network is None:
            own_network = before is not None and before.own_network
        seen, now = self._seen(site, own_network), self._clock.now()
        misses, since = _missing(seen.finding, before, now)
        was_there = seen.finding == "found" or (before is not None and before.was_there)
        probe = Probe(now, seen.finding, seen.detail, own_network, was_there, since, misses)
        with self._database.write() as transaction:
            transaction.run("probing.put", {"site_id": site.site_id, **vars(probe)})
        return probe

    def _seen(self, site: Site, own_network: bool) -> Seen:
        """Whatever the page is made of: a fault in it must not keep the others from being looked at."""
        try:
            return self._followed(site, own_network)
        except RefusedError:
            return Seen("private")
        except FetchError as error:
            return Seen("unreachable", str(error))
        except ValueError:
            return Seen("unreachable", "An address or a number in what it answers cannot be read.")

    def _followed(self, site: Site, own_network: bool) -> Seen:
        address = site.url
        for _ in range(MAX_REDIRECTS + 1):
            if bare_host(urlsplit(address).hostname or "") != site.host:
                return Seen("elsewhere", urlsplit(address).hostname or "")
            answer = self._fetching.fetch(
                Request(address, _HEADERS, own_network=own_network, seconds=SECONDS)
            )
            if not 300 <= answer.status < 400:
                return self._seen_in(answer, address, site)
            address = urljoin(address, answer.headers.get("location", ""))
        return Seen("unreachable", f"More than {MAX_REDIRECTS} redirects.")

    def _seen_in(self, answer: Answer, address: str, site: Site) -> Seen:
        if answer.status != 200:
            return Seen("unreachable", f"It answers with status {answer.status}.")
        html = answer.body.decode("utf-8", "replace")
        policy = answer.headers.get("content-security-policy", "")
        return page.look(address, html, policy, site.site_id, lambda key: self._admits(site, key))

    def _admits(self, site: Site, key: str) -> bool:
        with suppress(ForbiddenError):
            return self._sites.authenticate(site.site_id, key) is not None
        return False


_HEADERS = {"User-Agent": "Analytiq (looks for its own snippet)", "Accept": "text/html"}


def _missing(finding: Finding, before: Probe | None, now: datetime) -> tuple[int, datetime | None]:
    """How many probes in a row were without, and since when. A page that did not come tells nothing."""
    misses, since = (before.misses, before.gone_since) if before else (0, None)
    if finding in _WITHOUT:
        return misses + 1, since or now
    return (0, None) if finding == "found" else (misses, since)
