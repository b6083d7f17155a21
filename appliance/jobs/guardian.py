"""Look whether websites are as busy as usual."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.guardian.look(now)
