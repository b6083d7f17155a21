"""Put what was committed in the last minute into the database's main file."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job is given the instant)
    runtime.checkpoints.run()
