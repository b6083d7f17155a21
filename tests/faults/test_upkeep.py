"""Killed in the middle of a compaction or of an upgrade, under load: nothing is lost, nothing half done."""

import os
import shutil
import sys
import threading
import time
import urllib.error
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import duckdb
import pytest

from appliance.base.paths import sql_files
from tests.faults import LONG
from tests.faults.shop import Shop
from tests.programs import TIMEOUT_S, Program, start

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")

KILLS = 20 if LONG else 1
EVENTS = 20_000 if LONG else 2_000
CLIENTS = 6
PAUSE_S = CLIENTS / 300
"""300 events a second, as far as the machine can."""
BLOAT_ROWS = 1_000_000
SCRIPTS = {
    "9000_days.sql": "CREATE TABLE event_days AS SELECT seq, ts::DATE AS day FROM raw_events;",
    "9001_colour.sql": "ALTER TABLE sites ADD COLUMN colour VARCHAR DEFAULT 'red';",
    "9002_late.sql": "ALTER TABLE raw_events ADD COLUMN late BOOLEAN;"
    "UPDATE raw_events SET late = received_at - ts > INTERVAL 1 DAY;",
}
"""None of them can be applied twice."""


def test_killed_while_it_compacts_it_has_the_old_file_or_the_new(shop: Shop) -> None:
    with shop.open() as program:
        shop.send(program, EVENTS)
        shop.wait_until_loaded(program)
        assert program.stop() == 0
    took_s, compacted = 0.0, 0
    for number in range(KILLS + 1):
        before = bloated(shop.data_dir)
        with shop.open(may_log_tracebacks=True) as program, shop.load(program, **PACE):
            compacting = threading.Thread(target=compact, args=(program,))
            compacting.start()
            if number == 0:  # How long it takes, and that it does what it should.
                began = time.monotonic()
                compacting.join()
                took_s = time.monotonic() - began
            else:
                time.sleep(shop.chance.uniform(0.0, 1.3 * took_s))
            program.kill()
            compacting.join()
        assert set(shop.log.statuses) == {200}
        goes_on(shop)
        smaller = size(shop.data_dir) < before / 2
        compacted += smaller
        assert smaller or number > 0
        assert not (shop.data_dir / "exchange.json").exists()
        print(f"{before} bytes, then {size(shop.data_dir)}")
    print(f"a compaction took {took_s:.2f} s; of {KILLS} that were killed {compacted - 1} had the new file")


def test_killed_while_it_upgrades_it_is_finished_by_the_next_start(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Data with a write-ahead log that nobody has replayed, and events waiting in the journal."""
    with shop.open() as program:
        shop.send(program, EVENTS)
        with shop.load(program, **PACE):
            time.sleep(1.0)
            program.kill()
    older = Path(shutil.copytree(shop.data_dir, tmp_path / "older"))
    monkeypatch.setenv("SCRIPTS", str(later_version(tmp_path / "sql")))
    monkeypatch.setattr("tests.programs.COMMAND", [sys.executable, "-m", "tests.faults.newer"])
    took_s, applied = starts_within(shop), set()
    known = shop.log.copy()
    for _ in range(KILLS):
        shutil.rmtree(shop.data_dir)
        shutil.copytree(older, shop.data_dir)
        shop.log = known.copy()
        upgrading = start(shop.data_dir, "--port", "0")
        time.sleep(shop.chance.uniform(0.3, took_s))
        upgrading.kill()
        upgrading.communicate()
        applied.add(scripts_applied(shop.data_dir))
        goes_on(shop)
        assert scripts_applied(shop.data_dir) == len(SCRIPTS)
        with duckdb.connect(str(shop.data_dir / "analytiq.duckdb"), read_only=True) as database:
            missed = database.execute("SELECT count(*) FROM event_days ANTI JOIN raw_events USING (seq)")
            assert missed.fetchall() == [(0,)]
    print(f"an upgrade took {took_s:.2f} s; scripts applied when it was killed: {sorted(applied)}")


PACE = {"clients": CLIENTS, "pause_s": PAUSE_S}


def goes_on(shop: Shop) -> None:
    """It starts and takes events at once; its data agree with what its clients know."""
    began = time.monotonic()
    with shop.open() as program:
        shop.wait_until_acknowledged(program, TIMEOUT_S)
        print(f"first event taken {time.monotonic() - began:.2f} s after the start")
        shop.end_and_check(program)


def starts_within(shop: Shop) -> float:
    """Seconds until it answers."""
    began = time.monotonic()
    with shop.open() as program:
        took_s = time.monotonic() - began
        assert program.stop() == 0
    return took_s


def bloated(data_dir: Path) -> int:
    """A file of a stopped program most of which holds nothing; its size."""
    with duckdb.connect(str(data_dir / "analytiq.duckdb")) as database:
        for table, rows in (("gone", BLOAT_ROWS), ("behind_it", BLOAT_ROWS // 10)):
            values = f"SELECT md5(i::VARCHAR) AS text FROM range({rows}) AS numbers(i)"
            database.execute(f"CREATE OR REPLACE TABLE {table} AS {values}; CHECKPOINT")
        database.execute("DROP TABLE gone; CHECKPOINT")
    return size(data_dir)


def size(data_dir: Path) -> int:
    return (data_dir / "analytiq.duckdb").stat().st_size


def compact(program: Program) -> None:
    with suppress(OSError, HTTPException):  # killed
        try:
            program.call("POST", "/api/compaction", {})
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read()) from error


def later_version(folder: Path) -> Path:
    """The folder of SQL with more scripts."""
    shutil.copytree(sql_files() / "migrations", folder / "migrations")
    for name, text in SCRIPTS.items():
        (folder / "migrations" / name).write_text(text)
    return folder


def scripts_applied(data_dir: Path) -> int:
    """How many of the later version's are in the file or its write-ahead log; a copy is looked at."""
    with duckdb.connect() as database:
        copy = data_dir.parent / "looked at"
        copy.mkdir()
        for file in data_dir.glob("analytiq.duckdb*"):
            shutil.copy(file, copy)
        database.execute(f"ATTACH '{copy / 'analytiq.duckdb'}' AS found")
        found = database.execute("SELECT count(*) FROM found.schema_migrations WHERE version >= 9000")
        ((applied,),) = found.fetchall()
    shutil.rmtree(copy)
    return int(applied)
