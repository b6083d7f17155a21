"""Take out of stored events the ids that a copy would not be known by any more."""

from datetime import datetime

from appliance.ingest import recent_ids
from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job is given the instant)
    since = runtime.recent_ids.since
    if since:
        recent_ids.forget_stored(runtime.database, since)
