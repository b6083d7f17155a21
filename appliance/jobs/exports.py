"""Delete files of downloads that were made long enough ago."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.exports.forget(now)
