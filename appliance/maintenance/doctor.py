"""`analytiq doctor`: asked of the server while it runs, else found here; and deriving all anew."""

import json
import math
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click

from appliance import assembly
from appliance.aggregates.recount import Recounting
from appliance.backups.keeping import Backups
from appliance.base import durable
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, AnalytiqError, StartError
from appliance.base.paths import DataPaths
from appliance.desktop import local_calls, server_process
from appliance.maintenance import watching
from appliance.process.instance import Instance, InstanceLock
from appliance.runtime import Runtime
from appliance.storage.checkpoints import shorten_log
from appliance.support import bundle, examination
from appliance.support.examination import Finding
from appliance.visits import rollups

PATIENCE_S = 3600.0


@dataclass(frozen=True)
class Diagnosis:
    findings: list[Finding]
    packed: bytes
    """The support bundle; from the server only where it is wanted: what is found is found again for it."""


def run(
    config: Config, clock: Clock, rebuild: bool, say: Callable[[str], None], file: Path | None = None
) -> bool:
    """Say what is found, after deriving everything anew if asked to; whether nothing is bad.

    `file`: where the support bundle is written. Raises StartError; to derive anew it must be stopped.
    """
    if not config.paths.database.exists():
        raise StartError(
            f"There is no database in {config.data_dir}. Nothing was changed; name its folder with "
            "--data-dir."
        )
    if file is not None and file.exists():
        raise StartError(f"{file} is there already and was left as it is. Choose another name.")
    diagnosis = _found(config, clock, rebuild, say, packs=file is not None)
    say(bundle.report(diagnosis.findings).rstrip())
    if file is not None:
        durable.write_file(file, diagnosis.packed)
        say(f"The support bundle is in {file}. Look through it before you give it to somebody.")
    return all(finding.verdict != "bad" for finding in diagnosis.findings)


def _found(
    config: Config, clock: Clock, rebuild: bool, say: Callable[[str], None], *, packs: bool
) -> Diagnosis:
    try:
        with InstanceLock(config.paths):
            return _by_this_process(config, clock, rebuild, say)
    except AlreadyRunningError:
        running = None if rebuild else server_process.find(config)
        if running is None:
            raise
        return _by_the_server(running, clock, packs)


def _by_this_process(config: Config, clock: Clock, rebuild: bool, say: Callable[[str], None]) -> Diagnosis:
    parts = assembly.build(config, clock)
    try:
        if rebuild:
            _back_up(parts.backups)
            _rebuild(parts, config.paths)
            say("Visits, facts, and the rows of hours and days are complete.")
        parts.ledger.check(clock.now())
        with _shown(lambda: parts.recount.under_way):
            findings = examination.examine(parts, serving=False, within_s=math.inf)
        return Diagnosis(findings, bundle.pack(parts, findings))
    finally:
        parts.stop()


def _by_the_server(running: Instance, clock: Clock, packs: bool) -> Diagnosis:
    try:
        with _shown(lambda: _recounting(running, clock)):
            found = local_calls.post(running, clock, "/api/local/doctor", {}, PATIENCE_S)
        packed = (
            local_calls.post(running, clock, "/api/local/support-bundle", {}, PATIENCE_S) if packs else b""
        )
    except urllib.error.HTTPError as error:
        raise StartError(local_calls.told(error)) from error
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not answer at port {urlsplit(running.url).port}. If this "
            "stays, stop it, which may take a minute, and ask the doctor again."
        ) from error
    return Diagnosis([Finding(**finding) for finding in json.loads(found)["findings"]], packed)


def _back_up(backups: Backups) -> None:
    """The way back. Raises StartError; then nothing was derived."""
    try:
        backups.take("before a rebuild")
    except AnalytiqError as error:
        raise StartError(f"Nothing was derived anew, for there must be a backup before: {error}") from error


def _rebuild(parts: Runtime, paths: DataPaths) -> None:
    """Interrupted, it is finished at the next start, and what rows lack then by the jobs."""
    database, now = parts.database, parts.clock.now()
    label = "Deriving visits and facts anew from all events that are kept"
    with click.progressbar(length=rollups.kept_events(database), label=label) as bar:
        rollups.rebuild(database, lambda: shorten_log(database, paths), bar.update)
    label = "Making the rows of hours and days anew"
    with click.progressbar(length=parts.aggregates.waiting(now), label=label) as bar:

        def tell(days: int) -> None:
            shorten_log(database, paths)
            bar.update(days)

        parts.aggregates.finish_all(now, tell)


@contextmanager
def _shown(look: Callable[[], Recounting | None]) -> Iterator[None]:
    """How far it is, until the block ends."""
    with click.progressbar(length=1, label="Counting the rows of hours and days again") as bar:

        def tell(found: Recounting) -> None:
            bar.length = found.days
            bar.update(found.counted - bar.pos)

        with watching.watched(look, tell):
            yield
        bar.update((bar.length or 0) - bar.pos)


def _recounting(running: Instance, clock: Clock) -> Recounting | None:
    """None where the server does not say; it may be ending."""
    try:
        told = local_calls.post(running, clock, "/api/local/doctor/progress", {})
        found = json.loads(told)["recounting"]
        return Recounting(**found) if found else None
    except (OSError, ValueError):
        return None
