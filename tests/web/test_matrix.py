"""Every route against everybody who might try it. The table of routes is in `routes.py`."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance.process.local_access import proof
from appliance.runtime import Runtime
from appliance.web import create_dashboard
from appliance.web.auth import PUBLIC
from appliance.web.ingest import IngestApp
from tests.queries import rows, state
from tests.traffic import settle
from tests.web.routes import ROUTES, Reach, Route, reaching, who_asks
from tests.web.tenants import Tenant, missing, tenants

OWN_PAGE = {"Origin": "http://localhost"}
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket"}


def call(
    web: Client, route: Route, ids: Mapping[str, str], method: str = "", query: str = "", **more: Any
) -> TestResponse:
    headers = {**(UPGRADE if route.reach is Reach.VIEWER else {}), **more.pop("headers", {})}
    if not {"data", "content_type"} & more.keys():
        more["json"] = route.filled(ids)
    return web.open(route.path(ids) + query, method=method or route.method, headers=headers, **more)


def shown(answer: TestResponse) -> tuple[object, ...]:
    """All that a caller can compare: but the name that every problem gets of its own."""
    body = re.sub(r"urn:uuid:[0-9a-f-]{36}", "", answer.text)
    return answer.status, sorted(answer.headers.items()), body


def test_the_table_has_every_route_and_no_other(program: Runtime) -> None:
    dashboard = create_dashboard(program)
    routed = {
        (method, rule.rule, rule.endpoint in PUBLIC)
        for rule in dashboard.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    handlers = IngestApp(program.ingest, dashboard, program.answers)._handlers
    in_front = {(method, path, True) for path, (method, _) in handlers.items()}
    public = (Reach.EVERYBODY, Reach.WEBSITES, Reach.VIEWER)
    assert {(route.method, route.rule, route.reach in public) for route in ROUTES} == routed | in_front


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer nonsense"}, {"Cookie": "analytiq_session=x"}])
def test_who_is_not_signed_in_reaches_the_public_routes_alone(
    web: Client, program: Runtime, sent: dict[str, str]
) -> None:
    alice = next(tenants(program))
    before = state(program)
    for route in reaching(Reach.ACCOUNT, Reach.SITE, Reach.OWNER):
        for method in {route.method, "OPTIONS", *(["HEAD"] if route.method == "GET" else [])}:
            answer = call(web, route, alice.ids, method, headers=sent)
            assert answer.status_code == 401, f"{method} {route.rule}"
        assert call(web, route, alice.ids, headers=sent).get_json()["type"] == "/problems/not-signed-in"
    assert state(program) == before


def test_anothers_ids_answer_exactly_as_ones_that_nothing_has(web: Client, program: Runtime) -> None:
    """Both ways: to be the owner of this Analytiq opens nobody's site."""
    owner, member = islice(tenants(program), 2)
    before = state(program)
    for asking, other in ((owner, member), (member, owner)):
        for route in reaching(Reach.ACCOUNT, Reach.SITE):
            if not route.changes_something:
                assert call(web, route, asking.ids, headers=asking.person.headers).status_code == 200, route
            for name in route.id_names:
                foreign, none = (
                    call(web, route, {**asking.ids, name: identity}, headers=asking.person.headers)
                    for identity in (other.ids[name], missing(other.ids[name]))
                )
                assert foreign.status_code == 404, f"{route}: {name}"
                assert shown(foreign) == shown(none), f"{route}: {name}"
    assert state(program) == before


def test_what_only_the_owner_may_do_is_refused_to_everybody_else(web: Client, program: Runtime) -> None:
    owner, member = islice(tenants(program), 2)
    before = state(program)
    for route in reaching(Reach.OWNER):
        theirs, none = (
            call(web, route, ids, headers=member.person.headers)
            for ids in (owner.ids, {name: missing(identity) for name, identity in owner.ids.items()})
        )
        assert theirs.status_code == 403, route
        assert shown(theirs) == shown(none), route
    assert state(program) == before


def test_a_live_view_opens_to_nobody_elses_token_or_ticket(web: Client, program: Runtime) -> None:
    alice, bob = islice(tenants(program), 2)
    (route,) = reaching(Reach.VIEWER)
    proofs: dict[int, Callable[[], str]] = {
        404: lambda: bob.person.token,
        401: lambda: program.tickets.issue(bob.ids["site_id"], bob.holder),
    }
    for status, fresh in proofs.items():
        foreign, none = (
            call(web, route, {"site_id": site_id}, query=f"?token={fresh()}")
            for site_id in (alice.ids["site_id"], missing(alice.ids["site_id"]))
        )
        assert foreign.status_code == status
        assert shown(foreign) == shown(none)


