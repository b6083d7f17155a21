"""What is left of days whose visits are gone, and what is not lost with them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from werkzeug.test import Client as WebClient

from appliance.base import comparisons
from appliance.base.config import Config
from appliance.jobs import retention
from appliance.reports.bucket_counts import METRICS
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from appliance.sites.sites import Site
from appliance.storage.database import Transaction
from tests.aggregates.test_aggregates import answers, days, finish, shop, table, walks
from tests.aggregates.test_retention import drop
from tests.clocks import FrozenClock
from tests.people import Person
from tests.queries import rows
from tests.traffic import pageview, send


@pytest.fixture
def settings(settings: Config) -> Config:
    return replace(settings, raw_retention_days=3, facts_retention_days=6)


def sums(program: Runtime, site: Site, first: str, last: str) -> Any:
    """What can be added up day by day."""
    report = program.reports.site_report(site, days(site, first, last))
    return report.visits, report.total_pageviews, report.avg_time_spent_on_site_sec, report.traffic_sources


def points(program: Runtime, site: Site, first: str, last: str, granularity: Any) -> Any:
    return program.timeseries.series(site, days(site, first, last), list(METRICS), granularity).series


def test_days_say_the_same_when_their_visits_are_gone(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, *walks(31, "2026-09-01T00:00:00Z", hours=240))
    program.goals.create(alice.shop, "Signed up", "event", "signup")
    spans = [days(alice.shop, f"2026-09-{day:02}") for day in range(1, 12)]
    before = [answers(program, alice.shop, span) for span in spans]
    clock.set("2026-10-01T12:00:00Z")
    drop(program, clock)
    drop(program, clock)
    assert (
        rows(program, "SELECT count(*) FROM facts") == rows(program, "SELECT count(*) FROM visits") == [(0,)]
    )
    assert [answers(program, alice.shop, span) for span in spans] == before


def test_a_day_under_way_is_held_against_a_whole_one_where_only_its_sums_are_left(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    """Nobody can say any more what had happened by ten."""
    clock.set("2026-09-11T10:00:00Z")
    send(program, alice.shop, pageview("2026-09-10T18:00:00Z"))
    clock.set("2026-10-01T10:00:00Z")
    drop(program, clock)
    drop(program, clock)
    span = days(alice.shop, "2026-09-11", "2026-10-01")
    compared = comparisons.earlier(span, "previous_period", clock.now())
    found = program.reports.site_report(alice.shop, span, compared=compared).comparison
    assert compared.until and found
    assert (found.visits, found.until) == (1, None)


def test_night_after_night_nothing_is_lost(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    """Fifteen days, events kept for three and visits for six."""
    events = walks(33, "2026-09-01T00:00:00Z", hours=360, events=200)
    clock.set("2026-09-02T00:10:00Z")
    for _ in range(15):
        today = [each for each in events if str(each["timestamp"]) < clock.now().isoformat()]
        send(program, alice.shop, *today)
        events = events[len(today) :]
        drop(program, clock)
        clock.advance(days=1, minutes=-1)
    found = points(program, alice.shop, "2026-09-01", "2026-09-16", "day")
    assert sum(point.value for point in found["pageviews"]) == sum(
        1
        for each in walks(33, "2026-09-01T00:00:00Z", hours=360, events=200)
        if each["event_type"] == "pageview"
    )
    assert program.past.first_day(alice.shop) == date(2026, 9, 10)
    assert rows(program, "SELECT min(ts) >= min(since) FROM facts, fact_limits") == [(True,)]
    assert program.ledger.check(clock.now()).differences == 0


def test_filters_reach_back_to_the_first_day_with_visits(
    web: WebClient, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-02T10:00:00Z"), pageview("2026-09-11T10:00:00Z"))
    clock.set("2026-09-17T12:00:00Z")
    drop(program, clock)
    drop(program, clock)
    for what in ("report", "timeseries", "top-pages", "breakdown"):
        query = {"from": "2026-09-01", "to": "2026-09-12", "dimension": "page"}
        path = f"/api/sites/{alice.shop.site_id}/{what}"
        assert web.get(path, query_string=query, headers=alice.headers).status_code == 200
        query["filters"] = '[["page", "is", ["/"]]]'
        refused = web.get(path, query_string=query, headers=alice.headers)
        assert refused.status_code == 422
        assert "2026-09-03" in refused.get_json()["errors"][0]["detail"]
        query["from"] = "2026-09-03"
        assert web.get(path, query_string=query, headers=alice.headers).status_code == 200
    shown = web.get(f"/api/sites/{alice.shop.site_id}", headers=alice.headers).get_json()
    assert shown["facts_since"] == "2026-09-03"


def test_hours_whose_visits_are_gone_are_refused_not_guessed(
    web: WebClient, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-02T10:00:00Z"), pageview("2026-09-11T10:00:00Z"))
    clock.set("2026-09-17T12:00:00Z")
    drop(program, clock)
    drop(program, clock)
    for what in ("report", "timeseries", "top-pages", "breakdown", "vitals"):
        query = {"range": "24h", "until": "2026-09-03T00:30:00Z", "dimension": "page"}
        path = f"/api/sites/{alice.shop.site_id}/{what}"
        refused = web.get(path, query_string=query, headers=alice.headers)
        assert refused.status_code == 422
        assert "2026-09-03" in refused.get_json()["errors"][0]["detail"]
        query["until"] = "2026-09-04T00:00:00Z"
        assert web.get(path, query_string=query, headers=alice.headers).status_code == 200


def test_a_visit_over_midnight_goes_with_its_second_day(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, *(pageview(f"2026-09-10T{time}:00Z") for time in ("21:50", "22:10")))
    send(program, alice.shop, pageview("2026-09-11T10:00:00Z", visitor="ben"))
    clock.set("2026-09-17T12:00:00Z")
    before = points(program, alice.shop, "2026-09-10", "2026-09-11", "day")
    drop(program, clock)
    drop(program, clock)
    assert rows(program, "SELECT (ended_at::VARCHAR)[:16] FROM visits ORDER BY 1") == [
        ("2026-09-10 22:10",),
        ("2026-09-11 10:00",),
    ]
    assert points(program, alice.shop, "2026-09-10", "2026-09-11", "day") == before
    clock.advance(days=1)
    drop(program, clock)
    drop(program, clock)
    assert rows(program, "SELECT * FROM visits") == []
    assert points(program, alice.shop, "2026-09-10", "2026-09-11", "day") == before


def test_an_old_event_for_a_day_that_never_had_any_is_counted(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    """Though the visits of later days are gone: in the row of its day."""
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-05T10:00:00Z"))
    clock.set("2026-09-20T12:00:00Z")
    drop(program, clock)
    drop(program, clock)
    send(program, alice.shop, pageview("2026-09-02T10:00:00Z"), pageview("2026-09-02T10:05:00Z"))
    finish(program)
    assert sums(program, alice.shop, "2026-09-01", "2026-09-07")[:2] == (2, 3)
    clock.advance(days=4)
    drop(program, clock)
    drop(program, clock)
    assert rows(program, "SELECT * FROM visits") == []
    assert sums(program, alice.shop, "2026-09-01", "2026-09-07")[:2] == (2, 3)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"])
def test_after_a_change_of_zone_final_rows_stay_and_nothing_is_lost_or_doubled(
    program: Runtime, clock: FrozenClock, zone: str
) -> None:
    clock.set("2026-09-09T12:00:00Z")
    site = shop(program, "Europe/Berlin")
    send(program, site, *walks(35, "2026-09-01T00:00:00Z", hours=190))
    whole = "2026-08-31", "2026-09-10"
    before = sums(program, site, *whole)
    clock.set("2026-09-13T12:00:00Z")
    drop(program, clock)
    drop(program, clock)
    final = [row for row in table(program, "aggregated_metrics_daily", site) if row[1] < date(2026, 9, 7)]
    assert sums(program, site, *whole) == before
    assert len(final) == 6
    assert program.past.first_day(site) == date(2026, 9, 7)
    site = program.sites.update("alice", site.site_id, Changes(timezone=zone))
    finish(program)
    assert table(program, "aggregated_metrics_daily", site)[:6] == final
    assert sums(program, site, *whole) == before
    for granularity in ("hour", "day", "month"):
        assert sum(point.value for point in points(program, site, *whole, granularity)["visits"]) == before[0]
    for _ in range(8):
        clock.advance(days=1)
        drop(program, clock)
        drop(program, clock)
        assert sums(program, site, *whole) == before
    assert rows(program, "SELECT * FROM visits") == []
    for granularity in ("hour", "day", "month"):
        assert sum(point.value for point in points(program, site, *whole, granularity)["visits"]) == before[0]


class KilledError(BaseException):
    """Nothing that runs afterwards may matter."""


@pytest.mark.parametrize("steps", range(0, 24, 5))
def test_killed_at_any_statement_no_number_changes(
    program: Runtime, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    clock.set("2026-09-06T12:00:00Z")
    send(program, alice.shop, *walks(37, "2026-09-01T00:00:00Z", hours=100, events=60))
    clock.set("2026-10-01T12:00:00Z")
    before = points(program, alice.shop, "2026-08-31", "2026-09-06", "day")
    run, left = Transaction.run, [steps]

    def killed(self: Transaction, name: str, parameters: Any = None) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError
        return run(self, name, parameters)

    retention.run(program, clock.now())
    clock.advance(minutes=1)
    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "run", killed)
        with pytest.raises(KilledError):
            retention.run(program, clock.now())
    assert points(program, alice.shop, "2026-08-31", "2026-09-06", "day") == before
    clock.advance(minutes=1)
    for _ in range(3):
        drop(program, clock)
    assert rows(program, "SELECT * FROM visits") == rows(program, "SELECT * FROM facts") == []
    assert points(program, alice.shop, "2026-08-31", "2026-09-06", "day") == before
