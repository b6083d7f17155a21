"""Write down when API keys were last used."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job's signature)
    runtime.api_keys.settle()
