"""Backups of a program that runs: what is in one, that it is whole, and when it is made."""

import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from appliance.backups import contents, shelf
from appliance.backups.keeping import Backups
from appliance.base import disk
from appliance.base.config import Config
from appliance.base.disk import Room
from appliance.base.errors import ConflictError, UnavailableError
from appliance.jobs import backup as nightly
from appliance.jobs import daily, room
from appliance.process import notices
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from tests.clocks import FrozenClock
from tests.people import Person
from tests.queries import rows, state
from tests.traffic import pageview, send


def found_in(file: Path) -> dict[str, list[str]]:
    """Everything that a copy holds, besides what it tells of itself."""
    with duckdb.connect(str(file), read_only=True) as copy:

        def rows_of(text: str) -> list[tuple[Any, ...]]:
            return copy.execute(text).fetchall()

        tables = [name for (name,) in rows_of("SELECT table_name FROM duckdb_tables()") if name != "backup"]
        return {name: sorted(str(row) for row in rows_of(f"SELECT * FROM {name}")) for name in tables}


def fields_of(file: Path) -> list[tuple[Any, ...]]:
    """Columns, keys, views and macros of a database file."""
    with duckdb.connect(str(file), read_only=True) as copy:
        return copy.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default FROM duckdb_columns() "
            "WHERE NOT internal AND table_name <> 'backup' UNION ALL "
            "SELECT table_name, constraint_text, '', false, NULL FROM duckdb_constraints() "
            "WHERE table_name <> 'backup' UNION ALL "
            "SELECT view_name, sql, '', false, NULL FROM duckdb_views() WHERE NOT internal UNION ALL "
            "SELECT function_name, macro_definition, '', false, NULL FROM duckdb_functions() "
            "WHERE NOT internal "
            "ORDER BY ALL"
        ).fetchall()


def test_a_backup_holds_everything_and_is_for_its_owner_alone(program: Runtime, alice: Person) -> None:
    events = [pageview("2026-09-10T10:00:00Z", custom={"plan": "pro"}), pageview("2026-09-10T10:00:05Z")]
    send(program, alice.shop, *events)
    made = program.backups.take("by hand")
    file = program.backups.kept.file(made)
    lasting = rows(program, "SELECT table_name FROM duckdb_tables() WHERE NOT temporary")
    held = state(program)
    assert found_in(file) == {name: held[name] for (name,) in lasting}
    assert (made.figures.sites, made.figures.events, made.figures.visits, made.batch) == (1, 2, 1, 1)
    assert shelf.sha256(file) == made.sha256
    assert [path.name for path in sorted(file.parent.iterdir())] == ["analytiq.duckdb", "backup.json"]
    for path in (file.parent.parent, file.parent, *file.parent.iterdir()):
        assert path.stat().st_mode & 0o077 == 0
    program.database.checkpoint()
    shutil.copy(program.config.paths.database, copy := file.with_name("present"))
    assert fields_of(file) == fields_of(copy)


