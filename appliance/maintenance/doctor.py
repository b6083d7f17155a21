"""Looking after a data directory while nothing else uses it."""

from collections.abc import Callable

import click

from appliance import runtime
from appliance.backups.keeping import Backups
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, StartError
from appliance.base.paths import DataPaths
from appliance.process.instance import InstanceLock
from appliance.storage.checkpoints import shorten_log
from appliance.storage.database import Database
from appliance.visits import rollups


def run(config: Config, clock: Clock, rebuild: bool, say: Callable[[str], None]) -> bool:
    """Hold the ledger against the events, after deriving everything anew if asked to; whether all is well.

    Raises StartError, also while the program runs.
    """
    if not config.paths.database.exists():
        raise StartError(
            f"There is no database in {config.data_dir}. Nothing was changed; name its folder with "
            "--data-dir."
        )
    with InstanceLock(config.paths):
        parts = runtime.build(config, clock)
        try:
            if rebuild:
                _back_up(parts.backups)
                _rebuild(parts.database, config.paths)
                say("Visits and facts are complete.")
            check = parts.ledger.check(clock.now())
        finally:
            parts.stop()
    if check.differences:
        say(
            f"{check.differences} numbers of the ledger are wrong; the log names them. Put back a backup if "
            "you have one, and report this."
        )
    else:
        say("Every event that arrived is accounted for.")
    return not check.differences


def _back_up(backups: Backups) -> None:
    """The way back. Raises StartError; then nothing was derived."""
    try:
        backups.take("before a rebuild")
    except AnalytiqError as error:
        raise StartError(f"Nothing was derived anew, for there must be a backup before: {error}") from error


def _rebuild(database: Database, paths: DataPaths) -> None:
    """Interrupted, it is finished at the next start."""
    label = "Deriving visits and facts anew from all events that are kept"
    with click.progressbar(length=rollups.kept_events(database), label=label) as bar:
        rollups.rebuild(database, lambda: shorten_log(database, paths), bar.update)
