"""What arrived is what was stored, repeated, ignored and set aside: after any mix, failure and restart."""

import json
import random
from collections import Counter
from dataclasses import astuple
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.base.errors import InvalidError
from appliance.base.timerange import TimeRange
from appliance.ingest.ledger import LedgerReport, Sums
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from appliance.storage import migrations
from appliance.storage.database import DatabaseError, Transaction
from appliance.visits import rollups
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import GOOGLEBOT, VISITOR, pageview, settle

NOON = "2026-09-17T12:00:00Z"
TODAY = date(2026, 9, 17)


def accept(program: Runtime, person: Person, *events: Any) -> None:
    """Acknowledged, but not loaded."""
    credentials = Credentials(person.shop.site_id, person.key)
    program.ingest.accept_bulk(json.dumps(events).encode(), False, credentials, VISITOR)


def event(number: int, **more: Any) -> dict[str, Any]:
    return pageview(NOON, f"/{number}", event_id=str(UUID(int=number)), **more)


def bot(number: int) -> dict[str, Any]:
    return event(number, user_agent=GOOGLEBOT)


def report(program: Runtime, person: Person) -> LedgerReport:
    span = TimeRange(date(2026, 9, 1), date(2026, 9, 30), ZoneInfo("UTC"))
    return program.ledger.days(person.shop, span)


def total(program: Runtime, person: Person) -> Sums:
    return report(program, person).total


def spoil(program: Runtime, line_number: int, old: bytes, new: bytes) -> None:
    """Change a line of the one batch that waits; the file keeps its length."""
    (batch,) = program.journal.seal()
    lines = batch.path.read_bytes().splitlines(keepends=True)
    assert old in lines[line_number]
    assert len(old) == len(new)
    lines[line_number] = lines[line_number].replace(old, new, 1)
    batch.path.write_bytes(b"".join(lines))


def delete_event(program: Runtime, path: str) -> None:
    with program.database.write() as transaction:
        transaction._cursor.execute("DELETE FROM raw_events WHERE path = ?", [path])


def test_all_that_arrived_is_accounted_for(program: Runtime, alice: Person) -> None:
    accept(program, alice, event(1), event(2), event(2), bot(3), bot(3), {"event_type": 7}, event(4))
    accept(program, alice, event(1), event(5))
    spoil(program, 3, b'"ts":"2026-09-17', b'"ts":"2026-99-99')
    settle(program)
    expected = Sums(
        received=8, stored=3, duplicates=3, ignored={"bot": 1}, set_aside=1, rejected=1, balanced=True
    )
    assert total(program, alice) == expected
    assert program.ledger.check(program.clock.now()).differences == 0


def test_an_event_refused_by_itself_is_counted_as_rejected(program: Runtime, alice: Person) -> None:
    credentials = Credentials(alice.shop.site_id, alice.key)
    for body in ({"event_type": 7}, {**event(1), "site_id": "another"}):
        with pytest.raises(InvalidError):
            program.ingest.accept(json.dumps(body).encode(), credentials, VISITOR)
    settle(program)
    assert total(program, alice) == Sums(0, 0, 0, {}, 0, rejected=2, balanced=True)


def test_copies_are_written_down_although_nothing_new_comes(program: Runtime, alice: Person) -> None:
    accept(program, alice, event(1))
    settle(program)
    accept(program, alice, event(1))
    settle(program)
    assert total(program, alice) == Sums(2, 1, 1, {}, 0, 0, balanced=True)


def test_a_check_takes_along_what_no_load_has_written_down(program: Runtime, alice: Person) -> None:
    accept(program, alice, event(1))
    settle(program)
    accept(program, alice, event(1))
    assert program.ledger.check(program.clock.now()).differences == 0
    assert total(program, alice).duplicates == 1


def test_days_are_those_of_utc_and_sites_are_kept_apart(
    program: Runtime, people: People, clock: FrozenClock
) -> None:
    for instant, number in (("2026-09-17T23:59:59Z", 1), ("2026-09-18T00:00:00Z", 2)):
        clock.set(instant)
        accept(program, people.alice, event(number), event(number))
        accept(program, people.bob, event(number))
    settle(program)
    of_alice = [(day.day.day, day.received, day.duplicates) for day in report(program, people.alice).days]
    of_bob = [(day.day.day, day.received, day.duplicates) for day in report(program, people.bob).days]
    assert (of_alice, of_bob) == ([(17, 2, 1), (18, 2, 1)], [(17, 1, 0), (18, 1, 0)])


