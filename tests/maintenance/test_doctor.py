"""What the doctor says and does."""

from pathlib import Path

import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, StartError
from appliance.maintenance import doctor
from appliance.process.instance import InstanceLock
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People
from tests.queries import rows
from tests.traffic import pageview, send


@pytest.fixture
def spoiled(settings: Config, clock: FrozenClock) -> Config:
    """A visit has another number of pageviews than its events, and an event is in no ledger."""
    program = assembly.build(settings, clock)
    send(
        program,
        People(program).alice.shop,
        pageview("2026-09-10T10:00:00Z"),
        pageview("2026-09-10T10:01:00Z"),
    )
    program.database._cursor().execute("UPDATE visits SET pageviews = 9")
    program.stop()
    return settings


def test_rebuilding_derives_visits_anew(spoiled: Config, clock: FrozenClock) -> None:
    said: list[str] = []
    assert doctor.run(spoiled, clock, rebuild=True, say=said.append)
    assert "Every event that arrived is accounted for." in said[-1]
    assert "BAD" not in said[-1]
    program = assembly.build(spoiled, clock)
    assert rows(program, "SELECT pageviews FROM visits") == [(2,)]
    assert [backup.reason for backup in program.backups.kept.all()] == ["before a rebuild"]
    program.stop()


def test_without_being_told_to_it_changes_nothing_and_says_what_is_wrong(
    spoiled: Config, clock: FrozenClock
) -> None:
    program = assembly.build(spoiled, clock)
    program.database._cursor().execute("DELETE FROM raw_events WHERE ts < '2026-09-10 10:00:30'")
    program.stop()
    said: list[str] = []
    assert not doctor.run(spoiled, clock, rebuild=False, say=said.append)
    assert "BAD   Every event: 1 numbers of the ledger are wrong" in said[-1]
    program = assembly.build(spoiled, clock)
    assert rows(program, "SELECT pageviews FROM visits") == [(9,)]
    program.stop()


def test_it_waits_for_nobody_and_makes_no_database(
    settings: Config, spoiled: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    with InstanceLock(settings.paths), pytest.raises(AlreadyRunningError):
        doctor.run(spoiled, clock, rebuild=True, say=print)
    empty = Config(**{**vars(settings), "data_dir": tmp_path / "empty"})
    with pytest.raises(StartError, match="no database"):
        doctor.run(empty, clock, rebuild=True, say=print)
    assert not empty.data_dir.exists()


def test_a_wrong_figure_of_an_hour_and_of_a_day_is_told_and_mended(
    settings: Config, clock: FrozenClock
) -> None:
    program = assembly.build(settings, clock)
    stamps = [f"2026-09-{day}T10:00:00Z" for day in (10, 11, 12)]
    send(program, People(program).alice.shop, *map(pageview, stamps))
    program.aggregates.finish_all(clock.now(), lambda _: None)
    right = rows_of_hours_and_days(program)
    for spoiled in (
        "UPDATE aggregated_metrics_hourly SET bounces = 0 WHERE hour::DATE = '2026-09-10'",
        "UPDATE aggregated_metrics_daily SET pages = replace(pages, '\"entries\": 1', '\"entries\": 2') "
        "WHERE day = '2026-09-12'",
        "INSERT INTO aggregated_metrics_daily BY NAME "
        "SELECT * REPLACE ('2026-09-05' AS day) FROM aggregated_metrics_daily LIMIT 1",
    ):
        rows(program, spoiled)
    program.stop()
    said: list[str] = []
    assert not doctor.run(settings, clock, rebuild=False, say=said.append)
    assert "BAD   Hours and days: Of 12 days 3 rows differ" in said[-1]
    assert "on 3 days; the last of them: 2026-09-05, 2026-09-10, 2026-09-12." in said[-1]
    assert doctor.run(settings, clock, rebuild=True, say=said.append)
    assert "ok    Hours and days: All rows of 7 days are the same counted anew" in said[-1]
    program = assembly.build(settings, clock)
    assert rows_of_hours_and_days(program) == right
    program.stop()


def rows_of_hours_and_days(program: Runtime) -> list[list[tuple[object, ...]]]:
    tables = ("aggregated_metrics_hourly", "aggregated_metrics_daily")
    return [rows(program, f"FROM {table} ORDER BY ALL") for table in tables]
