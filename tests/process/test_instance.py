"""One running program per data directory, and the note for others on where it answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.base.errors import AlreadyRunningError, StartError
from appliance.base.paths import DataPaths
from appliance.process.instance import Instance, InstanceLock, announced, is_held

URL = "http://127.0.0.1:8585"
HOLD_AND_DIE = """
import os, sys
from pathlib import Path
from appliance.process.instance import InstanceLock
from appliance.base.paths import DataPaths
InstanceLock(DataPaths(Path(sys.argv[1]))).announce("http://127.0.0.1:8585", "1.0")
os._exit(9)
"""


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path)


def test_a_second_program_is_told_who_runs_and_where(paths: DataPaths) -> None:
    with InstanceLock(paths) as lock:
        lock.announce(URL, "1.0")
        with pytest.raises(AlreadyRunningError, match=rf"PID {os.getpid()}\) at {URL}"):
            InstanceLock(paths)
        assert announced(paths) == Instance(os.getpid(), URL, "1.0")


def test_a_second_program_is_refused_while_the_first_is_still_starting(paths: DataPaths) -> None:
    with InstanceLock(paths), pytest.raises(AlreadyRunningError, match=str(paths.root)) as caught:
        InstanceLock(paths)
    assert isinstance(caught.value, StartError)
    assert caught.value.exit_status == 3


def test_another_directory_is_free(paths: DataPaths, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with InstanceLock(paths), InstanceLock(DataPaths(other)):
        pass


def test_the_lock_is_free_again_and_the_note_gone_after_the_end(paths: DataPaths) -> None:
    with InstanceLock(paths) as lock:
        lock.announce(URL, "1.0")
    assert announced(paths) is None
    with InstanceLock(paths):
        pass


def test_a_killed_program_leaves_a_stale_note_and_no_lock(paths: DataPaths) -> None:
    killed = subprocess.Popen([sys.executable, "-c", HOLD_AND_DIE, str(paths.root)])
    assert killed.wait(30) == 9
    assert announced(paths) == Instance(killed.pid, URL, "1.0")
    with InstanceLock(paths) as lock:
        lock.announce(URL, "1.1")
        assert announced(paths) == Instance(os.getpid(), URL, "1.1")


def test_the_note_is_for_the_owner_alone(paths: DataPaths) -> None:
    with InstanceLock(paths) as lock:
        lock.announce(URL, "1.0")
        lock.announce(URL, "1.0")
        assert paths.instance.stat().st_mode & 0o777 == 0o600
        assert paths.lock.stat().st_mode & 0o777 == 0o600
        assert {path.name for path in paths.root.iterdir()} == {"instance.json", "analytiq.lock"}


@pytest.mark.parametrize(
    "note", ["", "{", "[]", "7", '{"pid": 7}', "\0" * 64, '{"pid": 7, "port": 1, "url": ""}']
)
def test_a_note_that_cannot_be_read_says_nothing(paths: DataPaths, note: str) -> None:
    paths.instance.write_text(note)
    assert announced(paths) is None


def test_a_note_is_whole_or_not_there(paths: DataPaths) -> None:
    with InstanceLock(paths) as lock:
        paths.instance.with_suffix(".new").write_text("left by a kill in the middle")
        lock.announce(URL, "1.0", "k")
        noted = {"pid": os.getpid(), "url": URL, "version": "1.0", "key": "k"}
        assert json.loads(paths.instance.read_text()) == noted


def test_a_program_leaves_the_directory_to_the_one_in_its_place_and_to_nobody_else(
    paths: DataPaths, tmp_path: Path
) -> None:
    with InstanceLock(paths) as lock:
        left = lock.leave()
    assert is_held(paths)
    with pytest.raises(AlreadyRunningError):
        InstanceLock(paths)
    with InstanceLock(paths, left):
        assert is_held(paths)
    assert not is_held(paths)
    with InstanceLock(paths) as lock:
        left = lock.leave()
    other = DataPaths(tmp_path / "other")
    other.root.mkdir()
    with InstanceLock(other, left):  # Another directory was chosen meanwhile.
        assert is_held(other)
        assert not is_held(paths)
