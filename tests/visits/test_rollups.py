"""What is a visit, and how long was a page looked at: the rules of docs/metrics.md on real data."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from appliance.runtime import Runtime
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import event, pageview, send

NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)


def at(minutes: float = 0, *, ms: int = 0) -> datetime:
    return NOON + timedelta(minutes=minutes, milliseconds=ms)


def visits(program: Runtime) -> list[Any]:
    """(start, end, pageviews, bounced, page time in ms) of every visit, in order of time."""
    return rows(
        program,
        """SELECT started_at, ended_at, pageviews, bounced, page_time_ms
        FROM visits ORDER BY started_at, visit_id""",
    )


def page_times(program: Runtime) -> list[Any]:
    return rows(program, "SELECT path, page_time_ms FROM page_facts ORDER BY ts, seq")


def spans(program: Runtime) -> list[tuple[float, float]]:
    """Start and end of every visit in minutes after noon."""
    noon = NOON.replace(tzinfo=None)
    return [
        ((row[0] - noon).total_seconds() / 60, (row[1] - noon).total_seconds() / 60)
        for row in visits(program)
    ]


def test_a_pause_of_exactly_30_minutes_belongs_to_the_visit(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(at(0)), pageview(at(30)))
    assert spans(program) == [(0, 30)]


def test_a_pause_of_a_millisecond_more_begins_another_visit(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(at(0)), pageview(at(30, ms=1)))
    assert len(visits(program)) == 2


def test_a_changed_session_id_begins_another_visit_each_time(program: Runtime, alice: Person) -> None:
    sessions = ("s1", "s2", "s1")
    send(program, alice.shop, *(pageview(at(n), session_id=s) for n, s in enumerate(sessions)))
    assert spans(program) == [(0, 0), (1, 1), (2, 2)]


def test_a_missing_session_id_never_cuts(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(at(0), session_id="s1"),
        pageview(at(1)),
        pageview(at(2), session_id="s1"),
        pageview(at(3)),
        pageview(at(4), session_id="s2"),
    )
    assert spans(program) == [(0, 3), (4, 4)]


def test_a_late_event_joins_two_visits_into_one(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(at(0)), pageview(at(50)))
    assert len(visits(program)) == 2
    send(program, alice.shop, pageview(at(25)))
    assert spans(program) == [(0, 50)]


def test_two_visitors_and_two_sites_do_not_mix(program: Runtime, alice: Person, people: People) -> None:
    send(program, alice.shop, pageview(at(0), visitor="ann"), pageview(at(1), visitor="ben"))
    send(program, people.bob.shop, pageview(at(2), visitor="ann"))
    assert spans(program) == [(0, 0), (1, 1), (2, 2)]


def test_one_pageview_is_a_bounce_and_passive_events_do_not_undo_it(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(at(0)),
        event("load", at(0)),
        event("click", at(1)),
        event("leave", at(2)),
    )
    assert [row[3] for row in visits(program)] == [True]


@pytest.mark.parametrize(("more", "bounced"), [({}, False), ({"interactive": False}, True)])
def test_a_custom_event_undoes_a_bounce_unless_it_says_otherwise(
    program: Runtime, alice: Person, more: dict[str, Any], bounced: bool
) -> None:
    send(program, alice.shop, pageview(at(0)), event("signup", at(1), **more))
    assert [row[3] for row in visits(program)] == [bounced]


def test_a_visit_without_a_pageview_is_no_bounce(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, event("click", at(0)))
    assert [row[2:4] for row in visits(program)] == [(0, False)]


def test_page_time_is_the_engaged_time_that_leave_events_report(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(at(0), "/a"),
        event("leave", at(1), "/a", engaged_ms=20_000),
        event("leave", at(2), "/a", engaged_ms=5_000),
        pageview(at(5), "/b"),
    )
    assert page_times(program) == [("/a", 25_000), ("/b", None)]


def test_a_leave_belongs_to_the_latest_view_of_its_page(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(at(0), "/a"),
        pageview(at(1), "/b"),
        pageview(at(2), "/a"),
        event("leave", at(3), "/a", engaged_ms=7_000),
    )
    assert page_times(program) == [("/a", 60_000), ("/b", 60_000), ("/a", 7_000)]


def test_page_time_without_leave_is_the_gap_to_the_next_page_or_the_last_event(
    program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(at(0), "/a"), pageview(at(2), "/b"), event("click", at(3), "/b"))
    assert page_times(program) == [("/a", 120_000), ("/b", 60_000)]
    assert [row[4] for row in visits(program)] == [180_000]


def test_bots_are_kept_and_counted_nowhere(program: Runtime, alice: Person) -> None:
    outcome = send(program, alice.shop, pageview(at(0), user_agent="Googlebot/2.1"), pageview(at(1)))
    assert outcome.ignored == 1
    assert spans(program) == [(1, 1)]
    assert rows(program, "SELECT bot_reason FROM raw_events WHERE bot_reason IS NOT NULL") == [("bot",)]


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_arrival_does_not_matter(
    program: Runtime, alice: Person, people: People, seed: int
) -> None:
    """The same events, in order in one request to one site, shuffled in many to another."""
    chance = random.Random(seed)  # noqa: S311  (a reproducible log, no secret)
    events = [_random_event(chance, number) for number in range(60)]
    events.sort(key=lambda e: str(e["timestamp"]))
    send(program, alice.shop, *events)
    shuffled = chance.sample(events, len(events))
    while shuffled:
        size = chance.randint(1, 9)
        send(program, people.bob.shop, *shuffled[:size])
        shuffled = shuffled[size:]
    ours, theirs = (_derived(program, person.shop.site_id) for person in (alice, people.bob))
    assert ours == theirs
    assert len(ours) > 10


def _derived(program: Runtime, site_id: str) -> list[Any]:
    """All that is derived of a site, without the ids that depend on the order of arrival."""
    visits = """SELECT visitor_id, started_at, ended_at, stretch_started_at, stretch_ended_at, pageviews,
        bounced, page_time_ms, entry_page, exit_page FROM visits WHERE site_id = $site_id ORDER BY ALL"""
    pages = "SELECT visitor_id, ts, path, page_time_ms FROM page_facts WHERE site_id = $site_id ORDER BY ALL"
    return [*rows(program, visits, site_id=site_id), *rows(program, pages, site_id=site_id)]


def _random_event(chance: random.Random, number: int) -> dict[str, Any]:
    """The number keeps times apart: between equal times the order of arrival does count."""
    minutes = chance.choice([0, 5, 29, 30, 31, 60, 61, 90, 1440]) + chance.choice([0, 30, 60])
    return event(
        chance.choice(["pageview", "pageview", "route_change", "leave", "click", "signup"]),
        at(minutes, ms=number),
        chance.choice(["/", "/a", "/b"]),
        chance.choice(["ann", "ben"]),
        session_id=chance.choice(["s1", "s2", None]),
        engaged_ms=chance.choice([None, 1000, 2500]),
    )
