"""The process is killed while it derives visits anew and makes the rows of hours and days."""

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from appliance import assembly
from appliance.aggregates import aggregates
from appliance.base.config import Config
from appliance.runtime import Runtime
from tests.aggregates.test_aggregates import finish, walks
from tests.clocks import FrozenClock
from tests.faults import LONG
from tests.faults.dying import DIED, NOW
from tests.maintenance.test_rebuilding import derived
from tests.people import People
from tests.queries import rows
from tests.traffic import accept, send

KILLS = 50 if LONG else 2
AGAIN = 0.3
"""The share of the killed that are killed a second time, on their way back."""

RECOUNT = """
SELECT site_id, count(*) FILTER (event_type = 'pageview') AS pageviews
FROM raw_events WHERE ts < '2026-09-14' GROUP BY site_id ORDER BY site_id
"""
TOLD = """
SELECT site_id, sum(total_pageviews)::BIGINT
FROM {} GROUP BY site_id ORDER BY site_id
"""


@pytest.fixture
def standing_still(settings: Config) -> Config:
    """For three days: of the events that came before, some wait in the journal, others in the log."""
    parts = assembly.build(settings, FrozenClock("2026-09-14T00:30:00Z"))
    people = People(parts)
    for number, person in enumerate((people.alice, people.bob)):
        events = walks(61 + number, "2026-09-11T00:00Z", hours=70, events=180)
        send(parts, person.shop, *events[:150])
        accept(parts, person.shop, *events[150:])
    parts.journal.close()
    parts.database.abandon()
    return settings


def test_killed_at_any_statement_the_totals_are_those_of_a_recount(
    standing_still: Config, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the kills go over all statements evenly, the others are anywhere."""
    monkeypatch.setattr(aggregates, "RUN_S", 600.0)
    original = standing_still.data_dir
    statements = int(survivor(original).stdout)
    evenly = [1 + statements * number // (KILLS // 2 + 1) for number in range(1, KILLS // 2 + 1)]
    places = evenly + [chance.randint(1, statements) for _ in range(KILLS - len(evenly))]
    expected = told(standing_still, original.with_name("unharmed"))
    for place in places:
        folder = shutil.copytree(original, original.with_name(f"killed at {place}"), dirs_exist_ok=True)
        assert make_rows(folder, place).returncode == DIED
        if chance.random() < AGAIN:
            make_rows(folder, chance.randint(1, statements))
        assert told(standing_still, folder) == expected, f"killed before statement {place}"
        shutil.rmtree(folder)
    print(f"{len(places)} kills over {statements} statements")


def survivor(original: Path) -> subprocess.CompletedProcess[str]:
    """Leaves its rows in the folder `unharmed`."""
    folder = shutil.copytree(original, original.with_name("unharmed"))
    lived = make_rows(folder, 0)
    assert lived.returncode == 0, lived.stderr
    return lived


def make_rows(folder: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults.dying", str(folder), str(fatal)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def told(settings: Config, folder: Path) -> list[Any]:
    """Everything that is derived, after the program came back and made what was due; as a recount says."""
    clock = FrozenClock(NOW)
    program: Runtime = assembly.build(Config(**{**vars(settings), "data_dir": folder}), clock)
    finish(program)
    recounted = rows(program, RECOUNT)
    for name in ("aggregated_metrics_hourly", "aggregated_metrics_daily"):
        assert rows(program, TOLD.format(name)) == recounted
    assert rows(program, "SELECT * FROM stale UNION ALL SELECT NULL, NULL, next_day FROM rebuild") == []
    found = derived(program)
    for name in ("hourly", "daily"):
        found.append(rows(program, f"SELECT * FROM aggregated_metrics_{name} ORDER BY ALL"))
    program.stop()
    return found
