"""Opening a database whose last checkpoint was cut off."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from appliance.base.errors import StartError
from appliance.base.paths import DataPaths
from appliance.storage import migrations, undo
from appliance.storage.database import Database
from tests.clocks import FrozenClock

SECTOR = 512


@dataclass(frozen=True)
class Cut:
    """A data directory with what a checkpoint needs to be taken back, and its main file before and after."""

    paths: DataPaths
    before: bytes
    after: bytes

    def leave(self, changed: Callable[[int], bool]) -> None:
        """Of what the checkpoint wrote, only the sectors at the places chosen are in the main file."""
        places = range(0, len(self.after), SECTOR)
        parts = [(self.after if changed(at) else self.before)[at : at + SECTOR] for at in places]
        self.paths.database.write_bytes(b"".join(parts))


@pytest.fixture
def cut(tmp_path: Path, clock: FrozenClock) -> Cut:
    paths = DataPaths(tmp_path)
    database = Database(paths)
    migrations.migrate(database, clock.now())
    database.checkpoint()
    _set_batch(database, 7)
    undo.keep(paths, [block for (block,) in database.read("database.metadata_blocks")])
    before, kept = paths.database.read_bytes(), paths.undo.read_bytes()
    log = tmp_path / "log"
    log.hardlink_to(paths.write_ahead_log)  # The checkpoint writes into it before it removes it.
    database.checkpoint()
    database.abandon()
    after = paths.database.read_bytes()
    log.rename(paths.write_ahead_log)
    paths.undo.write_bytes(kept)
    return Cut(paths, before, after)


def test_a_checkpoint_that_was_cut_off_within_a_block_is_taken_back(cut: Cut) -> None:
    cut.leave(lambda at: at >= undo.HEADERS_BYTES and at % (2 * SECTOR) == 0)
    assert _batch(cut.paths) == 7


def test_without_the_copy_of_the_block_the_database_would_be_lost(cut: Cut) -> None:
    cut.leave(lambda at: at >= undo.HEADERS_BYTES and at % (2 * SECTOR) == 0)
    cut.paths.undo.unlink()
    with pytest.raises(StartError, match="cannot be read"):
        Database(cut.paths)


def test_a_checkpoint_that_was_cut_off_within_its_header_is_taken_back(cut: Cut) -> None:
    cut.leave(lambda at: at >= undo.HEADERS_BYTES or at % 4096 == 0)
    assert _batch(cut.paths) == 7


def test_a_checkpoint_that_was_through_is_left_as_it_is(cut: Cut) -> None:
    cut.leave(lambda _at: True)
    assert _batch(cut.paths) == 7
    assert cut.paths.database.read_bytes() == cut.after


def test_the_copy_of_an_earlier_checkpoint_is_not_put_back(cut: Cut) -> None:
    kept = cut.paths.undo.read_bytes()
    database = Database(cut.paths)
    for number in (8, 9):
        _set_batch(database, number)
        database.checkpoint()
    database.close()
    cut.paths.undo.write_bytes(kept)
    assert _batch(cut.paths) == 9


@pytest.mark.parametrize("folder", ["", "other"], ids=["older", "another"])
def test_the_log_of_an_older_or_another_database_is_put_aside(
    cut: Cut, clock: FrozenClock, folder: str
) -> None:
    cut.leave(lambda _at: True)
    log = cut.paths.write_ahead_log.read_bytes()
    paths = DataPaths(cut.paths.root / folder)
    paths.root.mkdir(exist_ok=True)
    database = Database(paths)
    migrations.migrate(database, clock.now())
    for number in (8, 9, 10):
        _set_batch(database, number)
        database.checkpoint()
    database.close()
    paths.write_ahead_log.write_bytes(log)
    assert _batch(paths) == 10
    assert [path.read_bytes() for path in paths.unreadable_logs()] == [log]


def test_nothing_is_kept_once_a_checkpoint_is_through(cut: Cut) -> None:
    database = Database(cut.paths)
    _set_batch(database, 8)
    database.checkpoint()
    assert not cut.paths.undo.exists()
    database.close()


def _set_batch(database: Database, number: int) -> None:
    with database.write() as transaction:
        transaction._cursor.execute("UPDATE meta SET batch = ?", [number])


def _batch(paths: DataPaths) -> int:
    database = Database(paths)
    try:
        ((batch,),) = database.read("loading.batch")
    finally:
        database.close()
    assert not paths.undo.exists()
    return int(batch)
