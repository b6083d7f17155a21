"""One window per data directory, and how it is asked to come to the front."""

import json
import socket
import threading
from pathlib import Path

import pytest

from appliance.base.paths import DataPaths
from appliance.desktop.window_instance import WindowInstance, show_existing


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    return DataPaths(tmp_path)


def test_the_window_that_is_open_is_shown_instead_of_a_second(paths: DataPaths) -> None:
    shown = threading.Event()
    first = WindowInstance(paths)
    try:
        with pytest.raises(BlockingIOError):
            WindowInstance(paths)
        assert not show_existing(paths)  # It is still opening.
        first.answer(shown.set)
        assert show_existing(paths)
        assert shown.is_set()
    finally:
        first.release()
    WindowInstance(paths).release()


def test_whoever_cannot_read_the_note_raises_nothing(paths: DataPaths) -> None:
    shown = threading.Event()
    window = WindowInstance(paths)
    try:
        window.answer(shown.set)
        assert paths.window_note.stat().st_mode & 0o777 == 0o600
        port = json.loads(paths.window_note.read_text())["port"]
        for guess in (b"\n", b"x" * 100 + b"\n", b"\xff\xfe\n"):
            with socket.create_connection(("127.0.0.1", port), 5) as caller:
                caller.sendall(guess)
                assert caller.recv(10) == b""
        assert not shown.is_set()
        assert show_existing(paths)
    finally:
        window.release()


@pytest.mark.parametrize("note", ["", "{", "[]", '{"port": 1, "key": "k"}', '{"port": 70000, "key": "k"}'])
def test_a_note_of_a_window_that_is_gone_leads_nowhere(paths: DataPaths, note: str) -> None:
    paths.window.mkdir()
    paths.window_note.write_text(note)
    assert not show_existing(paths)
    WindowInstance(paths).release()
    assert not paths.window_note.exists()
