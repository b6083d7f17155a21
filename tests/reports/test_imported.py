"""Imported history beside a website's own numbers, and never among them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from appliance.base import timerange
from appliance.base.timerange import TimeRange
from appliance.imports.records import COMMAND_LINE
from appliance.reports import filters
from appliance.runtime import Runtime
from tests.imports.test_daily_sums import PLAUSIBLE, imported
from tests.people import People, Person
from tests.traffic import pageview, send


def september(person: Person) -> TimeRange:
    return TimeRange(date(2026, 9, 1), date(2026, 9, 17), person.shop.zone)


@pytest.fixture
def shop(program: Runtime, alice: Person, tmp_path: Path) -> Person:
    imported(program, alice, tmp_path, PLAUSIBLE)
    return alice


def test_it_is_told_beside_own_numbers_that_stay_what_they_are(program: Runtime, shop: Person) -> None:
    send(program, shop.shop, pageview("2026-09-10T10:00:00Z"))
    report = program.reports.site_report(shop.shop, september(shop))
    assert (report.visits, report.unique_visitors, report.total_pageviews) == (1, 1, 1)
    history = report.imported
    assert history
    assert (history.days, history.first_day, history.last_day) == (2, date(2026, 9, 1), date(2026, 9, 2))
    assert (history.sources, history.visits, history.pageviews) == (["plausible"], 100, 229)
    assert history.daily_visitors == 88
    assert (history.bounce_rate_percent, history.avg_visit_sec) == (50.0, 71.4)
    series = program.timeseries.series(shop.shop, september(shop), ["visitors"], "day")
    assert sum(point.value for point in series.series["visitors"]) == 1
    assert [(each.t, each.visitors, each.bounce_rate, each.avg_time) for each in series.imported] == [
        ("2026-09-01", 38, 50.0, 165.7),
        ("2026-09-02", 50, 50.0, 8.5),
    ]


def test_a_day_with_events_of_its_own_has_no_imported_one(program: Runtime, shop: Person) -> None:
    # Over midnight in Berlin: of both days.
    send(program, shop.shop, pageview("2026-09-02T21:59:00Z"), pageview("2026-09-02T22:05:00Z"))
    history = program.reports.site_report(shop.shop, september(shop)).imported
    assert history
    assert (history.first_day, history.last_day, history.visits) == (date(2026, 9, 1), date(2026, 9, 1), 40)


def test_that_stays_so_when_the_visits_of_the_day_are_gone(program: Runtime, shop: Person) -> None:
    send(program, shop.shop, pageview("2026-09-02T10:00:00Z"), pageview("2026-09-10T10:00:00Z"))
    later = program.clock.now() + timedelta(days=2000)
    program.aggregates.finish_days(later)
    for minutes in (0, 2):
        program.raw_retention.run(later + timedelta(minutes=minutes))
    program.facts_retention.run(later + timedelta(minutes=4))
    history = program.reports.site_report(shop.shop, september(shop)).imported
    assert history
    assert history.days == 1


def test_sums_cannot_be_filtered_or_cut_into_hours(program: Runtime, shop: Person) -> None:
    kept = filters.parse('[["source", "is", ["direct"]]]')
    assert program.reports.site_report(shop.shop, september(shop), kept).imported is None
    hours = timerange.parse_hours("24h", "2026-09-02T20:00:00Z", shop.shop.zone, program.clock.now())
    assert program.reports.site_report(shop.shop, hours).imported is None
    assert program.timeseries.series(shop.shop, september(shop), ["visitors"], "week").imported == []


def test_of_several_imports_the_latest_tells_of_a_day(program: Runtime, shop: Person, tmp_path: Path) -> None:
    matomo = '{"2026-09-02": {"nb_visits": 61, "nb_uniq_visitors": 51}}'
    second = imported(program, shop, tmp_path, matomo)
    history = program.reports.site_report(shop.shop, september(shop)).imported
    assert history
    assert (history.sources, history.visits, history.daily_visitors) == (["matomo", "plausible"], 101, 89)
    assert (history.pageviews, history.bounce_rate_percent) == (None, None)  # of the second day nobody knows
    program.imports.undo(shop.shop, second.import_id, COMMAND_LINE)
    history = program.reports.site_report(shop.shop, september(shop)).imported
    assert history
    assert (history.sources, history.visits, history.pageviews) == (["plausible"], 100, 229)


@pytest.mark.usefixtures("shop")
def test_another_website_has_none_of_it(program: Runtime, people: People) -> None:
    assert program.reports.site_report(people.bob.shop, september(people.bob)).imported is None
