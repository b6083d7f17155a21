"""Backups under load: made, put back and cut off, nothing acknowledged is lost or doubled."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.faults import LONG
from tests.faults.oracle import Log, check
from tests.faults.shop import Shop
from tests.programs import TIMEOUT_S, Program

CLIENTS = 6
PAUSE_S = CLIENTS / 300
"""300 events a second, as far as the machine can."""
KILLS = 20 if LONG else 1
EVENTS = 20_000 if LONG else 2_000


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "appliance", *words]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command(*words), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def stored(file: Path) -> set[str]:
    with duckdb.connect(str(file), read_only=True) as database:
        rows = database.execute("SELECT event_id FROM raw_events").fetchall()
    return {str(event_id) for (event_id,) in rows}


def newest(shop: Shop) -> Path:
    return max((shop.data_dir / "backups").glob("20*")) / "analytiq.duckdb"


def knowing(log: Log, acknowledged: set[str]) -> Log:
    """A client that knows for certain of these alone."""
    known = log.copy()
    known.acknowledged = acknowledged
    return known


@pytest.fixture
def same_port(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started again, the program is where its clients look for it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setattr("tests.programs.PORT", str(port))


def test_a_backup_under_load_holds_all_that_was_acknowledged_before(shop: Shop, tmp_path: Path) -> None:
    with shop.open() as program:
        shop.send(program, EVENTS)
        shop.wait_until_loaded(program)
        before = set(shop.log.acknowledged)
        with shop.load(program, clients=CLIENTS, pause_s=PAUSE_S):
            time.sleep(0.5)
            run("backup", str(tmp_path / "file"), "--data-dir", str(shop.data_dir))
        print(f"meanwhile: {shop.log.latency()}, longest {shop.log.slowest_s(1.0) * 1000:.0f} ms")
        assert set(shop.log.statuses) == {200}
        shop.end_and_check(program)
    other = tmp_path / "another machine"
    run("restore", str(tmp_path / "file"), "--data-dir", str(other))
    check(other, shop.site_id, knowing(shop.log, before))


@pytest.mark.usefixtures("same_port")
def test_going_back_under_load_every_event_is_in_one_state_or_the_other(shop: Shop) -> None:
    with shop.open() as program:
        shop.send(program, EVENTS)
        shop.wait_until_loaded(program)
        run("backup", "--data-dir", str(shop.data_dir))
        then = newest(shop)
        before = stored(then)
        with shop.load(program, clients=CLIENTS, pause_s=PAUSE_S, again=0.0):
            time.sleep(0.5)
            run("restore", str(then), "--data-dir", str(shop.data_dir))
            time.sleep(0.5)
        shop.wait_until_acknowledged(program, TIMEOUT_S)
        assert program.stop() == 0
    present, replaced = stored(shop.data_dir / "analytiq.duckdb"), stored(newest(shop))
    assert before <= present
    assert shop.log.acknowledged <= present | replaced
    assert (present & replaced) - before == set()
    check(shop.data_dir, shop.site_id, knowing(shop.log, present & shop.log.acknowledged))


@pytest.mark.usefixtures("same_port")
def test_killed_while_it_goes_back_under_load_it_has_the_old_state_or_the_new_and_every_event(
    shop: Shop,
) -> None:
    """What was answered while it went back waits in the journal, and is counted in the one or the other."""
    with shop.open() as program:
        shop.send(program, EVENTS)
        shop.wait_until_loaded(program)
        run("backup", "--data-dir", str(shop.data_dir))
    then, states = newest(shop), []
    held = before = stored(then)
    for _ in range(KILLS):
        known = set(shop.log.acknowledged)
        with shop.open(may_log_tracebacks=True) as program:
            shop.send(program, 100)
            shop.wait_until_loaded(program)
            old = shop.log.acknowledged - known
            with shop.load(program, clients=CLIENTS, pause_s=PAUSE_S, again=0.0):
                _go_back_and_be_killed(shop, program, then)
        with shop.open() as program:
            assert program.stop() == 0
        found, arrived = stored(shop.data_dir / "analytiq.duckdb"), shop.log.acknowledged - known
        went_back = old.isdisjoint(found)
        replaced = stored(newest(shop)) if went_back else set()
        assert (before if went_back else held | old) <= found
        assert arrived <= found | replaced
        assert not went_back or found & replaced == before
        assert not (shop.data_dir / "exchange.json").exists()
        check(shop.data_dir, shop.site_id, knowing(shop.log, found & shop.log.acknowledged))
        states.append(f"{'new' if went_back else 'old'}, {len(arrived - old)} events meanwhile")
        held = found
    print(f"{KILLS} kills while it went back: {states}")


def _go_back_and_be_killed(shop: Shop, program: Program, then: Path) -> None:
    """Server and command, at any moment of it."""
    going = subprocess.Popen(
        command("restore", str(then), "--data-dir", str(shop.data_dir)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(shop.chance.uniform(0.3, 8.0))
    program.kill()
    going.kill()
    going.wait()
