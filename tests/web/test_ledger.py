"""GET /api/sites/{site_id}/ledger, and what /healthz says of it."""

from typing import Any

import pytest
from werkzeug.test import Client

from appliance.jobs import ledger
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import Person
from tests.traffic import GOOGLEBOT, pageview, send

NOON = "2026-09-17T12:00:00Z"


def get(web: Client, person: Person, query: str = "") -> Any:
    return web.get(f"/api/sites/{person.shop.site_id}/ledger{query}", headers=person.headers)


def lose_an_event(program: Runtime) -> None:
    with program.database.write() as transaction:
        transaction._cursor.execute("DELETE FROM raw_events")


def test_the_ledger_tells_what_became_of_each_days_events(
    web: Client, program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(NOON), pageview(NOON, user_agent=GOOGLEBOT), {"event_type": 7})
    sums = {
        "received": 2,
        "stored": 1,
        "duplicates": 0,
        "ignored": {"bot": 1},
        "set_aside": 0,
        "rejected": 1,
        "balanced": True,
    }
    assert get(web, alice).get_json() == {"days": [{"day": "2026-09-17", **sums}], "total": sums}


def test_the_ledger_of_a_site_without_events_is_empty_and_balanced(web: Client, alice: Person) -> None:
    answer = get(web, alice).get_json()
    assert answer["days"] == []
    assert (answer["total"]["received"], answer["total"]["balanced"]) == (0, True)


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("?from=2026-09-16&to=2026-09-16", ["2026-09-16"]),
        ("?from=2026-09-16&to=2026-09-17", ["2026-09-16", "2026-09-17"]),
        ("?to=2026-09-16", ["2026-09-16"]),
        ("?from=2026-09-18&to=2026-09-30", []),
    ],
)
def test_the_days_asked_for_are_days_of_utc_whatever_the_sites_zone(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock, query: str, days: list[str]
) -> None:
    for instant in ("2026-09-16T23:30:00Z", "2026-09-17T00:30:00Z"):  # one day in Berlin
        clock.set(instant)
        send(program, alice.shop, pageview(clock.now()))
    assert [day["day"] for day in get(web, alice, query).get_json()["days"]] == days


@pytest.mark.parametrize("query", ["?from=yesterday", "?from=2026-09-17&to=2026-09-16"])
def test_dates_that_cannot_be_used_are_refused(web: Client, alice: Person, query: str) -> None:
    assert get(web, alice, query).status_code == 422


def test_health_shows_the_last_check(web: Client, program: Runtime, alice: Person) -> None:
    assert web.get("/healthz").get_json()["ledger"]["checked_at"] is None
    send(program, alice.shop, pageview(NOON))
    ledger.run(program, program.clock.now())
    health = web.get("/healthz").get_json()
    assert health["status"] == "ok"
    assert health["ledger"] == {"balanced": True, "checked_at": "2026-09-17T12:30:00Z", "differences": 0}


def test_a_ledger_out_of_balance_is_a_warning_and_no_outage(
    web: Client, program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(NOON))
    lose_an_event(program)
    ledger.run(program, program.clock.now())
    answer = web.get("/healthz")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "warning")
    assert answer.get_json()["ledger"]["balanced"] is False
    assert answer.get_json()["ledger"]["differences"] == 1
    assert get(web, alice).get_json()["days"][0]["balanced"] is False
