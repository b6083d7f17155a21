"""GET /api/sites/{site_id}/quarantine: what was left out, and why."""

from typing import Any

import pytest
from werkzeug.test import Client

from appliance.ingest.quarantine import MOST_FREQUENT
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.traffic import CHROME, GOOGLEBOT, pageview, send

NOON = "2026-09-17T12:00:00Z"
LATER = "2026-09-17T12:35:00Z"
STAGING = "https://staging.shop.example/"


def get(web: Client, person: Person, query: str = "") -> Any:
    return web.get(f"/api/sites/{person.shop.site_id}/quarantine{query}", headers=person.headers)


@pytest.fixture
def shop(program: Runtime, alice: Person) -> Person:
    """Alice, who leaves out her staging server."""
    changes = Changes(excluded_hosts=["staging.shop.example"])
    program.sites.update(alice.account.account_id, alice.shop.site_id, changes)
    return alice


def test_what_was_left_out_is_told_by_reason_agent_and_host(
    web: Client, program: Runtime, shop: Person, clock: FrozenClock
) -> None:
    send(program, shop.shop, pageview(NOON), *[pageview(NOON, user_agent=GOOGLEBOT)] * 2)
    clock.advance(minutes=5)
    send(program, shop.shop, pageview(NOON, url=STAGING), pageview(NOON, user_agent="curl/8.5"))
    assert get(web, shop).get_json() == {
        "events": 4,
        "reasons": [
            {"reason": "bot", "events": 3, "last_seen": LATER},
            {"reason": "excluded_host", "events": 1, "last_seen": LATER},
        ],
        "agents": [
            {"user_agent": GOOGLEBOT, "reason": "bot", "events": 2, "last_seen": "2026-09-17T12:30:00Z"},
            {
                "user_agent": CHROME,
                "reason": "excluded_host",
                "events": 1,
                "last_seen": LATER,
            },
            {"user_agent": "curl/8.5", "reason": "bot", "events": 1, "last_seen": LATER},
        ],
        "hosts": [
            {"hostname": "staging.shop.example", "events": 1, "last_seen": LATER},
        ],
    }


def test_the_agent_is_the_bodys_or_else_the_headers_which_is_kept_of_bots_only(
    web: Client, program: Runtime, shop: Person
) -> None:
    silent = {"event_type": "pageview", "timestamp": NOON}
    query = {"site_id": shop.shop.site_id, "k": shop.key}
    for event in (silent, {**silent, "user_agent": ""}, {**silent, "url": STAGING, "user_agent": "Mine/1"}):
        web.post("/ingest/event", json=event, query_string=query, headers={"User-Agent": GOOGLEBOT})
    web.post(
        "/ingest/event", json={**silent, "url": STAGING}, query_string=query, headers={"User-Agent": CHROME}
    )
    program.loader.load_pending()
    agents = [
        (row["user_agent"], row["reason"], row["events"]) for row in get(web, shop).get_json()["agents"]
    ]
    assert agents == [(GOOGLEBOT, "bot", 2), ("Mine/1", "excluded_host", 1), (None, "excluded_host", 1)]


def test_nothing_left_out_is_an_empty_report(web: Client, program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOON))
    assert get(web, alice).get_json() == {"events": 0, "reasons": [], "agents": [], "hosts": []}


def test_days_are_those_of_the_ledger_and_the_two_agree(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    for instant in (
        "2026-09-15T23:59:59Z",
        "2026-09-16T00:00:00Z",
        "2026-09-16T23:59:59Z",
        "2026-09-17T00:00:00Z",
    ):
        clock.set(instant)
        send(program, alice.shop, pageview("2026-09-01T00:00:00Z", user_agent=GOOGLEBOT))
    days = "?from=2026-09-16&to=2026-09-16"
    ledger = web.get(f"/api/sites/{alice.shop.site_id}/ledger{days}", headers=alice.headers).get_json()
    assert get(web, alice, days).get_json()["events"] == ledger["total"]["ignored"]["bot"] == 2


def test_only_the_most_frequent_agents_are_told(web: Client, program: Runtime, alice: Person) -> None:
    often = [pageview(NOON, user_agent=GOOGLEBOT)] * 2
    once = [pageview(NOON, user_agent=f"curl/{number}") for number in range(MOST_FREQUENT)]
    send(program, alice.shop, *once, *often)
    report = get(web, alice).get_json()
    assert len(report["agents"]) == MOST_FREQUENT
    assert report["agents"][0]["user_agent"] == GOOGLEBOT
    assert report["events"] == MOST_FREQUENT + 2


def test_anothers_bots_are_not_told(web: Client, program: Runtime, alice: Person, people: People) -> None:
    send(program, people.bob.shop, pageview(NOON, user_agent=GOOGLEBOT))
    assert get(web, alice).get_json()["events"] == 0


@pytest.mark.parametrize("query", ["?from=yesterday", "?from=2026-09-17&to=2026-09-16"])
def test_dates_that_cannot_be_used_are_refused(web: Client, alice: Person, query: str) -> None:
    assert get(web, alice, query).status_code == 422
