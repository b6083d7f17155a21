"""Take from the disk what was made ready for a download that nobody fetched."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job is given the instant)
    runtime.downloads.forget_expired()
