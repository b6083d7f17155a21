"""Today's numbers in the table dash_summary."""

import json
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from appliance.jobs import hourly
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import event, pageview, send

COLUMNS = "current_total_visitors, current_pageviews, day"


@pytest.fixture
def running(program: Runtime) -> Iterator[Runtime]:
    program.summaries.start()
    yield program
    program.summaries.stop()


def written(program: Runtime) -> list[tuple[Any, ...]]:
    return rows(program, f"SELECT {COLUMNS} FROM dash_summary ORDER BY ALL")


def test_an_event_is_in_the_summary_within_two_seconds(running: Runtime, alice: Person) -> None:
    """Also the second one, right after the first was written."""
    for views in (1, 2):
        send(running, alice.shop, pageview("2026-09-17T12:00:00Z"))
        give_up_at = time.monotonic() + 2
        while written(running) != [(1, views, date(2026, 9, 17))]:
            assert time.monotonic() < give_up_at
            time.sleep(0.01)


def test_what_a_kill_left_unwritten_is_written_at_the_next_start(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z"))
    program.summaries.events_loaded({})
    program.summaries.start()
    program.summaries.stop()
    assert written(program) == [(1, 1, date(2026, 9, 17))]


def test_the_snapshot_says_what_the_live_connection_says(
    program: Runtime, alice: Person, people: People
) -> None:
    send(program, alice.shop, pageview("2026-09-17T12:29:00Z"), event("signup", "2026-09-17T12:29:30Z"))
    program.summaries.refresh([alice.shop, people.bob.shop])
    found = dict(rows(program, "SELECT site_id, snapshot FROM dash_summary"))
    live = program.live.summary(alice.shop)
    assert json.loads(found[alice.shop.site_id]) == {**vars(live), "last_event_at": str(live.last_event_at)}
    assert json.loads(found[people.bob.shop.site_id])["visitors_today"] == 0


def test_after_midnight_the_day_is_a_new_one(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    send(program, alice.shop, pageview("2026-09-17T12:29:00Z"))
    program.summaries.refresh([alice.shop])
    clock.set("2026-09-17T21:59:59Z")
    hourly.run(program, clock.now())
    assert written(program) == [(1, 1, date(2026, 9, 17))]
    clock.set("2026-09-17T22:00:00Z")
    hourly.run(program, clock.now())
    assert written(program) == [(0, 0, date(2026, 9, 18))]
