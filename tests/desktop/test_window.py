"""The window on a real screen: opened twice, closed, moved, quit, and opened where nothing can start."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.base import config
from appliance.base.clock import SystemClock
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError
from appliance.desktop import server_process
from appliance.process import instance
from appliance.process.instance import Instance, InstanceLock
from tests.programs import COMMAND
from tests.screens import Screen, missing, screen, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(missing()), reason=f"needs on this machine: {', '.join(missing())}"),
]

OTHER_WINDOW = """
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gtk
window = Gtk.Window(title="Something else")
window.maximize()
window.show()
Gtk.main()
"""

CLIPBOARD = """
import gi
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk
print(Gtk.Clipboard.get(Gdk.SELECTION_CLIPBOARD).wait_for_text() or "")
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Config]:
    """Settings over an empty data directory, whose server is ended whatever happens."""
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    own.data_dir.mkdir()
    own.paths.settings.write_text('host = "127.0.0.1"\nport = 0\n')
    yield own
    server_process.stop(own, SystemClock())


@pytest.fixture
def display(tmp_path: Path) -> Iterator[Screen]:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with screen(home) as opened:
        yield opened


@contextmanager
def double_click(display: Screen, own: Config) -> Iterator[subprocess.Popen[str]]:
    """The program as its icon starts it; killed at the end if it is still there."""
    command = [*COMMAND, "--data-dir", str(own.data_dir)]
    environ = {**display.environment, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    process = subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def server_of(own: Config) -> Instance:
    until(lambda: server_process.find(own) is not None, "the server")
    found = server_process.find(own)
    assert found
    return found


def test_it_is_opened_once_however_often_one_clicks_and_counting_outlives_it(
    display: Screen, own: Config
) -> None:
    with double_click(display, own) as first:
        (window,) = display.wait_for_windows(1, "Analytiq")
        running = server_of(own)
        with other_window(display):
            with double_click(display, own) as second:
                assert second.wait(60) == 0
            display.wait_until_active(window)
        assert display.windows("Analytiq") == [window]
        display.put(window, 60, 90, 900, 700)
        where = display.place(window)
        display.say_yes(window, ["alt+F4"], lambda: first.poll() is not None, "the end")
        assert first.wait(60) == 0
    assert server_process.find(own) == running
    with double_click(display, own) as again:
        (window,) = display.wait_for_windows(1, "Analytiq")
        until(lambda: display.place(window) == where, f"the window at {where}")
        display.press_until(lambda: again.poll() is not None, "the end", "alt+F4")
        assert again.wait(60) == 0  # It has said once that counting goes on.


def test_two_first_clicks_at_once_end_in_one_server_and_one_window(display: Screen, own: Config) -> None:
    with ExitStack() as stack:
        clicks = [stack.enter_context(double_click(display, own)) for _ in range(2)]
        until(lambda: any(click.poll() == 0 for click in clicks), "one of the two to end")
        assert len(display.wait_for_windows(1, "Analytiq")) == 1
        assert [click.poll() for click in clicks].count(None) == 1
        assert server_of(own).pid not in [click.pid for click in clicks]


def test_what_a_killed_window_and_server_left_does_no_harm(display: Screen, own: Config) -> None:
    with double_click(display, own):
        display.wait_for_windows(1, "Analytiq")
        before = server_of(own)
        os.kill(before.pid, signal.SIGKILL)
    until(lambda: server_process.find(own) is None, "the end of the server")
    assert instance.announced(own.paths) == before
    assert own.paths.window_note.exists()
    with double_click(display, own):
        display.wait_for_windows(1, "Analytiq")
        assert server_of(own).pid != before.pid


def test_quitting_completely_closes_the_database(display: Screen, own: Config) -> None:
    with double_click(display, own) as process:
        (window,) = display.wait_for_windows(1, "Analytiq")
        server_of(own)
        display.wait_until_active(window)
        display.say_yes(window, menu_line(5), lambda: process.poll() is not None, "the end")
        assert process.wait(60) == 0
    assert server_process.find(own) is None
    assert own.paths.database.exists()
    assert not own.paths.write_ahead_log.exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_it_opens_signed_in(display: Screen, own: Config) -> None:
    running = server_process.start(own)
    body = {"email": "owner@shop.example", "password": "correct horse battery"}
    token = call(running, "POST", "/api/signup", "", body)["token"]
    before = call(running, "GET", "/api/sessions", token)["sessions"]
    with double_click(display, own):
        until(
            lambda: len(call(running, "GET", "/api/sessions", token)["sessions"]) == len(before) + 1,
            "a session of the window",
        )


def test_a_failed_start_is_said_in_the_window_and_can_be_tried_again(display: Screen, own: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, ExitStack() as stack:
        port = taken.getsockname()[1]
        own.paths.settings.write_text(f'host = "127.0.0.1"\nport = {port}\n')
        stack.enter_context(double_click(display, own))
        (window,) = display.wait_for_windows(1, "Analytiq")
        until(lambda: own.paths.database.exists(), "the first try")
        until(lambda: is_free(own), "the end of the first try")
        assert display.windows("Analytiq") == [window]
        assert server_process.find(own) is None
        taken.close()
        tried: list[int] = []

        def press_the_button() -> bool:
            display.press("Return")
            tried.append(len(servers(own)))
            return server_process.find(own) is not None

        until(press_the_button, "the second try")
        assert max(tried) == 1


def test_a_start_that_fails_before_there_is_a_server_is_said_in_a_window_too(
    display: Screen, own: Config
) -> None:
    own.paths.settings.write_text("port = many")
    with double_click(display, own) as process:
        display.wait_for_windows(1, "Analytiq")
        display.press_until(lambda: process.poll() is not None, "its end", "alt+F4")
        assert process.stderr
        said = process.stderr.read()
        assert (process.returncode, "analytiq.toml" in said) == (2, True), said
    own.paths.settings.unlink()


def test_the_menu_copies_the_address_and_opens_it_in_a_browser(
    display: Screen, own: Config, tmp_path: Path
) -> None:
    favourite, note = tmp_path / "favourite", tmp_path / "opened.txt"
    favourite.write_text(f'#!/bin/sh\necho "$@" > {note}.new && mv {note}.new {note}\n')
    favourite.chmod(0o700)
    display.environment["BROWSER"] = str(favourite)
    with double_click(display, own):
        (window,) = display.wait_for_windows(1, "Analytiq")
        running = server_of(own)
        display.wait_until_active(window)
        display.press_until(note.exists, "the browser", *menu_line(2))
        assert note.read_text().strip() == running.url
        display.press_until(lambda: clipboard(display) == running.url, "the address", *menu_line(3))


def test_the_menu_makes_it_start_at_login_and_no_longer(display: Screen, own: Config) -> None:
    units = Path(display.environment["HOME"]) / ".config" / "systemd" / "user"
    installed = units / "default.target.wants" / "analytiq.service"
    with double_click(display, own):
        (window,) = display.wait_for_windows(1, "Analytiq")
        server_of(own)
        display.wait_until_active(window)

        def say_yes(until_it_is: Callable[[], bool]) -> None:
            display.say_yes(window, menu_line(4), until_it_is, "the change")
            display.wait_for_windows(1)
            display.wait_until_active(window)

        say_yes(installed.is_symlink)
        say_yes(lambda: not installed.is_symlink())
        assert server_of(own)


def menu_line(number: int) -> list[str]:
    """The keys that choose a line of the window's menu; the first is 1."""
    return ["Escape", "F10", *["Down"] * number, "Return"]


def clipboard(display: Screen) -> str:
    done = subprocess.run(
        ["/usr/bin/python3", "-c", CLIPBOARD],
        env=display.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@contextmanager
def other_window(display: Screen) -> Iterator[None]:
    """Of another program, in front of all."""
    command = ["/usr/bin/python3", "-c", OTHER_WINDOW]
    process = subprocess.Popen(command, env=display.environment)
    try:
        (window,) = display.wait_for_windows(1, "Something else")
        # A window manager does not let it come before what somebody seems to work in: it is taken by hand.
        display.bring_forward(window)
        yield
    finally:
        process.kill()
        process.wait()


def servers(own: Config) -> list[Path]:
    """The processes that are, or want to be, this data directory's server."""

    def words(process: Path) -> list[bytes]:
        try:
            return (process / "cmdline").read_bytes().split(b"\0")
        except OSError:  # It has ended meanwhile.
            return []

    wanted = {b"serve", os.fsencode(own.data_dir)}
    return [process for process in Path("/proc").glob("[0-9]*") if wanted <= set(words(process))]


def is_free(own: Config) -> bool:
    try:
        with InstanceLock(own.paths):
            return True
    except AlreadyRunningError:
        return False


def call(running: Instance, method: str, path: str, token: str, body: object = None) -> Any:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(running.url + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)
