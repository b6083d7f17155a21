"""The short answers about sites: the numbers on their cards, and whether data is arriving."""

from datetime import UTC, date, datetime

import pytest

from appliance.base.timerange import TimeRange
from appliance.reports.overview import Recent, Status, Today
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from tests.clocks import FrozenClock
from tests.traffic import GOOGLEBOT, event, pageview, send


@pytest.fixture
def shop(program: Runtime) -> Site:
    return program.sites.create("alice", "Alice's shoes", "shop.example", "Europe/Berlin")


@pytest.fixture
def bakery(program: Runtime) -> Site:
    return program.sites.create("alice", "Alice's bread", "bakery.example", "Pacific/Kiritimati")


def test_nobody_has_cards_without_sites(program: Runtime) -> None:
    assert program.overview.today([]) == {}


def test_a_site_without_events_has_a_card_of_zeros(program: Runtime, shop: Site) -> None:
    assert program.overview.today([shop]) == {shop.site_id: Today(0, 0, 0, 0)}


def test_each_card_counts_its_sites_own_day(program: Runtime, shop: Site, bakery: Site) -> None:
    """At 12:30 UTC it is the 17th in Berlin, since 22:00; and the 18th on Kiritimati, since 10:00."""
    stamps = ["2026-09-16T21:59:59Z", "2026-09-16T22:00:00Z", "2026-09-17T09:59:59Z", "2026-09-17T10:00:00Z"]
    for site in (shop, bakery):
        send(program, site, *(pageview(stamp, visitor=stamp) for stamp in stamps))
    assert program.overview.today([shop, bakery]) == {
        shop.site_id: Today(visitors=3, visits=3, pageviews=3, current_visitors=0),
        bakery.site_id: Today(visitors=1, visits=1, pageviews=1, current_visitors=0),
    }


def test_two_sites_do_not_mix(program: Runtime, shop: Site, bakery: Site) -> None:
    send(program, shop, pageview("2026-09-17T12:29:00Z"), pageview("2026-09-17T12:29:30Z"))
    assert program.overview.today([bakery]) == {bakery.site_id: Today(0, 0, 0, 0)}
    assert program.overview.today([shop, bakery])[shop.site_id] == Today(1, 1, 2, 1)


def test_cards_and_live_numbers_agree(program: Runtime, shop: Site) -> None:
    send(
        program,
        shop,
        pageview("2026-09-17T08:00:00Z", visitor="ann"),
        pageview("2026-09-17T11:00:00Z", visitor="ann"),
        event("signup", "2026-09-17T12:26:00Z", visitor="ben"),
        pageview("2026-09-17T12:38:00Z", visitor="cleo"),
        pageview("2026-09-17T12:29:00Z", visitor="bot", user_agent=GOOGLEBOT),
    )
    live = program.live.summary(shop)
    card = program.overview.today([shop])[shop.site_id]
    assert card == Today(visitors=3, visits=4, pageviews=3, current_visitors=2)
    assert card == Today(live.visitors_today, live.visits_today, live.pageviews_today, live.current_visitors)


def test_just_after_midnight_visitors_of_the_old_day_are_still_there(
    program: Runtime, shop: Site, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T22:01:00Z")
    send(program, shop, pageview("2026-09-17T21:58:00Z"))
    assert program.overview.today([shop]) == {shop.site_id: Today(0, 0, 0, current_visitors=1)}


def test_nobody_has_a_past_without_sites_and_a_new_site_one_of_zeros(program: Runtime, shop: Site) -> None:
    assert program.overview.recent([]) == {}
    assert program.overview.recent([shop]) == {shop.site_id: Recent([0] * 24, 0)}


def test_the_last_24_hours_are_those_of_the_timeseries(program: Runtime, shop: Site, bakery: Site) -> None:
    send(
        program,
        shop,
        *(
            pageview(f"2026-09-17T{hour:02}:{minute}:00Z", visitor=f"{hour} {minute}")
            for hour in range(12)
            for minute in (10, 50)
        ),
        *(pageview(f"2026-09-17T{at}:00Z", visitor="stays") for at in ("02:50", "03:10", "03:40", "04:05")),
        pageview("2026-09-16T12:59:59Z", visitor="too early"),
        pageview("2026-09-17T12:29:59Z"),
    )
    day = TimeRange(date(2026, 9, 16), date(2026, 9, 17), shop.zone)
    points = program.timeseries.series(shop, day, ["visitors"], "hour").series["visitors"]
    recent = program.overview.recent([shop, bakery])
    assert recent[shop.site_id].last_24_hours == [point.value for point in points][15:39]
    assert sum(recent[shop.site_id].last_24_hours) == 28
    assert recent[bakery.site_id].last_24_hours == [0] * 24


def test_yesterday_is_counted_up_to_the_same_time_of_day_in_each_zone(
    program: Runtime, shop: Site, bakery: Site
) -> None:
    """It is 14:30 on the 17th in Berlin, and 02:30 on the 18th on Kiritimati."""
    stamps = ["2026-09-15T21:59:59Z", "2026-09-15T22:00:00Z", "2026-09-16T10:00:00Z", "2026-09-16T12:29:59Z"]
    for site in (shop, bakery):
        send(program, site, *(pageview(stamp, visitor=stamp) for stamp in [*stamps, "2026-09-16T12:30:00Z"]))
    recent = program.overview.recent([shop, bakery])
    assert recent[shop.site_id].yesterday_by_now == 3
    assert recent[bakery.site_id].yesterday_by_now == 2


def test_a_day_of_less_than_half_an_hour_is_compared_with_nothing(
    program: Runtime, shop: Site, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T22:29:59Z")
    assert program.overview.recent([shop])[shop.site_id].yesterday_by_now is None
    clock.set("2026-09-17T22:30:00Z")
    assert program.overview.recent([shop])[shop.site_id].yesterday_by_now == 0


def test_nothing_arrived_yet(program: Runtime, shop: Site) -> None:
    assert program.overview.status(shop) == Status(None, None, 0, receiving=False)


def test_the_first_event_shows_that_data_arrives(program: Runtime, shop: Site, bakery: Site) -> None:
    send(program, shop, pageview("2026-09-17T12:29:59Z"))
    stamp = datetime(2026, 9, 17, 12, 29, 59, tzinfo=UTC)
    assert program.overview.status(shop) == Status(stamp, stamp, 1, receiving=True)
    assert program.overview.status(bakery) == Status(None, None, 0, receiving=False)


def test_old_events_that_arrive_now_show_that_data_arrives_and_are_not_of_the_last_hour(
    program: Runtime, shop: Site
) -> None:
    send(program, shop, pageview("2020-01-01T00:00:00Z"), pageview("2026-01-01T00:00:00Z"))
    assert program.overview.status(shop) == Status(
        datetime(2020, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC), 0, receiving=True
    )


def test_a_bot_is_no_sign_of_data(program: Runtime, shop: Site) -> None:
    send(program, shop, pageview("2026-09-17T12:29:59Z", user_agent=GOOGLEBOT))
    assert program.overview.status(shop) == Status(None, None, 0, receiving=False)


def test_silence_is_noticed_after_five_minutes_and_the_hour_after_one(
    program: Runtime, shop: Site, clock: FrozenClock
) -> None:
    send(program, shop, pageview("2026-09-17T12:30:00Z"))
    seen = []
    for seconds in (300, 1, 3299, 1):
        clock.advance(seconds=seconds)
        status = program.overview.status(shop)
        seen.append((status.receiving, status.events_last_hour))
    assert seen == [(True, 1), (False, 1), (False, 1), (False, 0)]
