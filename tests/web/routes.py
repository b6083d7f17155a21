"""Every route of the program, and who gets through it: the table that tests of the door go through.

A route that is not here fails `test_matrix.py`, whatever its own tests say. An id in a path (`<goal_id>`) is
looked up in the ids of a tenant (`tenants.py`), which is where a new kind of id is made.
"""

import json
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from appliance.accounts.roles import Role
from tests.people import PASSWORD
from tests.web.tenants import FIRST, SITE_NAME, Tenant

_PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>")
_NOBODYS = {"path": "x", "digest": "0", "token": "x", "backup": "x", "job": "x"}
"""What stands in paths besides, and leads nowhere."""


class Reach(Enum):
    EVERYBODY = auto()  # On the public list; what it needs, it checks itself.
    WEBSITES = auto()  # As everybody, under whatever name they know this machine by.
    VIEWER = auto()  # A WebSocket, which checks its own token before the upgrade.
    ACCOUNT = auto()  # Whoever is signed in, about what is their own.
    SITE = auto()  # Whoever is signed in and has the site; for all others it does not exist.
    OWNER = auto()  # The owner of this Analytiq; everybody else is told so.


@dataclass(frozen=True)
class Route:
    """`body` and `query` are those of a call that succeeds in the name of who may make it; ids are put into
    the body as into the path.

    `answers` is what that call gets instead where it needs something done before. `needs`: what one must be
    of the site, where the method does not say it. `takes_forms`: a form may send it.
    """

    method: str
    rule: str
    reach: Reach
    body: Mapping[str, Any] = field(default_factory=dict)
    query: str = ""
    answers: int | None = None
    needs: Role | None = None
    takes_forms: bool = False

    @property
    def expected(self) -> Container[int]:
        return range(200, 300) if self.answers is None else {self.answers}

    @property
    def need(self) -> Role:
        """What one must be of the site."""
        return self.needs or ("editor" if self.changes_something else "viewer")

    @property
    def id_names(self) -> list[str]:
        return _PLACEHOLDER.findall(self.rule)

    @property
    def changes_something(self) -> bool:
        return self.method not in ("GET", "HEAD")

    def path(self, ids: Mapping[str, str]) -> str:
        known = {**_NOBODYS, **ids}
        return _PLACEHOLDER.sub(lambda found: known[found[1]], self.rule) + self.query

    def filled(self, ids: Mapping[str, str]) -> Any:
        """The body with the ids in it."""
        return json.loads(_PLACEHOLDER.sub(lambda found: ids[found[1]], json.dumps(self.body)))

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


_SITE = "/api/sites/<site_id>"

