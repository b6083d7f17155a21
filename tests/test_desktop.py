"""Opening the program: a server is found or started, and without a display the address is printed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance import __version__, config, desktop
from tests.programs import TIMEOUT_S, running


def test_without_a_display_it_serves_and_says_where(tmp_path: Path) -> None:
    environ = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    settings = {
        "ANALYTIQ_DATA_DIR": str(tmp_path / "data"),
        "ANALYTIQ_PORT": "0",
        "ANALYTIQ_HOST": "127.0.0.1",
    }
    command = [sys.executable, "-u", "-m", "appliance"]
    with subprocess.Popen(command, env={**environ, **settings}, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        said = [program.stdout.readline() for _ in range(2)]
        program.terminate()
        assert program.wait(TIMEOUT_S) == 0
    assert said[0].startswith("Analytiq is running at http://127.0.0.1:")
    assert "setup code" in said[1]


def test_a_running_server_is_found_by_its_answer(tmp_path: Path) -> None:
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    with running(tmp_path / "data") as program:
        found = desktop.find(own)
        assert found
        assert (found.pid, found.url, found.version) == (program.process.pid, program.url, __version__)


def test_a_note_that_a_killed_server_left_is_not_trusted(tmp_path: Path) -> None:
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    with running(tmp_path / "data") as program:
        program.kill()
    assert json.loads(own.paths.instance.read_text())["pid"] == program.process.pid
    assert desktop.find(own) is None


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_is_started_apart_and_outlives_the_window(tmp_path: Path) -> None:
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    (tmp_path / "data").mkdir()
    own.paths.settings.write_text('port = 0\nhost = "127.0.0.1"\n')
    started = desktop.start(own)
    assert desktop.find(own) == started
    assert desktop.stop(own) == started
    assert desktop.find(own) is None
    assert desktop.stop(own) is None
