"""What open dashboards are told, and when."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.imports.records import COMMAND_LINE
from appliance.reports import live
from appliance.reports.live import CLOSING, QUEUE_LENGTH, Delta, Live, MetricsUpdate, Viewer
from appliance.reports.overview import Summary
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from tests.clocks import FrozenClock
from tests.traffic import GOOGLEBOT, event, pageview, send

SOON_S = 10
"""A message that comes does so in far less."""
NOTHING = Summary(0, 0, 0, 0, 0.0, None)


@pytest.fixture
def shop(program: Runtime) -> Site:
    return program.sites.create("alice", "Alice's shoes", "shop.example", "Europe/Berlin")


@pytest.fixture
def bakery(program: Runtime) -> Site:
    return program.sites.create("bob", "Bob's bread", "bakery.example", "America/New_York")


@pytest.fixture
def running(program: Runtime) -> Iterator[Live]:
    """Tells as in earnest, on its own thread."""
    program.live.start()
    yield program.live
    program.live.stop()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch, program: Runtime) -> Iterator[Live]:
    """Counts again, and tells, as often as it can."""
    monkeypatch.setattr(live, "MIN_INTERVAL_S", 0.01)
    monkeypatch.setattr(live, "RECOUNT_S", 0.01)
    program.live.start()
    yield program.live
    program.live.stop()


def told(viewer: Viewer) -> MetricsUpdate:
    message = viewer.next(SOON_S)
    assert isinstance(message, MetricsUpdate)
    return message


def test_a_site_without_events_has_nothing_to_tell(program: Runtime, shop: Site) -> None:
    assert program.live.summary(shop) == NOTHING


def test_today_is_the_local_day_of_each_site(program: Runtime, shop: Site, bakery: Site) -> None:
    """At 12:30 UTC both sites have their 17th; it began at 22:00 UTC in Berlin, at 04:00 in New York."""
    for site in (shop, bakery):
        send(
            program,
            site,
            pageview("2026-09-16T21:59:59.999Z", visitor="ann"),
            pageview("2026-09-16T22:00:00Z", visitor="ben"),
            pageview("2026-09-17T04:00:00Z", visitor="cleo"),
        )
    numbers = {site.name: program.live.summary(site) for site in (shop, bakery)}
    assert {name: (n.visitors_today, n.pageviews_today) for name, n in numbers.items()} == {
        "Alice's shoes": (2, 2),
        "Bob's bread": (1, 1),
    }


def test_current_visitors_were_there_in_the_last_five_minutes(program: Runtime, shop: Site) -> None:
    send(
        program,
        shop,
        pageview("2026-09-17T12:24:59.999Z", visitor="gone"),
        pageview("2026-09-17T12:25:00Z", visitor="ann"),
        event("scroll", "2026-09-17T12:29:00Z", visitor="ann"),
        pageview("2026-09-17T12:39:00Z", visitor="fast clock"),
    )
    assert program.live.summary(shop).current_visitors == 2


def test_just_after_midnight_visitors_of_the_old_day_are_still_there(
    program: Runtime, shop: Site, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T22:01:00Z")
    send(program, shop, pageview("2026-09-17T21:58:00Z"))
    found = program.live.summary(shop)
    assert (found.current_visitors, found.visitors_today, found.visits_today) == (1, 0, 0)


def test_a_summary_counts_visits_and_bounces_and_no_bots(program: Runtime, shop: Site) -> None:
    send(
        program,
        shop,
        pageview("2026-09-17T10:00:00Z", visitor="ann"),
        pageview("2026-09-17T10:01:00Z", visitor="ben"),
        pageview("2026-09-17T10:02:00Z", visitor="ben"),
        pageview("2026-09-17T11:00:00Z", visitor="ben"),
        pageview("2026-09-17T12:00:00Z", visitor="bot", user_agent=GOOGLEBOT),
    )
    assert program.live.summary(shop) == Summary(
        current_visitors=0,
        visitors_today=2,
        pageviews_today=4,
        visits_today=3,
        bounce_rate_percent=66.7,
        last_event_at=datetime(2026, 9, 17, 11, tzinfo=UTC),
    )


def test_a_dashboard_gets_the_numbers_at_once(program: Runtime, shop: Site) -> None:
    send(program, shop, pageview("2026-09-17T12:29:00Z"))
    _, hello = program.live.open(shop)
    assert hello.current_summary == program.live.summary(shop)
    assert hello.current_summary.pageviews_today == 1


def test_an_event_is_told_with_what_it_changed(program: Runtime, running: Live, shop: Site) -> None:
    send(program, shop, pageview("2026-09-17T12:00:00Z", visitor="ben"))
    viewer, _ = running.open(shop)
    send(program, shop, pageview("2026-09-17T12:29:00Z", "/cart", timezone="Asia/Calcutta"))
    message = told(viewer)
    assert message.timestamp == datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
    assert message.delta == Delta(visitors=1, pageviews=1)
    assert message.current_summary == program.live.summary(shop)
    assert [(e.event_type, e.path, e.country, e.source) for e in message.recent] == [
        ("pageview", "/cart", "IN", "direct")
    ]


def test_much_at_once_is_one_message_a_second(program: Runtime, running: Live, shop: Site) -> None:
    viewer, _ = running.open(shop)
    send(program, shop, pageview("2026-09-17T12:00:00Z", "/1"))
    assert told(viewer).delta.pageviews == 1
    for number in (2, 3, 4):
        send(program, shop, pageview(f"2026-09-17T12:0{number}:00Z", f"/{number}"))
    message = told(viewer)
    assert message.delta == Delta(visitors=0, pageviews=3)
    assert [recent.path for recent in message.recent] == ["/4", "/3", "/2"]
    assert viewer.next(0.1) is None


def test_what_is_read_in_from_a_file_is_counted_and_not_told_as_if_it_happened_now(
    program: Runtime, running: Live, shop: Site, tmp_path: Path
) -> None:
    viewer, _ = running.open(shop)
    history = tmp_path / "access.log"
    history.write_text(
        '203.0.113.9 - - [17/Sep/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 1 "-" "Firefox/120.0"'
    )
    assert program.imports.run(shop, history, "history", COMMAND_LINE).stored == 1
    message = told(viewer)
    assert (message.delta.pageviews, message.recent) == (1, [])


def test_two_sites_do_not_mix(program: Runtime, running: Live, shop: Site, bakery: Site) -> None:
    ours, _ = running.open(shop)
    theirs, _ = running.open(bakery)
    send(program, shop, pageview("2026-09-17T12:00:00Z", "/shoes"))
    message = told(ours)
    assert [recent.path for recent in message.recent] == ["/shoes"]
    assert theirs.next(0.1) is None
    assert program.live.summary(bakery) == NOTHING


def test_all_dashboards_of_a_site_are_told_until_they_close(
    program: Runtime, running: Live, shop: Site
) -> None:
    first, second, closed = (running.open(shop)[0] for _ in range(3))
    running.close(closed)
    send(program, shop, pageview("2026-09-17T12:00:00Z"))
    assert told(first) == told(second)
    assert closed.next(0) is None


def test_visitors_who_leave_silently_are_told_of(
    program: Runtime, hurried: Live, shop: Site, clock: FrozenClock
) -> None:
    send(program, shop, pageview("2026-09-17T12:29:00Z"))
    viewer, hello = hurried.open(shop)
    assert hello.current_summary.current_visitors == 1
    clock.advance(minutes=6)
    message = told(viewer)
    assert message.current_summary.current_visitors == 0
    assert message.delta == Delta(0, 0)
    assert message.recent == []
    assert viewer.next(0.1) is None, "what did not change is not told again"


def test_at_midnight_the_numbers_begin_anew(
    program: Runtime, hurried: Live, shop: Site, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T21:59:00Z")
    send(program, shop, pageview("2026-09-17T21:59:00Z"))
    viewer, hello = hurried.open(shop)
    assert hello.current_summary.pageviews_today == 1
    clock.set("2026-09-17T22:00:00Z")
    message = told(viewer)
    assert (message.current_summary.visitors_today, message.current_summary.pageviews_today) == (0, 0)
    assert message.delta == Delta(0, 0)


def test_what_comes_right_after_midnight_is_told_in_full(
    program: Runtime, running: Live, shop: Site, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T21:00:00Z")
    send(program, shop, pageview("2026-09-17T20:00:00Z", visitor="ann"))
    viewer, _ = running.open(shop)
    clock.set("2026-09-17T22:00:02Z")
    send(program, shop, pageview("2026-09-17T22:00:01Z", visitor="ben"))
    message = told(viewer)
    if not message.recent:  # midnight itself was told first
        message = told(viewer)
    assert message.delta == Delta(visitors=1, pageviews=1)


def message_number(number: int) -> MetricsUpdate:
    return MetricsUpdate(datetime(2026, 9, 17, tzinfo=UTC), Delta(0, number), NOTHING, [])


def test_a_slow_dashboard_misses_the_oldest_messages_and_never_the_latest(shop: Site) -> None:
    viewer = Viewer(shop)
    for number in range(20):
        viewer.put(message_number(number))
    kept = [viewer.next(0) for _ in range(QUEUE_LENGTH)]
    assert kept == [message_number(number) for number in range(12, 20)]
    assert viewer.next(0) is None


def test_a_dashboard_hears_of_the_end_however_slow_it_is(program: Runtime, shop: Site) -> None:
    viewer, _ = program.live.open(shop)
    for number in range(20):
        viewer.put(message_number(number))
    program.live.stop()
    assert [viewer.next(0) for _ in range(QUEUE_LENGTH)][-1] is CLOSING


def test_it_ends_at_once_though_it_was_telling_when_it_was_asked_to(
    program: Runtime, shop: Site, clock: FrozenClock
) -> None:
    telling, go_on = threading.Event(), threading.Event()

    def slowly(site_id: str) -> Site | None:
        if threading.current_thread().name == "live":
            telling.set()
            go_on.wait()
        return program.sites.by_id(site_id)

    own = Live(program.database, clock, slowly)
    own.open(shop)
    own.start()
    assert telling.wait(10)
    ending = threading.Thread(target=own.stop)
    ending.start()
    time.sleep(0.2)  # It has said so, and waits for the thread.
    go_on.set()
    ending.join(live.RECOUNT_S / 2)
    assert not ending.is_alive()
