"""Housekeeping: what each job does, and that the table is run."""

import threading
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

import pytest

from appliance.base import disk
from appliance.base.errors import UnavailableError
from appliance.ingest.recent_ids import KEPT
from appliance.jobs import Job, checkpoint, event_ids, salts, scheduler
from appliance.runtime import Runtime
from appliance.storage.database import WITHOUT_LIMIT
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


def test_event_ids_are_taken_out_when_copies_are_not_known_by_them_any_more(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    sent = [f"00000000-0000-4000-8000-0000000000{n:02}" for n in range(KEPT + 2)]
    for event_id in sent:
        clock.advance(hours=6)
        send(program, alice.shop, pageview(clock.now(), event_id=event_id))
    event_ids.run(program, clock.now())
    kept = rows(program, "SELECT event_id::VARCHAR FROM raw_events ORDER BY seq")
    assert [event_id for (event_id,) in kept] == [None, None, *sent[2:]]


def test_a_clock_set_far_ahead_takes_out_no_event_ids(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    first, second = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(2))
    send(program, alice.shop, pageview(clock.now(), event_id=first))
    clock.advance(days=400)
    send(program, alice.shop, pageview(clock.now(), event_id=second))
    event_ids.run(program, clock.now())
    assert rows(program, "SELECT count(event_id) FROM raw_events") == [(2,)]


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


def test_what_only_makes_things_quicker_waits_while_the_disk_is_nearly_full(
    program: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran, yielded = threading.Event(), []
    jobs = (
        Job("quicker", 3600, lambda _program, now: yielded.append(now), yields=True),
        Job("needed", 3600, lambda _program, _now: ran.set()),
    )
    monkeypatch.setattr(scheduler, "JOBS", jobs)
    monkeypatch.setattr(disk, "SPARED_BYTES", 2**63)
    running = scheduler.start(program)
    assert ran.wait(WAIT_S)
    scheduler.end(program, running)
    (quicker, _) = program.jobs.states()
    assert quicker.last
    assert (yielded, quicker.last.result) == ([], "waits")
    assert "kept for events. Nothing is lost" in str(quicker.last.detail)


@pytest.mark.parametrize("set_by", [timedelta(days=-1), timedelta(days=20_000)])
def test_jobs_go_on_when_the_clock_is_set(
    program: Runtime, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, set_by: timedelta
) -> None:
    """What is due at an instant is, on the clock that was set, due so much later or earlier."""
    ran: SimpleQueue[datetime] = SimpleQueue()
    clock.set(datetime.now(UTC).isoformat())
    monkeypatch.setattr(scheduler, "JOBS", (Job("work", 60, lambda _program, now: ran.put(now)),))
    monkeypatch.setattr(scheduler, "CLOCK_LOOKED_AT_S", 0.05)
    started = scheduler.start(program)
    ran.get(timeout=WAIT_S)
    (scheduled,) = started.get_jobs()
    scheduled.modify(next_run_time=scheduled.next_run_time - set_by)
    ran.get(timeout=WAIT_S)
    (scheduled,) = started.get_jobs()
    assert scheduled.next_run_time - datetime.now(UTC) <= timedelta(seconds=60)
    scheduler.end(program, started)
    assert ran.empty()


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


def test_a_job_that_is_asked_for_when_jobs_have_ended_is_refused_with_when_to_come_back(
    program: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "JOBS", (Job("works", 3600, lambda _program, _now: None),))
    started = scheduler.start(program)
    for _ in range(2):  # by whoever comes first, and by the end of all
        scheduler.end(program, started)
    with pytest.raises(UnavailableError, match="again in a moment"):
        program.jobs.run_now("works")
