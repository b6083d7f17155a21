"""Opening the program where there is no web view: in a browser, or in the terminal."""

import html
import os
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import duckdb
import pytest

from appliance.base import config
from appliance.base.clock import SystemClock
from appliance.base.config import Config
from appliance.desktop import server_process
from tests.programs import TIMEOUT_S, running
from tests.screens import until

NO_SUCH_DISPLAY = ":4242"


@pytest.fixture
def own(tmp_path: Path) -> Config:
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    own.data_dir.mkdir()
    own.paths.settings.write_text('port = 0\nhost = "127.0.0.1"\n')
    return own


def browser(folder: Path, name: str) -> Path:
    """A program of that name that notes what it was started with; the file it notes it in."""
    folder.mkdir(exist_ok=True)
    note = folder / f"{name}.txt"
    program = folder / name
    program.write_text(f'#!/bin/sh\necho "$@" > {note}.new && /bin/mv {note}.new {note}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return note


def opened(own: Config, **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "appliance", "--data-dir", str(own.data_dir)]
    started = {"PYTHONPATH": os.pathsep.join(sys.path), "DISPLAY": NO_SUCH_DISPLAY, **environ}
    return subprocess.run(
        command, env=started, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )


def read(note: Path) -> str:
    until(note.exists, str(note))
    return note.read_text().strip()


def test_without_a_display_it_serves_and_says_where(own: Config) -> None:
    environ = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    command = [sys.executable, "-u", "-m", "appliance", "--data-dir", str(own.data_dir)]
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        said = [program.stdout.readline() for _ in range(2)]
        program.terminate()
        assert program.wait(TIMEOUT_S) == 0
    assert said[0].startswith("Analytiq is running at http://127.0.0.1:")
    assert "setup code" in said[1]


def test_without_a_web_view_a_browser_without_its_frame_is_opened(own: Config, tmp_path: Path) -> None:
    note = browser(tmp_path / "bin", "chromium")
    done = opened(own, PATH=f"{tmp_path / 'bin'}:/usr/bin:/bin")
    ended = server_process.stop(own, SystemClock())
    assert done.returncode == 0, done.stderr
    assert ended
    # The address alone: every user of the machine can see what a program was started with.
    assert read(note) == f"--app={ended.url}"
    assert f"goes on counting at {ended.url}" in done.stdout


def test_without_such_a_browser_the_default_one_is_opened(own: Config, tmp_path: Path) -> None:
    note = browser(tmp_path / "bin", "favourite")
    done = opened(own, PATH=str(tmp_path / "none"), BROWSER=str(tmp_path / "bin" / "favourite"))
    ended = server_process.stop(own, SystemClock())
    assert done.returncode == 0, done.stderr
    assert ended
    assert read(note) == ended.url


def test_without_any_browser_the_address_is_printed(own: Config, tmp_path: Path) -> None:
    done = opened(own, PATH=str(tmp_path / "none"))
    ended = server_process.stop(own, SystemClock())
    assert ended
    assert ended.url in done.stdout


@contextmanager
def wrong_settings(own: Config) -> Iterator[str]:
    own.paths.settings.write_text("port = many")
    yield "analytiq.toml"


@contextmanager
def a_damaged_database(own: Config) -> Iterator[str]:
    own.paths.database.write_text("no database")
    yield "analytiq.duckdb"


@contextmanager
def a_newer_database(own: Config) -> Iterator[str]:
    with running(own.data_dir):
        pass
    with duckdb.connect(str(own.paths.database)) as database:
        database.execute("INSERT INTO schema_migrations VALUES (9999, now())")
    yield "newer Analytiq (schema 9999"


@contextmanager
def a_port_in_use(own: Config) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        own.paths.settings.write_text(f'port = {port}\nhost = "127.0.0.1"\n')
        yield f"Port {port} is in use"


@contextmanager
def a_file_for_a_folder(own: Config) -> Iterator[str]:
    """Nobody can write into it, root neither."""
    shutil.rmtree(own.data_dir)
    own.data_dir.touch()
    yield f"{own.data_dir} cannot be written"


@pytest.mark.parametrize(
    "harm", [wrong_settings, a_damaged_database, a_newer_database, a_port_in_use, a_file_for_a_folder]
)
def test_a_failed_start_is_shown_in_the_browser(
    own: Config, tmp_path: Path, harm: Callable[[Config], AbstractContextManager[str]]
) -> None:
    with harm(own) as reason:
        note = browser(tmp_path / "bin", "favourite")
        done = opened(own, PATH=str(tmp_path / "none"), BROWSER=str(tmp_path / "bin" / "favourite"))
    assert done.returncode == 2
    assert reason in done.stderr
    page = Path(url2pathname(urlsplit(read(note)).path))
    assert html.escape(reason) in page.read_text("utf-8")
    assert page.parent.stat().st_mode & 0o077 == 0