def test_what_is_loaded_while_the_copy_is_made_is_not_in_it(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    proof = contents.proof

    def later(database: Any) -> Any:
        monkeypatch.undo()
        found = proof(database)
        loading = threading.Thread(target=send, args=(program, alice.shop, pageview("2026-09-10T11:00:00Z")))
        loading.start()
        loading.join()
        return found

    monkeypatch.setattr(contents, "proof", later)
    made = program.backups.take("by hand")
    assert made.batch == 1
    assert len(found_in(program.backups.kept.file(made))["raw_events"]) == 1
    assert len(state(program)["raw_events"]) == 2


def test_a_copy_that_lacks_a_row_is_none(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks on its way to the disk is noticed when the copy is opened anew."""
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    copy = program.database.copy

    def lossy(target: Path, look: Any) -> Any:
        found = copy(target, look)
        with duckdb.connect(str(target)) as damaged:
            damaged.execute("DELETE FROM visits")
        return found

    monkeypatch.setattr(program.database, "copy", lossy)
    with pytest.raises(UnavailableError, match=r"not whole: visits differ.*nothing was changed"):
        program.backups.take("by hand")
    assert (program.backups.kept.all(), program.backups.newest) == ([], None)
    assert not program.backups.kept.unfinished.exists()


def test_a_failure_is_told_until_a_backup_succeeds(
    program: Runtime, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program.backups.take("by hand")
    clock.advance(days=1)
    with monkeypatch.context() as full:
        full.setattr(disk, "SPARED_BYTES", 10**15)
        with pytest.raises(UnavailableError, match=r"needs .* MB .*None was made.*ANALYTIQ_BACKUP_DIR"):
            program.backups.take("by hand")
    facts = program.health.facts(clock.now())
    (notice,) = [each for each in notices.of(facts) if each.slug == "backup-failed"]
    assert "The last good one is of 17 September 2026." in notice.detail
    assert facts.last_backup_at == first.made_at
    program.backups.take("by hand")
    assert not [each for each in notices.of(program.health.facts(clock.now())) if "backup" in each.slug]


def test_on_a_nearly_full_disk_old_backups_go_before_anything_is_refused(
    program: Runtime, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, by_hand, nights = program.backups.kept, program.backups.take("by hand"), []
    for _ in range(5):
        clock.advance(days=1)
        nights.append(program.backups.take("nightly"))
    room.run(program, clock.now())
    assert kept.all() == [*nights[::-1], by_hand]
    free = disk.room(kept.folder).free_bytes
    monkeypatch.setattr(disk, "SPARED_BYTES", free + nights[0].bytes // 2)
    monkeypatch.setattr(disk, "room", lambda folder: Room(2 * free, free - disk.taken_bytes(folder)))
    room.run(program, clock.now())
    assert kept.all() == [*nights[:1:-1], by_hand]  # Monday, Tuesday, and the Sunday of last week


def test_a_folder_that_is_not_there_is_not_made_anew_elsewhere(
    program: Runtime, clock: FrozenClock, tmp_path: Path
) -> None:
    """A disk that is not plugged in: its backups must not fill the one that the events need."""
    gone = Backups(
        program.database, program.config.paths, shelf.Shelf(tmp_path / "no" / "disk", 1), b"", clock
    )
    with pytest.raises(UnavailableError, match=r"could not be written to .*no.disk: No such file.*is there"):
        gone.take("by hand")
    assert not (tmp_path / "no").exists()


def test_one_is_made_every_night_and_made_up_for(program: Runtime, clock: FrozenClock) -> None:
    def run() -> int:
        nightly.run(program, clock.now())
        return len(program.backups.kept.all())

    local = clock.now().astimezone()
    clock.advance(hours=(26 - local.hour) % 24, minutes=-local.minute)  # two in the morning
    program.database._cursor().execute("UPDATE schema_migrations SET applied_at = $now", {"now": clock.now()})
    assert run() == 0
    clock.advance(hours=1)
    assert (run(), run()) == (1, 1)
    clock.advance(hours=23, minutes=59)
    assert run() == 1
    clock.advance(minutes=1)
    assert run() == 2
    clock.advance(days=3)  # it was switched off
    assert (run(), run()) == (3, 3)


def test_after_a_failure_an_hour_passes(
    program: Runtime, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(days=2)
    with monkeypatch.context() as full:
        full.setattr(disk, "SPARED_BYTES", 10**15)
        with pytest.raises(UnavailableError):
            nightly.run(program, clock.now())
    clock.advance(minutes=59)
    nightly.run(program, clock.now())
    assert program.backups.newest is None
    clock.advance(minutes=1)
    nightly.run(program, clock.now())
    assert program.backups.newest


def test_one_is_made_before_finished_days_are_cut_anew_unless_there_is_one_of_the_last_hour(
    program: Runtime, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def change(zone: str) -> list[str]:
        program.change_site(alice.account.account_id, alice.shop.site_id, Changes(timezone=zone))
        return [made.reason for made in program.backups.kept.all()]

    assert change("Asia/Tokyo") == []
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    daily.run(program, clock.now())
    assert change("Asia/Tokyo") == []
    assert change("Asia/Kathmandu") == ["before another time zone"]
    daily.run(program, clock.now())
    clock.advance(minutes=59)
    assert len(change("Asia/Tokyo")) == 1
    daily.run(program, clock.now())
    clock.advance(minutes=1)
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    with pytest.raises(UnavailableError, match="None was made"):
        change("Asia/Kathmandu")
    assert program.sites.present(alice.shop.site_id).timezone == "Asia/Tokyo"


def test_two_are_not_made_at_once(program: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, going_on, asked = program.database.copy, threading.Event(), threading.Event()

    def slow(target: Path, look: Any) -> Any:
        going_on.set()
        assert asked.wait(30)
        return copy(target, look)

    monkeypatch.setattr(program.database, "copy", slow)
    first = threading.Thread(target=program.backups.take, args=("by hand",))
    first.start()
    assert going_on.wait(30)
    assert program.backups.under_way
    with pytest.raises(ConflictError, match="Another backup is being made"):
        program.backups.take("by hand")
    asked.set()
    first.join()
    assert program.backups.under_way is None
    assert [made.reason for made in program.backups.kept.all()] == ["by hand"]


def test_what_a_kill_left_behind_is_no_backup_and_goes(program: Runtime) -> None:
    kept = program.backups.kept
    kept.unfinished.mkdir(parents=True)
    (kept.unfinished / "analytiq.duckdb").write_text("half of one")
    assert kept.all() == []
    made = program.backups.take("by hand")
    kept.drop(made)
    assert list(kept.folder.iterdir()) == []


def test_backups_beyond_the_budget_go_oldest_first(program: Runtime, clock: FrozenClock) -> None:
    taken = []
    for _ in range(3):
        taken.append(program.backups.take("by hand"))
        clock.advance(days=1)
    kept = shelf.Shelf(program.config.backups, taken[1].bytes + taken[2].bytes)
    kept.thin(clock.now())
    assert kept.all() == taken[:0:-1]
    shelf.Shelf(program.config.backups, 1).thin(clock.now())
    assert kept.all() == [taken[-1]]


def test_another_folder_can_be_set(settings: Config, tmp_path: Path) -> None:
    elsewhere = replace(settings, backup_dir=tmp_path / "elsewhere")
    assert (settings.backups, elsewhere.backups) == (settings.data_dir / "backups", tmp_path / "elsewhere")


def test_what_events_carry_may_be_stored_in_another_way_in_the_copy(program: Runtime, alice: Person) -> None:
    """DuckDB takes a VARIANT apart where some 30 000 rows stand together, and not before they are written."""
    event = pageview("2026-09-10T10:00:00Z", custom={"plan": "pro"}, viewport={"width": 400, "height": 800})
    send(program, alice.shop, event)
    with program.database.write() as transaction:
        transaction._cursor.execute(
            "INSERT INTO raw_events BY NAME SELECT * EXCLUDE (i) REPLACE (seq + i AS seq, NULL AS event_id) "
            "FROM raw_events, range(1, 40000) AS numbers(i)"
        )
    assert program.backups.take("by hand").figures.events == 40_000
