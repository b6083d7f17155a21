"""Alarms of websites: raised once, shown to those who have the website, and over by themselves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base.config import Config
from appliance.imports.records import COMMAND_LINE
from appliance.jobs import guardian as job
from appliance.jobs import hourly
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import pageview, send

VISITS = 20
HOUR = timedelta(hours=1)
THURSDAY = datetime(2026, 9, 17, 12, tzinfo=UTC)


def hour_of_visits(start: datetime, visits: int) -> Iterator[dict[str, Any]]:
    for number in range(visits):
        yield pageview(start + number * HOUR / visits, visitor=f"{start} {number}")


@pytest.fixture
def shop(program: Runtime, alice: Person) -> Person:
    """Twenty visits an hour around noon on six Thursdays, and on this one until a moment ago."""
    for week in range(1, 7):
        for hour in (-1, 0, 1, 2):
            start = THURSDAY - timedelta(weeks=week) + hour * HOUR
            send(program, alice.shop, *hour_of_visits(start, VISITS))
    send(program, alice.shop, pageview(program.clock.now()))
    hourly.run(program, program.clock.now())
    return alice


def titles(web: Client, person: Person) -> list[str]:
    found = web.get("/api/notices", headers=person.headers).get_json()["notices"]
    return [notice["title"] for notice in found if notice["slug"].startswith("site-")]


def look(program: Runtime) -> int:
    """How many alarms began."""
    return len(program.guardian.look(program.clock.now()))


def test_a_silence_is_told_once_to_those_who_have_the_website_and_ends_with_an_event(
    program: Runtime, web: Client, clock: FrozenClock, shop: Person, people: People
) -> None:
    clock.advance(minutes=40)
    assert look(program) == 0
    clock.advance(minutes=10)
    job.run(program, clock.now())
    assert look(program) == 0
    assert titles(web, shop) == ["No events from Alice's shoes"]
    assert titles(web, people.bob) == []
    send(program, shop.shop, pageview(clock.now()))
    look(program)
    assert titles(web, shop) == []
    assert rows(program, "SELECT kind, ended_at IS NOT NULL FROM alarms") == [("silence", True)]


def test_an_import_ends_no_silence(
    program: Runtime, web: Client, clock: FrozenClock, shop: Person, tmp_path: Path
) -> None:
    clock.advance(minutes=50)
    assert look(program) == 1
    history = tmp_path / "access.log"
    history.write_text(
        '203.0.113.9 - - [01/May/2024:10:00:00 +0200] "GET / HTTP/1.1" 200 1 "-" "Firefox/120.0"'
    )
    assert program.imports.run(shop.shop, history, "history", COMMAND_LINE).stored == 1
    assert look(program) == 0
    assert titles(web, shop) == ["No events from Alice's shoes"]


def test_a_spike_is_told_and_is_over_after_half_a_day(
    program: Runtime, web: Client, clock: FrozenClock, shop: Person
) -> None:
    send(program, shop.shop, *hour_of_visits(THURSDAY, 6 * VISITS))
    clock.set("2026-09-17T13:05:00Z")
    hourly.run(program, clock.now())
    assert look(program) == 1
    assert look(program) == 0
    assert titles(web, shop) == ["Many more visits than usual on Alice's shoes"]
    send(program, shop.shop, pageview(clock.now()))
    clock.advance(hours=11)
    send(program, shop.shop, pageview(clock.now()))
    look(program)
    assert titles(web, shop) == []


def test_while_this_program_was_off_no_website_was_silent(
    program: Runtime, settings: Config, clock: FrozenClock, shop: Person
) -> None:
    program.stop()
    clock.advance(hours=2)
    again = assembly.build(settings, clock)
    assert look(again) == 0
    clock.advance(days=7)
    assert look(again) == 1
    again.stop()
    once_more = assembly.build(settings, clock)
    assert [alarm.kind for alarm in once_more.guardian.alarms({shop.shop.site_id})] == ["silence"]
    assert look(once_more) == 0
    once_more.stop()


def test_an_alarm_goes_with_its_website(
    program: Runtime, web: Client, clock: FrozenClock, shop: Person
) -> None:
    clock.advance(hours=1)
    assert look(program) == 1
    program.delete_site(shop.account.account_id, shop.shop.site_id, shop.shop.name)
    assert titles(web, shop) == []
    look(program)
    assert rows(program, "SELECT * FROM alarms") == []
