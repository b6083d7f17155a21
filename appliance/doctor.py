"""Looking after a data directory while nothing else uses it."""

from collections.abc import Callable

from appliance import rollups, runtime
from appliance.clock import Clock
from appliance.config import Config
from appliance.errors import StartError
from appliance.instance import InstanceLock


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
                say("Visits and facts are derived anew from all events that are kept; this may take minutes.")
                rollups.rebuild(parts.database)
                say("They are complete.")
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
