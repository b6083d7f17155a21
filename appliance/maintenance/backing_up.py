"""`analytiq backup`: made by the server while it runs, else by this process."""

import json
import urllib.error
from pathlib import Path

from appliance import assembly
from appliance.backups import files
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, StartError
from appliance.desktop import local_calls
from appliance.maintenance import holding
from appliance.process.instance import Instance

PATIENCE_S = 6 * 3600.0
"""A minute for some twenty million events; a disk may be slow."""


def back_up(config: Config, clock: Clock, file: Path | None, passphrase: str | None) -> Path:
    """Make a backup among the others and, if asked to, as a file of its own; where it is.

    Raises StartError, with what to do.
    """
    if file is not None and file.exists():
        raise StartError(f"{file} is there already and was left as it is. Choose another name.")
    made = _made(config, clock)
    if file is None:
        return made
    files.export(made, file, passphrase)
    return file


def _made(config: Config, clock: Clock) -> Path:
    holding.check_there(config, "No backup was made")
    with holding.held_or_served(config, "No backup was made") as running:
        if running is None:
            return _by_this_process(config, clock)
        return _by_the_server(running, clock)


def _by_this_process(config: Config, clock: Clock) -> Path:
    parts = assembly.build(config, clock)
    try:
        return parts.backups.kept.file(parts.backups.take("by hand"))
    except AnalytiqError as error:
        raise StartError(str(error)) from error
    finally:
        parts.stop()


def _by_the_server(running: Instance, clock: Clock) -> Path:
    try:
        answered = local_calls.post(running, clock, "/api/local/backup", {}, PATIENCE_S)
        return Path(json.loads(answered)["file"])
    except urllib.error.HTTPError as error:
        raise StartError(local_calls.told(error)) from error
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not answer at {running.url}. Look with the dashboard whether "
            "there is a new backup, and try again."
        ) from error
