"""The door: nothing is reachable unless it is on the public list or somebody is signed in."""

import ipaddress
import socket
from dataclasses import dataclass
from datetime import timedelta

import flask_login
from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import LoginManager, UserMixin

from appliance.accounts import Account
from appliance.errors import (
    ForbiddenError,
    NotFoundError,
    UnauthenticatedError,
    UnreadableError,
    UnsupportedMediaError,
)
from appliance.runtime import Runtime
from appliance.shares import Share
from appliance.sites import Site
from appliance.web.requests import host_name, is_same_origin, sender

PUBLIC = frozenset(
    {
        "accounts.login",
        "accounts.setup",
        "accounts.signup",
        "health.healthz",
        "live.watch",  # checks its own token before the upgrade
        "local.reset_password",  # checks a proof of its own
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

SHARED = frozenset({"reports.breakdown", "reports.report", "reports.series", "reports.top_pages"})
"""Endpoints that a share link opens, for its one site: `?token=` counts on these alone."""

_FOR_WEBSITES = frozenset({"snippet.hashed", "snippet.latest", "health.healthz"})
"""Reached under whatever name a website or a monitor knows this machine by."""

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
IDLE = timedelta(hours=12)


@dataclass(frozen=True)
class _SignedIn(UserMixin):  # type: ignore[misc]
    """An account as flask-login keeps it: raising the token version ends the session."""

    account: Account

    def get_id(self) -> str:
        return f"{self.account.account_id}:{self.account.token_version}"


class _Sessions(SecureCookieSessionInterface):
    """Sets no cookie on what websites fetch, and so lets caches keep the script for everybody."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint not in _FOR_WEBSITES:
            super().save_session(app, session, response)


def install(app: Flask, runtime: Runtime) -> None:
    app.session_interface = _Sessions()
    app.secret_key = runtime.secret.derive("sessions")
    app.config.update(
        SESSION_COOKIE_NAME="analytiq_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=(runtime.config.public_url or "").startswith("https:"),
        PERMANENT_SESSION_LIFETIME=IDLE,
    )
    manager = LoginManager(app)
    manager.session_protection = None  # A laptop changes its address; that is no theft.

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(session_id: str) -> _SignedIn | None:
        account_id, _, version = session_id.partition(":")
        account = runtime.accounts.by_id(account_id, int(version)) if version.isdecimal() else None
        return _SignedIn(account) if account else None

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
            g.account = _identify(runtime)
        if request.method not in _SAFE:
            _check_origin(runtime)


def sign_in(account: Account) -> None:
    """Give this browser a fresh session."""
    flask_login.login_user(_SignedIn(account))
    session.permanent = True


def sign_out() -> None:
    flask_login.logout_user()


def account() -> Account:
    """Who is asking; the door has made sure that somebody is."""
    found: Account = g.account
    return found


def site_of(runtime: Runtime, site_id: str) -> Site:
    """The one way from a request to a site: it must be the asking account's, or the share's."""
    share: Share | None = g.get("share")
    if share is not None:
        return shared_site(runtime, share, site_id)
    return runtime.sites.get(account().account_id, site_id)


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


def _identify(runtime: Runtime) -> Account:
    """A request with a token stands on the token alone; a cookie beside it does not count."""
    token = bearer_token()
    if token is not None:
        return runtime.accounts.by_token(token)
    user = flask_login.current_user
    if not isinstance(user._get_current_object(), _SignedIn):
        raise UnauthenticatedError("Sign in first.")
    found: Account = user.account
    return found


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
