"""The window: only a client of the server, which goes on collecting when it is closed.

In order: the system's web view, a Chromium-like browser without its frame, the default browser, and where
there is no display at all, the server in the terminal with its address printed.
"""

import importlib.util
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable

from appliance import config as settings
from appliance import instance, local_calls, serving
from appliance.clock import Clock
from appliance.config import Config
from appliance.errors import StartError
from appliance.instance import Instance
from appliance.serving import Running

log = logging.getLogger(__name__)

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 20.0
_DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"
_APP_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "msedge")


def open_window(config: Config, clock: Clock, show: Callable[[Running], None]) -> Instance | None:
    """Return when the window is closed: the server that goes on, or None if it ran here and has ended.

    Raises StartError when the server cannot be started.
    """
    if not has_display():
        serving.serve(config, on_ready=show)
        return None
    running = find(config) or start(config)
    # What a browser is started with every user of the machine can see; the window's address nobody.
    if not (_open_web_view(_signed_in(running, clock), config) or _open_app_browser(running.url)):
        webbrowser.open(running.url)
    return running


def has_display() -> bool:
    return sys.platform in ("win32", "darwin") or settings.has_display()


def find(config: Config) -> Instance | None:
    """The running server of this data directory, trusted only if it answers with the PID it noted."""
    noted = instance.announced(config.paths)
    return noted if noted and _answering_pid(noted.url) == noted.pid else None


def start(config: Config) -> Instance:
    """Start the server detached from this process, and wait until it answers."""
    command = [sys.executable, *_module(), "serve", "--data-dir", str(config.data_dir)]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(  # noqa: S603  (our own program)
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complaints,  # No pipe: nobody would read it once this window is closed.
            start_new_session=True,
        )
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            running = find(config)
            if running:
                return running
            # Status 3: another start was quicker; its server is about to answer.
            if process.poll() not in (None, 3):
                complaints.seek(0)
                reason = complaints.read().decode(errors="replace").strip()
                raise StartError(reason or f"The server ended at once with status {process.returncode}.")
            time.sleep(0.1)
    raise StartError(
        f"The server did not answer within {START_TIMEOUT_S:.0f} seconds; see {config.paths.log}."
    )


def stop(config: Config) -> Instance | None:
    """End the server of this data directory in order; None when none runs. Raises StartError if it stays."""
    running = find(config)
    if running is None:
        return None
    os.kill(running.pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while instance.announced(config.paths) == running:
        if time.monotonic() > deadline:
            raise StartError(
                f"Analytiq (PID {running.pid}) has not ended yet; nothing is lost. Look again soon."
            )
        time.sleep(0.05)
    return running


def _signed_in(running: Instance, clock: Clock) -> str:
    """An address that signs the window in, once; before there is an owner, the one where it is made."""
    try:
        answer = local_calls.post(running, clock, "/api/local/sign-in-link", {})
        return running.url + str(json.loads(answer)["path"])
    except (OSError, ValueError, KeyError) as error:
        log.info("The window opens without being signed in: %s", error)
        return running.url


def _module() -> list[str]:
    return [] if getattr(sys, "frozen", False) else ["-m", "appliance"]


def _answering_pid(url: str) -> int | None:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as reply:  # noqa: S310  (http by construction)
            return int(json.load(reply)["pid"])
    except urllib.error.HTTPError as error:
        # 503: it runs, and says that something is wrong; the window shows it.
        return int(json.load(error)["pid"]) if error.code == 503 else None
    except (OSError, ValueError, KeyError):
        return None


def _open_web_view(url: str, config: Config) -> bool:
    _admit_system_packages()
    try:
        import webview
    except ImportError:
        return False
    try:
        webview.create_window("Analytiq", url, width=1280, height=860, min_size=(360, 480))
        webview.start(private_mode=False, storage_path=str(config.paths.window))
    except Exception as error:  # noqa: BLE001  (pywebview raises its own and the toolkits' errors)
        log.info("No system web view: %s", error)
        return False
    return True


def _admit_system_packages() -> None:
    """Let pywebview find GTK's Python bindings (python3-gi), which come with Debian and not from PyPI.

    Last on the path, so that nothing else is taken from there; with another Python version than the system's
    they do not load, and a browser is opened instead.
    """
    if sys.platform == "linux" and importlib.util.find_spec("gi") is None:
        sys.path.append(_DEBIAN_PACKAGES)


def _open_app_browser(url: str) -> bool:
    for name in _APP_BROWSERS:
        path = shutil.which(name)
        if path:
            subprocess.Popen([path, f"--app={url}"], start_new_session=True)  # noqa: S603  (found on the path)
            return True
    return False
