"""The rows of hours and days that have ended: what stands in them, and that none is missing or old."""

import random
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from appliance.aggregates import aggregates
from appliance.base import timerange
from appliance.base.timerange import Granularity, TimeRange
from appliance.reports.bucket_counts import METRICS
from appliance.reports.filters import DIMENSIONS
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from appliance.sites.sites import Site
from appliance.storage.database import Transaction
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import event, pageview, send

PATHS = ["/", "/a", "/shop/shoes", "/shop/hats/thanks"]


def days(site: Site, first: str, last: str | None = None) -> TimeRange:
    return TimeRange(date.fromisoformat(first), date.fromisoformat(last or first), site.zone)


def shop(program: Runtime, zone: str) -> Site:
    return program.sites.create("alice", "Alice's shoes", "shop.example", zone)


def walks(seed: int, begin: str, hours: int, visitors: int = 8, events: int = 150) -> list[dict[str, Any]]:
    """Visitors who come, look at pages and do things, at any time of a few days."""
    chance = random.Random(seed)  # noqa: S311  (a reproducible log, no secret)
    start = datetime.fromisoformat(begin)
    found = []
    for number in range(events):
        kind = chance.choice(["pageview", "pageview", "pageview", "leave", "signup", "purchase", "click"])
        more: dict[str, Any] = {"title": chance.choice(["", "Home", "Shoes"])}
        if chance.random() < 0.5:
            more["performance"] = {"load_ms": chance.choice([80, 250, 990, 1500, 12.5])}
        if kind == "purchase":
            more["custom"] = {"plan": chance.choice(["pro", "free"])}
        if chance.random() < 0.3:
            more["referrer"] = chance.choice(
                ["https://google.com", "https://facebook.com", "https://a.example"]
            )
        stamp = start + timedelta(hours=chance.random() * hours, milliseconds=number)
        visitor = chance.choice([None, *(f"v{n}" for n in range(visitors))])
        found.append(event(kind, stamp, chance.choice(PATHS), visitor, **more))
    return sorted(found, key=lambda each: str(each["timestamp"]))


def finish(program: Runtime) -> None:
    program.aggregates.finish_hours(program.clock.now())
    program.aggregates.finish_days(program.clock.now())


def answers(program: Runtime, site: Site, span: TimeRange) -> dict[str, Any]:
    """Everything the program says about a range, but what must differ between facts and rows."""
    report = asdict(program.reports.site_report(site, span))
    for name in ("report_generated_at", "unique_visitors_exact", "load_ms", "current_visitors"):
        del report[name]
    granularities: list[Granularity] = ["hour", "day", "week", "month"]
    return {
        "report": report,
        "top pages": program.reports.top_pages(site, span, 1000),
        "series": [program.timeseries.series(site, span, list(METRICS), each) for each in granularities],
        "breakdowns": [program.breakdowns.rows(site, span, each) for each in DIMENSIONS],
    }


def forget_facts_before(program: Runtime, site: Site, until: datetime) -> None:
    """As if they were gone: reports must not look at them."""
    program.database._cursor().execute(
        "INSERT OR REPLACE INTO fact_limits VALUES ($site_id, $until)",
        {"site_id": site.site_id, "until": until.astimezone(UTC).replace(tzinfo=None)},
    )


def table(program: Runtime, name: str, site: Site) -> list[Any]:
    return rows(program, f"SELECT * FROM {name} WHERE site_id = $site ORDER BY ALL", site=site.site_id)


def tables(program: Runtime, site: Site) -> list[Any]:
    return [table(program, f"aggregated_metrics_{name}", site) for name in ("hourly", "daily")]


@pytest.mark.parametrize(
    ("zone", "begin"),
    [
        ("Europe/Berlin", "2026-10-24T18:00Z"),
        ("America/New_York", "2026-03-07T22:00Z"),
        ("Asia/Kathmandu", "2026-09-10T00:00Z"),
        ("Pacific/Kiritimati", "2026-09-10T00:00Z"),
    ],
)
def test_a_day_says_the_same_from_its_row_as_from_its_facts(
    program: Runtime, clock: FrozenClock, zone: str, begin: str
) -> None:
    """Also on days of 23 and 25 hours, and where days begin at a quarter to."""
    clock.set("2026-12-01T12:00Z")
    site = shop(program, zone)
    send(program, site, *walks(1, begin, hours=80))
    program.goals.create(site, "Signed up", "event", "signup")
    first = datetime.fromisoformat(begin).astimezone(site.zone).date()
    spans = [days(site, str(first + timedelta(days=n))) for n in range(5)]
    before = [answers(program, site, span) for span in spans]
    finish(program)
    forget_facts_before(program, site, clock.now())
    after = [answers(program, site, span) for span in spans]
    assert after == before
    assert sum(each["report"]["total_pageviews"] for each in before) > 40


