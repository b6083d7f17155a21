"""Taking events in: authenticate, limit, parse, enrich, write to the journal. A return means: on disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from appliance.accounts.api_keys import ApiKeys
from appliance.base.clock import Clock
from appliance.base.errors import (
    FieldError,
    InvalidError,
    RateLimitedError,
    UnavailableError,
    UnreadableError,
)
from appliance.base.ratelimit import RateLimit, sender
from appliance.base.waiting import Answer, Countdown, GiveUp, Tell
from appliance.events import bodies, events, privacy
from appliance.events.enrichment import agents
from appliance.events.enrichment.country_file import CountryFile
from appliance.events.events import RawEvent
from appliance.events.privacy import CookielessVisitors, Pseudonyms
from appliance.ingest import quarantine, rows, senders
from appliance.ingest.ledger import Ledger
from appliance.ingest.recent_ids import Key, RecentIds
from appliance.ingest.rows import Arrival
from appliance.ingest.senders import Credentials, Senders
from appliance.sites.contacts import Contacts
from appliance.sites.sites import Site, Sites
from appliance.storage.journal import APPEND_TIMEOUT_S, RETRY_AFTER_S, Journal
from appliance.visits.sealed import Sealed

GIVE_UP_S = APPEND_TIMEOUT_S
"""How long an answer is waited for before `GiveUp` is called."""
_ORIGINAL_FAILED = "The same event was being stored for another request, which failed. Send it again."


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


class _Prepared(NamedTuple):
    line: bytes
    key: Key | None
    ignored: str | None


class Ingest:
    def __init__(
        self,
        sites: Sites,
        api_keys: ApiKeys,
        journal: Journal,
        ledger: Ledger,
        visitors: CookielessVisitors,
        pseudonyms: Pseudonyms,
        country_file: CountryFile,
        recent_ids: RecentIds,
        sealed: Sealed,
        clock: Clock,
        per_address: RateLimit,
        per_site: RateLimit,
        contacts: Contacts,
    ) -> None:
        self._sites = sites
        self._senders = Senders(sites, api_keys, contacts)
        self._journal = journal
        self._ledger = ledger
        self._visitors = visitors
        self._pseudonyms = pseudonyms
        self._country_file = country_file
        self._recent_ids = recent_ids
        self._sealed = sealed
        self._clock = clock
        self._per_address = per_address
        self._per_site = per_site
        self._contacts = contacts

    def accept(self, body: bytes, credentials: Credentials, client: Client) -> Outcome:
        """Store one event. Raises what errors.py has for requests; then nothing is stored."""
        answer = Answer[Outcome]()
        return answer.wait(self.begin(body, credentials, client, answer.tell), GIVE_UP_S)

    def begin(self, body: bytes, credentials: Credentials, client: Client, tell: Tell[Outcome]) -> GiveUp:
        """As `accept`, without waiting for the disk. `tell` may be called on another thread, or at once."""
        self._limit(client)
        value = bodies.read_json(body)
        if not isinstance(value, dict):
            raise UnreadableError("The body must be one event, a JSON object. Nothing was stored.")
        site = self._senders.site(credentials, value)
        self._limit_site(site, 1)
        now = self._clock.now()
        prepared = self._check(value, site, client, now)

        return self._store(site, [prepared], now, partial(_tell_outcome, tell, prepared))

    def accept_bulk(self, body: bytes, ndjson: bool, credentials: Credentials, client: Client) -> BulkOutcome:
        """Store every good event of a bulk request, whatever the bad ones are."""
        self._limit(client)
        items = bodies.read_bulk(body, ndjson)
        first = next((item for item in items if isinstance(item, dict)), {})
        site = self._senders.site(credentials, first)
        self._limit_site(site, max(1, len(items)))
        now = self._clock.now()
        good: list[_Prepared] = []
        rejected: list[Rejected] = []
        for index, item in enumerate(items):
            try:
                good.append(self._check(item, site, client, now))
            except InvalidError as error:
                rejected.append(Rejected(index, error.fields))
            except UnreadableError as error:
                rejected.append(Rejected(index, [FieldError("", str(error))]))
        answer = Answer[Sequence[_Prepared]]()
        stored = answer.wait(self._store(site, good, now, answer.tell), GIVE_UP_S)
        ignored = sum(1 for item in stored if item.ignored)
        return BulkOutcome(len(stored) - ignored, len(good) - len(stored), ignored, rejected)

    def answers_page(self, site_id: str | None, host: str) -> bool:
        """Whether a page of `host` may read the answer: any, unless the site that it names leaves it out."""
        site = self._sites.by_id(site_id) if site_id else None
        return site is None or site.admits(host)

    def _limit(self, client: Client) -> None:
        if client.limited:
            self._per_address.take(sender(client.address))

    def _limit_site(self, site: Site, events: int) -> None:
        try:
            self._per_site.take(site.site_id, events)
        except RateLimitedError:
            self._contacts.refused(site.site_id, "limited")
            raise

    def _check(self, value: Any, site: Site, client: Client, now: datetime) -> _Prepared:
        """Raises InvalidError or UnreadableError for an event that is refused; the site's ledger notes it."""
        try:
            senders.check(site, value)
            return self._prepare(value, site, client, now)
        except (InvalidError, UnreadableError):
            self._ledger.note_rejected(site.site_id, 1, now)
            self._contacts.refused(site.site_id, "rejected")
            raise

    def _prepare(self, value: Any, site: Site, client: Client, now: datetime) -> _Prepared:
        if isinstance(value, UnreadableError):
            raise value
        event = events.parse(value)
        if event.timestamp is not None and self._sealed.refuses(site.site_id, event.timestamp):
            raise _too_old()
        if privacy.refuses_ids(event, client.refuses_ids):
            event = privacy.without_ids(event)
        user_agent = event.user_agent or client.user_agent
        by_visitor = user_agent == client.user_agent  # else a server tells of somebody
        hints = client.hints if by_visitor else agents.NO_HINTS
        agent = agents.describe(user_agent, hints)
        hostname, _ = events.place(event.url, event.path)
        reason = quarantine.reason(site, hostname, agent.is_bot)
        if reason:
            self._contacts.refused(site.site_id, reason, hostname if reason == "excluded_host" else None)
        evidence = {"header_user_agent": client.user_agent} if agent.is_bot else {}
        visitor, cookieless = self._visitor(event, site, client.address, user_agent, now)
        session = self._pseudonyms.of(site.site_id, event.session_id) if event.session_id else None
        country = self._country_file.country(client.address) if by_visitor else None
        arrival = Arrival(site, now, agent, visitor, session, cookieless, country, reason, evidence)
        line = rows.line(event, value, arrival)
        key = self._recent_ids.key(site.site_id, event.event_id) if event.event_id else None
        return _Prepared(line, key, reason)

    def _visitor(
        self, event: RawEvent, site: Site, address: str, user_agent: str, now: datetime
    ) -> tuple[str, bool]:
        if event.visitor_id:
            return self._pseudonyms.of(site.site_id, event.visitor_id), False
        return str(self._visitors.identify(site.site_id, address, user_agent, now)), True

    def _store(
        self, site: Site, prepared: Sequence[_Prepared], now: datetime, tell: Tell[Sequence[_Prepared]]
    ) -> GiveUp:
        """Write what is new; it is told when that is on disk, and so is everything that was not new."""

        def ended(error: UnavailableError | None) -> None:
            if error is None and any(item.ignored is None for item in prepared):
                self._contacts.stored(site.site_id, now)
            if error is None and len(fresh) < len(prepared):
                self._ledger.note_duplicates(site.site_id, len(prepared) - len(fresh), now)
            tell(error or fresh)

        def written(error: UnavailableError | None) -> None:
            self._recent_ids.settle(new, error is None, now)
            parts.end(error)

        def original_written(stored: bool) -> None:
            parts.end(None if stored else UnavailableError(_ORIGINAL_FAILED, RETRY_AFTER_S))

        parts = Countdown(ended)
        new, others = self._recent_ids.claim((item.key for item in prepared if item.key), original_written)
        fresh = _first_of_each(prepared, new)
        parts.expect(1 + others)
        if not fresh:
            written(None)
            return _nothing
        try:
            return self._journal.append([item.line for item in fresh], written)
        except UnavailableError:
            self._recent_ids.settle(new, False, now)
            raise


def _tell_outcome(
    tell: Tell[Outcome], prepared: _Prepared, fresh: Sequence[_Prepared] | UnavailableError
) -> None:
    if isinstance(fresh, UnavailableError):
        tell(fresh)
    else:
        tell(Outcome(duplicate=not fresh, ignored=prepared.ignored))


def _too_old() -> InvalidError:
    return InvalidError(
        "The event is older than the events that are kept, and was not stored: the numbers of its day are "
        "final. Send events sooner, or set raw_retention_days higher before days are dropped.",
        [FieldError("/timestamp", "lies on a day whose events were dropped after their time of retention")],
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


def _nothing() -> None:
    """There is nothing to give up."""