def test_a_load_that_fails_counts_nothing_and_forgets_nothing(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(program, alice, event(1), event(1))
    with monkeypatch.context() as broken:
        broken.setattr(rollups, "refresh", _fail)
        with pytest.raises(DatabaseError):
            settle(program)
        assert report(program, alice).days == []
    settle(program)
    assert total(program, alice) == Sums(2, 1, 1, {}, 0, 0, balanced=True)


def test_a_batch_whose_lines_were_set_aside_in_vain_is_not_counted_twice(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(program, alice, event(1), event(2))
    spoil(program, 0, b'"ts":"2026-09-17', b'"ts":"2026-99-99')
    with monkeypatch.context() as broken:
        broken.setattr(rollups, "refresh", _fail)
        with pytest.raises(DatabaseError):
            settle(program)
    settle(program)
    assert total(program, alice) == Sums(2, 1, 0, {}, 1, 0, balanced=True)


def test_a_batch_that_was_committed_but_not_deleted_is_counted_once(
    settings: Config, clock: FrozenClock
) -> None:
    killed = assembly.build(settings, clock)
    person = People(killed).alice
    accept(killed, person, event(1), event(1), bot(2))
    (batch,) = killed.journal.seal()
    content = batch.path.read_bytes()
    settle(killed)
    killed.database.close()  # All that a kill would do by itself: let go of the file.
    batch.path.write_bytes(content)
    again = assembly.build(settings, clock)
    assert total(again, person) == Sums(3, 1, 1, {"bot": 1}, 0, 0, balanced=True)
    again.stop()


def test_a_kill_before_the_load_loses_no_event_and_copies_on_both_sides(
    settings: Config, clock: FrozenClock
) -> None:
    killed = assembly.build(settings, clock)
    person = People(killed).alice
    accept(killed, person, event(1), event(2), event(2))
    killed.database.close()
    again = assembly.build(settings, clock)
    assert total(again, person) == Sums(2, 2, 0, {}, 0, 0, balanced=True)
    assert again.ledger.check(clock.now()).differences == 0
    again.stop()


@pytest.mark.parametrize("batches", [127, 3_000_000_000])
def test_batches_are_stored_and_counted_after_any_number_of_them(
    settings: Config, clock: FrozenClock, batches: int
) -> None:
    first = assembly.build(settings, clock)
    with first.database.write() as transaction:
        transaction._cursor.execute("UPDATE meta SET batch = ?", [batches])
    person = People(first).alice
    first.stop()
    later = assembly.build(settings, clock)
    accept(later, person, event(1), bot(2))
    settle(later)
    assert total(later, person) == Sums(2, 1, 0, {"bot": 1}, 0, 0, balanced=True)
    later.stop()


def test_an_orderly_end_loses_no_count(settings: Config, clock: FrozenClock) -> None:
    first = assembly.build(settings, clock)
    person = People(first).alice
    accept(first, person, event(1))
    settle(first)
    accept(first, person, event(1), {"event_type": 7})
    first.stop()
    again = assembly.build(settings, clock)
    assert total(again, person) == Sums(2, 1, 1, {}, 0, 1, balanced=True)
    again.stop()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"site_id"', b'{"site_id '),
        (b'"received_at":"2026', b'"received_at":"20x6'),
        (b'"received_at":"2026-09-17T12:30:00Z"', b'"received_at":20260917123000        '),
    ],
)
def test_a_line_that_tells_neither_site_nor_day_is_said_and_takes_no_others_with_it(
    program: Runtime, alice: Person, caplog: pytest.LogCaptureFixture, old: bytes, new: bytes
) -> None:
    accept(program, alice, event(1), event(2))
    spoil(program, 0, old, new)
    settle(program)
    assert total(program, alice) == Sums(1, 1, 0, {}, 0, 0, balanced=True)
    assert "no ledger counts it" in caplog.text


def test_a_missing_event_raises_the_alarm_until_it_is_back(
    program: Runtime, alice: Person, clock: FrozenClock, caplog: pytest.LogCaptureFixture
) -> None:
    accept(program, alice, event(1), event(2), bot(3))
    settle(program)
    (kept,) = rows(program, "SELECT COLUMNS(*) FROM raw_events WHERE path = '/2'")
    delete_event(program, "/2")
    assert program.ledger.check(clock.now()).differences == 1
    assert f"site {alice.shop.site_id} does not balance on 2026-09-17" in caplog.text
    assert "says 2 stored, and 1 were found" in caplog.text
    assert not total(program, alice).balanced
    clock.advance(days=30)
    assert program.ledger.check(clock.now()).differences == 1
    with program.database.write() as transaction:
        places = ", ".join("?" * len(kept))
        transaction._cursor.execute(f"INSERT INTO raw_events VALUES ({places})", list(kept))
    assert program.ledger.check(clock.now()).differences == 0
    assert total(program, alice).balanced


def test_a_missing_bot_is_missed_too(
    program: Runtime, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    accept(program, alice, event(1), bot(2))
    settle(program)
    delete_event(program, "/2")
    assert program.ledger.check(program.clock.now()).differences == 1
    assert "says 1 ignored (bot), and 0 were found" in caplog.text


def test_a_sum_that_is_wrong_in_itself_raises_the_alarm(program: Runtime, alice: Person) -> None:
    accept(program, alice, event(1))
    settle(program)
    with program.database.write() as transaction:
        transaction._cursor.execute("UPDATE ledger SET events = 5 WHERE entry = 'received'")
    assert not total(program, alice).balanced
    assert program.ledger.check(program.clock.now()).differences == 1


def test_a_day_is_looked_at_again_only_when_something_arrived_in_it(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    def due() -> list[date]:
        return [day for (day,) in program.database.read("ledger.due", {"always": clock.now().date()})]

    accept(program, alice, event(1))
    accept(program, alice, event(2))
    settle(program)
    clock.advance(days=3)
    assert due() == [TODAY]
    program.ledger.check(clock.now())
    assert due() == []
    accept(program, alice, event(3))
    clock.advance(days=1)
    settle(program)
    assert due() == [date(2026, 9, 20)]


def test_events_of_before_there_was_a_ledger_are_entered(program: Runtime, alice: Person) -> None:
    accept(program, alice, event(1), event(2), bot(3))
    settle(program)
    before = report(program, alice)
    with program.database.write() as transaction:
        for table in ("ledger", "ledger_checks", "ledger_differences"):
            transaction._cursor.execute(f"DROP TABLE {table}")
        transaction._cursor.execute("DELETE FROM schema_migrations WHERE version = 2")
    migrations.migrate(program.database, program.clock.now())
    assert report(program, alice) == before
    assert program.ledger.check(program.clock.now()).differences == 0


@pytest.mark.parametrize("seed", range(3))
def test_any_mix_adds_up(settings: Config, clock: FrozenClock, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311
    program = assembly.build(settings, clock)
    team = People(program)
    people = [team.alice, team.bob]
    expected: dict[tuple[str, date], Counter[str]] = {}
    sent: list[tuple[Person, dict[str, Any]]] = []
    for number in range(1, 100):
        person = dice.choice(people)
        kind = dice.choice(
            ["stored", "stored", "ignored", "rejected", "duplicates", "settle", "later", "restart"]
        )
        if kind == "settle":
            settle(program)
        elif kind == "later":
            clock.advance(hours=dice.randrange(9))
        elif kind == "restart":
            program.stop()
            program = assembly.build(settings, clock)
        elif kind != "duplicates" or sent:
            item = bot(number) if kind == "ignored" else event(number)
            if kind == "duplicates":
                person, item = dice.choice(sent[-5:])
            elif kind != "rejected":
                sent.append((person, item))
            accept(program, person, item if kind != "rejected" else {"event_type": number})
            expected.setdefault((person.shop.site_id, clock.now().date()), Counter())[kind] += 1
    settle(program)
    for person in people:
        for day in report(program, person).days:
            counts = expected.pop((person.shop.site_id, day.day))
            ignored = {"bot": counts["ignored"]} if counts["ignored"] else {}
            received = counts.total() - counts["rejected"]
            assert astuple(day)[:6] == (
                received, counts["stored"], counts["duplicates"], ignored, 0, counts["rejected"]
            )  # fmt: skip
            assert day.balanced
    assert expected == {}
    assert program.ledger.check(clock.now()).differences == 0
    program.stop()


def _fail(_transaction: Transaction) -> None:
    raise DatabaseError("the disk is full")
