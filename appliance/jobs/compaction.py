"""Give disk back that the database's file does not need, where that is worth it."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.compaction.weekly(now)
