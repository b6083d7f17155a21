"""Make the rows of days that have ended, and of those that changed since."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.aggregates.finish_days(now)
