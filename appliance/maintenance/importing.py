"""`analytiq import`: by the server while it runs, else by this process."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from pydantic import TypeAdapter

from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.imports.comparing import Preview
from appliance.imports.records import Import
from appliance.maintenance.asking import asking
from appliance.web.local_imports import ImportList, LocalImportForm, imports_for

_POLL_S = 0.2

Ask = Callable[[LocalImportForm], ImportList]
Tell = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


def imports_of(config: Config, clock: Clock, site_id: str) -> list[Import]:
    """The latest first. Raises StartError, as all here, with what to do."""
    with _asking(config, clock) as ask:
        return ask(LocalImportForm(site_id=site_id)).imports


def import_file(config: Config, clock: Clock, site_id: str, file: Path, tell: Tell) -> Import:
    """Import `file`; how that ended. Raises StartError where it stored nothing, or not all."""
    with _asking(config, clock) as ask:
        latest = ask(LocalImportForm(site_id=site_id, file=str(file.absolute()))).imports[0]
        ended = _ended(ask, site_id, latest.import_id, tell)
    if ended.state != "done":
        raise StartError(ended.problem or "Analytiq ended before the import did. Give the command once more.")
    return ended


def preview(config: Config, clock: Clock, site_id: str, file: Path) -> Preview:
    """What an import of `file` would do. Raises StartError where it would do nothing."""
    with _asking(config, clock) as ask:
        found = ask(LocalImportForm(site_id=site_id, file=str(file.absolute()), preview=True)).preview
    assert found is not None  # noqa: S101 -- it was asked for
    return found


def undo(config: Config, clock: Clock, site_id: str, import_id: int, tell: Tell) -> Import:
    """Take an import back. Raises StartError where it was not taken back, or not all of it."""
    with _asking(config, clock) as ask:
        ask(LocalImportForm(site_id=site_id, undo=import_id))
        ended = _ended(ask, site_id, import_id, tell)
    if ended.state != "undone":
        raise StartError("The import was taken back in part only; its log says why. Give the command again.")
    return ended


def _asking(config: Config, clock: Clock) -> AbstractContextManager[Ask]:
    return asking(config, clock, "/api/local/imports", imports_for, TypeAdapter(ImportList))


def _ended(ask: Ask, site_id: str, import_id: int, tell: Tell) -> Import:
    while True:
        imports = ask(LocalImportForm(site_id=site_id)).imports
        (found,) = [each for each in imports if each.import_id == import_id]
        if found.progress is None:
            tell(1.0)
            return found
        tell(found.progress)
        time.sleep(_POLL_S)
