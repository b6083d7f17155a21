"""Hold the ledger against the stored events; what differs is logged and shows in /healthz."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.ledger.check(now)
