"""What a double-click does: the server is started if none runs, and shown in one window, its client.

In order: the system's web view, a Chromium-like browser without its frame, the default browser. This process
knows nothing of the server's parts: it is up sooner, and takes less memory.
"""

import json
import logging
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path

from appliance.base import config as settings
from appliance.base import data_directory
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.base.paths import DataPaths
from appliance.desktop import (
    autostart,
    browsers,
    clipboard,
    local_calls,
    server_process,
    window_instance,
    window_pages,
)
from appliance.desktop.window import Action, Window
from appliance.desktop.window_instance import WindowInstance
from appliance.process.instance import Instance

log = logging.getLogger(__name__)

_OTHER_WINDOW_S = server_process.START_TIMEOUT_S + 10


def open_window(options: Mapping[str, object], clock: Clock) -> Instance | None:
    """Return when the window is closed: the server that goes on, or None if it has ended.

    `options` are the command line's settings. Raises StartError when the server cannot be started, after
    that was shown on the screen.
    """
    settings.restore_library_path()
    try:
        config = settings.load(options)
        data_directory.make(config)
        held = _take_or_show_other(config)
    except StartError as error:
        _show_failure(str(error))
        raise
    if held is None:
        return server_process.find(config)
    try:
        return Desktop(config, clock, held).run()
    finally:
        held.release()


def has_display() -> bool:
    return sys.platform in ("win32", "darwin") or settings.has_display()


class Desktop:
    """The one window of a data directory, and what its menu does with the server."""

    def __init__(self, config: Config, clock: Clock, held: WindowInstance) -> None:
        self._config = config
        self._clock = clock
        self._held = held
        self._failure: StartError | None = None
        self._filling = threading.Lock()
        menu = (
            Action("Reload", self._reload),
            Action("Open in browser", self._open_in_browser),
            Action("Copy address", self._copy_address),
            Action("Start at login…", self._start_at_login),
            Action("Quit completely", self._quit),
        )
        self._window = Window(config.paths, menu, try_again=self._fill)

    def run(self) -> Instance | None:
        if self._window.show_until_closed(then=self._begin):
            if self._failure:
                raise self._failure
        else:
            self._show_in_browser()
        return server_process.find(self._config)

    def _begin(self) -> None:
        self._held.answer(self._window.come_forward)
        self._fill()

    def _fill(self) -> None:
        """Show the dashboard, signed in, or why there is none. One try at a time, however often one asks."""
        if not self._filling.acquire(blocking=False):
            return
        try:
            self._window.show_text(window_pages.STARTING)
            self._show_server()
        finally:
            self._filling.release()

    def _show_server(self) -> None:
        try:
            running = self._server()
        except StartError as error:
            self._failure = error
            self._window.counts = False
            self._window.show_text(window_pages.not_started(str(error), can_try_again=True))
        else:
            self._failure = None
            self._window.counts = True
            self._window.show_page(signed_in(running, self._clock))

    def _server(self) -> Instance:
        return server_process.find(self._config) or server_process.start(self._config)

    def _show_in_browser(self) -> None:
        try:
            running = self._server()
        except StartError as error:
            _show_failure_in_browser(str(error))
            raise
        browsers.open_page(running.url)

    def _reload(self) -> None:
        running, address = server_process.find(self._config), self._window.address()
        if running and address.startswith(running.url):
            self._window.show_page(address)
        else:
            self._fill()

    def _open_in_browser(self) -> None:
        running = server_process.find(self._config)
        if running:
            browsers.open_default(running.url)

    def _copy_address(self) -> None:
        running = server_process.find(self._config)
        if running:
            clipboard.copy(self._config.public_url or running.url)

    def _start_at_login(self) -> None:
        service = autostart.of_this_system(self._config)
        try:
            if not service.is_installed():
                if self._window.ask("Start Analytiq when you log in?", autostart.WITHOUT):
                    service.install()
            elif self._window.ask("Start at login no longer?", autostart.WITH):
                service.remove()
        except OSError as error:
            self._window.ask("That did not work", f"{error}. Nothing else was changed.")

    def _quit(self) -> None:
        if not self._window.ask(
            "Quit Analytiq completely?",
            "No visits are counted until you open it again. Nothing that was counted is lost, and visitors’ "
            "browsers keep what they could not deliver for up to a day.",
        ):
            return
        try:
            server_process.stop(self._config, self._clock)
        except StartError as error:
            self._window.ask("Analytiq is still running", str(error))
        else:
            self._window.close()


def signed_in(running: Instance, clock: Clock) -> str:
    """An address that signs the window in, once; before there is an owner, the one where it is made."""
    try:
        answer = local_calls.post(running, clock, "/api/local/sign-in-link", {})
        return running.url + str(json.loads(answer)["path"])
    except (OSError, ValueError, KeyError) as error:
        log.info("The window opens without being signed in: %s", error)
        return running.url


def _take_or_show_other(config: Config) -> WindowInstance | None:
    """The right to be the one window; None when the one that there is came to the front."""
    deadline = time.monotonic() + _OTHER_WINDOW_S
    while True:
        try:
            return WindowInstance(config.paths)
        except BlockingIOError:
            if window_instance.show_existing(config.paths):
                return None
        if time.monotonic() > deadline:
            raise StartError(
                "Another window of Analytiq is open but does not answer. Counting is not touched by that. "
                "Close it, or end it in the system's list of programs, and open Analytiq again."
            )
        time.sleep(0.1)


def _show_failure(reason: str) -> None:
    """In a window that needs no data directory, or in a browser."""
    page = window_pages.not_started(reason, can_try_again=False)
    # The web view's processes outlive the window by a moment: they may write there while it is taken away.
    with tempfile.TemporaryDirectory(prefix="analytiq-", ignore_cleanup_errors=True) as folder:
        paths = DataPaths(Path(folder))
        paths.window.mkdir()
        window = Window(paths, (), try_again=lambda: None)
        shown = window.show_until_closed(then=lambda: window.show_text(page))
    if not shown:
        _show_failure_in_browser(reason)


def _show_failure_in_browser(reason: str) -> None:
    # Left where it is: the browser reads it when this process has ended.
    folder = Path(tempfile.mkdtemp(prefix="analytiq-"))
    browsers.show_text(window_pages.not_started(reason, can_try_again=False), folder)
