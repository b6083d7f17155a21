"""Remove what was under way for a website when it was deleted, and was written after that."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.sites.remove_stragglers(now)
    runtime.set_aside.forget(runtime.sites.deleted())