def test_days_are_added_up_and_the_report_says_so(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T12:00Z")
    site = alice.shop
    send(program, site, *(pageview(f"2026-09-{day}T10:00:00Z", visitor="ann") for day in (10, 11, 12, 13)))
    finish(program)
    span = days(site, "2026-09-10", "2026-09-13")
    assert program.reports.site_report(site, span).unique_visitors == 1
    forget_facts_before(program, site, days(site, "2026-09-12").start)
    found = program.reports.site_report(site, span)
    assert (found.unique_visitors, found.total_pageviews, found.unique_visitors_exact) == (3, 4, False)
    exact = program.reports.site_report(site, days(site, "2026-09-12", "2026-09-13"))
    assert (exact.unique_visitors, exact.unique_visitors_exact) == (1, True)


def test_a_chart_that_begins_before_the_facts_joins_both(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-17T12:00Z")
    site = alice.shop
    send(program, site, *walks(3, "2026-09-05T00:00Z", hours=200))
    finish(program)
    span = days(site, "2026-09-05", "2026-09-13")

    def points(granularity: Granularity) -> list[Any]:
        found = program.timeseries.series(site, span, ["pageviews", "visits", "load_ms"], granularity)
        return list(found.series.values())

    wanted: list[Granularity] = ["hour", "day", "week", "month"]
    before = [points(each) for each in wanted]
    forget_facts_before(program, site, days(site, "2026-09-09").start)
    assert [points(each) for each in wanted] == before


def test_only_what_has_ended_has_a_row(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    """At 12:30 UTC it is 14:30 in Berlin."""
    send(program, alice.shop, *(pageview(f"2026-09-17T{hour}:10:00Z") for hour in ("10", "11", "12")))
    finish(program)
    hours = "SELECT hour FROM aggregated_metrics_hourly ORDER BY hour"
    assert [row[0].hour for row in rows(program, hours)] == [10, 11]
    assert table(program, "aggregated_metrics_daily", alice.shop) == []
    clock.set("2026-09-17T22:00Z")
    finish(program)
    assert [row[0].hour for row in rows(program, hours)] == [10, 11, 12]
    assert [row[1] for row in table(program, "aggregated_metrics_daily", alice.shop)] == [date(2026, 9, 17)]
    assert rows(program, "SELECT * FROM stale") == []


def test_a_late_event_makes_the_rows_of_its_hour_and_day_anew(program: Runtime, people: People) -> None:
    """In any order of arrival, the rows are those of all events at once."""
    events = walks(5, "2026-09-10T00:00Z", hours=72)
    send(program, people.bob.shop, *events)
    finish(program)
    late = shop(program, "America/New_York")
    shuffled = random.Random(7).sample(events, len(events))  # noqa: S311
    while shuffled:
        send(program, late, *shuffled[:25])
        shuffled = shuffled[25:]
        finish(program)
    expected, found = tables(program, people.bob.shop), tables(program, late)
    assert [[row[1:] for row in part] for part in found] == [[row[1:] for row in part] for part in expected]


def test_a_visitor_who_turns_out_to_have_come_before_is_returning_on_later_days(
    program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview("2026-09-12T10:00:00Z"))
    finish(program)
    returning = "SELECT day, returning_visitors FROM aggregated_metrics_daily ORDER BY day"
    assert rows(program, returning) == [(date(2026, 9, 12), 0)]
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    finish(program)
    assert rows(program, returning) == [(date(2026, 9, 10), 0), (date(2026, 9, 12), 1)]


def test_the_rate_of_conversion_is_that_of_the_goals_there_are(program: Runtime, alice: Person) -> None:
    stamps = ("2026-09-10T10:00:00Z", "2026-09-12T10:00:00Z")
    send(program, alice.shop, *(event("signup", at) for at in stamps), pageview(stamps[0], visitor="ben"))
    finish(program)
    rates = "SELECT conversion_rate FROM aggregated_metrics_daily ORDER BY day"
    goal = program.goals.create(alice.shop, "Signed up", "event", "signup")
    finish(program)
    assert rows(program, rates) == [(50.0,), (100.0,)]
    program.goals.delete(alice.shop, goal.goal_id)
    finish(program)
    assert rows(program, rates) == [(0.0,), (0.0,)]


def test_after_days_of_standing_still_everything_is_caught_up(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-10T00:00Z")
    send(program, alice.shop, *walks(9, "2026-09-06T00:00Z", hours=90))
    clock.advance(days=3)
    finish(program)
    found = table(program, "aggregated_metrics_daily", alice.shop)
    assert [row[1].day for row in found] == [6, 7, 8, 9]
    assert rows(program, "SELECT * FROM stale") == []


def test_a_run_gives_way_to_other_jobs_and_the_next_goes_on(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, *walks(17, "2026-09-10T00:00:00Z", hours=48, events=20))
    now = program.clock.now()
    with monkeypatch.context() as patch:
        patch.setattr(aggregates, "RUN_S", -1.0)
        program.aggregates.finish_hours(now)
        program.aggregates.finish_days(now)
    assert tables(program, alice.shop) == [[], []]
    program.aggregates.finish_hours(now)
    program.aggregates.finish_days(now)
    assert len(table(program, "aggregated_metrics_daily", alice.shop)) == 3


def spoil(program: Runtime, site: Site, day: str) -> None:
    """More time on pages than a number of its kind can be."""
    spoiled = "UPDATE visits SET page_time_ms = 9223372036854775807"
    where = "WHERE site_id = $site AND started_at::DATE = $day"
    rows(program, f"{spoiled} {where}", site=site.site_id, day=day)


def test_a_day_whose_row_cannot_be_made_holds_up_no_other_and_is_tried_less_and_less_often(
    program: Runtime, people: People, clock: FrozenClock
) -> None:
    stamps = [f"2026-09-{day}T16:00:00Z" for day in (10, 11, 12, 13)]
    for person in (people.alice, people.bob):
        send(program, person.shop, *(pageview(at, visitor=who) for at in stamps for who in ("ann", "ben")))
    spoil(program, people.alice.shop, "2026-09-12")
    daily = "SELECT day(day), count(*) FROM aggregated_metrics_daily GROUP BY day ORDER BY day"
    finish(program)
    made = [(10, 2), (11, 2), (12, 1), (13, 2)]
    assert rows(program, daily) == made
    assert program.aggregates.setbacks == []
    for _ in range(60):
        clock.advance(minutes=1)
        finish(program)
    assert rows(program, daily) == made
    found = [(each.piece.tier, each.piece.day.day, each.failures) for each in program.aggregates.setbacks]
    assert found == [("hour", 12, 5), ("day", 12, 5)]  # after 0, 2, 6, 14 and 30 minutes
    rows(program, "UPDATE visits SET page_time_ms = 0")
    clock.advance(hours=6)
    finish(program)
    assert rows(program, daily) == [(10, 2), (11, 2), (12, 2), (13, 2)]
    assert program.aggregates.setbacks == []
    assert rows(program, "SELECT * FROM stale") == []


def test_sites_and_days_without_events_cost_no_rows(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-01T10:00:00Z"), pageview("2026-09-10T10:00:00Z"))
    finish(program)
    assert [len(part) for part in tables(program, alice.shop)] == [2, 2]


class KilledError(BaseException):
    """Nothing that runs afterwards may matter."""


@pytest.mark.parametrize("steps", [0, 1, 2, 3, 8, 9, 10, 11])
def test_killed_at_any_statement_a_later_run_makes_the_same_rows(
    program: Runtime, people: People, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    events = walks(11, "2026-09-10T00:00Z", hours=40, events=60)
    send(program, people.alice.shop, *events)
    finish(program)
    twin = shop(program, "Europe/Berlin")
    send(program, twin, *events)
    run, left = Transaction.run, [steps]

    def killed(self: Transaction, name: str, parameters: Any = None) -> Any:
        if name.startswith("aggregates."):
            left[0] -= 1
            if left[0] < 0:
                raise KilledError
        return run(self, name, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "run", killed)
        with pytest.raises(KilledError):
            finish(program)
    finish(program)
    expected, found = tables(program, people.alice.shop), tables(program, twin)
    assert [[row[1:] for row in part] for part in found] == [[row[1:] for row in part] for part in expected]


def test_hours_of_a_zone_at_three_quarters_begin_where_its_hours_do(
    program: Runtime, clock: FrozenClock
) -> None:
    site = shop(program, "Asia/Kathmandu")
    send(program, site, pageview("2026-09-10T10:14:00Z"), pageview("2026-09-10T10:15:00Z", visitor="ben"))
    finish(program)
    found = rows(program, "SELECT hour, total_pageviews FROM aggregated_metrics_hourly ORDER BY hour")
    assert [(str(hour.time()), views) for hour, views in found] == [("09:15:00", 1), ("10:15:00", 1)]
    assert timerange.today(site.zone, clock.now()).first == date(2026, 9, 17)


def test_in_another_time_zone_hours_and_days_are_cut_anew(program: Runtime, clock: FrozenClock) -> None:
    clock.set("2026-09-17T12:00Z")
    events = walks(13, "2026-09-05T00:00Z", hours=100)
    moved, born_there = shop(program, "Europe/Berlin"), shop(program, "Asia/Kathmandu")
    for site in (moved, born_there):
        send(program, site, *events)
    finish(program)
    moved = program.sites.update("alice", moved.site_id, Changes(timezone="Asia/Kathmandu"))
    finish(program)
    found, expected = tables(program, moved), tables(program, born_there)
    assert [[row[1:] for row in part] for part in found] == [[row[1:] for row in part] for part in expected]
    assert table(program, "stale", moved) == []
