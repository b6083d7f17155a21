"""Taking events in: authenticate, limit, parse, enrich, write to the journal. A return means: on disk."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from appliance import events, pii, privacy, quarantine, urls
from appliance.clock import Clock
from appliance.enrichment import agents, countries, traffic
from appliance.errors import FieldError, ForbiddenError, InvalidError, MismatchError, UnreadableError
from appliance.events import RawEvent
from appliance.journal import Journal
from appliance.ledger import Ledger
from appliance.metrics import CHANNEL_SOURCE, CLOCK_TOLERANCE
from appliance.privacy import CookielessVisitors, Pseudonyms
from appliance.ratelimit import RateLimit, sender
from appliance.recent_ids import Key, RecentIds
from appliance.sites import Site, Sites

MOST_PIXELS = 100_000
"""No screen is wider or higher; what says so is not a screen."""

# Kept in columns, ids that are no UUID as pseudonyms; credentials are kept nowhere.
_IN_COLUMNS = {
    "site_id", "site_key", "k", "event_id", "event_type", "timestamp", "path", "title", "referrer",
    "language", "engaged_ms", "scroll_depth", "interactive", "visitor_id", "session_id",
}  # fmt: skip


@dataclass(frozen=True)
class Credentials:
    """What a request says of its site outside the body; None where it says nothing."""

    site_id: str | None = None
    site_key: str | None = None


@dataclass(frozen=True)
class Client:
    """Who sends. The address and the header's User-Agent are used in memory and never written.

    `limited` is False for this machine itself and for trusted proxies. `refuses_ids`: the browser asks not to
    be recognised, by Global Privacy Control or Do Not Track.
    """

    address: str
    user_agent: str
    limited: bool
    hints: agents.Hints = agents.NO_HINTS
    refuses_ids: bool = False


@dataclass(frozen=True)
class Outcome:
    """`ignored` holds the reason when the event is kept but deliberately counted nowhere."""

    duplicate: bool = False
    ignored: str | None = None


@dataclass(frozen=True)
class Rejected:
    """An item of a bulk request that was not stored."""

    index: int
    errors: list[FieldError]


@dataclass(frozen=True)
class BulkOutcome:
    accepted: int
    duplicates: int
    ignored: int
    rejected: list[Rejected]


@dataclass(frozen=True)
class _Prepared:
    line: bytes
    key: Key | None
    ignored: str | None


class Ingest:
    def __init__(
        self,
        sites: Sites,
        journal: Journal,
        ledger: Ledger,
        visitors: CookielessVisitors,
        pseudonyms: Pseudonyms,
        recent_ids: RecentIds,
        clock: Clock,
        per_address: RateLimit,
        per_site: RateLimit,
    ) -> None:
        self._sites = sites
        self._journal = journal
        self._ledger = ledger
        self._visitors = visitors
        self._pseudonyms = pseudonyms
        self._recent_ids = recent_ids
        self._clock = clock
        self._per_address = per_address
        self._per_site = per_site

    def accept(self, body: bytes, credentials: Credentials, client: Client) -> Outcome:
        """Store one event. Raises what errors.py has for requests; then nothing is stored."""
        self._limit(client)
        value = events.read_json(body)
        if not isinstance(value, dict):
            raise UnreadableError("The body must be one event, a JSON object. Nothing was stored.")
        site = self._authenticate(credentials, value)
        self._per_site.take(site.site_id)
        prepared = self._check(value, site, client)
        new = self._store(site, [prepared])
        return Outcome(duplicate=not new, ignored=prepared.ignored)

    def accept_bulk(self, body: bytes, ndjson: bool, credentials: Credentials, client: Client) -> BulkOutcome:
        """Store every good event of a bulk request, whatever the bad ones are."""
        self._limit(client)
        items = events.read_bulk(body, ndjson)
        first = next((item for item in items if isinstance(item, dict)), {})
        site = self._authenticate(credentials, first)
        self._per_site.take(site.site_id, max(1, len(items)))
        good: list[_Prepared] = []
        rejected: list[Rejected] = []
        for index, item in enumerate(items):
            try:
                good.append(self._check(item, site, client))
            except InvalidError as error:
                rejected.append(Rejected(index, error.fields))
            except UnreadableError as error:
                rejected.append(Rejected(index, [FieldError("", str(error))]))
        stored = self._store(site, good)
        ignored = sum(1 for item in stored if item.ignored)
        return BulkOutcome(len(stored) - ignored, len(good) - len(stored), ignored, rejected)

    def answers_page(self, site_id: str | None, host: str) -> bool:
        """Whether a page of `host` may read the answer: any, unless the site that it names leaves it out."""
        site = self._sites.by_id(site_id) if site_id else None
        return site is None or site.admits(host)

    def _limit(self, client: Client) -> None:
        if client.limited:
            self._per_address.take(sender(client.address))

    def _authenticate(self, credentials: Credentials, value: dict[str, Any]) -> Site:
        """By what the request says, first found wins; the body's own fields come last."""
        site_id, site_key = credentials.site_id, credentials.site_key
        if site_key is None:
            site_id, site_key = _text(value.get("site_id")), _text(value.get("site_key") or value.get("k"))
        if site_key is None:
            raise ForbiddenError(
                "The request carries no site key. Nothing was stored; copy the snippet again."
            )
        if site_id:
            return self._sites.authenticate(site_id, site_key)
        return self._sites.authenticate_key(site_key)

    def _check(self, value: Any, site: Site, client: Client) -> _Prepared:
        """Raises InvalidError or UnreadableError for an event that is refused; the site's ledger notes it."""
        try:
            _check_site(site, value)
            return self._prepare(value, site, client)
        except (InvalidError, UnreadableError):
            self._ledger.note_rejected(site.site_id, 1, self._clock.now())
            raise

    def _prepare(self, value: Any, site: Site, client: Client) -> _Prepared:
        if isinstance(value, UnreadableError):
            raise value
        event = events.parse(value)
        if privacy.refuses_ids(event, client.refuses_ids):
            event = privacy.without_ids(event)
        now = self._clock.now()
        user_agent = event.user_agent or client.user_agent
        hints = client.hints if user_agent == client.user_agent else agents.NO_HINTS
        agent = agents.describe(user_agent, hints)
        columns = _columns(event, site, now)
        reason = quarantine.reason(site, columns["hostname"], agent.is_bot)
        evidence = {"header_user_agent": client.user_agent[:512]} if agent.is_bot else {}
        visitor, cookieless = self._visitor(event, site, client.address, user_agent, now)
        stripped = pii.strip_event(columns, {**_payload(event, columns), **evidence})
        row = {
            **stripped.columns,
            **_agent_columns(agent, reason),
            "visitor_id": str(visitor),
            "cookieless": cookieless,
            "session_id": str(self._pseudonyms.of(site.site_id, event.session_id))
            if event.session_id
            else None,
            "referrer": urls.kept(stripped.columns["referrer"], site.allowed_parameters),
            "pii_stripped": stripped.found,
            "payload": urls.kept_payload(stripped.payload, site.allowed_parameters),
        }
        key = (site.site_id, event.event_id) if event.event_id else None
        line = json.dumps({k: v for k, v in row.items() if v is not None}, separators=(",", ":"))
        return _Prepared(line.encode("ascii"), key, reason)

    def _visitor(
        self, event: RawEvent, site: Site, address: str, user_agent: str, now: datetime
    ) -> tuple[UUID, bool]:
        if event.visitor_id:
            return self._pseudonyms.of(site.site_id, event.visitor_id), False
        return self._visitors.identify(site.site_id, address, user_agent, now), True

    def _store(self, site: Site, prepared: Sequence[_Prepared]) -> list[_Prepared]:
        """Write what is new; returns it when it is on disk."""
        now = self._clock.now()
        new = self._recent_ids.claim(item.key for item in prepared if item.key)
        stored = False
        try:
            fresh = _first_of_each(prepared, new)
            if fresh:
                self._journal.append([item.line for item in fresh])
            stored = True
        finally:
            self._recent_ids.settle(new, stored, now)
        if len(fresh) < len(prepared):
            self._ledger.note_duplicates(site.site_id, len(prepared) - len(fresh), now)
        return fresh


