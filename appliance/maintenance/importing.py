"""`analytiq import`: by the server while it runs, else by this process."""

import json
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter

from appliance import runtime, serving
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, AnalytiqError, StartError
from appliance.desktop import local_calls, server_process
from appliance.imports.records import COMMAND_LINE, Import
from appliance.process.instance import Instance, InstanceLock
from appliance.runtime import Runtime

_POLL_S = 0.2
_IMPORTS = TypeAdapter(list[Import])

Ask = Callable[[Path | None, int | None], list[Import]]
"""Begins to import a file, or to take an import back, or neither; all imports of the site, latest first."""
Tell = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


def imports_of(config: Config, clock: Clock, site_id: str) -> list[Import]:
    """The latest first. Raises StartError, as all here, with what to do."""
    with _asking(config, clock, site_id) as ask:
        return ask(None, None)


def import_file(config: Config, clock: Clock, site_id: str, file: Path, tell: Tell) -> Import:
    """Import `file`; how that ended. Raises StartError where it stored nothing, or not all."""
    with _asking(config, clock, site_id) as ask:
        latest = ask(file.absolute(), None)[0]
        ended = _ended(ask, latest.import_id, tell)
    if ended.state != "done":
        raise StartError(ended.problem or "Analytiq ended before the import did. Give the command once more.")
    return ended


def undo(config: Config, clock: Clock, site_id: str, import_id: int, tell: Tell) -> Import:
    """Take an import back. Raises StartError where it was not taken back, or not all of it."""
    with _asking(config, clock, site_id) as ask:
        ask(None, import_id)
        ended = _ended(ask, import_id, tell)
    if ended.state != "undone":
        raise StartError("The import was taken back in part only; its log says why. Give the command again.")
    return ended


def _ended(ask: Ask, import_id: int, tell: Tell) -> Import:
    while True:
        (found,) = [each for each in ask(None, None) if each.import_id == import_id]
        if found.progress is None:
            tell(1.0)
            return found
        tell(found.progress)
        time.sleep(_POLL_S)


@contextmanager
def _asking(config: Config, clock: Clock, site_id: str) -> Iterator[Ask]:
    if not config.paths.database.exists():
        raise StartError(
            f"There is no Analytiq data in {config.data_dir}. Nothing was changed; name the right folder "
            "with --data-dir."
        )
    try:
        with InstanceLock(config.paths):
            serving.log_to_file(config)
            yield from _of_this_process(config, clock, site_id)
    except AlreadyRunningError as error:
        running = server_process.find(config)
        if running is None:
            raise StartError(
                "Analytiq is just starting or ending. Nothing was changed; try again in a moment."
            ) from error
        yield _of_the_server(running, clock, site_id)


def _of_this_process(config: Config, clock: Clock, site_id: str) -> Iterator[Ask]:
    parts = runtime.build(config, clock)
    try:
        yield lambda file, import_id: _done_here(parts, site_id, file, import_id)
    except AnalytiqError as error:
        raise StartError(str(error)) from error
    finally:
        parts.stop()


def _done_here(parts: Runtime, site_id: str, file: Path | None, import_id: int | None) -> list[Import]:
    site = parts.sites.present(site_id)
    if import_id is not None:
        parts.imports.begin_undo(site, import_id, COMMAND_LINE)
    elif file is not None:
        parts.imports.begin(site, file, file.name, COMMAND_LINE)
    return parts.imports.of(site)


def _of_the_server(running: Instance, clock: Clock, site_id: str) -> Ask:
    def ask(file: Path | None, import_id: int | None) -> list[Import]:
        wanted: dict[str, object] = {"site_id": site_id, "undo": import_id}
        if file is not None:
            wanted["file"] = str(file)
        try:
            answered = local_calls.post(running, clock, "/api/local/imports", wanted)
        except urllib.error.HTTPError as error:
            raise StartError(local_calls.told(error)) from error
        except OSError as error:
            raise StartError(
                f"Analytiq (PID {running.pid}) did not answer at {running.url}. Give the command "
                "again once it does: what was stored is counted, and nothing is counted twice."
            ) from error
        return _IMPORTS.validate_python(json.loads(answered)["imports"])

    return ask
