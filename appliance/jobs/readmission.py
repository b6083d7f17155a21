"""Judge quarantined events anew after a change of the list of bots or of a site's lists of hosts."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.readmission.run(now)
