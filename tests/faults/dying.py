"""Makes what is due in a data directory, and dies without a word before one of its statements.

python -m tests.faults.dying DATA_DIR STATEMENT: all visits are derived anew, then come the rows of hours and
days. Prints how many statements that takes if it lives to the end, as with STATEMENT 0.
"""

import os
import sys
from pathlib import Path
from typing import Any

from appliance import assembly
from appliance.aggregates import aggregates
from appliance.base import config
from appliance.storage import statements
from appliance.visits import rollups
from tests.clocks import FrozenClock

NOW = "2026-09-17T12:30:00Z"
DIED = 9


def main(data_dir: Path, fatal: int) -> None:
    rollups.STEP_EVENTS = 60
    aggregates.RUN_S = 600.0
    run, reached = statements.run, 0

    def counted(*given: Any) -> Any:
        nonlocal reached
        reached += 1
        if reached == fatal:
            os._exit(DIED)
        return run(*given)

    setattr(statements, "run", counted)  # noqa: B010 -- mypy would have its very type
    clock = FrozenClock(NOW)
    parts = assembly.build(config.load({"data_dir": data_dir, "port": 0}, environ={}), clock)
    rollups.rebuild(parts.database, parts.database.checkpoint)
    parts.aggregates.finish_hours(clock.now())
    parts.aggregates.finish_days(clock.now())
    parts.stop()
    print(reached)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
