"""Look whether websites still have their snippet, each once a day."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.probes.probe_due(now)
