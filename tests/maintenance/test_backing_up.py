"""`analytiq backup` and `restore`, as they are typed, while the program runs and while it does not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from appliance.backups import passphrase
from appliance.base.paths import DataPaths
from appliance.process import instance
from tests.programs import TIMEOUT_S, Program, running
from tests.traffic import CHROME

EMAIL, PASSWORD = "owner@shop.example", "correct horse battery"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with running(tmp_path / "data") as started:
        started.sign_up()
        yield started


def backup(data_dir: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "appliance", "backup", *words, "--data-dir", str(data_dir)]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )


def accounts(file: Path) -> int:
    with duckdb.connect(str(file), read_only=True) as copy:
        ((found,),) = copy.execute("SELECT count(*) FROM accounts").fetchall()
    return int(found)


def test_it_works_while_the_program_runs_and_while_it_does_not(program: Program, tmp_path: Path) -> None:
    said = backup(program.data_dir, str(tmp_path / "while it runs"))
    assert said.returncode == 0
    assert accounts(tmp_path / "while it runs") == 1
    assert program.call("GET", "/healthz")["backup"]["last_at"]
    assert program.stop() == 0
    said = backup(program.data_dir)
    assert said.returncode == 0
    (newest,) = sorted((program.data_dir / "backups").iterdir())[1:]
    assert str(newest / "analytiq.duckdb") in said.stdout
    assert accounts(newest / "analytiq.duckdb") == 1


def test_a_file_can_be_encrypted_and_none_is_written_over(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "to take away"
    assert backup(program.data_dir, str(file), "--encrypt", typed="open sesame\n").returncode == 0
    assert file.stat().st_mode & 0o077 == 0
    with file.open("rb") as sealed, (tmp_path / "read again").open("wb") as into:
        passphrase.decrypt(sealed, into, "open sesame")
    assert accounts(tmp_path / "read again") == 1
    before = file.read_bytes()
    again = backup(program.data_dir, str(file))
    assert (again.returncode, file.read_bytes()) == (2, before)
    assert "is there already and was left as it is" in again.stderr


def test_where_there_is_nothing_it_says_so(tmp_path: Path) -> None:
    said = backup(tmp_path / "nothing")
    assert said.returncode == 2
    assert "There is no Analytiq data in" in said.stderr
    assert not (tmp_path / "nothing").exists()


def restore(data_dir: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "appliance", "restore", *words, "--data-dir", str(data_dir)]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=2 * TIMEOUT_S, check=False
    )


def test_going_back_works_while_the_program_runs_and_while_it_does_not(
    program: Program, tmp_path: Path
) -> None:
    sealed, plain = tmp_path / "with a site", tmp_path / "without"
    assert backup(program.data_dir, str(plain)).returncode == 0
    program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
    assert backup(program.data_dir, str(sealed), "--encrypt", typed="open sesame\n").returncode == 0
    process, before = program.process.pid, program.call("GET", "/healthz")["pid"]
    said = restore(program.data_dir, str(plain))
    assert said.returncode == 0, said.stderr
    assert "then: 0 visits, 0 events, 0 websites, 1 accounts" in said.stdout
    assert "now:  0 visits, 0 events, 1 websites, 1 accounts" in said.stdout
    found = instance.announced(DataPaths(program.data_dir))
    assert found and (found.pid, before) == (process, process)
    program.url, program.token = found.url, None
    program.token = program.call("POST", "/api/login", {"email": EMAIL, "password": PASSWORD})["token"]
    assert program.call("GET", "/api/sites")["sites"] == []
    assert program.stop() == 0
    wrong = restore(program.data_dir, str(sealed), "--encrypted", typed="open\n")
    assert (wrong.returncode, "The passphrase is wrong" in wrong.stderr) == (2, True)
    said = restore(program.data_dir, str(sealed), "--encrypted", typed="open sesame\n")
    assert (said.returncode, "ERROR" in said.stderr, "WARNING" in said.stderr) == (0, False, False)
    with duckdb.connect(str(program.data_dir / "analytiq.duckdb"), read_only=True) as database:
        assert database.execute("SELECT name FROM sites").fetchall() == [("Shop",)]


def test_going_back_into_an_empty_folder_is_moving_house(program: Program, tmp_path: Path) -> None:
    site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
    assert backup(program.data_dir, str(tmp_path / "file")).returncode == 0
    said = restore(tmp_path / "new", str(tmp_path / "file"))
    assert said.returncode == 0, said.stderr
    with running(tmp_path / "new") as moved:
        key = {"x-site-id": site["site_id"], "x-site-key": site["site_key"], "User-Agent": CHROME}
        assert moved.call("POST", "/ingest/event", {"event_type": "pageview"}, key) == {"status": "ok"}
