"""`analytiq backup`, as it is typed, while the program runs and while it does not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from appliance.backups import passphrase
from tests.programs import TIMEOUT_S, Program, running


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
