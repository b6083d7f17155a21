"""Housekeeping: what each job does, and that the table is run."""

import threading
from datetime import datetime

import pytest

from appliance.database import WITHOUT_LIMIT
from appliance.jobs import Job, checkpoint, event_ids, salts, scheduler
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import Person
from tests.queries import rows
from tests.traffic import pageview, send

WAIT_S = 30
ENDLESS = "SELECT count(*) FROM range(1000000000) AS a, range(1000000000) AS b WHERE a.range = 7 * b.range"


def test_the_write_ahead_log_is_moved_into_the_file(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    assert program.config.paths.write_ahead_log.stat().st_size > 0
    checkpoint.run(program, program.clock.now())
    assert not program.config.paths.write_ahead_log.exists()


def test_salts_are_destroyed_after_two_days(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    send(program, alice.shop, pageview(clock.now(), visitor=None))
    before = program.config.paths.salts.read_text()
    clock.advance(days=1)
    salts.run(program, clock.now())
    assert program.config.paths.salts.read_text() == before
    clock.advance(days=1)
    salts.run(program, clock.now())
    assert program.config.paths.salts.read_text() == "{}"


def test_event_ids_are_taken_out_after_two_days_and_not_before(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    old, late, recent = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(3))
    send(program, alice.shop, pageview(clock.now(), event_id=old))
    clock.advance(days=30)
    send(program, alice.shop, pageview(clock.now(), event_id=late))
    clock.advance(hours=1)
    send(program, alice.shop, pageview(clock.now(), event_id=recent))
    clock.advance(hours=47, seconds=1)
    event_ids.run(program, clock.now())
    kept = rows(program, "SELECT event_id::VARCHAR FROM raw_events ORDER BY seq")
    assert kept == [(None,), (None,), (recent,)]


def test_the_end_waits_for_no_job_however_long_it_takes(
    program: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, begun = threading.Event(), []

    def count_for_ever(program: Runtime, _now: datetime) -> None:
        asked.set()
        program.database.read("ledger.days", adapt=lambda _: ENDLESS, within_s=WITHOUT_LIMIT)

    def begin(program: Runtime, _now: datetime) -> None:
        if asked.is_set():  # its turn came after the other's
            begun.append(program.database.read("accounts.count"))

    jobs = (Job("count for ever", 60, count_for_ever), Job("wait for its turn", 60, begin))
    monkeypatch.setattr(scheduler, "JOBS", jobs)
    running = scheduler.start(program)
    assert asked.wait(WAIT_S)
    ended = threading.Thread(target=scheduler.end, args=(program, running), daemon=True)
    ended.start()
    ended.join(WAIT_S)
    assert not ended.is_alive()
    assert begun == []
    assert program.database.read("accounts.count")  # whoever waits for an answer still gets it


def test_every_job_runs_at_the_start_and_one_that_fails_stops_no_other(
    program: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = threading.Event()

    def fail(_program: Runtime, _now: datetime) -> None:
        raise RuntimeError("broken")

    def work(_program: Runtime, now: datetime) -> None:
        assert now == program.clock.now()
        ran.set()

    monkeypatch.setattr(scheduler, "JOBS", (Job("fails", 3600, fail), Job("works", 3600, work)))
    started = scheduler.start(program)
    assert ran.wait(5)
    started.shutdown()
