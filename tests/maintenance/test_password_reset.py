"""`analytiq user reset-password`, as it is typed, while the program runs and while it does not."""

import os
import pty
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pyotp
import pytest

from tests.programs import TIMEOUT_S, Program, running

EMAIL = "owner@shop.example"
OLD = "correct horse battery"
NEW = "a better battery"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    with running(tmp_path / "data") as started:
        started.sign_up()
        yield started


def reset(data_dir: Path, typed: str, email: str = EMAIL, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "appliance",
        "user",
        "reset-password",
        email,
        "--data-dir",
        str(data_dir),
        *options,
    ]
    return subprocess.run(
        command, input=typed, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )


def login(program: Program, password: str) -> int:
    try:
        program.call("POST", "/api/login", {"email": EMAIL, "password": password})
    except urllib.error.HTTPError as refusal:
        return refusal.code
    return 200


def refused(program: Program) -> bool:
    """Whether the token from before is no good any more."""
    try:
        program.call("GET", "/api/me")
    except urllib.error.HTTPError as refusal:
        return refusal.code == 401
    return False


def test_while_it_runs_the_new_password_holds_at_once_and_sessions_end(program: Program) -> None:
    ended = reset(program.data_dir, f"{NEW}\n")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert EMAIL in ended.stdout
    assert refused(program)
    program.token = None
    assert [login(program, password) for password in (OLD, NEW)] == [401, 200]


def test_while_it_does_not_run_the_new_password_holds_from_the_next_start(program: Program) -> None:
    program.kill()  # What was written last stands in the write-ahead log.
    ended = reset(program.data_dir, NEW)
    assert ended.returncode == 0
    assert NEW not in ended.stdout + ended.stderr
    with running(program.data_dir) as again:
        again.token = program.token
        assert refused(again)
        again.token = None
        assert [login(again, password) for password in (OLD, NEW)] == [401, 200]


@pytest.mark.parametrize("runs", [True, False])
def test_who_has_lost_the_app_and_the_codes_gets_in_without_the_second_step(
    program: Program, runs: bool
) -> None:
    begun = program.call("POST", "/api/me/two-factor", {"current_password": OLD})
    program.call("POST", "/api/me/two-factor/enable", {"code": pyotp.TOTP(begun["secret"]).now()})
    if not runs:
        program.stop()
    assert reset(program.data_dir, NEW).returncode == 0
    if runs:
        program.token = None
        assert login(program, NEW) == 401, "the second step stays where nobody asks to switch it off"
    assert reset(program.data_dir, NEW, EMAIL, "--without-two-factor").returncode == 0
    if runs:
        assert login(program, NEW) == 200
    else:
        with running(program.data_dir) as again:
            assert login(again, NEW) == 200


@pytest.mark.parametrize(
    ("email", "typed", "said"),
    [
        ("nobody@shop.example", NEW, "no account with the address nobody@shop.example. Nothing was changed"),
        (EMAIL, "short", "Choose a password of at least 8 characters"),
        (EMAIL, "", "Choose a password of at least 8 characters"),
    ],
)
def test_what_cannot_be_done_is_said_in_the_same_words_whether_it_runs_or_not(
    program: Program, email: str, typed: str, said: str
) -> None:
    ended = [reset(program.data_dir, typed, email)]
    assert login(program, OLD) == 200
    program.stop()
    ended.append(reset(program.data_dir, typed, email))
    assert [process.returncode for process in ended] == [2, 2]
    assert all(said in process.stderr for process in ended)
    assert not any("Traceback" in process.stderr for process in ended)


def test_in_a_folder_without_data_nothing_is_made(tmp_path: Path) -> None:
    ended = reset(tmp_path / "elsewhere", NEW)
    assert ended.returncode == 2
    assert "There is no Analytiq data" in ended.stderr
    assert not (tmp_path / "elsewhere").exists()


def test_what_the_command_needs_stands_in_a_file_of_the_owners_alone(program: Program) -> None:
    assert (program.data_dir / "instance.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of the kind that Unix has")
@pytest.mark.parametrize("answers", [[NEW, NEW], [NEW, "other words", NEW, NEW]])
def test_on_a_terminal_it_asks_twice_and_shows_nothing(program: Program, answers: list[str]) -> None:
    command = [sys.executable, "-m", "appliance", "user", "reset-password", EMAIL]
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*command, "--data-dir", str(program.data_dir)], stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    ) as process:  # fmt: skip
        os.close(theirs)
        shown = b""
        for answer, prompt in zip(answers, cycle([b"New password: ", b"once more: "]), strict=False):
            shown += _until(ours, prompt)
            os.write(ours, f"{answer}\n".encode())
        shown += _until(ours, b"now.")
        assert process.wait(TIMEOUT_S) == 0
    os.close(ours)
    assert NEW.encode() not in shown
    program.token = None
    assert login(program, NEW) == 200


def _until(terminal: int, end: bytes) -> bytes:
    """What is shown up to `end`."""
    shown = b""
    while end not in shown:
        shown += os.read(terminal, 1024)
    return shown