def _check_site(site: Site, value: Any) -> None:
    claimed = value.get("site_id") if isinstance(value, dict) else None
    if claimed is not None and claimed != site.site_id:
        raise MismatchError(
            "The site_id in the body is not the site that the request's key belongs to. Nothing was stored.",
            [FieldError("/site_id", "differs from the site of the credentials")],
        )


def _first_of_each(prepared: Sequence[_Prepared], new: set[Key]) -> list[_Prepared]:
    left = set(new)
    fresh = []
    for item in prepared:
        if item.key is None:
            fresh.append(item)
        elif item.key in left:
            fresh.append(item)
            left.remove(item.key)
    return fresh


def _columns(event: RawEvent, site: Site, now: datetime) -> dict[str, Any]:
    skewed = _is_ahead(event, now)
    hostname, path = events.place(event)
    own_hosts = frozenset({site.host, traffic.bare_host(hostname or "")})
    campaign = traffic.campaign_of(event.url)
    origin = traffic.classify(event.referrer, campaign, own_hosts)
    load_ms = events.load_ms(event)
    return {
        "site_id": site.site_id,
        "event_id": str(event.event_id) if event.event_id else None,
        "ts": _stamp(now if skewed or event.timestamp is None else event.timestamp),
        "received_at": _stamp(now),
        "event_type": event.event_type,
        "hostname": hostname,
        "path": path,
        "title": event.title or None,
        "referrer": event.referrer if traffic.external_host(event.referrer, own_hosts) else None,
        "referrer_name": origin.name,
        "channel": origin.channel,
        "source": CHANNEL_SOURCE[origin.channel],
        "utm_source": campaign.source,
        "utm_medium": campaign.medium,
        "utm_campaign": campaign.campaign,
        "utm_term": campaign.term,
        "utm_content": campaign.content,
        "country": countries.of_time_zone(event.timezone),
        "language": event.language or None,
        "screen": _screen(event),
        "load_ms": load_ms,
        "engaged_ms": None if event.engaged_ms is None else int(event.engaged_ms + 0.5),
        "scroll_depth": event.scroll_depth,
        "interactive": event.interactive,
        "clock_skew": skewed,
    }


