"""Write down when sessions were last seen, and forget those that have ended."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.sessions.settle(now)
