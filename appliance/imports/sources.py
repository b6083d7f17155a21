"""The programs whose files are read, and the events in them as rows.

What is no export of our own becomes an event as a page would have sent it, and takes the way of any such.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from appliance.base.errors import InvalidError, UnreadableError
from appliance.events import bodies, events
from appliance.events.enrichment import agents
from appliance.events.enrichment.agents import Agent
from appliance.events.enrichment.country_file import CountryFile
from appliance.events.privacy import CookielessVisitors, Pseudonyms
from appliance.events.salts import SaltsOfFile
from appliance.imports import access_logs, own_export, umami
from appliance.imports.lines import Record
from appliance.ingest import quarantine, rows
from appliance.ingest.rows import Arrival
from appliance.sites.sites import Site

Row = dict[str, Any]
"""The columns of `raw_events` but those of its arrival."""
ToRow = Callable[[Record], Row | None]
"""None for a line that tells of nothing to count. Raises UnreadableError with what is wrong."""


class Sources:
    def __init__(self, pseudonyms: Pseudonyms, country_file: CountryFile, log_key: bytes) -> None:
        self._pseudonyms = pseudonyms
        self._country_file = country_file
        self._log_key = log_key

    def find(self, names: frozenset[str], site: Site, file: Path) -> tuple[str, ToRow]:
        """Which program wrote `file`, by the names of its fields. Raises UnreadableError, OSError."""
        if names >= own_export.COLUMNS:
            return "analytiq", lambda record: own_export.row(record, site)
        if names >= umami.COLUMNS:
            return "umami", lambda record: self._of_umami(record, site)
        if names >= access_logs.NAMES:
            visitors = CookielessVisitors(SaltsOfFile(file, self._log_key))
            return "log", lambda record: self._of_log(record, site, visitors)
        raise UnreadableError(
            "The file is no export of events by Analytiq (CSV or JSON) or Umami (website_event.csv), no web "
            "server's log in the combined format, and holds no daily sums of Plausible "
            "(imported_visitors.csv), Google Analytics 4 or Matomo in English. Nothing was imported."
        )

    def _of_umami(self, record: Record, site: Site) -> Row | None:
        fields = {name: str(value) for name, value in (record.fields or {}).items() if value is not None}
        told = umami.event(fields, site.host)
        if told is None:
            return None
        session = told.event.get("session_id")
        visitor = told.event.get("visitor_id")
        if visitor is None:
            raise UnreadableError("session_id: is missing")
        ids = (
            self._pseudonyms.of(site.site_id, visitor),
            session and self._pseudonyms.of(site.site_id, session),
        )
        return _row(told.event, site, told.agent, ids, told.country, cookieless=False)

    def _of_log(self, record: Record, site: Site, visitors: CookielessVisitors) -> Row | None:
        fields = record.fields or {}
        event = access_logs.event(fields, site.host)
        if event is None:
            return None
        agent = agents.describe(event["user_agent"], agents.NO_HINTS)
        if quarantine.reason(site, site.host, agent.is_bot):
            return None
        address = fields["address"]
        at = access_logs.instant(fields["time"])
        visitor = str(visitors.identify(site.site_id, address, event.pop("user_agent"), at))
        return _row(event, site, agent, (visitor, None), self._country_file.country(address), cookieless=True)


def _row(
    sent: dict[str, Any],
    site: Site,
    agent: Agent,
    ids: tuple[str, str | None],
    country: str | None,
    cookieless: bool,
) -> Row:
    try:
        event = events.parse(bodies.clean(sent))
    except InvalidError as error:
        fault = error.fields[0]
        raise UnreadableError(f"{fault.pointer.removeprefix('/')}: {fault.detail}") from error
    at = event.timestamp
    assert at is not None  # noqa: S101 -- every source gives one
    visitor, session = ids
    row = rows.columns(event, sent, Arrival(site, at, agent, visitor, session, cookieless, country, None, {}))
    del row["received_at"]
    return row
