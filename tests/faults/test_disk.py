"""The disk is full, or fails, or may only be read."""

import json
import subprocess
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.base.disk import SPARED_BYTES
from tests.faults import LONG
from tests.faults.load import event
from tests.faults.machine import Shim, full, shim, small_disk
from tests.faults.shop import Shop
from tests.programs import TIMEOUT_S, Program, start

DISK_MB = 64
ROOMY_MB = SPARED_BYTES // 2**20 + 64
FULL_S = 10.0 if LONG else 1.0
JOURNAL_FAULTS = 200 if LONG else 6
DATABASE_FAULTS = 40 if LONG else 2
BACK_WITHIN_S = 10.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", DISK_MB) as mounted:
        yield mounted


@pytest.fixture
def shop_on_disk(disk: Path, shop: Shop) -> Shop:
    shop.data_dir = disk / "data"
    return shop


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Shim]:
    with shim(tmp_path) as ready:
        yield ready


def test_a_full_disk_refuses_events_until_there_is_room_and_loses_none(
    disk: Path, shop_on_disk: Shop
) -> None:
    shop = shop_on_disk
    with shop.open(may_log_tracebacks=True) as program:
        with shop.load(program):
            time.sleep(1.0)
            with full(disk):
                time.sleep(FULL_S)
                retry_after_s = _retry_after_s(shop, program)
                assert _notices(program)[0] == "journal-unwritable"
                before = shop.report(program)
                time.sleep(FULL_S)
                assert shop.report(program).keys() == before.keys()
            back_s = shop.wait_until_acknowledged(program, BACK_WITHIN_S)
            time.sleep(1.0)
        print(f"takes events again {back_s:.2f} s after there was room; {shop.log.statuses}")
        assert retry_after_s > 0
        assert set(shop.log.statuses) == {200, 503}
        shop.wait_until_loaded(program)
        assert _notices(program) == ["disk-low"]
        shop.end_and_check(program)


def test_on_a_nearly_full_disk_all_else_waits_and_events_are_taken(tmp_path: Path, shop: Shop) -> None:
    with small_disk(tmp_path / "roomy", ROOMY_MB) as disk:
        shop.data_dir = disk / "data"
        with shop.open() as program:
            shop.send(program, 500)
            shop.wait_until_loaded(program)
            with full(disk, SPARED_BYTES - 2**20):
                assert "disk-low" in _notices(program)
                with pytest.raises(urllib.error.HTTPError) as refused:
                    program.call("POST", "/api/backups", {})
                assert "nothing else is affected. Make room" in refused.value.read().decode()
                shop.send(program, 500)
                shop.wait_until_loaded(program)
            assert program.call("POST", "/api/backups", {})["figures"]["events"] == 1000
            assert set(shop.log.statuses) == {200}
            shop.end_and_check(program)


@pytest.mark.parametrize("left_bytes", [0, 128 * 1024])
def test_the_end_on_a_full_disk_loses_nothing(disk: Path, shop_on_disk: Shop, left_bytes: int) -> None:
    """The last thing that the program does is a checkpoint, which needs room."""
    shop = shop_on_disk
    with shop.open(may_log_tracebacks=True) as program:
        shop.send(program, 5000, padding=200)
        shop.wait_until_loaded(program)
        with full(disk, left_bytes):
            program.stop()
    with shop.open(may_log_tracebacks=True) as program:
        shop.send(program, 500)
        shop.end_and_check(program)


def test_a_sync_of_the_journal_that_fails_is_never_acknowledged(machine: Shim, shop: Shop) -> None:
    with shop.open(may_log_tracebacks=True) as program:
        with shop.load(program):
            for _ in range(JOURNAL_FAULTS):
                _fail_syncs(machine, ".ndjson", shop.chance.randrange(20))
                shop.wait_until_acknowledged(program, BACK_WITHIN_S)
        assert set(shop.log.statuses) == {200, 503}
        shop.end_and_check(program)


def test_a_sync_of_the_database_that_fails_costs_no_event(machine: Shim, shop: Shop) -> None:
    with shop.open(may_log_tracebacks=True) as program:
        with shop.load(program):
            for _ in range(DATABASE_FAULTS):
                _fail_syncs(machine, ".wal", shop.chance.randrange(3))
                shop.wait_until_acknowledged(program, BACK_WITHIN_S)
        assert set(shop.log.statuses) == {200}
        shop.wait_until_loaded(program)
        shop.end_and_check(program)


def test_a_checkpoint_that_meets_a_full_disk_costs_no_restart(machine: Shim, shop: Shop) -> None:
    """The first one after a kill, which has the most to write."""
    with shop.open() as program:
        shop.send(program, 2000)
        shop.wait_until_loaded(program)
        program.kill()
    machine.fail_writes(".duckdb", shop.chance.randrange(6), times=1)
    with shop.open(may_log_tracebacks=True) as program:
        _wait_for_failures(machine)
        began = time.monotonic()
        shop.send(program, 100)
        shop.wait_until_loaded(program, timeout_s=5.0)
        print(f"loaded {time.monotonic() - began:.2f} s after a checkpoint had no room")
        shop.end_and_check(program)


def test_a_disk_that_may_only_be_read_is_named_and_not_a_crash(disk: Path, shop_on_disk: Shop) -> None:
    shop = shop_on_disk
    with shop.open() as program:
        shop.send(program, 100)
        assert program.stop() == 0
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    _is_refused(shop.data_dir)
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    with shop.open() as program:
        shop.end_and_check(program)


def test_a_data_directory_inside_a_file_is_named_and_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("not a folder")
    _is_refused(tmp_path / "note.txt" / "data")


def _fail_syncs(machine: Shim, ending: str, after: int) -> None:
    machine.fail_syncs(ending, after, times=1)
    _wait_for_failures(machine)


def _wait_for_failures(machine: Shim) -> None:
    deadline = (
        time.monotonic() + TIMEOUT_S
    )  # Opened anew again and again, the database has ever more to replay.
    while machine.failures_left > 0:
        assert time.monotonic() < deadline, "the program stopped writing"
        time.sleep(0.01)


def _retry_after_s(shop: Shop, program: Program) -> int:
    """What the first refused event is told; 0 if nothing."""
    connection = shop.connect(program)
    deadline = time.monotonic() + BACK_WITHIN_S
    while time.monotonic() < deadline:
        sent = event(shop.chance)
        shop.log.sending([sent["event_id"]])
        connection.request("POST", "/ingest/event", json.dumps(sent), shop.key)
        answer = connection.getresponse()
        answer.read()
        if answer.status == 503:
            connection.close()
            return int(answer.headers.get("Retry-After", "0"))
        shop.log.answered(answer.status, 0.0, [sent["event_id"]])
    raise AssertionError("the full disk goes on taking events")


def _notices(program: Program) -> list[str]:
    return [notice["slug"] for notice in program.call("GET", "/api/notices")["notices"]]


def _is_refused(data_dir: Path) -> None:
    refused = start(data_dir, "--port", "0")
    _, said = refused.communicate(timeout=TIMEOUT_S)
    assert refused.returncode == 2
    assert str(data_dir) in said
    assert "Traceback" not in said
