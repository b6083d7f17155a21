"""The command line, as it is typed."""

import os
import subprocess
from pathlib import Path

import pytest

from appliance import __version__
from appliance.base.paths import DataPaths
from appliance.process import instance
from tests.programs import COMMAND, TIMEOUT_S


def analytiq(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        check=False,
    )


def test_it_tells_its_version_and_its_commands() -> None:
    assert __version__ in analytiq("--version").stdout
    said = analytiq("--help").stdout
    assert "serve" in said
    assert "demo" in said


@pytest.mark.parametrize(
    ("words", "environ", "named"),
    [
        (("serve", "--port", "many"), {}, "--port"),
        (("serve",), {"ANALYTIQ_PUBLIC_URL": "stats.example"}, "ANALYTIQ_PUBLIC_URL"),
        (("serve", "--colour", "red"), {}, "--colour"),
        (("dance",), {}, "dance"),
    ],
)
def test_a_wrong_word_or_setting_stops_the_start_and_is_named(
    tmp_path: Path, words: tuple[str, ...], environ: dict[str, str], named: str
) -> None:
    ended = analytiq(*words, **{"ANALYTIQ_DATA_DIR": str(tmp_path), **environ})
    assert ended.returncode == 2
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_data_directory_may_stand_before_the_command(tmp_path: Path) -> None:
    command = [*COMMAND, "--data-dir", str(tmp_path), "serve", "--host", "127.0.0.1", "--port", "0"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        said = program.stdout.readline()
        noted = instance.announced(DataPaths(tmp_path))
        program.terminate()
        assert program.wait(TIMEOUT_S) == 0
    assert noted is not None
    assert noted.url in said
