"""The real program, to which logs are played: over the real path in, and the real interface out."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from werkzeug.test import Client as WebClient

from appliance import assembly
from appliance.base import config
from appliance.ingest.ingest import Client
from appliance.ingest.senders import Credentials
from appliance.sites.sites import Site as StoredSite
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.oracle.events import Event, Goal, Site
from tests.oracle.logs import Log, Sent
from tests.oracle.ranges import Days, Hours
from tests.oracle.reports import Oracle
from tests.people import People
from tests.queries import rows

_STORED = """
SELECT
    site_id, ts, received_at, seq, event_type, visitor_id::VARCHAR, cookieless, session_id::VARCHAR,
    hostname, path, title, referrer, referrer_name, channel, source,
    utm_source, utm_medium, utm_campaign, utm_term, utm_content,
    country, language, browser, os, device, screen, load_ms, lcp_ms, inp_ms, cls, engaged_ms, interactive,
    (payload::JSON)->'custom', bot_reason IS NOT NULL
FROM raw_events WHERE site_id = $site
"""


class World:
    """One program for many logs: each log gets two sites of its own."""

    def __init__(self, folder: Path) -> None:
        self.clock = FrozenClock("2026-01-01T00:00:00Z")
        settings = config.load({"data_dir": folder, "port": 0}, environ={"ANALYTIQ_SIGNUP": "open"})
        self.program = assembly.build(settings, self.clock)
        self.web = WebClient(create_app(self.program), use_cookies=False)
        self.owner = People(self.program).alice

    def stop(self) -> None:
        self.program.stop()

    def play(self, log: Log) -> "Played":
        sites = [self._site(zone) for zone in log.zones]
        for batch in log.batches:
            for _, together in groupby(batch, key=_request):
                self._send(sites, list(together))
            self.program.loader.load_pending()
        self.clock.set(log.now.isoformat())
        return Played(self, log, sites)

    def derived(self) -> list[list[str]]:
        """All rows that are made of raw events, in no order of their own."""
        tables = ("visits", "page_facts", "event_facts")
        return [sorted(map(repr, rows(self.program, f"FROM {name}"))) for name in tables]

    def _site(self, zone: str) -> StoredSite:
        return self.program.sites.create(
            self.owner.account.account_id, "Shoe shop", "https://www.shop.example", zone
        )

    def _send(self, sites: Sequence[StoredSite], together: Sequence[Sent]) -> None:
        """As one request, at its instant."""
        first = together[0]
        self.clock.set(first.arrival.isoformat())
        site = sites[first.site]
        body = json.dumps([each.body for each in together]).encode()
        credentials = Credentials(site.site_id, self.program.sites.key(site))
        client = Client(first.address, first.user_agent, limited=False)
        outcome = self.program.ingest.accept_bulk(body, False, credentials, client)
        assert outcome.rejected == []


@dataclass(frozen=True)
class Played:
    """A log that was sent, and whom to ask about it."""

    world: World
    log: Log
    sites: list[StoredSite]

    def stored(self, site: int) -> list[Event]:
        return [_event(row) for row in rows(self.world.program, _STORED, site=self.sites[site].site_id)]

    def oracle(self, site: int, goals: tuple[Goal, ...] = ()) -> Oracle:
        stored = self.sites[site]
        known = Site(stored.site_id, ZoneInfo(stored.timezone), goals)
        return Oracle(known, self.stored(site), self.log.now)

    def ask(self, site: int, what: str, **query: Any) -> Any:
        """The JSON of `GET /api/sites/<site>/<what>`."""
        answer = self.request(site, "GET", what, query=query)
        assert answer.status_code == 200, f"{answer.request.url}: {answer.get_data(as_text=True)}"
        return answer.get_json()

    def request(
        self, site: int, method: str, what: str, query: dict[str, Any] | None = None, body: Any = None
    ) -> Any:
        return self.world.web.open(
            f"/api/sites/{self.sites[site].site_id}/{what}",
            method=method,
            query_string=query,
            json=body,
            headers=self.world.owner.headers,
        )


def expected_rows(sent: Iterable[Sent]) -> list[tuple[str, datetime, datetime]]:
    """(type, ts, received_at) of what a site is to store of what was sent, in order of arrival."""
    known = set()
    found = []
    for each in sent:
        event_id = each.body.get("event_id")
        if event_id is None or event_id not in known:
            found.append((each.body["event_type"], _time(each), each.arrival))
        known.add(event_id)
    return found


def _time(sent: Sent) -> datetime:
    stamp = sent.body.get("timestamp")
    if stamp is None:
        return sent.arrival
    given = datetime.fromisoformat(stamp)
    return given if (given - sent.arrival).total_seconds() <= 600 else sent.arrival


def _request(sent: Sent) -> tuple[Any, ...]:
    return sent.site, sent.arrival, sent.address, sent.user_agent


def _event(row: tuple[Any, ...]) -> Event:
    site, ts, received_at, *rest, custom, is_bot = row
    properties = json.loads(custom) if custom else {}
    stamps = [ts.replace(tzinfo=UTC), received_at.replace(tzinfo=UTC)]
    fields: list[Any] = [site, *stamps, *rest, properties, is_bot]
    return Event(*fields)


def differences(expected: Any, found: Any, where: str = "") -> list[str]:
    """What of `expected` is missing or other in `found`, a line each; more fields are no difference."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [
            line
            for name, value in expected.items()
            for line in differences(value, found.get(name, "(missing)"), f"{where}.{name}")
        ]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [line for n, (one, other) in pairs for line in differences(one, other, f"{where}[{n}]")]
    return [] if expected == found else [f"{where}: expected {expected!r}, found {found!r}"]


def query_of(days: Days | Hours) -> dict[str, str]:
    if isinstance(days, Days):
        return {"from": days.first.isoformat(), "to": days.last.isoformat()}
    return {"range": "24h", "until": days.until.isoformat()}