def test_a_sites_key_opens_no_other_site_and_does_not_tell_which_there_are(
    web: Client, program: Runtime
) -> None:
    alice, bob = islice(tenants(program), 2)
    for route in reaching(Reach.WEBSITES):
        if not route.changes_something:
            continue
        foreign, none = (
            call(web, route, {}, headers={"X-Site-Id": site_id, "X-Site-Key": bob.person.key})
            for site_id in (alice.ids["site_id"], missing(alice.ids["site_id"]))
        )
        assert foreign.status_code == 403, route
        assert shown(foreign) == shown(none), route
        own = {"X-Site-Id": bob.ids["site_id"], "X-Site-Key": bob.person.key}
        assert call(web, route, {}, headers=own).status_code == 200, route
    settle(program)
    assert rows(program, "SELECT DISTINCT site_id FROM raw_events") == [(bob.ids["site_id"],)]


def test_under_a_strangers_name_only_what_websites_fetch_is_reached(web: Client, program: Runtime) -> None:
    """A page of attacker.test, once that name leads to this machine, is of the same origin as we are."""
    alice = next(tenants(program))
    for route in ROUTES:
        answer = call(web, route, alice.ids, headers={**alice.person.headers, "Host": "attacker.test"})
        assert (answer.status_code == 400) is (route.reach is not Reach.WEBSITES), route


FROM_PAGES: dict[str, tuple[int, dict[str, Any]]] = {
    "a foreign page": (403, {"headers": {"Origin": "https://evil.example"}}),
    "a page without an origin": (403, {"headers": {"Origin": "null"}}),
    "another port of this machine": (403, {"headers": {"Origin": "http://localhost:8000"}}),
    "a neighbouring site": (403, {"headers": {"Sec-Fetch-Site": "same-site"}}),
    "a form": (415, {"headers": OWN_PAGE, "content_type": "application/x-www-form-urlencoded"}),
    "a form with files": (415, {"headers": OWN_PAGE, "content_type": "multipart/form-data; boundary=x"}),
    "plain text": (415, {"headers": OWN_PAGE, "content_type": "text/plain"}),
}
"""What another website can make a browser send with our cookie, and more than that."""
FORGED = {**FROM_PAGES, "no word where it comes from": (403, {"headers": {}})}


def test_a_request_that_is_not_from_our_own_page_changes_nothing(web: Client, program: Runtime) -> None:
    """The same request from our own page succeeds: it is refused for where it comes from."""
    made = tenants(program)
    owner = next(made)
    for number, route in enumerate(reaching(Reach.ACCOUNT, Reach.SITE, Reach.OWNER)):
        if route.changes_something:
            tenant = who_asks(route, owner, made)
            # From one part of the network only so many may sign in.
            browser = replace(tenant, address=f"203.0.{number}.4").browser(web)
            before = state(program)
            for what, (status, request) in FORGED.items():
                assert _forged(browser, route, tenant, request) == status, f"{route}: {what}"
            assert state(program) == before, route
            assert call(browser, route, tenant.ids, headers=OWN_PAGE).status_code in route.expected, route


def test_another_website_cannot_sign_anybody_in_or_up(web: Client, program: Runtime) -> None:
    made = tenants(program)
    for route in reaching(Reach.EVERYBODY):
        if route.changes_something:
            tenant = next(made)
            before = state(program)
            for what, (status, request) in FROM_PAGES.items():
                headers = {**request["headers"], **_own_proof(program, route)}
                answer = _forged(web, route, tenant, {**request, "headers": headers})
                refusal = route.answers if status == 415 and route.takes_forms else status
                assert answer == refusal, f"{route}: {what}"
            assert state(program) == before, route


def _forged(browser: Client, route: Route, tenant: Tenant, request: dict[str, Any]) -> int:
    more: dict[str, Any] = {"data": json.dumps(route.filled(tenant.ids))} if "content_type" in request else {}
    address = {"REMOTE_ADDR": tenant.address}
    return call(browser, route, tenant.ids, environ_base=address, **request, **more).status_code


def _own_proof(program: Runtime, route: Route) -> dict[str, str]:
    """Of routes that check one before they look at anything else."""
    if route.rule.startswith("/api/local/"):
        return {"Authorization": f"Bearer {proof(program.local_access.key, program.clock.now())}"}
    return {}
