"""Leave the last of a nearly full disk to the events: what can be made again, or need not be kept, goes."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job is given the instant)
    runtime.exports.give_way()
    runtime.backups.give_way()
