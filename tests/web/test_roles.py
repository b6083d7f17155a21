"""What an owner, an editor and a viewer may do: on every route of a site, and with this Analytiq."""

from dataclasses import replace
from itertools import islice

import pytest
from werkzeug.test import Client

from appliance.accounts.roles import Role, covers
from appliance.runtime import Runtime
from appliance.sharing.access import Access
from appliance.sharing.tickets import Holder
from tests.people import People, Person
from tests.queries import state
from tests.web.routes import Reach, reaching
from tests.web.tenants import Tenant, tenants
from tests.web.test_matrix import UPGRADE, call

SITE = "/api/sites/{}"


def guest_with(program: Runtime, tenant: Tenant, role: Role, of_site: Role) -> Person:
    """The tenant's guest with that role, and with that one of the site."""
    host, guest = tenant.person, tenant.guest
    program.people.change_role(host.account, guest.account.account_id, role)
    program.access.change(
        host.account, host.shop, guest.account.account_id, "viewer" if of_site == "viewer" else "editor"
    )
    return Person(program, replace(guest.account, role=role), host.site)


@pytest.mark.parametrize(
    ("role", "of_site", "effective"),
    [
        ("owner", "editor", "editor"),
        ("editor", "editor", "editor"),
        ("editor", "viewer", "viewer"),
        ("owner", "viewer", "viewer"),
        ("viewer", "editor", "viewer"),
    ],
)
def test_a_guest_may_do_with_a_site_what_both_roles_allow(
    web: Client, program: Runtime, role: Role, of_site: Role, effective: Role
) -> None:
    made = tenants(program)
    tenant = next(made)
    guest = guest_with(program, tenant, role, of_site)
    before = state(program)
    allowed = []
    for route in reaching(Reach.SITE):
        if route.changes_something and covers(effective, route.need):
            allowed.append(route)
            continue
        answer = call(web, route, tenant.ids, headers=guest.headers)
        if covers(effective, route.need):
            assert answer.status_code == 200, route
        else:
            assert answer.status_code == 403, route
            assert "Nothing was changed" in answer.get_json()["detail"]
    assert state(program) == before
    for route in allowed:
        if not route.rule.endswith("<share_id>"):
            assert call(web, route, tenant.ids, headers=guest.headers).status_code in route.expected, route
    assert (len(allowed) > 2) == (effective == "editor")


def test_the_owner_of_this_analytiq_has_nobodys_site_that_is_not_shared(
    web: Client, program: Runtime
) -> None:
    owner, member = islice(tenants(program), 2)
    listed = web.get("/api/sites", headers=owner.person.headers).get_json()["sites"]
    assert [(site["site_id"], site["role"]) for site in listed] == [(owner.ids["site_id"], "owner")]
    people = web.get("/api/people", headers=owner.person.headers).get_json()["people"]
    assert member.ids["site_id"] not in str(people)
    theirs = next(found for found in people if found["account_id"] == member.person.account.account_id)
    assert (theirs["sites_owned"], theirs["shared"]) == (1, [])


def test_a_site_shows_what_one_is_of_it(web: Client, program: Runtime) -> None:
    tenant = next(tenants(program))
    for role in ("editor", "viewer"):
        guest = guest_with(program, tenant, "editor", role)
        (card,) = web.get("/api/sites", headers=guest.headers).get_json()["sites"]
        site = web.get(SITE.format(tenant.ids["site_id"]), headers=guest.headers).get_json()
        assert (card["role"], site["role"], site["site_id"]) == (role, role, tenant.ids["site_id"])


def test_a_viewer_makes_no_site(web: Client, program: Runtime, alice: Person, people: People) -> None:
    charlie = people.charlie
    program.people.change_role(alice.account, charlie.account.account_id, "viewer")
    form = {"name": "x", "url": "x.example"}
    answer = web.post("/api/sites", json=form, headers=charlie.headers)
    assert answer.status_code == 403
    assert "make you an editor" in answer.get_json()["detail"]
    assert web.get("/api/sites", headers=charlie.headers).get_json() == {"sites": []}


def test_whose_access_is_taken_finds_no_site_and_sees_nothing_more(web: Client, program: Runtime) -> None:
    tenant = next(tenants(program))
    guest, site_id = tenant.guest, tenant.ids["site_id"]
    path = SITE.format(site_id)
    watching = Holder(guest.account.account_id, guest.account.token_version)
    ticket = web.post(f"{path}/live-ticket", json={}, headers=guest.headers).get_json()["token"]
    assert program.may_watch(site_id, watching)
    taken = web.delete(f"{path}/access/{watching.account_id}", json={}, headers=tenant.person.headers)
    assert taken.status_code == 204
    assert web.get(path, headers=guest.headers).status_code == 404
    assert web.get("/api/sites", headers=guest.headers).get_json() == {"sites": []}
    assert not program.may_watch(site_id, watching)
    assert web.get(f"/ws/sites/{site_id}?token={ticket}", headers=UPGRADE).status_code == 401
    assert web.get(f"/ws/sites/{site_id}?token={guest.token}", headers=UPGRADE).status_code == 404


def test_what_is_shared_stays_so_after_a_restart(program: Runtime) -> None:
    tenant = next(tenants(program))
    again = Access(program.database, program.sites, program.clock)
    assert again.site(tenant.guest.account, tenant.ids["site_id"], "editor") == tenant.person.shop


def test_a_guests_changes_are_entered_in_their_own_name(web: Client, program: Runtime) -> None:
    tenant = next(tenants(program))
    path = SITE.format(tenant.ids["site_id"])
    assert web.patch(path, json={"name": "Boots"}, headers=tenant.guest.headers).status_code == 200
    log = web.get("/api/audit?limit=1", headers=tenant.person.headers).get_json()["entries"]
    assert [(entry["action"], entry["email"]) for entry in log] == [
        ("site_changed", tenant.guest.account.email)
    ]