def _agent_columns(agent: agents.Agent, bot_reason: str | None) -> dict[str, Any]:
    return {"browser": agent.browser, "os": agent.os, "device": agent.device, "bot_reason": bot_reason}


def _payload(event: RawEvent, columns: dict[str, Any]) -> dict[str, Any]:
    """What the columns do not hold as it was sent."""
    in_columns = set(_IN_COLUMNS)
    if columns["clock_skew"]:
        in_columns.discard("timestamp")
    if columns["referrer"] is None:  # An internal referrer says nothing about traffic, but it was sent.
        in_columns.discard("referrer")
    return event.model_dump(mode="json", exclude=in_columns, exclude_none=True)


def _is_ahead(event: RawEvent, now: datetime) -> bool:
    return event.timestamp is not None and event.timestamp > now + CLOCK_TOLERANCE


def _screen(event: RawEvent) -> str | None:
    width, height = (event.screen.width, event.screen.height) if event.screen else (None, None)
    if width is None or height is None or not all(1 <= side <= MOST_PIXELS for side in (width, height)):
        return None
    return f"{width:.0f}x{height:.0f}"


def _stamp(instant: datetime) -> str:
    """UTC without a zone, as the TIMESTAMP columns hold it."""
    return instant.replace(tzinfo=None).isoformat(sep=" ")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
