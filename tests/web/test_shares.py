"""Share links over HTTP: one site to look at, and nothing else."""

from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance import assembly
from appliance.base import config
from appliance.runtime import Runtime
from appliance.sharing.shares import NewShare
from appliance.web import create_app
from appliance.web.auth import SHARED
from tests.clocks import FrozenClock, limits_follow
from tests.people import PASSWORD, People, Person
from tests.queries import state
from tests.web.routes import ROUTES, Reach, reaching
from tests.web.tenants import missing, tenants
from tests.web.test_matrix import call, shown

REPORTS = {"report", "timeseries", "top-pages", "breakdown", "vitals"}


def make(web: Client, person: Person, **wanted: Any) -> dict[str, Any]:
    path = f"/api/sites/{person.shop.site_id}/shares"
    made = web.post(path, json=wanted, headers=person.headers)
    assert made.status_code == 201
    share: dict[str, Any] = made.get_json()
    return share


def report(web: Client, site_id: str, token: str) -> TestResponse:
    return web.get(f"/api/sites/{site_id}/report?token={token}")


def opened(web: Client, token: str, password: str | None = None, **more: Any) -> TestResponse:
    return web.post("/api/shares/open", json={"token": token, "password": password}, **more)


def test_a_link_reaches_the_reports_of_its_site_and_no_other_route(web: Client, program: Runtime) -> None:
    alice = next(tenants(program))
    share = program.shares.create(alice.person.account.account_id, alice.person.shop, NewShare())
    token, view = program.shares.open(program.shares.token(share) or "", None)[1], program.shares.token(share)
    before = state(program)
    reached = set()
    for each in (token, view):
        for route in reaching(Reach.ACCOUNT, Reach.SITE, Reach.OWNER):
            mark = "&" if route.query else "?"
            answer = call(
                web, route, alice.ids, query=f"{mark}token={each}", headers={"Origin": "http://localhost"}
            )
            if answer.status_code == 200:
                reached.add(route.rule.rpartition("/")[2])
            else:
                assert answer.status_code == 401, route
    assert reached == REPORTS
    assert len(SHARED) == len(REPORTS)
    assert state(program) == before


def test_for_a_link_every_other_site_does_not_exist(web: Client, program: Runtime) -> None:
    alice, bob = islice(tenants(program), 2)
    share = program.shares.create(alice.person.account.account_id, alice.person.shop, NewShare())
    for token in (
        program.shares.token(share) or "",
        program.shares.open(program.shares.token(share) or "", None)[1],
    ):
        for route in ROUTES:
            if route.rule.rpartition("/")[2] in REPORTS:
                mark = "&" if route.query else "?"
                foreign, none, wrong = (
                    call(web, route, {"site_id": site_id}, query=f"{mark}token={shown_token}")
                    for site_id, shown_token in (
                        (bob.ids["site_id"], token),
                        (missing(bob.ids["site_id"]), token),
                        (bob.ids["site_id"], missing(token)),
                    )
                )
                assert foreign.status_code == 404
                assert shown(foreign) == shown(none) == shown(wrong)


def test_a_link_counts_alone_even_where_its_owner_is_signed_in(web: Client, people: People) -> None:
    """Else a page with a link would show its owner more than it shows everybody else."""
    bob = people.bob
    token = make(web, people.alice)["token"]
    answer = web.get(f"/api/sites/{bob.shop.site_id}/report?token={token}", headers=bob.headers)
    assert answer.status_code == 404


def test_the_owner_sees_makes_and_revokes_links(web: Client, alice: Person) -> None:
    path = f"/api/sites/{alice.shop.site_id}/shares"
    made = make(web, alice, name="Agency", expires_at="2026-10-01T00:00:00Z")
    assert made["url"] == f"http://localhost/share/{made['token']}"
    assert (made["name"], made["has_password"], made["expired"]) == ("Agency", False, False)
    assert web.get(path, headers=alice.headers).get_json() == {"shares": [made]}
    assert report(web, alice.shop.site_id, made["token"]).status_code == 200
    assert web.delete(f"{path}/{made['id']}", headers=alice.headers).status_code == 204
    assert web.delete(f"{path}/{made['id']}", headers=alice.headers).status_code == 404
    assert web.get(path, headers=alice.headers).get_json() == {"shares": []}
    assert report(web, alice.shop.site_id, made["token"]).status_code == 404


