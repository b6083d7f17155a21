"""The door: nothing is reachable unless it is on the public list or somebody is signed in."""

import ipaddress
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import flask_login
from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin

from appliance.accounts import roles, sessions
from appliance.accounts.accounts import Account
from appliance.accounts.api_keys import is_key
from appliance.accounts.audit import Action
from appliance.accounts.roles import Role
from appliance.accounts.sessions import Device, Place
from appliance.base.errors import (
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
    UnreadableError,
    UnsupportedMediaError,
)
from appliance.events.enrichment import agents
from appliance.events.events import MAX_USER_AGENT
from appliance.runtime import Runtime
from appliance.sharing.shares import Share
from appliance.sharing.tickets import Holder
from appliance.sites.sites import Site
from appliance.web.requests import host_name, is_same_origin, sender

PUBLIC = frozenset(
    {
        "accounts.login",
        "accounts.setup",
        "accounts.signup",
        "invitations.accept",
        "invitations.show",
        "doctor.examine_here",  # these three and those of local check a proof of their own
        "doctor.recount_progress",
        "doctor.pack_here",
        "health.healthz",
        "live.watch",  # checks its own token before the upgrade
        "local.back_up",  # these eight check a proof of their own
        "local.make_link",
        "local.reset_password",
        "local.restore",
        "local.restore_progress",
        "local.sign_in",
        "local.stop",
        "local_exports.ask",
        "local_imports.ask",
        "mail_reports.ask",  # these two check the proof in the link
        "mail_reports.end",
        "monitoring.show",  # this machine, or a key of its own
        "openapi.document",
        "shares.open",  # checks the link and its password
        "snippet.hashed",
        "snippet.latest",
        "ui.asset",
        "ui.page",
        "ui.shared",
    }
)
"""Endpoints that answer without a sign-in; a test holds this list against every route."""

SHARED = frozenset({
    "reports.breakdown", "reports.report", "reports.series", "reports.top_pages", "reports.vitals",
})  # fmt: skip
"""Endpoints that a share link opens, for its one site: `?token=` counts on these alone.
A script with an API key reads these and nothing else, too."""

_FOR_WEBSITES = frozenset({"snippet.hashed", "snippet.latest", "health.healthz"})
"""Reached under whatever name a website or a monitor knows this machine by."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
COOKIE = "analytiq_session"
_IN_SESSION = "_user_id"
"""Where flask-login keeps what names the user; nothing else of its session outlives a request."""


@dataclass(frozen=True)
class _SignedIn(UserMixin):  # type: ignore[misc]
    """An account as flask-login keeps it, by the token of its session."""

    account: Account
    token: str

    def get_id(self) -> str:
        return self.token


class _Session(dict[str, Any], SessionMixin):
    """Of one request."""


class _TokenCookie(SessionInterface):
    """The cookie holds a session's token and nothing else. Only signing in and out changes it."""

    def __init__(self, always_secure: bool) -> None:
        self._always_secure = always_secure

    def open_session(self, app: Flask, request: Request) -> _Session:  # noqa: ARG002  (Flask's signature)
        token = request.cookies.get(_cookie(request))
        return _Session({_IN_SESSION: token} if token else {})

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        token = session.get(_IN_SESSION)
        name = _cookie(request)
        if token == request.cookies.get(name):
            return
        secure = self._always_secure or request.is_secure
        lifetime = sessions.LIFETIME if token else 0
        response.set_cookie(name, token or "", lifetime, secure=secure, httponly=True, samesite="Lax")


def _cookie(request: Request) -> str:
    """By HTTPS a name of its own: a page by plain HTTP could not set one over the other, nor read it."""
    return f"__Host-{COOKIE}" if request.is_secure else COOKIE


def install(app: Flask, runtime: Runtime) -> None:
    app.session_interface = _TokenCookie((runtime.config.public_url or "").startswith("https:"))
    app.secret_key = secrets.token_bytes(32)  # for a cookie that flask-login can read and nobody is given
    manager = LoginManager(app)
    manager.session_protection = None  # A laptop changes its address; that is no theft.

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> _SignedIn | None:
        session = runtime.sessions.find(token)
        account = runtime.accounts.by_id(session.account_id, session.token_version) if session else None
        return _SignedIn(account, token) if account else None

    names = _own_names(runtime)

    @app.before_request
    def door() -> None:
        if request.endpoint not in _FOR_WEBSITES:
            _check_host(names)
            _check_reach(runtime)
        if request.endpoint is None:
            return  # Flask answers 404 or 405.
        if request.endpoint in SHARED and "token" in request.args:
            g.share = _admit_viewer(runtime, request.args["token"])
        elif request.endpoint not in PUBLIC:
            g.account, g.holder = _identify(runtime)
        if request.method not in _SAFE:
            _check_origin(runtime)


