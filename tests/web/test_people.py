"""/api/people: changing roles and removing accounts, and what an Analytiq is never left without."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from werkzeug.test import Client

from appliance import assembly
from appliance.base import config
from appliance.base.errors import ConflictError
from appliance.runtime import Runtime
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.queries import rows
from tests.web.tenants import tenants

LOGGED = {"audit"}
"""What may name an account that is gone."""


def change(web: Client, by: Person, person: Person, role: str) -> int:
    path = f"/api/people/{person.account.account_id}"
    return web.patch(path, json={"role": role}, headers=by.headers).status_code


def remove(web: Client, by: Person, person: Person) -> int:
    path = f"/api/people/{person.account.account_id}"
    return web.delete(path, json={}, headers=by.headers).status_code


def role(program: Runtime, person: Person) -> str:
    ((found,),) = rows(
        program, "SELECT role FROM accounts WHERE account_id = $id", id=person.account.account_id
    )
    return str(found)


def latest(web: Client, owner: Person) -> tuple[str, str]:
    (entry,) = web.get("/api/audit?limit=1", headers=owner.headers).get_json()["entries"]
    return entry["action"], entry["detail"]


def test_people_are_listed_with_what_is_shared_with_them(web: Client, program: Runtime) -> None:
    owner = next(tenants(program))
    listed = web.get("/api/people", headers=owner.person.headers).get_json()["people"]
    shared = {"site_id": owner.ids["site_id"], "name": owner.person.shop.name, "role": "editor"}
    told = [(found["email"], found["role"], found["sites_owned"], found["shared"]) for found in listed]
    assert told == [
        (owner.guest.account.email, "owner", 0, [shared]),
        (owner.person.account.email, "owner", 1, []),
    ]
    assert listed[0].keys() == {
        "account_id", "email", "name", "role", "created_at", "sites_owned", "shared",
    }  # fmt: skip


def test_a_changed_role_counts_at_once_and_is_entered(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    charlie = people.charlie
    assert web.get("/api/audit", headers=charlie.headers).status_code == 403
    assert change(web, alice, charlie, "owner") == 204
    assert latest(web, alice) == ("role_changed", "charlie@nowhere.example: editor → owner.")
    assert web.get("/api/audit", headers=charlie.headers).status_code == 200
    assert change(web, charlie, alice, "editor") == 204
    assert web.get("/api/audit", headers=alice.headers).status_code == 403
    assert web.get("/api/me", headers=alice.headers).get_json()["user"]["role"] == "editor"
    assert role(program, alice) == "editor"


def test_the_last_owner_stays_one(web: Client, program: Runtime, alice: Person, people: People) -> None:
    program.sites.delete(alice.account.account_id, alice.shop.site_id, alice.shop.name)
    assert change(web, alice, alice, "viewer") == 409
    assert remove(web, alice, alice) == 409
    assert role(program, alice) == "owner"
    assert change(web, alice, people.charlie, "owner") == 204
    assert remove(web, alice, alice) == 204
    assert change(web, people.charlie, people.charlie, "editor") == 409


def test_of_two_owners_who_demote_each_other_at_once_one_stays(
    program: Runtime, alice: Person, people: People
) -> None:
    program.people.change_role(alice.account, people.charlie.account.account_id, "owner")

    def demote(pair: tuple[Person, Person]) -> str:
        try:
            program.people.change_role(pair[0].account, pair[1].account.account_id, "editor")
        except ConflictError:
            return "refused"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(demote, [(alice, people.charlie), (people.charlie, alice)]))
    assert outcomes == ["done", "refused"]


def test_who_owns_a_site_is_neither_removed_nor_made_a_viewer(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    bob = people.bob
    path = f"/api/people/{bob.account.account_id}"
    for refused in (
        web.delete(path, json={}, headers=alice.headers),
        web.patch(path, json={"role": "viewer"}, headers=alice.headers),
    ):
        assert refused.status_code == 409
        assert "transferred" in refused.get_json()["detail"]
    assert role(program, bob) == "editor"
    program.sites.transfer(bob.account.account_id, bob.shop.site_id, alice.account.email)
    assert change(web, alice, bob, "viewer") == 204
    assert remove(web, alice, bob) == 204


def test_a_removed_accounts_sessions_and_tokens_end(web: Client, alice: Person, people: People) -> None:
    charlie = people.charlie
    browser = Client(web.application)
    login = {"email": charlie.account.email, "password": PASSWORD}
    assert browser.post("/api/login", json=login).status_code == 200
    token = charlie.headers
    assert remove(web, alice, charlie) == 204
    assert latest(web, alice) == ("account_removed", "charlie@nowhere.example, editor.")
    assert browser.get("/api/me").status_code == 401
    assert web.get("/api/me", headers=token).status_code == 401
    assert web.post("/api/login", json=login).status_code == 401


def test_nothing_of_a_removed_account_is_left_in_any_table(web: Client, program: Runtime) -> None:
    owner = next(tenants(program))
    guest = owner.guest
    named = rows(
        program,
        "SELECT table_name FROM information_schema.columns WHERE column_name = 'account_id'",
    )
    tables = {name for (name,) in named} - LOGGED
    assert tables >= {"accounts", "site_access", "invitations"}
    assert remove(web, owner.person, guest) == 204
    left = {
        table
        for table in tables
        if rows(program, f"SELECT 1 FROM {table} WHERE account_id = $id", id=guest.account.account_id)
    }
    assert left == set()


def test_what_cannot_be_a_role_changes_nothing(web: Client, alice: Person, people: People) -> None:
    path = f"/api/people/{people.charlie.account.account_id}"
    for body in ({"role": "admin"}, {"role": None}, {}, {"role": "owner", "email": "x@y.example"}):
        assert web.patch(path, json=body, headers=alice.headers).status_code == 422
    assert web.patch("/api/people/nobody", json={"role": "viewer"}, headers=alice.headers).status_code == 404


def test_of_twenty_set_ups_at_once_one_makes_the_owner(tmp_path: Path, clock: FrozenClock) -> None:
    parts = assembly.build(config.load({"data_dir": tmp_path}, environ={}), clock)
    caller = Client(create_app(parts), use_cookies=False)

    def set_up(number: int) -> int:
        form = {
            "email": f"person{number}@shop.example",
            "password": PASSWORD,
            "setup_code": parts.accounts.setup_code,
        }
        sender = {"REMOTE_ADDR": f"198.51.{number}.7"}
        return caller.post("/api/signup", json=form, environ_base=sender).status_code

    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(set_up, range(20)))
    assert outcomes == {201: 1, 403: 19}
    assert rows(parts, "SELECT role FROM accounts") == [("owner",)]
    parts.stop()
