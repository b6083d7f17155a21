"""`analytiq restore`: by the server while it runs, which starts anew with the other database, else here."""

import json
import time
import urllib.error
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance import assembly
from appliance.backups.backup import DATABASE
from appliance.backups.contents import Figures
from appliance.backups.restoring import Progress, Prospect
from appliance.base import data_directory
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, StartError
from appliance.desktop import local_calls, server_process
from appliance.maintenance import holding, watching
from appliance.process.instance import Instance

PATIENCE_S = 6 * 3600.0
START_S = 60.0
_POLL_S = 0.2

Agreed = Callable[[Prospect], bool]
"""Shows what would change, and asks."""
Tell = Callable[[Progress], None]
"""Shows how far it is."""


@dataclass(frozen=True)
class _Wanted:
    file: Path
    passphrase: str | None
    agreed: Agreed
    tell: Tell


def go_back(
    config: Config, clock: Clock, file: Path, passphrase: str | None, agreed: Agreed, tell: Tell
) -> bool:
    """Put the state of the backup in `file` in place, if that is agreed; whether it was.

    A backup's folder will do as well. `tell` is called from another thread, twice a second. Raises
    StartError, with what to do; then nothing was changed.
    """
    file = (file / DATABASE if file.is_dir() else file).absolute()
    if not file.is_file():
        raise StartError(f"There is no file {file}. Nothing was changed.")
    data_directory.make(config)
    with holding.held_or_served(config) as running:
        if running is None:
            return _by_this_process(config, clock, _Wanted(file, passphrase, agreed, tell))
        return _by_the_server(config, running, clock, _Wanted(file, passphrase, agreed, tell))


def _by_this_process(config: Config, clock: Clock, wanted: _Wanted) -> bool:
    parts = assembly.build(config, clock)

    def watched() -> AbstractContextManager[None]:
        return watching.watched(lambda: parts.restoring.under_way, wanted.tell)

    try:
        with watched():
            prospect = parts.restoring.preview(wanted.file, wanted.passphrase)
        if not wanted.agreed(prospect):
            return False
        with watched():
            parts.restoring.go_back(wanted.file, "the command line", wanted.passphrase)
    except AnalytiqError as error:
        raise StartError(str(error)) from error
    finally:
        parts.stop()
    assembly.build(config, clock).stop()
    return True


def _by_the_server(config: Config, running: Instance, clock: Clock, wanted: _Wanted) -> bool:
    asked: dict[str, object] = {"file": str(wanted.file), "passphrase": wanted.passphrase}

    def watched() -> AbstractContextManager[None]:
        return watching.watched(lambda: _progress(running, clock), wanted.tell)

    with watched():
        prospect = _prospect(json.loads(_ask(running, clock, asked)))
    if not wanted.agreed(prospect):
        return False
    with watched():
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


def _progress(running: Instance, clock: Clock) -> Progress | None:
    """None where the server does not say; it may be ending."""
    try:
        found = json.loads(local_calls.post(running, clock, "/api/local/restore/progress", {}))["going_back"]
        return Progress(**found) if found else None
    except (OSError, ValueError):
        return None


def _prospect(told: dict[str, Any]) -> Prospect:
    then, now = (
        Figures(**{**told[state], "last_event_at": _instant(told[state]["last_event_at"])})
        for state in ("then", "now")
    )
    return Prospect(datetime.fromisoformat(told["made_at"]), told["version"], then, now)


def _instant(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
