"""What every answer tells a browser that it may and may not do with it."""

from pathlib import Path

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base import config
from appliance.runtime import Runtime
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People
from tests.web.routes import ROUTES, Reach, Route, who_asks
from tests.web.stage import Stage, serving
from tests.web.tenants import Tenant, tenants
from tests.web.test_matrix import call
from tests.web.wire import Client as RawClient

FOREIGN = {"Origin": "https://evil.example"}
INGEST = {"/ingest/event", "/ingest/bulk", "/ingest/pixel.gif"}
SCRIPTS = {"/analytics.js", "/analytics.detail.js", "/consent.js", "/analytics.<digest>.js"}
FOR_ALL_PAGES = INGEST | SCRIPTS
POLICY = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@pytest.fixture
def alice(program: Runtime) -> Tenant:
    return next(tenants(program))


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_is_kept_from_doing_harm_in_a_browser(
    web: Client, program: Runtime, signed_in: bool
) -> None:
    """Nothing runs that is not the dashboard's own file, and nobody shows it in a frame."""
    made = tenants(program)
    owner = next(made)
    for route in ROUTES:
        asking = who_asks(route, owner, made) if signed_in else owner
        headers = {**(asking.person.headers if signed_in else {}), "Accept": "text/html"}
        answer = call(web, route, asking.ids, headers=headers)
        assert answer.headers.get("X-Content-Type-Options") == "nosniff", route
        if route.rule not in INGEST:
            assert {name: answer.headers.get(name) for name in POLICY} == POLICY, route
            assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer"), route
            assert _directives(answer.headers["Content-Security-Policy"]) >= {
                "default-src 'self'",
                "script-src 'self'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
            }, route
        if route.rule.startswith("/api/"):
            assert answer.headers.get("Cache-Control") == "no-store", route


def _directives(policy: str) -> set[str]:
    return {directive.strip() for directive in policy.split(";")}


@pytest.mark.parametrize("method", ["", "OPTIONS"])
def test_no_foreign_page_may_read_an_answer_but_that_to_its_own_events(
    web: Client, alice: Tenant, method: str
) -> None:
    for route in ROUTES:
        asked = {"Access-Control-Request-Method": route.method} if method else {}
        answer = call(web, route, alice.ids, method, headers={**FOREIGN, **asked})
        allowed = {name for name, _ in answer.headers if name.startswith("Access-Control-")}
        assert bool(allowed) is _is_read_by_pages(route, method), route
        assert "Access-Control-Allow-Credentials" not in allowed, route


def _is_read_by_pages(route: Route, method: str) -> bool:
    # A missing version of the script is nobody's to read.
    return route.rule in (INGEST if method else FOR_ALL_PAGES - {"/analytics.<digest>.js"})


def test_what_websites_fetch_sets_no_cookie_even_for_who_is_signed_in(web: Client, alice: Tenant) -> None:
    browser = alice.browser(web)
    for route in ROUTES:
        if route.reach is Reach.WEBSITES:
            assert "Set-Cookie" not in call(browser, route, alice.ids).headers, route


@pytest.mark.parametrize(("public_url", "secure"), [("https://stats.shop.example", True), ("", False)])
def test_the_session_cookie_is_kept_from_scripts_other_sites_and_plain_http(
    tmp_path: Path, clock: FrozenClock, public_url: str, secure: bool
) -> None:
    parts = assembly.build(config.load({"data_dir": tmp_path, "public_url": public_url}, environ={}), clock)
    alice = People(parts).alice
    body = {"email": alice.account.email, "password": PASSWORD}
    (cookie,) = Client(create_app(parts)).post("/api/login", json=body).headers.getlist("Set-Cookie")
    parts.stop()
    flags = {flag.strip() for flag in cookie.split(";")[1:]}
    assert flags >= {"HttpOnly", "SameSite=Lax", "Path=/"}
    assert ("Secure" in flags) is secure
    assert not [flag for flag in flags if flag.startswith("Domain")]


def test_what_the_server_refuses_itself_is_not_guessed_at_either() -> None:
    with serving(Stage().app) as server, RawClient(server.port) as client:
        client.send(b"GET / HTTP/9.9\r\n\r\n")
        status, headers, _ = client.read_answer()
    assert (status, headers["x-content-type-options"]) == (505, "nosniff")
