"""Compaction: the file shrinks, what is in it stays, and nobody is turned away meanwhile."""

import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from appliance import assembly
from appliance.backups import compaction, snapshots
from appliance.base import disk, durable
from appliance.base.errors import ConflictError, UnavailableError
from appliance.jobs import compaction as job
from appliance.runtime import Runtime
from appliance.storage import database, exchange
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows, state
from tests.traffic import accept, pageview, send, settle

NIGHT = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def alice(program: Runtime) -> Person:
    return People(program).alice


@pytest.fixture
def bloated(program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    """Most of its file holds nothing any more. The threshold is that of a small file."""
    send(program, alice.shop, pageview(program.clock.now(), "/1"))
    with program.database.write() as transaction:
        transaction._cursor.execute("CREATE TABLE gone AS SELECT md5(i::VARCHAR) FROM range(200_000) AS t(i)")
    program.checkpoints.run()
    with program.database.write() as transaction:
        transaction._cursor.execute("DROP TABLE gone")
    program.checkpoints.run()
    monkeypatch.setattr(compaction, "PAYS_FROM_BYTES", 2**20)
    return program


def test_the_file_shrinks_and_holds_the_same(bloated: Runtime, alice: Person) -> None:
    before, space = state(bloated), bloated.compaction.space()
    done = bloated.compaction.run()
    assert space.pays
    assert not bloated.compaction.space().pays
    assert done.before_bytes - done.after_bytes > 0.8 * space.free_bytes
    assert done.after_bytes == bloated.config.paths.database_bytes
    assert state(bloated) == before
    send(bloated, alice.shop, pageview(bloated.clock.now(), "/2"))
    assert pages(bloated) == ["/1", "/2"]
    assert bloated.ledger.check(bloated.clock.now()).differences == 0
    assert not exchange.is_due(bloated.config.paths)
    assert not bloated.config.paths.restore.exists()


def test_a_file_without_room_in_it_is_left_as_it_is(bloated: Runtime) -> None:
    bloated.compaction.run()
    file = bloated.config.paths.database.stat()
    done = bloated.compaction.run()
    assert done.before_bytes == done.after_bytes
    assert bloated.config.paths.database.stat().st_ino == file.st_ino
    assert not bloated.config.paths.restore.exists()


def test_the_next_start_goes_on_from_it(bloated: Runtime, alice: Person, clock: FrozenClock) -> None:
    done = bloated.compaction.run()
    accept(bloated, alice.shop, pageview(clock.now(), "/2"))
    bloated.stop()
    again = assembly.build(bloated.config, clock)
    assert pages(again) == ["/1", "/2"]
    assert again.compaction.last == done
    assert not again.health.facts(clock.now()).recoveries
    again.stop()


def test_events_and_reports_go_on_while_the_copy_is_made(
    bloated: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is held up until an event was taken, a report was read and a change was begun."""
    check, changed = snapshots.check, threading.Event()

    def rename() -> None:
        bloated.accounts.rename(alice.account.account_id, "Alice in the meantime")
        changed.set()

    def slowly(*arguments: object) -> None:
        accept(bloated, alice.shop, pageview(bloated.clock.now(), "/2"))
        changing.start()
        assert bloated.compaction.under_way
        assert pages(bloated) == ["/1"]
        assert not changed.wait(0.2)
        check(*arguments)  # type: ignore[arg-type]

    changing = threading.Thread(target=rename)
    monkeypatch.setattr(snapshots, "check", slowly)
    bloated.compaction.run()
    changing.join()
    settle(bloated)
    assert pages(bloated) == ["/1", "/2"]
    found = rows(bloated, "SELECT name FROM accounts WHERE name LIKE 'Alice%'")
    assert found == [("Alice in the meantime",)]


def test_what_is_read_for_long_is_not_cut_off(bloated: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "QUIET_WITHIN_S", 0.1)
    begun, over = threading.Event(), threading.Event()

    def read() -> list[tuple[object, ...]]:
        begun.set()
        over.wait()
        return bloated.database.read("loading.batch")

    reading = threading.Thread(target=lambda: bloated.database.at_one_moment(read))
    reading.start()
    begun.wait()
    before = bloated.config.paths.database_bytes
    with pytest.raises(UnavailableError, match=r"could not be compacted.*being read.*Nothing is lost"):
        bloated.compaction.run()
    over.set()
    reading.join()
    assert bloated.config.paths.database_bytes == before
    assert bloated.compaction.failure is not None
    assert not bloated.config.paths.restore.exists()
    bloated.compaction.run()
    assert bloated.compaction.failure is None


def test_a_copy_that_differs_is_never_used(bloated: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    settled = snapshots.closed_after

    def lossy(copy: database.Database) -> object:
        with copy.write() as transaction:
            transaction._cursor.execute("DELETE FROM raw_events")
        return settled(copy)

    before = state(bloated)
    with monkeypatch.context() as broken:
        broken.setattr(snapshots, "closed_after", lossy)
        with pytest.raises(UnavailableError, match="raw_events differ"):
            bloated.compaction.run()
    assert state(bloated) == before


def test_without_room_nothing_is_begun(bloated: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    with pytest.raises(UnavailableError, match=r"needs .* MB are free. Make room on it. Nothing is lost"):
        bloated.compaction.run()


def test_it_is_done_by_night_once_a_week_where_it_pays(bloated: Runtime, clock: FrozenClock) -> None:
    job.run(bloated, clock.now())
    assert bloated.compaction.last is None
    clock.advance(days=1)
    job.run(bloated, clock.now())
    first = bloated.compaction.last
    assert first is not None
    for _ in range(8):
        clock.advance(days=1)
        job.run(bloated, clock.now())
    assert bloated.compaction.last == first  # nothing more to gain


def test_after_one_that_failed_it_is_tried_the_next_night(
    bloated: Runtime, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(days=1)
    with monkeypatch.context() as full:
        full.setattr(disk, "SPARED_BYTES", 10**15)
        with pytest.raises(UnavailableError):
            job.run(bloated, clock.now())
    job.run(bloated, clock.now())
    assert bloated.compaction.last is None
    clock.advance(days=1)
    job.run(bloated, clock.now())
    assert bloated.compaction.last is not None


def test_it_waits_for_a_backup_that_is_to_be_put_back(bloated: Runtime) -> None:
    file = bloated.backups.kept.file(bloated.backups.take("by hand"))
    bloated.restoring.go_back(file, "a test")
    with pytest.raises(ConflictError):
        bloated.compaction.run()
    assert exchange.is_due(bloated.config.paths)


def test_cut_off_at_any_step_it_is_the_same_data(
    bloated: Runtime, alice: Person, clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data directory is kept as each change of a name leaves it, and started from there."""
    images: list[Path] = []

    def seen(change: Callable[..., None]) -> Callable[..., None]:
        def changed(*arguments: object) -> None:
            change(*arguments)
            images.append(Path(shutil.copytree(bloated.config.data_dir, tmp_path / f"image {len(images)}")))

        return changed

    before = state(bloated)
    accept(bloated, alice.shop, pageview(clock.now(), "/2"))
    with monkeypatch.context() as watched:
        for name in ("remove_file", "sync_folder", "write_file"):
            watched.setattr(exchange, name, seen(getattr(durable, name)))
        watched.setattr(snapshots, "settle", seen(snapshots.settle))
        bloated.compaction.run()
    assert len(images) == 6
    for image in images:
        found = assembly.build(replace(bloated.config, data_dir=image), clock)
        held = state(found)
        assert pages(found) == ["/1", "/2"]
        assert {name: held[name] for name in ("sites", "accounts")} == {
            name: before[name] for name in ("sites", "accounts")
        }
        assert not exchange.is_due(found.config.paths)
        found.stop()


def pages(program: Runtime) -> list[str]:
    return [path for (path,) in rows(program, "SELECT path FROM raw_events ORDER BY path")]
