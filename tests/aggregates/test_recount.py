"""Rows of hours and days held against what they are made of: a wrong figure is found, and nothing else."""

from datetime import date, timedelta

import pytest

from appliance.aggregates.recount import Recounted
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from tests.aggregates.test_aggregates import days, finish, forget_facts_before, shop, walks
from tests.clocks import FrozenClock
from tests.people import People
from tests.queries import rows
from tests.traffic import pageview, send

LAST = date(2026, 9, 16)

ANOTHER = {
    "BIGINT": "{column} + 1",
    "INTEGER": "{column} + 1",
    "DOUBLE": "{column} + 0.1",
    "TIMESTAMP": "{column} + INTERVAL 1 MINUTE",
    "JSON": r"regexp_replace({column}, '(\d+)', '9\1')",
}
"""One figure changed, by the type of its column."""
KEYS = {"site_id", "hour", "day"}


@pytest.fixture
def site(program: Runtime) -> Site:
    """Four of its days have ended, the last of them LAST; of the present one hours have."""
    made = shop(program, "Europe/Berlin")
    send(program, made, *walks(3, "2026-09-13T18:00:00Z", hours=86))
    finish(program)
    return made


def recount(program: Runtime, within_s: float = 60) -> Recounted:
    return program.recount.run(program.clock.now(), within_s)


def wrong(program: Runtime) -> tuple[int, set[date]]:
    found = recount(program)
    return found.rows, found.wrong


def figures(program: Runtime) -> list[tuple[str, str, str]]:
    """(table, column, what makes another value of it)."""
    columns = rows(
        program,
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE starts_with(table_name, 'aggregated_metrics_')",
    )
    return [
        (table, column, ANOTHER[kind].format(column=column))
        for table, column, kind in columns
        if column not in KEYS
    ]


def test_what_was_made_a_part_at_a_time_is_the_same_counted_at_once(
    program: Runtime, clock: FrozenClock, people: People
) -> None:
    """Also of several sites, and on a day of 23 hours."""
    made, events = shop(program, "America/New_York"), walks(1, "2026-03-07T22:00Z", hours=50)
    clock.set(events[-1]["timestamp"])
    clock.advance(days=2)
    for part in (events[::2], events[1::2]):
        send(program, made, *part)
        finish(program)
    send(program, people.bob.shop, events[0])
    finish(program)
    there = len(rows(program, "SELECT DISTINCT day FROM aggregated_metrics_daily")) + 1
    assert recount(program) == Recounted(days=there, counted=there)


def test_each_figure_that_is_another_is_found(program: Runtime, people: People) -> None:
    """Each in a row of its own: what is spoiled on a day is one figure of the day and one of its hour."""
    spoiled = figures(program)
    of_days = [date(2026, 8, 1) + timedelta(days=number) for number in range(len(spoiled))]
    send(
        program,
        people.alice.shop,
        *(pageview(f"{day}T10:00:00Z", performance={"load_ms": 120}) for day in of_days),
    )
    finish(program)
    assert wrong(program) == (0, set())
    for day, (table, column, another) in zip(of_days, spoiled, strict=True):
        key = "hour::DATE" if table.endswith("hourly") else "day"
        rows(program, f"UPDATE {table} SET {column} = {another} WHERE {key} = $day", day=day)
    assert wrong(program) == (len(spoiled), set(of_days))


@pytest.mark.usefixtures("site")
def test_rows_that_lack_and_rows_of_nothing_are_found(program: Runtime) -> None:
    rows(program, "DELETE FROM aggregated_metrics_daily WHERE day = '2026-09-15'")
    rows(
        program,
        "INSERT INTO aggregated_metrics_hourly BY NAME "
        "SELECT * REPLACE ('2026-09-08 10:00:00' AS hour) FROM aggregated_metrics_hourly LIMIT 1",
    )
    assert wrong(program) == (2, {date(2026, 9, 15), date(2026, 9, 8)})


def test_a_row_that_is_about_to_be_made_again_is_not_told(program: Runtime, site: Site) -> None:
    send(program, site, pageview("2026-09-15T10:00:00Z", visitor="zoe"))
    assert wrong(program) == (0, set())
    finish(program)
    assert wrong(program) == (0, set())


@pytest.mark.usefixtures("site")
def test_what_fits_into_the_time_is_counted_the_latest_days_first(program: Runtime) -> None:
    rows(program, "UPDATE aggregated_metrics_daily SET bounces = bounces + 1")
    found = recount(program, within_s=0.0)
    assert (found.days, found.counted) == (len(rows(program, "FROM aggregated_metrics_daily")), 1)
    assert found.wrong == {LAST}


def test_days_whose_visits_are_gone_are_left_out_and_may_have_known_more_of_who_returned(
    program: Runtime, site: Site
) -> None:
    rows(program, "UPDATE aggregated_metrics_daily SET loads = loads + 1 WHERE day < '2026-09-15'")
    since = days(site, "2026-09-15").start
    rows(program, "DELETE FROM visits WHERE started_at < $since", since=since.replace(tzinfo=None))
    forget_facts_before(program, site, since)
    assert wrong(program) == (0, set())
    rows(program, "UPDATE aggregated_metrics_daily SET returning_visitors = -1 WHERE day = $day", day=LAST)
    assert wrong(program) == (1, {LAST})