ROUTES = (
    Route("POST", "/ingest/event", Reach.WEBSITES, {"event_type": "pageview"}),
    Route("POST", "/ingest/bulk", Reach.WEBSITES, {"events": [{"event_type": "pageview"}]}),
    Route("GET", "/", Reach.EVERYBODY),
    Route("GET", "/<path:path>", Reach.EVERYBODY),
    Route("GET", "/share/<token>", Reach.EVERYBODY),
    Route("GET", "/assets/<path:path>", Reach.EVERYBODY),
    Route("GET", "/ingest/pixel.gif", Reach.WEBSITES),
    Route("GET", "/analytics.js", Reach.WEBSITES),
    Route("GET", "/analytics.detail.js", Reach.WEBSITES),
    Route("GET", "/consent.js", Reach.WEBSITES),
    Route("GET", "/analytics.<digest>.js", Reach.WEBSITES),
    Route("GET", "/healthz", Reach.WEBSITES),
    Route("GET", "/metrics", Reach.EVERYBODY),
    Route("GET", "/api/openapi.json", Reach.EVERYBODY),
    Route("GET", "/api/setup", Reach.EVERYBODY),
    Route("POST", "/api/signup", Reach.EVERYBODY, {"email": "new@shop.example", "password": PASSWORD}),
    Route("POST", "/api/login", Reach.EVERYBODY, {"email": "alice@shop.example", "password": PASSWORD}),
    Route("POST", "/api/local/doctor", Reach.EVERYBODY),
    Route("POST", "/api/local/doctor/progress", Reach.EVERYBODY),
    Route("POST", "/api/local/support-bundle", Reach.EVERYBODY),
    Route("POST", "/api/local/backup", Reach.EVERYBODY),
    Route("POST", "/api/local/restore", Reach.EVERYBODY),
    Route("POST", "/api/local/restore/progress", Reach.EVERYBODY),
    Route("POST", "/api/local/reset-password", Reach.EVERYBODY),
    Route("POST", "/api/local/sign-in-link", Reach.EVERYBODY),
    Route("POST", "/api/local/export", Reach.EVERYBODY),
    Route("POST", "/api/local/imports", Reach.EVERYBODY),
    Route("POST", "/api/local/stop", Reach.EVERYBODY),
    Route("GET", "/api/local/sign-in", Reach.EVERYBODY, query="?link=x"),
    Route("POST", "/api/shares/open", Reach.EVERYBODY, {"token": "sh_0"}),
    Route("GET", "/ws/sites/<site_id>", Reach.VIEWER),
    Route("GET", "/api/me", Reach.ACCOUNT),
    Route("PATCH", "/api/me", Reach.ACCOUNT, {"name": "Another"}),
    Route(
        "POST", "/api/me/password", Reach.ACCOUNT,
        {"current_password": PASSWORD, "new_password": "a better battery"},
    ),
    Route("POST", "/api/logout", Reach.ACCOUNT),
    Route("GET", "/api/me/two-factor", Reach.ACCOUNT),
    Route("POST", "/api/me/two-factor", Reach.ACCOUNT, {"current_password": PASSWORD}),
    Route("POST", "/api/me/two-factor/enable", Reach.ACCOUNT, {"code": "000000"}, answers=409),
    Route(
        "POST", "/api/me/two-factor/recovery-codes", Reach.ACCOUNT, {"current_password": PASSWORD},
        answers=409,
    ),
    Route("DELETE", "/api/me/two-factor", Reach.ACCOUNT, {"current_password": PASSWORD}),
    Route("GET", "/api/keys", Reach.ACCOUNT),
    Route("POST", "/api/keys", Reach.ACCOUNT, {"name": "Another", "scope": "read"}),
    Route("DELETE", "/api/keys/<key_id>", Reach.ACCOUNT),
    Route("GET", "/api/sessions", Reach.ACCOUNT),
    Route("DELETE", "/api/sessions/<session_id>", Reach.ACCOUNT),
    Route("POST", "/api/sessions/end-others", Reach.ACCOUNT),
    Route("GET", "/api/notices", Reach.ACCOUNT),
    Route("GET", "/api/network", Reach.ACCOUNT),
    Route("POST", "/api/mail/test", Reach.OWNER, answers=409),
    Route("GET", "/api/mail/reports", Reach.ACCOUNT),
    Route("GET", "/api/mail/unsubscribe/<token>", Reach.EVERYBODY, answers=404),
    Route("POST", "/api/mail/unsubscribe/<token>", Reach.EVERYBODY, answers=404, takes_forms=True),
    Route("GET", "/api/mail", Reach.OWNER),
    Route(
        "PATCH", "/api/mail", Reach.OWNER,
        {"host": "127.0.0.1", "port": 9, "security": "none", "sender": "analytiq@shop.example"},
    ),
    Route("DELETE", "/api/mail", Reach.OWNER),
    Route("POST", "/api/webhook/test", Reach.OWNER, answers=409),
    Route("GET", "/api/webhook", Reach.OWNER),
    Route(
        "PATCH", "/api/webhook", Reach.OWNER, {"url": "http://127.0.0.1:9/alarms", "own_network": True}
    ),
    Route("DELETE", "/api/webhook", Reach.OWNER),
    Route("GET", "/api/doctor", Reach.OWNER),
    Route("GET", "/api/support-bundle", Reach.OWNER),
    Route("GET", "/api/jobs", Reach.OWNER),
    Route("POST", "/api/jobs/<job>/run", Reach.OWNER, answers=404),
    Route("GET", "/api/backups", Reach.OWNER),
    Route("POST", "/api/backups", Reach.OWNER),
    Route(
        "POST", "/api/backups/<backup>/restore", Reach.OWNER, {"current_password": PASSWORD}, answers=404
    ),
    Route(
        "POST", "/api/backups/<backup>/download", Reach.OWNER, {"current_password": PASSWORD}, answers=404
    ),
    Route("GET", "/api/backups/download/<token>", Reach.OWNER, answers=404),
    Route("GET", "/api/compaction", Reach.OWNER),
    Route("POST", "/api/compaction", Reach.OWNER),
    Route("GET", "/api/people", Reach.OWNER),
    Route("PATCH", "/api/people/<account_id>", Reach.OWNER, {"role": "viewer"}),
    Route("DELETE", "/api/people/<account_id>", Reach.OWNER),
    Route("GET", "/api/invitations", Reach.ACCOUNT),
    Route("POST", "/api/invitations", Reach.ACCOUNT, {"role": "viewer", "sites": ["<site_id>"]}),
    Route("DELETE", "/api/invitations/<invitation_id>", Reach.ACCOUNT),
    Route("POST", "/api/invite", Reach.EVERYBODY, {"token": "none"}),
    Route(
        "POST", "/api/invite/accept", Reach.EVERYBODY,
        {"token": "none", "email": "new@shop.example", "password": PASSWORD},
    ),
    Route("POST", "/api/invite/join", Reach.ACCOUNT, {"token": "<invite_token>"}),
    Route("GET", "/api/audit", Reach.OWNER),
    Route("GET", "/api/settings", Reach.OWNER),
    Route("GET", "/api/sites", Reach.ACCOUNT),
    Route("POST", "/api/sites", Reach.ACCOUNT, {"name": "Second", "url": "https://second.example"}),
    Route("POST", "/api/sites/sample", Reach.ACCOUNT),
    Route("GET", _SITE, Reach.SITE),
    Route("PATCH", _SITE, Reach.SITE, {"name": "Another"}),
    Route("DELETE", _SITE, Reach.SITE, {"confirm": SITE_NAME}, needs="owner"),
    Route("GET", f"{_SITE}/access", Reach.SITE, needs="owner"),
    Route("PATCH", f"{_SITE}/access/<account_id>", Reach.SITE, {"role": "viewer"}, needs="owner"),
    Route("DELETE", f"{_SITE}/access/<account_id>", Reach.SITE, needs="owner"),
    Route("POST", f"{_SITE}/transfer", Reach.SITE, {"email": FIRST}, needs="owner"),
    Route("GET", f"{_SITE}/snippet", Reach.SITE),
    Route("POST", f"{_SITE}/rotate-key", Reach.SITE, {"grace_hours": 0}),
    Route("GET", f"{_SITE}/status", Reach.SITE),
    Route(
        "PATCH", f"{_SITE}/mail-reports", Reach.SITE, {"weekly": True, "monthly": False}, needs="viewer"
    ),
    Route("GET", f"{_SITE}/probe", Reach.SITE),
    Route("POST", f"{_SITE}/probe", Reach.SITE),
    Route("GET", f"{_SITE}/ledger", Reach.SITE),
    Route("GET", f"{_SITE}/quarantine", Reach.SITE),
    Route("GET", f"{_SITE}/report", Reach.SITE),
    Route("GET", f"{_SITE}/timeseries", Reach.SITE),
    Route("GET", f"{_SITE}/top-pages", Reach.SITE),
    Route("GET", f"{_SITE}/breakdown", Reach.SITE, query="?dimension=page"),
    Route("GET", f"{_SITE}/vitals", Reach.SITE),
    Route("GET", f"{_SITE}/export", Reach.SITE, query="?format=json"),
    Route("GET", f"{_SITE}/export/progress", Reach.SITE),
    Route("GET", f"{_SITE}/goals", Reach.SITE),
    Route("POST", f"{_SITE}/goals", Reach.SITE, {"name": "Thanks", "kind": "path", "pattern": "/thanks"}),
    Route("GET", f"{_SITE}/goals/preview", Reach.SITE, query="?kind=path&pattern=/thanks"),
    Route("DELETE", f"{_SITE}/goals/<goal_id>", Reach.SITE),
    Route("GET", f"{_SITE}/imports", Reach.SITE, needs="editor"),
    Route("POST", f"{_SITE}/imports/<import_id>/undo", Reach.SITE, answers=404),
    Route("POST", f"{_SITE}/imports/uploads", Reach.SITE, {"bytes": 7}),
    Route("POST", f"{_SITE}/imports/uploads/<upload_id>/parts", Reach.SITE, {"offset": 0, "data": "eA=="}),
    Route("POST", f"{_SITE}/imports/uploads/<upload_id>/preview", Reach.SITE, answers=400),
    Route("POST", f"{_SITE}/imports", Reach.SITE, {"upload_id": "<upload_id>", "file_name": "events.csv"}),
    Route("GET", f"{_SITE}/shares", Reach.SITE, needs="editor"),
    Route("POST", f"{_SITE}/shares", Reach.SITE, {"password": PASSWORD}),
    Route("DELETE", f"{_SITE}/shares/<share_id>", Reach.SITE),
    Route("POST", f"{_SITE}/live-ticket", Reach.SITE, needs="viewer"),
)  # fmt: skip


def reaching(*kinds: Reach) -> list[Route]:
    return [route for route in ROUTES if route.reach in kinds]


def who_asks(route: Route, owner: Tenant, others: Iterator[Tenant]) -> Tenant:
    """Somebody new where it changes something: what they lose, no later request needs."""
    return owner if route.reach is Reach.OWNER or not route.changes_something else next(others)
