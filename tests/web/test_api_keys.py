"""Keys for scripts: what each scope opens, that all else is closed to it, and that it ends when revoked."""

from typing import Any

import pytest
from werkzeug.test import Client

from appliance.accounts.api_keys import ApiKeys
from appliance.jobs import api_keys as job
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import settle
from tests.web.routes import ROUTES, Reach
from tests.web.tenants import tenants


def make(web: Client, person: Person, scope: str, site_id: str | None = None) -> dict[str, Any]:
    body = {"name": "Nightly report", "scope": scope, "site_id": site_id}
    answer = web.post("/api/keys", json=body, headers=person.headers)
    assert answer.status_code == 201
    made: dict[str, Any] = answer.get_json()
    return made


def bearer(made: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {made['key']}"}


def report(web: Client, made: dict[str, Any], person: Person) -> int:
    return web.get(f"/api/sites/{person.shop.site_id}/report", headers=bearer(made)).status_code


def send(web: Client, made: dict[str, Any], **more: object) -> int:
    body = {"event_type": "order_paid", "visitor_id": "customer 7", **more}
    return web.post("/ingest/event", json=body, headers=bearer(made)).status_code


def test_a_key_is_shown_once_and_kept_as_a_hash(web: Client, program: Runtime, alice: Person) -> None:
    made = make(web, alice, "read")
    assert made["key"].startswith("aq_")
    assert len(made["key"]) >= 43
    (entry,) = web.get("/api/keys", headers=alice.headers).get_json()["keys"]
    assert entry == {name: value for name, value in made.items() if name != "key"}
    assert made["key"] not in str(rows(program, "SELECT * FROM api_keys"))


def test_a_key_to_read_opens_reports_and_nothing_else(web: Client, program: Runtime) -> None:
    tenant = next(tenants(program))
    made = make(web, tenant.person, "read")
    opened = set()
    for route in ROUTES:
        if route.reach in (Reach.ACCOUNT, Reach.SITE, Reach.OWNER):
            path = route.path(tenant.ids)
            answer = web.open(path, method=route.method, json=dict(route.body), headers=bearer(made))
            assert answer.status_code in (200, 403), str(route)
            if answer.status_code == 200:
                opened.add(str(route))
    site = "GET /api/sites/<site_id>"
    assert opened == {
        f"{site}/{name}" for name in ("report", "timeseries", "top-pages", "breakdown", "vitals")
    }
    assert send(web, made, site_id=tenant.ids["site_id"]) == 403


def test_a_key_to_send_reads_nothing(web: Client, alice: Person) -> None:
    made = make(web, alice, "ingest")
    assert report(web, made, alice) == 401
    assert web.get("/api/me", headers=bearer(made)).status_code == 401


def test_a_key_reads_the_sites_of_its_account_and_no_others(
    web: Client, alice: Person, people: People
) -> None:
    made = make(web, alice, "read")
    assert (report(web, made, alice), report(web, made, people.bob)) == (200, 404)


def test_a_key_may_be_for_one_site_alone(web: Client, program: Runtime, alice: Person) -> None:
    other = program.sites.create(alice.account.account_id, "Other", "https://other.example", None)
    reading, sending = (make(web, alice, scope, other.site_id) for scope in ("read", "ingest"))
    assert report(web, reading, alice) == 404
    path = f"/api/sites/{other.site_id}/report"
    assert web.get(path, headers=bearer(reading)).status_code == 200
    assert send(web, sending, site_id=alice.shop.site_id) == 400
    assert send(web, sending) == 200


def test_a_server_sends_for_every_site_of_the_account_and_no_other(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    made = make(web, alice, "ingest")
    assert send(web, made, site_id=alice.shop.site_id) == 200
    named = {**bearer(made), "X-Site-Id": alice.shop.site_id}
    bulk = {"events": [{"event_type": "order_paid"}, {"event_type": "order_sent"}]}
    assert web.post("/ingest/bulk", json=bulk, headers=named).get_json()["accepted"] == 2
    for elsewhere in (people.bob.shop.site_id, "site_0", None):
        assert send(web, made, site_id=elsewhere) == 403
    settle(program)
    assert rows(program, "SELECT DISTINCT site_id, count(*) FROM raw_events GROUP BY site_id") == [
        (alice.shop.site_id, 3)
    ]


def test_the_key_itself_is_not_kept_with_the_events(web: Client, program: Runtime, alice: Person) -> None:
    made = make(web, alice, "ingest")
    assert send(web, {"key": "none"}, site_id=alice.shop.site_id, site_key=made["key"]) == 403
    body = {"event_type": "order_paid", "site_id": alice.shop.site_id, "site_key": made["key"]}
    assert web.post("/ingest/event", json=body).status_code == 200
    settle(program)
    assert made["key"] not in str(rows(program, "SELECT * FROM raw_events"))


def test_a_revoked_key_opens_nothing_at_once_and_after_a_restart(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    reading, sending = make(web, alice, "read"), make(web, alice, "ingest")
    for made in (reading, sending):
        path = f"/api/keys/{made['id']}"
        assert web.delete(path, json={}, headers=alice.headers).status_code == 204
        assert web.delete(path, json={}, headers=alice.headers).status_code == 404
    assert report(web, reading, alice) == 401
    assert send(web, sending, site_id=alice.shop.site_id) == 403
    assert ApiKeys(program.database, clock).of(alice.account.account_id) == []


def test_nobody_revokes_or_sees_anothers_key(web: Client, alice: Person, people: People) -> None:
    made = make(web, alice, "read")
    assert web.delete(f"/api/keys/{made['id']}", json={}, headers=people.bob.headers).status_code == 404
    assert web.get("/api/keys", headers=people.bob.headers).get_json() == {"keys": []}
    assert report(web, made, alice) == 200
    foreign = {"name": "x", "scope": "read", "site_id": alice.shop.site_id}
    assert web.post("/api/keys", json=foreign, headers=people.bob.headers).status_code == 404


def test_when_a_key_was_last_used_outlives_the_program(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    made, unused = make(web, alice, "read"), make(web, alice, "ingest")
    assert made["last_used_at"] is None
    clock.advance(hours=1)
    report(web, made, alice)
    job.run(program, clock.now())
    kept = {key.key_id: key.last_used_at for key in ApiKeys(program.database, clock).of(_id(alice))}
    assert kept == {made["id"]: clock.now(), unused["id"]: None}


def _id(person: Person) -> str:
    return person.account.account_id


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": "", "scope": "read"}, "/name"),
        ({"name": "n" * 121, "scope": "read"}, "/name"),
        ({"name": "x"}, "/scope"),
        ({"name": "x", "scope": "admin"}, "/scope"),
        ({"name": "x", "scope": "read", "site_id": 7}, "/site_id"),
    ],
)
def test_a_key_that_cannot_be_made_is_refused_at_its_field(
    web: Client, alice: Person, body: dict[str, object], pointer: str
) -> None:
    answer = web.post("/api/keys", json=body, headers=alice.headers)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == [pointer]


@pytest.mark.parametrize("key", ["aq_", "aq_unknown", "aq_ümläut"])
def test_what_is_no_key_opens_nothing(web: Client, alice: Person, key: str) -> None:
    made = {"key": key.encode().decode("latin-1")}
    assert report(web, made, alice) == 401
    assert send(web, made, site_id=alice.shop.site_id) == 403
