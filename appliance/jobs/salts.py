"""Destroy the salts of cookieless visitors after 48 hours."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.visitors.destroy_old(now)
