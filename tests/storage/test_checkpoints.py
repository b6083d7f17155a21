"""What the write-ahead log loses is loaded again, and an instance that gives up comes back."""

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.runtime import Runtime
from appliance.storage.database import DatabaseError, DeadDatabaseError
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import pageview, send

Disk = namedtuple("Disk", "total used free")
NOON = "2026-09-10T12:00:00Z"


def paths(program: Runtime) -> list[str]:
    return [path for (path,) in rows(program, "SELECT path FROM raw_events ORDER BY path")]


def left_behind(settings: Config, clock: FrozenClock, tmp_path: Path) -> Config:
    """The directory of a program killed with five batches loaded, four of them after the last checkpoint."""
    killed = assembly.build(settings, clock)
    shop = People(killed).alice.shop
    killed.checkpoints.run()
    for number in range(5):
        send(killed, shop, pageview(NOON, f"/{number}"))
        if number == 0:
            killed.checkpoints.run()
    copy = tmp_path / "killed"
    shutil.copytree(settings.data_dir, copy)
    killed.stop()
    return Config(**{**vars(settings), "data_dir": copy})


def test_a_log_that_grows_long_is_not_left_to_the_minute(
    program: Runtime, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = program.config.paths.write_ahead_log
    program.checkpoints.run()
    for number in range(3):
        send(program, people.alice.shop, pageview(NOON, f"/{number}"))
    long = log.stat().st_size
    monkeypatch.setattr("appliance.storage.checkpoints.LONG_LOG_BYTES", long)
    for number in range(3, 6):
        send(program, people.alice.shop, pageview(NOON, f"/{number}"))
        assert not log.exists() or log.stat().st_size <= long
    assert paths(program) == [f"/{number}" for number in range(6)]


@pytest.mark.parametrize("damage", ["cut", "zeros", "garbage", "flip", "gone"])
def test_no_event_is_lost_with_the_write_ahead_log(
    settings: Config, clock: FrozenClock, tmp_path: Path, damage: str
) -> None:
    config = left_behind(settings, clock, tmp_path)
    log = config.paths.write_ahead_log
    content = bytearray(log.read_bytes())
    middle = len(content) // 2
    if damage == "cut":
        del content[middle:]
    elif damage == "zeros":
        content[middle:] = bytes(len(content) - middle)
    elif damage == "garbage":
        content[:] = os.urandom(len(content))
    elif damage == "flip":
        content[middle] ^= 0x10
    log.unlink()
    if damage != "gone":
        log.write_bytes(content)
    again = assembly.build(config, clock)
    assert paths(again) == [f"/{number}" for number in range(5)]
    assert rows(again, "SELECT sum(pageviews) FROM visits") == [(5,)]
    again.stop()


def test_a_log_that_cannot_be_replayed_is_kept_for_a_look(
    settings: Config, clock: FrozenClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = left_behind(settings, clock, tmp_path)
    content = bytearray(config.paths.write_ahead_log.read_bytes())
    content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
    config.paths.write_ahead_log.write_bytes(content)
    assembly.build(config, clock).stop()
    (aside,) = config.paths.unreadable_logs()
    assert aside.read_bytes() == content
    assert str(aside) in caplog.text


def test_a_damaged_main_file_is_refused_with_its_log_where_it_was(
    settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    config = left_behind(settings, clock, tmp_path)
    main, log = config.paths.database, config.paths.write_ahead_log
    content = bytearray(main.read_bytes())
    for place in range(4096, len(content), 512):
        content[place] ^= 0xFF
    main.write_bytes(content)
    log_before = log.read_bytes()
    with pytest.raises(StartError, match="backup"):
        assembly.build(config, clock)
    assert main.read_bytes() == content
    assert log.read_bytes() == log_before


def test_an_instance_that_gave_up_is_opened_anew_and_counts_on(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOON, "/before"))
    rows(program, "SET debug_checkpoint_abort = 'before_header'")
    with pytest.raises(DeadDatabaseError):
        program.checkpoints.run()
    send(program, alice.shop, pageview(NOON, "/after"))
    assert paths(program) == ["/after", "/before"]


@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_what_an_instance_that_gave_up_had_only_in_its_log_is_loaded_again(
    program: Runtime, alice: Person, damage: str
) -> None:
    program.checkpoints.run()
    for path in ("/1", "/2"):
        send(program, alice.shop, pageview(NOON, path))
    rows(program, "SET debug_checkpoint_abort = 'before_header'")
    with pytest.raises(DeadDatabaseError):
        program.checkpoints.run()
    log = program.config.paths.write_ahead_log
    log.write_bytes(b"" if damage == "cut" else os.urandom(log.stat().st_size))
    send(program, alice.shop, pageview(NOON, "/3"))
    program.checkpoints.run()
    assert paths(program) == ["/1", "/2", "/3"]
    assert rows(program, "SELECT sum(pageviews) FROM visits") == [(3,)]
    assert list(program.config.paths.journal.iterdir()) == []


def test_a_failed_statement_does_not_cost_the_instance(program: Runtime) -> None:
    instance = program.database._root
    with pytest.raises(DatabaseError), program.database.write() as transaction:
        transaction.run("loading.store", {"batch": 1})  # there is no batch staged
    assert program.database._root is instance


def test_no_checkpoint_meets_a_full_disk(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview(NOON))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(1, 1, 1))
    program.checkpoints.run()
    assert program.config.paths.write_ahead_log.stat().st_size > 0
