"""GET and PATCH /api/sites/{site_id}, and what the lists of hosts do to events and their pages."""

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import CHROME, GOOGLEBOT, pageview, send, settle

NOW = "2026-09-17T12:30:00Z"


def patch(web: Client, person: Person, **changes: Any) -> TestResponse:
    return web.patch(f"/api/sites/{person.shop.site_id}", json=changes, headers=person.headers)


def list_hosts(program: Runtime, person: Person, allowed: list[str], excluded: list[str]) -> None:
    changes = Changes(None, None, allowed, excluded)
    program.sites.update(person.account.account_id, person.shop.site_id, changes)


def post(web: Client, person: Person, **event: Any) -> TestResponse:
    query = {"site_id": person.shop.site_id, "k": person.key}
    sent = {"User-Agent": CHROME}
    return web.post("/ingest/event", json=pageview(NOW, **event), query_string=query, headers=sent)


def test_a_new_site_lists_nothing(web: Client, alice: Person) -> None:
    answer = web.get(f"/api/sites/{alice.shop.site_id}", headers=alice.headers)
    assert answer.get_json() == {
        "site_id": alice.shop.site_id,
        "name": "Alice's shoes",
        "url": "https://www.shop.example",
        "timezone": "Europe/Berlin",
        "created_at": "2026-09-17T12:30:00Z",
        "role": "owner",
        "allowed_parameters": [],
        "allowed_hosts": [],
        "excluded_hosts": [],
        "facts_since": None,
    }


def test_settings_are_changed_and_answered(web: Client, alice: Person) -> None:
    lists = {"allowed_parameters": ["size", "Ref"], "allowed_hosts": ["www.shop.example", "*.shop.example"]}
    answer = patch(web, alice, name="Shoes", **lists)
    assert answer.status_code == 200
    shown = answer.get_json()
    assert shown["name"] == "Shoes"
    assert shown["allowed_parameters"] == ["ref", "size"]
    assert shown["allowed_hosts"] == ["*.shop.example", "shop.example"]
    assert shown["excluded_hosts"] == []
    assert web.get(f"/api/sites/{alice.shop.site_id}", headers=alice.headers).get_json() == shown
    assert patch(web, alice, name=None).get_json() == shown


def test_in_another_time_zone_events_belong_to_other_days(
    web: Client, program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview("2026-09-10T23:30:00Z"))

    def days_with_views() -> list[str]:
        path = f"/api/sites/{alice.shop.site_id}/timeseries?metric=pageviews&from=2026-09-09&to=2026-09-12"
        points = web.get(path, headers=alice.headers).get_json()["points"]
        return [point["t"] for point in points if point["value"]]

    assert days_with_views() == ["2026-09-11"]
    assert patch(web, alice, timezone="America/New_York").get_json()["timezone"] == "America/New_York"
    assert days_with_views() == ["2026-09-10"]


@pytest.mark.parametrize(
    ("changes", "pointers"),
    [
        ({"name": 7}, ["/name"]),
        ({"allowed_hosts": "shop.example"}, ["/allowed_hosts"]),
        ({"allowed_hosts": ["shop.example", 7]}, ["/allowed_hosts/1"]),
        ({"timezone": "Mars/Olympus"}, ["/timezone"]),
        ({"timezone": ""}, ["/timezone"]),
        ({"url": "https://other.example"}, ["/url"]),
        ({"site_key": "pk_live_0", "owner_user_id": "bob"}, ["/site_key", "/owner_user_id"]),
        ({"name": "", "excluded_hosts": ["localhost:3000"]}, ["/name", "/excluded_hosts/0"]),
    ],
)
def test_wrong_and_unknown_fields_are_named(
    web: Client, alice: Person, changes: dict[str, Any], pointers: list[str]
) -> None:
    answer = patch(web, alice, **changes)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == pointers
    assert patch(web, alice).get_json()["name"] == "Alice's shoes"


def test_anothers_site_stays_as_it_is(web: Client, alice: Person, people: People) -> None:
    path = f"/api/sites/{people.bob.shop.site_id}"
    assert web.patch(path, json={"name": "Mine"}, headers=alice.headers).status_code == 404
    assert web.get(path, headers=people.bob.headers).get_json()["name"] == "Bob's bread"


