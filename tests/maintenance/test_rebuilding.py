"""Deriving visits and facts anew: nothing wrong stays, and no number is wrong on the way."""

import random
from typing import Any

import pytest

from appliance.base.paths import DataPaths
from appliance.jobs import checkpoint
from appliance.runtime import Runtime
from appliance.storage.database import Transaction
from appliance.visits import rollups
from tests.aggregates.test_aggregates import finish, table, tables, walks
from tests.faults import LONG
from tests.people import People
from tests.queries import rows
from tests.traffic import GOOGLEBOT, pageview, send


@pytest.fixture(autouse=True)
def parts_of_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollups, "STEP_EVENTS", 25)


def derived(program: Runtime) -> list[Any]:
    names = ("visits", "page_facts", "event_facts")
    return [rows(program, f"SELECT * FROM {name} ORDER BY ALL") for name in names]


def test_whatever_is_wrong_is_right_afterwards(program: Runtime, people: People) -> None:
    for person in (people.alice, people.bob):
        send(program, person.shop, *walks(51, "2026-09-10T00:00:00Z", hours=50))
    send(program, people.alice.shop, pageview("2026-09-10T10:00:00Z", user_agent=GOOGLEBOT))
    right = derived(program)
    for wrong in (
        "DELETE FROM visits WHERE visit_id % 5 = 0",
        "UPDATE visits SET stretch_ended_at = started_at, ended_at = started_at, pageviews = 9",
        "UPDATE visits SET started_at = '2020-01-01' WHERE visit_id % 5 = 1",
        "INSERT INTO visits SELECT * FROM visits WHERE visit_id % 5 = 2",
        "INSERT INTO page_facts SELECT * FROM page_facts WHERE seq % 3 = 0",
        "UPDATE page_facts SET visit_id = 7, page_time_ms = 1, ts = ts + INTERVAL 1 YEAR WHERE seq % 3 = 1",
        "UPDATE event_facts SET path = '/nowhere', ts = ts - INTERVAL 1 DAY",
        """INSERT INTO event_facts BY NAME
        SELECT site_id, seq AS visit_id, seq, ts, event_type FROM raw_events WHERE bot_reason = 'bot'""",
    ):
        rows(program, wrong)
    rollups.rebuild(program.database)
    assert derived(program) == right
    assert rows(program, "SELECT * FROM rebuild") == []


class KilledError(BaseException):
    """Nothing that runs afterwards may matter."""


def test_killed_at_any_statement_no_number_was_ever_different(
    program: Runtime, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, people.alice.shop, *walks(53, "2026-09-10T20:00:00Z", hours=9, events=80))
    finish(program)
    right, told = derived(program), tables(program, people.alice.shop)
    run, left, statements = Transaction.run, [0], 0

    def killed(self: Transaction, name: str, parameters: Any = None) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError
        return run(self, name, parameters)

    while statements == 0 or left[0] < 0:
        left[0] = statements
        with monkeypatch.context() as patch:
            patch.setattr(Transaction, "run", killed)
            try:
                rollups.rebuild(program.database)
            except KilledError:
                statements += 1 if LONG else random.randint(2, 9)  # noqa: S311
        assert derived(program) == right
    assert statements > 20
    finish(program)
    assert tables(program, people.alice.shop) == told
    assert table(program, "stale", people.alice.shop) == []


def test_the_log_is_shortened_on_the_way_and_progress_is_told(program: Runtime, people: People) -> None:
    send(program, people.alice.shop, *walks(55, "2026-09-10T20:00:00Z", hours=30))
    checkpoint.run(program, program.clock.now())
    lengths: list[int] = []
    told: list[int] = []

    def shorten() -> None:
        log = DataPaths(program.config.data_dir).write_ahead_log
        lengths.append(log.stat().st_size)
        program.database.checkpoint()

    rollups.rebuild(program.database, shorten, told.append)
    assert len(lengths) >= 6
    assert max(lengths) < 3 * min(lengths)
    assert sum(told) == rollups.kept_events(program.database) == 150
