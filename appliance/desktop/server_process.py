"""The server as a process of its own: found, started apart from whoever starts it, asked to end."""

import json
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from typing import IO, Any

from appliance.base import config as settings
from appliance.base import program
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, StartError
from appliance.desktop import local_calls
from appliance.process import instance
from appliance.process.instance import Instance

START_TIMEOUT_S = 30.0
STOP_TIMEOUT_S = 20.0
_POLL_S = 0.05


def find(config: Config) -> Instance | None:
    """The running server of this data directory, trusted only if it answers with the PID it noted."""
    noted = instance.announced(config.paths)
    return noted if noted and _answering_pid(noted.url) == noted.pid else None


def start(config: Config) -> Instance:
    """Start the server detached from this process, and wait until it answers. Raises StartError: why not."""
    with tempfile.TemporaryFile() as complaints:
        process = _spawn(config, complaints)
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            running = find(config)
            if running:
                return running
            # Another start was quicker: its server is about to answer.
            if process.poll() not in (None, AlreadyRunningError.exit_status):
                complaints.seek(0)
                reason = complaints.read().decode(errors="replace").strip()
                raise StartError(reason or f"The server ended at once with status {process.returncode}.")
            time.sleep(_POLL_S)
    raise StartError(
        f"The server did not answer within {START_TIMEOUT_S:.0f} seconds. Nothing is lost; what it is doing "
        f"stands in {config.paths.log}. Try again in a minute."
    )


def stop(config: Config, clock: Clock) -> Instance | None:
    """End the server of this data directory in order; None when none runs. Raises StartError if it stays, or
    is just starting or ending."""
    running = find(config)
    if running is None:
        if instance.is_held(config.paths):
            raise StartError("Analytiq is just starting, ending or starting over. Try again in a moment.")
        return None
    try:
        local_calls.post(running, clock, "/api/local/stop", {})
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not take the request to end: {error}. It goes on counting."
        ) from error
    deadline = time.monotonic() + STOP_TIMEOUT_S
    while instance.announced(config.paths) == running:
        if time.monotonic() > deadline:
            raise StartError(
                f"Analytiq (PID {running.pid}) has not ended yet; nothing is lost. Look again soon."
            )
        time.sleep(_POLL_S)
    return running


def _spawn(config: Config, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
    return subprocess.Popen(  # noqa: S603  (our own program)
        program.command("serve", "--data-dir", str(config.data_dir)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=complaints,  # No pipe: nobody would read it once the window is closed.
        start_new_session=True,
        creationflags=flags,
        env=settings.environment_of_a_start(),
    )


def _answering_pid(url: str) -> int | None:
    try:
        return int(_health(url)["pid"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _health(url: str) -> Any:
    """With 503 it runs, and says that something is wrong; the window shows it."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as reply:  # noqa: S310  (http by construction)
            return json.load(reply)
    except urllib.error.HTTPError as error:
        return json.load(error)