def test_an_event_of_a_host_left_out_is_told_so_kept_and_not_counted(
    web: Client, program: Runtime, alice: Person
) -> None:
    list_hosts(program, alice, [], ["localhost"])
    answer = post(web, alice, url="http://localhost:3000/boots")
    assert answer.status_code == 202
    assert answer.get_json() == {"status": "ignored", "reason": "excluded_host"}
    assert answer.headers["X-Analytiq"] == "ignored; reason=excluded_host"
    assert post(web, alice, url="https://www.shop.example/boots").status_code == 200
    settle(program)
    kept = rows(program, "SELECT bot_reason, hostname FROM raw_events ORDER BY seq")
    assert kept == [("excluded_host", "localhost"), (None, "www.shop.example")]
    assert rows(program, "SELECT count(*) FROM visits") == [(1,)]
    ledger = web.get(f"/api/sites/{alice.shop.site_id}/ledger", headers=alice.headers).get_json()
    assert ledger["total"]["ignored"] == {"excluded_host": 1}
    assert ledger["total"]["balanced"]


def test_with_a_list_of_allowed_hosts_no_other_counts(program: Runtime, alice: Person) -> None:
    list_hosts(program, alice, ["shop.example", "*.shop.example"], [])
    hosts = ["www.shop.example", "m.shop.example", "translate.example", "localhost"]
    send(program, alice.shop, *(pageview(NOW, url=f"https://{host}/") for host in hosts))
    counted = rows(program, "SELECT hostname FROM raw_events WHERE bot_reason IS NULL ORDER BY seq")
    assert [hostname for (hostname,) in counted] == ["www.shop.example", "m.shop.example"]


@pytest.mark.parametrize("fields", [{}, {"url": "file:///boots.html"}, {"url": "http://[broken"}])
def test_an_event_without_a_host_counts_whatever_is_listed(
    program: Runtime, alice: Person, fields: dict[str, Any]
) -> None:
    list_hosts(program, alice, ["shop.example"], ["*.example"])
    assert send(program, alice.shop, pageview(NOW, **fields)).accepted == 1


def test_a_bot_on_a_host_left_out_is_a_bot(program: Runtime, alice: Person) -> None:
    list_hosts(program, alice, [], ["localhost"])
    send(program, alice.shop, pageview(NOW, url="http://localhost/", user_agent=GOOGLEBOT))
    assert rows(program, "SELECT bot_reason FROM raw_events") == [("bot",)]


def test_the_lists_of_one_site_are_not_anothers(program: Runtime, alice: Person, people: People) -> None:
    list_hosts(program, alice, [], ["*.example"])
    assert send(program, people.bob.shop, pageview(NOW, url="https://a.example/")).accepted == 1


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("https://www.shop.example", True),
        ("http://m.shop.example:8080", True),
        ("https://staging.shop.example", False),
        ("https://translate.example", False),
        ("null", False),
    ],
)
def test_only_pages_of_listed_hosts_may_read_the_answer(
    web: Client, program: Runtime, alice: Person, origin: str, allowed: bool
) -> None:
    list_hosts(program, alice, ["shop.example", "*.shop.example"], ["staging.shop.example"])
    in_query = {"site_id": alice.shop.site_id, "k": alice.key}
    named = {"X-Site-Id": alice.shop.site_id, "X-Site-Key": alice.key}
    answers = [
        web.options("/ingest/event", headers={"Origin": origin}, query_string=in_query),
        web.post("/ingest/event", json=pageview(NOW), headers={"Origin": origin}, query_string=in_query),
        web.post("/ingest/bulk", json=[pageview(NOW)], headers={"Origin": origin, **named}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers.get("Access-Control-Allow-Origin") == (origin if allowed else None)
        assert answer.headers["Vary"] == "Origin"


def test_a_preflight_that_names_no_site_is_let_through(web: Client, program: Runtime, alice: Person) -> None:
    list_hosts(program, alice, ["shop.example"], [])
    origin = "https://translate.example"
    for query in ({}, {"site_id": "site_unknown"}):
        answer = web.options("/ingest/event", headers={"Origin": origin}, query_string=query)
        assert answer.headers["Access-Control-Allow-Origin"] == origin