def test_an_expired_link_is_listed_as_such_and_opens_nothing(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    made = make(web, alice, expires_at=(clock.now() + timedelta(hours=1)).isoformat())
    view = opened(web, made["token"]).get_json()["token"]
    clock.advance(hours=1)
    listed = web.get(f"/api/sites/{alice.shop.site_id}/shares", headers=alice.headers).get_json()["shares"]
    assert [share["expired"] for share in listed] == [True]
    assert opened(web, made["token"]).status_code == 404
    assert [report(web, alice.shop.site_id, token).status_code for token in (made["token"], view)] == [
        404
    ] * 2


def test_a_password_is_exchanged_for_a_view(web: Client, alice: Person) -> None:
    token = make(web, alice, password=PASSWORD)["token"]
    assert report(web, alice.shop.site_id, token).status_code == 404
    for wrong in (None, "wrong"):
        refused = opened(web, token, wrong)
        assert (refused.status_code, refused.get_json()["type"]) == (403, "/problems/wrong-password")
        assert refused.get_json()["errors"][0]["pointer"] == "/password"
    answer = opened(web, token, PASSWORD).get_json()
    assert answer["site"]["name"] == "Alice's shoes"
    assert answer["expires_in"] == 3600
    assert report(web, alice.shop.site_id, answer["token"]).status_code == 200


def test_passwords_of_links_are_tried_as_slowly_as_those_of_accounts(
    web: Client, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits_follow(clock, monkeypatch)
    token = make(web, alice, password=PASSWORD)["token"]
    codes = [opened(web, token, "wrong").status_code for _ in range(12)]
    assert codes == [403] * 10 + [429] * 2
    elsewhere: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "198.51.100.4"}}
    assert opened(web, token, PASSWORD, **elsewhere).status_code == 200


def test_an_open_link_is_opened_as_often_as_people_look(web: Client, alice: Person) -> None:
    token = make(web, alice)["token"]
    assert {opened(web, token).status_code for _ in range(30)} == {200}


def test_the_page_of_a_link_tells_nobody_its_address(web: Client, alice: Person) -> None:
    page = web.get(f"/share/{make(web, alice)['token']}")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    gone = web.get("/share/sh_0")
    assert (gone.status_code, gone.mimetype) == (404, "text/html")
    assert gone.headers["Referrer-Policy"] == "no-referrer"


def test_only_a_link_that_allows_it_is_shown_in_frames_and_only_by_those_it_names(
    web: Client, alice: Person
) -> None:
    origins = ["https://intranet.example", "http://192.168.1.7:8080"]
    framed = make(web, alice, embed_origins=origins)
    assert framed["embed_origins"] == origins
    paths = {
        f"/share/{framed['token']}": " ".join(origins),
        f"/share/{make(web, alice)['token']}": "'none'",
        "/share/sh_0": "'none'",
        **dict.fromkeys(["/", "/login", "/sites", f"/sites/{alice.shop.site_id}", "/nowhere"], "'none'"),
    }
    for path, ancestors in paths.items():
        page = web.get(path, headers={"Accept": "text/html"})
        directives = page.headers["Content-Security-Policy"].split("; ")
        assert page.mimetype == "text/html"
        assert f"frame-ancestors {ancestors}" in directives, path
        assert "script-src 'self'" in directives


def test_a_link_is_made_under_the_public_address(tmp_path: Path, clock: FrozenClock) -> None:
    environ = {"ANALYTIQ_PUBLIC_URL": "https://stats.example.com"}
    parts = assembly.build(config.load({"data_dir": tmp_path}, environ), clock)
    made = make(Client(create_app(parts)), People(parts).alice)
    parts.stop()
    assert made["url"] == f"https://stats.example.com/share/{made['token']}"
