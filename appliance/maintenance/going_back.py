"""`analytiq restore`: by the server while it runs, which starts anew with the other database, else here."""

import json
import time
import urllib.error
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance import runtime
from appliance.backups.backup import DATABASE
from appliance.backups.contents import Figures
from appliance.backups.restoring import Prospect
from appliance.base import data_directory
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, StartError
from appliance.desktop import local_calls, server_process
from appliance.maintenance import holding
from appliance.process.instance import Instance

PATIENCE_S = 6 * 3600.0
START_S = 60.0
_POLL_S = 0.2

Agreed = Callable[[Prospect], bool]
"""Shows what would change, and asks."""


def go_back(config: Config, clock: Clock, file: Path, passphrase: str | None, agreed: Agreed) -> bool:
    """Put the state of the backup in `file` in place, if that is agreed; whether it was.

    A backup's folder will do as well. Raises StartError, with what to do; then nothing was changed.
    """
    file = (file / DATABASE if file.is_dir() else file).absolute()
    if not file.is_file():
        raise StartError(f"There is no file {file}. Nothing was changed.")
    data_directory.make(config)
    with holding.held_or_served(config) as running:
        if running is None:
            return _by_this_process(config, clock, file, passphrase, agreed)
        return _by_the_server(config, running, clock, file, passphrase, agreed)


def _by_this_process(
    config: Config, clock: Clock, file: Path, passphrase: str | None, agreed: Agreed
) -> bool:
    parts = runtime.build(config, clock)
    try:
        if not agreed(parts.restoring.preview(file, passphrase)):
            return False
        parts.restoring.go_back(file, "the command line", passphrase)
    except AnalytiqError as error:
        raise StartError(str(error)) from error
    finally:
        parts.stop()
    runtime.build(config, clock).stop()
    return True


def _by_the_server(
    config: Config, running: Instance, clock: Clock, file: Path, passphrase: str | None, agreed: Agreed
) -> bool:
    asked: dict[str, object] = {"file": str(file), "passphrase": passphrase}
    if not agreed(_prospect(json.loads(_ask(running, clock, asked)))):
        return False
    _ask(running, clock, {**asked, "go": True})
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        found = server_process.find(config)
        if found and found.key != running.key:
            return True
        time.sleep(_POLL_S)
    raise StartError(
        "The backup is in place, but Analytiq does not answer yet. What it is doing stands in "
        f"{config.paths.log}; if it does not run, start it."
    )


def _ask(running: Instance, clock: Clock, body: dict[str, object]) -> bytes:
    try:
        return local_calls.post(running, clock, "/api/local/restore", body, PATIENCE_S)
    except urllib.error.HTTPError as error:
        raise StartError(local_calls.told(error)) from error
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not answer at {running.url}: {error}. Look with the dashboard "
            "which state it shows."
        ) from error


def _prospect(told: dict[str, Any]) -> Prospect:
    then, now = (
        Figures(**{**told[state], "last_event_at": _instant(told[state]["last_event_at"])})
        for state in ("then", "now")
    )
    return Prospect(datetime.fromisoformat(told["made_at"]), told["version"], then, now)


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
