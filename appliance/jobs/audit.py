"""Drop entries of the audit log that were kept long enough."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.audit.forget(now)
