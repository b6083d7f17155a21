"""Events for tests, sent through the real ingestion path."""

import json
import uuid
from datetime import datetime
from typing import Any

from appliance.ingest.ingest import BulkOutcome, Client
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from appliance.sites.sites import Site

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
VISITOR = Client("203.0.113.9", CHROME, limited=True)


def visitor_id(name: str) -> str:
    """The same UUID for the same name."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def pageview(at: str | datetime, path: str = "/", visitor: str | None = "ann", **more: Any) -> dict[str, Any]:
    return event("pageview", at, path, visitor, **more)


def event(
    event_type: str, at: str | datetime, path: str | None = "/", visitor: str | None = "ann", **more: Any
) -> dict[str, Any]:
    """One event; `visitor` None leaves the visitor to the server."""
    stamp = at if isinstance(at, str) else at.isoformat()
    fields = {"event_type": event_type, "timestamp": stamp, "path": path, "user_agent": CHROME}
    if visitor is not None:
        fields["visitor_id"] = visitor_id(visitor)
    return {**fields, **more}


def send(program: Runtime, site: Site, *events: dict[str, Any], client: Client = VISITOR) -> BulkOutcome:
    """Through validation, journal and load, as one bulk request."""
    outcome = accept(program, site, *events, client=client)
    settle(program)
    return outcome


def accept(program: Runtime, site: Site, *events: dict[str, Any], client: Client = VISITOR) -> BulkOutcome:
    """As far as the journal."""
    credentials = Credentials(site.site_id, program.sites.key(site))
    return program.ingest.accept_bulk(json.dumps(list(events)).encode(), False, credentials, client)


def settle(program: Runtime) -> None:
    """Load what the journal holds, as the loader's thread would."""
    program.loader.load_pending()