def sign_in(runtime: Runtime, account: Account) -> None:
    """Give this browser a fresh session; the one that it had ends."""
    _end_session(runtime)
    flask_login.login_user(_SignedIn(account, runtime.sessions.open(account, _device())))


def sign_out(runtime: Runtime) -> None:
    _end_session(runtime, Action.SIGNED_OUT)
    flask_login.logout_user()


def _end_session(runtime: Runtime, why: Action | None = None) -> None:
    user = flask_login.current_user._get_current_object()
    if isinstance(user, _SignedIn):
        with suppress(NotFoundError):  # at the same moment elsewhere
            runtime.sessions.end(user.account.account_id, sessions.digest(user.token), why)


def account() -> Account:
    """Who is asking; the door has made sure that somebody is."""
    found: Account = g.account
    return found


def holder() -> Holder:
    """By what whoever is asking is signed in."""
    found: Holder = g.holder
    return found


def owner() -> Account:
    """Who is asking, if it is an owner of this Analytiq. Raises ForbiddenError."""
    roles.require(account().role, "owner")
    return account()


def editor() -> Account:
    """Who is asking, if it may make websites. Raises ForbiddenError."""
    roles.require(account().role, "editor")
    return account()


def site_of(runtime: Runtime, site_id: str, need: Role | None = None) -> Site:
    """The one way from a request to a site: it is the share's, or the asking account is `need` of it.

    Left out: a viewer for what changes nothing, an editor for all else. Raises NotFoundError or
    ForbiddenError.
    """
    share: Share | None = g.get("share")
    if share is not None:
        return shared_site(runtime, share, site_id)
    least: Role = "viewer" if request.method in _SAFE else "editor"
    return runtime.access.site(account(), site_id, need or least)


def shared_site(runtime: Runtime, share: Share, site_id: str) -> Site:
    """The one site of a share link. Raises NotFoundError for any other, as if it did not exist."""
    if share.site_id != site_id:
        raise NotFoundError("There is no such site.")
    return runtime.shares.site(share)


def bearer_token() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _admit_viewer(runtime: Runtime, token: str) -> Share:
    share = runtime.shares.admitted(token)
    if share is None:
        raise NotFoundError("There is no such site.")
    return share


def _identify(runtime: Runtime) -> tuple[Account, Holder]:
    """A request with a token stands on the token alone; a cookie beside it does not count."""
    token = bearer_token()
    if token is not None:
        account = _by_api_key(runtime, token) if is_key(token) else runtime.bearer_tokens.account(token)
        return account, Holder(account.account_id, account.token_version)
    user = flask_login.current_user._get_current_object()
    if not isinstance(user, _SignedIn):
        raise UnauthenticatedError("Sign in first.")
    account = user.account
    return account, Holder(account.account_id, account.token_version, sessions.digest(user.token))


def _by_api_key(runtime: Runtime, text: str) -> Account:
    key = runtime.api_keys.use(text, "read")
    account = runtime.accounts.find(key.account_id)
    if account is None:
        raise UnauthenticatedError("The account of this API key was removed.")
    if request.endpoint not in SHARED:
        raise ForbiddenError("API keys read reports and nothing else. Nothing was changed.")
    if key.site_id is not None and key.site_id != (request.view_args or {}).get("site_id"):
        raise NotFoundError("There is no such site.")
    return account


def _device() -> Device:
    agent = agents.describe(request.user_agent.string[:MAX_USER_AGENT])
    place: Place = "this machine" if sender(request.environ).local else "network"
    return Device(agent.browser, agent.os, place)


def _check_origin(runtime: Runtime) -> None:
    same_origin = is_same_origin(request, runtime.config.public_url)
    by_cookie = bearer_token() is None and request.endpoint not in PUBLIC
    if same_origin is False or (by_cookie and same_origin is None):
        raise ForbiddenError("The request does not come from a page of this Analytiq. Nothing was changed.")
    if by_cookie and not request.is_json:
        raise UnsupportedMediaError("Send the body as JSON, with Content-Type: application/json.")


def _check_host(names: frozenset[str]) -> None:
    """Refuse names that a stranger points at this machine (DNS rebinding); addresses cannot be rebound."""
    name = host_name(request.host)
    if name in names or name.endswith(".localhost"):
        return
    try:
        ipaddress.ip_address(name)
    except ValueError as error:
        raise UnreadableError(
            "This Analytiq does not answer under that name. Set ANALYTIQ_PUBLIC_URL to the address you use."
        ) from error


def _check_reach(runtime: Runtime) -> None:
    if runtime.config.dashboard == "local" and not sender(request.environ).local:
        raise ForbiddenError("The dashboard is open on its own machine only (ANALYTIQ_DASHBOARD=local).")


def _own_names(runtime: Runtime) -> frozenset[str]:
    own = socket.gethostname().lower()
    names = {"localhost", own, f"{own}.local", runtime.config.host.lower()}
    if runtime.config.public_url:
        names.add(host_name(runtime.config.public_url.partition("://")[2]))
    return frozenset(names)
