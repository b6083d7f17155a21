"""Make the rows of hours that have ended, and of those that changed since; begin a new day where one has."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.summaries.turn_days()
    runtime.aggregates.finish_hours(now)
