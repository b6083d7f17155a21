"""Hold the ledger against the stored events; what differs is logged and shows in /healthz."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> str:
    check = runtime.ledger.check(now)
    days = f"{check.counted} day{'s were' if check.counted != 1 else ' was'} counted again"
    return (
        f"{days}; {check.differences or 'no'} number{'s differ' if check.differences != 1 else ' differs'}."
    )
