"""Drop raw events, and later visits and facts, that were kept long enough."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.raw_retention.run(now)
    runtime.facts_retention.run(now)
