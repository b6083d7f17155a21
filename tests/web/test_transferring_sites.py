"""POST /api/sites/{site_id}/transfer: what goes along, and who has the site from then on."""

import pytest
from werkzeug.test import Client, TestResponse

from appliance.accounts.roles import GivenRole
from appliance.runtime import Runtime
from appliance.sharing.tickets import Holder
from appliance.sites.sites import Sites
from tests.clocks import FrozenClock
from tests.people import People, Person, share
from tests.queries import rows
from tests.traffic import pageview, send

NOW = "2026-09-17T12:30:00Z"


def transfer(web: Client, person: Person, email: str) -> TestResponse:
    path = f"/api/sites/{person.shop.site_id}/transfer"
    return web.post(path, json={"email": email}, headers=person.headers)


def site(web: Client, alice: Person, person: Person) -> TestResponse:
    return web.get(f"/api/sites/{alice.shop.site_id}", headers=person.headers)


def test_a_site_goes_over_with_its_data_its_keys_and_its_goals(
    web: Client, program: Runtime, alice: Person, people: People, clock: FrozenClock
) -> None:
    bob, key = people.bob, alice.key
    send(program, alice.shop, pageview(NOW))
    program.goals.create(alice.shop, "Paid", "event", "purchase")
    assert transfer(web, alice, " Bob@Bakery.Example ").status_code == 204
    assert site(web, alice, bob).get_json()["role"] == "owner"
    assert site(web, alice, alice).status_code == 404
    path = f"/api/sites/{alice.shop.site_id}"
    assert web.get(f"{path}/report", headers=bob.headers).get_json()["total_pageviews"] == 1
    assert len(web.get(f"{path}/goals", headers=bob.headers).get_json()["goals"]) == 1
    assert program.sites.authenticate(alice.shop.site_id, key).owner_user_id == bob.account.account_id
    again = Sites(program.database, program.secret, clock)
    assert len(again.owned_by(bob.account.account_id)) == 2
    (entry,) = [e for e in program.audit.page(10**6, 9).entries if e.action == "site_transferred"]
    assert (entry.email, entry.site_name, entry.detail) == (
        alice.account.email,
        alice.shop.name,
        "To bob@bakery.example.",
    )


def test_with_whom_it_is_shared_keeps_it_and_the_new_owner_is_no_guest(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    bob, charlie = people.bob, people.charlie
    for guest in (bob, charlie):
        share(program, alice.shop, guest.account, "viewer")
    assert transfer(web, alice, bob.account.email).status_code == 204
    assert site(web, alice, charlie).get_json()["role"] == "viewer"
    guests = web.get(f"/api/sites/{alice.shop.site_id}/access", headers=bob.headers).get_json()["guests"]
    assert [guest["email"] for guest in guests] == [charlie.account.email]


def test_live_views_of_who_had_it_end(web: Client, program: Runtime, alice: Person, people: People) -> None:
    before, after = (Holder(who.account.account_id, 1) for who in (alice, people.bob))
    for person in (alice, people.bob):
        assert web.get("/api/me", headers=person.headers).status_code == 200
    assert program.may_watch(alice.shop.site_id, before)
    assert transfer(web, alice, people.bob.account.email).status_code == 204
    assert not program.may_watch(alice.shop.site_id, before)
    assert program.may_watch(alice.shop.site_id, after)


def test_handed_on_it_is_lost_also_to_who_was_a_guest_before(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    bob = people.bob
    share(program, alice.shop, bob.account, "editor")
    assert transfer(web, alice, bob.account.email).status_code == 204
    path = f"/api/sites/{alice.shop.site_id}/transfer"
    back = web.post(path, json={"email": alice.account.email}, headers=bob.headers)
    assert back.status_code == 204
    assert site(web, alice, bob).status_code == 404


def test_nobody_gets_it_who_cannot_have_it(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    charlie = people.charlie
    program.people.change_role(alice.account, charlie.account.account_id, "viewer")
    for email in ("nobody@shop.example", "", alice.account.email, charlie.account.email):
        answer = transfer(web, alice, email)
        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/email"]
    assert site(web, alice, alice).get_json()["role"] == "owner"
    assert rows(program, "SELECT count(*) FROM audit WHERE action = 'site_transferred'") == [(0,)]


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_a_guest_does_not_hand_it_over(
    web: Client, program: Runtime, alice: Person, people: People, role: GivenRole
) -> None:
    bob = people.bob
    share(program, alice.shop, bob.account, role)
    path = f"/api/sites/{alice.shop.site_id}/transfer"
    answer = web.post(path, json={"email": bob.account.email}, headers=bob.headers)
    assert answer.status_code == 403
    assert site(web, alice, alice).get_json()["role"] == "owner"
