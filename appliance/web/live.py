"""Live connections: a one-use ticket, then a WebSocket that tells what happens."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from flask import Blueprint, Response, g, request
from flask_sock import Sock
from pydantic import TypeAdapter
from simple_websocket import ConnectionClosed, Server
from wsproto.utilities import LocalProtocolError

from appliance.base.errors import ForbiddenError, UnauthenticatedError
from appliance.reports.live import Closing, Hello, MetricsUpdate, Viewer
from appliance.runtime import Runtime
from appliance.sharing.share_tokens import is_link, is_view
from appliance.sharing.tickets import LIFETIME, Holder
from appliance.sites.sites import Site
from appliance.web import auth
from appliance.web.requests import answer, is_same_origin

LOOK_ROUND_S = 0.75
"""How often it is looked whether a quiet viewer is still there and may watch. What it sent is dropped."""


@dataclass(frozen=True)
class LiveTicket:
    token: str
    expires_in: int


@dataclass(frozen=True)
class HelloMessage:
    data: Hello
    type: Literal["hello"] = "hello"


@dataclass(frozen=True)
class UpdateMessage:
    data: MetricsUpdate
    type: Literal["metrics_update"] = "metrics_update"


_HELLO = TypeAdapter(HelloMessage)
_UPDATE = TypeAdapter(UpdateMessage)


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("live", __name__)
    sock = Sock(routes)

    @routes.post("/api/sites/<site_id>/live-ticket")
    def ticket(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id, "viewer")
        token = runtime.tickets.issue(site.site_id, auth.holder())
        return answer(LiveTicket(token, int(LIFETIME.total_seconds())))

    @routes.before_request
    def check_viewer() -> None:
        """Before the upgrade, so that a refusal is plain HTTP."""
        if request.endpoint == "live.watch":
            g.site, g.may_watch = _admit(runtime, (request.view_args or {})["site_id"])

    @sock.route("/ws/sites/<site_id>", endpoint="watch")  # type: ignore[untyped-decorator]
    def watch(connection: Server, site_id: str) -> None:  # noqa: ARG001  (the door looked it up)
        viewer, hello = runtime.live.open(g.site)
        try:
            connection.send(_HELLO.dump_json(HelloMessage(hello)).decode())
            _forward(viewer, connection, g.may_watch)
        except (ConnectionClosed, LocalProtocolError):
            pass  # The dashboard was closed, perhaps in the middle of a message.
        finally:
            runtime.live.close(viewer)

    return routes


def _admit(runtime: Runtime, site_id: str) -> tuple[Site, Callable[[], bool]]:
    """The site, and whether the viewer is still signed in or the share link still open."""
    if is_same_origin(request, runtime.config.public_url) is False:
        raise ForbiddenError("Live connections are open to this Analytiq's own pages only.")
    token = request.args.get("token", "")
    if is_link(token) or is_view(token):
        return _shared(runtime, token, site_id)
    if token.count(".") == 2:
        account = runtime.bearer_tokens.account(token)
        site = runtime.access.site(account, site_id, "viewer")
        return site, partial(runtime.may_watch, site_id, Holder(account.account_id, account.token_version))
    holder = runtime.tickets.redeem(token, site_id)
    found = runtime.sites.by_id(site_id)
    if found is None or not runtime.may_watch(site_id, holder):
        raise UnauthenticatedError("The live ticket is not valid any more. Ask for a new one.")
    return found, partial(runtime.may_watch, site_id, holder)


def _shared(runtime: Runtime, token: str, site_id: str) -> tuple[Site, Callable[[], bool]]:
    share = runtime.shares.admitted(token)
    if share is None:
        raise UnauthenticatedError("The share link opens nothing any more. Ask for a new one.")
    return auth.shared_site(runtime, share, site_id), partial(runtime.shares.is_open, share)


def _forward(viewer: Viewer, connection: Server, may_watch: Callable[[], bool]) -> None:
    """Until the viewer goes (`receive` or `send` raises) or may watch no more, or the program closes."""
    while may_watch():
        update = viewer.next(LOOK_ROUND_S)
        while connection.receive(timeout=0) is not None:
            pass  # Viewers have nothing to say.
        if isinstance(update, Closing):
            return
        if update is not None:
            connection.send(_UPDATE.dump_json(UpdateMessage(update)).decode())
