"""Invitations: who may make which, what they give, and that each is good for one use."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance import assembly
from appliance.base import config
from appliance.runtime import Runtime
from appliance.sharing.invitations import LIFETIME, MOST
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.queries import rows

EVE = {"email": "eve@shop.example", "password": PASSWORD, "name": "Eve"}
FOR_EVE = {"role": "viewer", "email": " Eve@Shop.Example "}


def invite(web: Client, by: Person, **form: Any) -> TestResponse:
    form = {"role": "viewer", **form}
    return web.post("/api/invitations", json=form, headers=by.headers)


def token_of(made: TestResponse) -> str:
    assert made.status_code == 201, made.text
    path: str = made.get_json()["path"]
    assert path.startswith("/invite/")
    return path.removeprefix("/invite/")


def accept(web: Client, token: str, number: int = 0, **form: Any) -> TestResponse:
    body = {"token": token, **EVE, **form}
    sender = {"REMOTE_ADDR": f"198.51.{number}.7"}
    return web.post("/api/invite/accept", json=body, environ_base=sender)


def join(web: Client, token: str, person: Person) -> TestResponse:
    return web.post("/api/invite/join", json={"token": token}, headers=person.headers)


def sites_of(web: Client, headers: dict[str, str]) -> list[tuple[str, str]]:
    listed = web.get("/api/sites", headers=headers).get_json()["sites"]
    return sorted((site["name"], site["role"]) for site in listed)


def test_the_link_gives_an_account_and_the_sites_that_it_names(web: Client, alice: Person) -> None:
    token = token_of(invite(web, alice, sites=[alice.shop.site_id]))
    shown = web.post("/api/invite", json={"token": token}).get_json()
    assert shown == {
        "role": "viewer",
        "email": None,
        "made_by": alice.account.email,
        "expires_at": "2026-09-24T12:30:00Z",
        "sites": [alice.shop.name],
    }
    answer = accept(web, token)
    assert answer.status_code == 201
    signed_in = answer.get_json()
    assert (signed_in["user"]["email"], signed_in["user"]["role"]) == (EVE["email"], "viewer")
    assert sites_of(web, {"Authorization": f"Bearer {signed_in['token']}"}) == [(alice.shop.name, "viewer")]
    log = web.get("/api/audit?limit=2", headers=alice.headers).get_json()["entries"]
    assert [(entry["action"], entry["email"], entry["detail"]) for entry in log] == [
        ("invitation_used", EVE["email"], "From alice@shop.example. Anybody, viewer of Alice's shoes."),
        ("invitation_made", alice.account.email, "Anybody, viewer of Alice's shoes."),
    ]


def test_one_link_is_one_account_however_many_use_it_at_once(
    web: Client, program: Runtime, alice: Person
) -> None:
    token = token_of(invite(web, alice, role="editor"))

    def use(number: int) -> int:
        return accept(web, token, number, email=f"person{number}@shop.example").status_code

    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(use, range(20)))
    assert outcomes == {201: 1, 404: 19}
    assert rows(program, "SELECT count(*) FROM accounts") == [(2,)]
    assert rows(program, "SELECT count(*) FROM invitations") == [(0,)]


def test_an_invitation_opens_a_closed_sign_up(tmp_path: Path, clock: FrozenClock) -> None:
    parts = assembly.build(config.load({"data_dir": tmp_path}, environ={}), clock)
    caller = Client(create_app(parts), use_cookies=False)
    alice = People(parts).alice
    assert caller.post("/api/signup", json=EVE).status_code == 403
    assert accept(caller, token_of(invite(caller, alice))).status_code == 201
    parts.stop()


def test_after_seven_days_or_once_revoked_it_is_as_one_that_never_was(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    made = invite(web, alice)
    old, revoked = token_of(made), invite(web, alice)
    clock.advance(seconds=LIFETIME.total_seconds() - 1)
    assert web.post("/api/invite", json={"token": old}).status_code == 200
    fresh = invite(web, alice)
    clock.advance(seconds=1)
    path = f"/api/invitations/{fresh.get_json()['id']}"
    assert web.delete(path, json={}, headers=alice.headers).status_code == 204
    answers = set()
    for token in (old, token_of(revoked), token_of(fresh), "never", ""):
        for answer in (
            web.post("/api/invite", json={"token": token}),
            accept(web, token),
            join(web, token, alice),
        ):
            problem = answer.get_json()
            answers.add((answer.status_code, problem["type"], problem["detail"]))
    assert len(answers) == 1
    assert web.get("/api/invitations", headers=alice.headers).get_json() == {"invitations": []}


def test_what_fails_leaves_the_invitation_as_good_as_before(
    web: Client, program: Runtime, alice: Person
) -> None:
    token = token_of(invite(web, alice, sites=[alice.shop.site_id]))
    assert accept(web, token, email=alice.account.email).status_code == 409
    assert accept(web, token, password="short").status_code == 422
    assert join(web, token, alice).status_code == 409
    assert rows(program, "SELECT count(*) FROM accounts") == [(1,)]
    assert accept(web, token).status_code == 201


def test_an_invitation_for_an_address_is_nobody_elses(web: Client, alice: Person, people: People) -> None:
    made = invite(web, alice, **FOR_EVE)
    token = token_of(made)
    assert made.get_json()["email"] == EVE["email"]
    refused = accept(web, token, email="mallory@shop.example")
    assert refused.status_code == 422
    assert [fault["pointer"] for fault in refused.get_json()["errors"]] == ["/email"]
    assert join(web, token, people.bob).status_code == 403
    assert accept(web, token, email="EVE@shop.example").status_code == 201


def test_an_account_that_there_is_joins_and_never_becomes_less(
    web: Client, alice: Person, people: People
) -> None:
    bob = people.bob
    shop, headers = alice.shop, bob.headers
    for role, mine in (("viewer", "viewer"), ("editor", "editor"), ("viewer", "editor")):
        token = token_of(invite(web, alice, role=role, sites=[shop.site_id]))
        answer = join(web, token, bob)
        assert answer.status_code == 200
        assert answer.get_json()["user"]["role"] == "editor"
        assert sites_of(web, headers) == [(shop.name, mine), (bob.shop.name, "owner")]
    assert join(web, token_of(invite(web, alice, role="owner")), bob).status_code == 200
    assert web.get("/api/people", headers=headers).status_code == 200


def test_only_an_owner_of_this_analytiq_invites_owners_or_without_a_site(
    web: Client, alice: Person, people: People
) -> None:
    bob = people.bob
    assert invite(web, bob, role="owner", sites=[bob.shop.site_id]).status_code == 403
    assert invite(web, bob, role="editor", sites=[]).status_code == 422
    assert invite(web, bob, role="editor", sites=[bob.shop.site_id]).status_code == 201
    assert invite(web, alice, role="owner").status_code == 201


def test_nobody_invites_to_a_site_that_is_not_their_own(web: Client, alice: Person, people: People) -> None:
    bob = people.bob
    answers = []
    for site_id in (bob.shop.site_id, "site_" + "0" * 32):
        answer = invite(web, alice, sites=[alice.shop.site_id, site_id])
        assert answer.status_code == 422
        answers.append({**answer.get_json(), "instance": ""})
    assert answers[0] == answers[1]
    assert [fault["pointer"] for fault in answers[0]["errors"]] == ["/sites/1"]
    token = token_of(invite(web, bob, role="editor", sites=[bob.shop.site_id]))
    join(web, token, alice)
    assert invite(web, alice, sites=[bob.shop.site_id]).status_code == 422


def test_a_viewer_invites_nobody(web: Client, alice: Person) -> None:
    viewer = accept(web, token_of(invite(web, alice, sites=[alice.shop.site_id]))).get_json()["token"]
    headers = {"Authorization": f"Bearer {viewer}"}
    form = {"role": "viewer", "sites": [alice.shop.site_id]}
    assert web.post("/api/invitations", json=form, headers=headers).status_code == 403


def test_an_invitation_gives_only_what_its_maker_still_has(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    bob, charlie = people.bob, people.charlie
    token = token_of(invite(web, bob, role="editor", sites=[bob.shop.site_id]))
    program.sites.transfer(bob.account.account_id, bob.shop.site_id, alice.account.email)
    assert web.post("/api/invite", json={"token": token}).get_json()["sites"] == []
    assert join(web, token, charlie).status_code == 200
    assert sites_of(web, charlie.headers) == []


def test_whoever_is_made_less_or_removed_has_no_open_invitations(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    charlie = people.charlie
    program.people.change_role(alice.account, charlie.account.account_id, "owner")
    token = token_of(invite(web, charlie, role="owner"))
    program.people.change_role(alice.account, charlie.account.account_id, "editor")
    assert accept(web, token).status_code == 404
    program.people.change_role(alice.account, charlie.account.account_id, "owner")
    token = token_of(invite(web, charlie, role="owner"))
    program.people.remove(alice.account, charlie.account.account_id)
    assert accept(web, token).status_code == 404


def test_what_stands_in_the_link_is_kept_nowhere(
    web: Client, program: Runtime, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    token = token_of(invite(web, alice))
    assert len(token) >= 22  # 128 bits
    assert token not in str(rows(program, "SELECT * FROM invitations"))
    assert token not in str(rows(program, "SELECT * FROM audit"))
    assert token not in web.get("/api/invitations", headers=alice.headers).text
    accept(web, token)
    assert token not in caplog.text


@pytest.fixture
def public(tmp_path: Path, clock: FrozenClock) -> Iterator[Runtime]:
    environ = {"ANALYTIQ_PUBLIC_URL": "https://stats.shop.example"}
    parts = assembly.build(config.load({"data_dir": tmp_path}, environ=environ), clock)
    yield parts
    parts.stop()


def test_the_link_is_made_of_the_public_address_and_never_of_the_host_header(
    public: Runtime, web: Client, alice: Person
) -> None:
    caller, owner = Client(create_app(public), use_cookies=False), People(public).alice
    headers = {**owner.headers, "Host": "127.0.0.1:8585"}
    made = caller.post("/api/invitations", json={"role": "viewer"}, headers=headers).get_json()
    assert made["link"] == f"https://stats.shop.example{made['path']}"
    assert invite(web, alice).get_json()["link"] is None


def test_open_invitations_have_a_number(web: Client, program: Runtime, alice: Person) -> None:
    for _ in range(MOST):
        program.invitations.make(alice.account, "viewer", [], None)
    assert invite(web, alice).status_code == 409


def test_open_invitations_are_listed_to_their_maker_alone(
    web: Client, alice: Person, people: People, clock: FrozenClock
) -> None:
    invite(web, alice, sites=[alice.shop.site_id])
    clock.advance(seconds=timedelta(minutes=1).total_seconds())
    invite(web, alice, **FOR_EVE)
    listed = web.get("/api/invitations", headers=alice.headers).get_json()["invitations"]
    assert [(found["email"], [site["name"] for site in found["sites"]]) for found in listed] == [
        (EVE["email"], []),
        (None, [alice.shop.name]),
    ]
    assert web.get("/api/invitations", headers=people.bob.headers).get_json() == {"invitations": []}


def test_passwords_are_taken_here_no_faster_than_at_the_login(web: Client, alice: Person) -> None:
    token = token_of(invite(web, alice))
    codes = [accept(web, token, password="short").status_code for _ in range(11)]
    assert codes == [422] * 10 + [429]
