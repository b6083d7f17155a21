"""What was last heard from a website, and that nothing is kept of anybody."""

from dataclasses import replace

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base.config import Config
from appliance.base.errors import RateLimitedError
from appliance.runtime import Runtime
from appliance.sites.contacts import Contact, Refusal
from appliance.sites.site_settings import Changes
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.traffic import GOOGLEBOT, accept, event, pageview

NOW = "2026-09-17T12:30:00Z"


def heard(program: Runtime, person: Person) -> Contact:
    return program.contacts.of(person.shop.site_id)


def load_script(web: Client, referrer: str) -> None:
    assert web.get("/analytics.js", headers={"Referer": referrer}).status_code == 200


def test_of_a_new_website_nothing_was_heard(program: Runtime, alice: Person) -> None:
    assert heard(program, alice) == Contact(None, None, [])


def test_an_event_that_counts_is_noted_when_it_is_on_disk(program: Runtime, alice: Person) -> None:
    accept(program, alice.shop, pageview(NOW))
    assert heard(program, alice) == Contact(None, program.clock.now(), [])


def test_a_wrong_key_is_noted_at_the_site_that_is_named(
    web: Client, program: Runtime, people: People
) -> None:
    site_id = people.alice.shop.site_id
    for path in (f"/ingest/event?site_id={site_id}&k=pk_live_wrong", "/ingest/event"):
        body = {**pageview(NOW), "site_id": site_id, "site_key": "pk_live_wrong"}
        assert web.post(path, json=body).status_code == 403
    assert heard(program, people.alice).refusals == [Refusal("wrong_key", program.clock.now())]
    assert heard(program, people.bob).refusals == []


def test_what_no_website_is_named_for_takes_no_memory(web: Client, program: Runtime, alice: Person) -> None:
    web.post("/ingest/event?site_id=site_none&k=pk_live_wrong", json=pageview(NOW))
    web.post("/ingest/event", json=pageview(NOW))
    load_script(web, "https://elsewhere.example/")
    assert program.contacts._heard == {}
    assert heard(program, alice) == Contact(None, None, [])


def test_an_event_that_is_left_out_is_noted_with_why(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    changes = Changes(allowed_hosts=["shop.example"])
    shop = program.sites.update(alice.account.account_id, alice.shop.site_id, changes)
    accept(program, shop, pageview(NOW, url="https://copy.example/"))
    clock.advance(seconds=1)
    accept(program, shop, pageview(NOW, user_agent=GOOGLEBOT))
    clock.advance(seconds=1)
    accept(program, shop, event("x" * 10, "not a time"))
    found = heard(program, alice)
    assert [(each.reason, each.host) for each in found.refusals] == [
        ("rejected", None),
        ("bot", None),
        ("excluded_host", "copy.example"),
    ]
    assert found.stored_at is None


def test_too_many_events_are_noted(settings: Config, clock: FrozenClock) -> None:
    program = assembly.build(replace(settings, ingest_limit_per_site=1), clock)
    shop = program.sites.create("alice", "Shop", "shop.example", None)
    accept(program, shop, pageview(NOW))
    with pytest.raises(RateLimitedError):
        accept(program, shop, pageview(NOW))
    assert [each.reason for each in program.contacts.of(shop.site_id).refusals] == ["limited"]
    program.stop()


@pytest.mark.parametrize(
    "referrer", ["https://www.shop.example/", "http://shop.example:8080/a?b", "https://deep.shop2.example/"]
)
def test_a_page_of_the_website_that_gets_the_script_is_noted(
    web: Client, program: Runtime, alice: Person, referrer: str
) -> None:
    program.sites.update(
        alice.account.account_id, alice.shop.site_id, Changes(allowed_hosts=["*.shop2.example"])
    )
    load_script(web, referrer)
    assert heard(program, alice).script_at == program.clock.now()


def test_a_deleted_website_is_forgotten(program: Runtime, alice: Person) -> None:
    accept(program, alice.shop, pageview(NOW))
    program.delete_site(alice.account.account_id, alice.shop.site_id, alice.shop.name)
    assert program.contacts._heard == {}


def test_the_status_tells_it_to_whoever_has_the_website(web: Client, alice: Person) -> None:
    web.post(f"/ingest/event?site_id={alice.shop.site_id}&k=pk_live_wrong", json=pageview(NOW))
    told = web.get(f"/api/sites/{alice.shop.site_id}/status", headers=alice.headers).get_json()
    assert told["now"] == NOW
    assert told["contact"] == {
        "script_at": None,
        "stored_at": None,
        "refusals": [{"reason": "wrong_key", "at": NOW, "host": None}],
    }
    assert told["first_event_at"] is None
