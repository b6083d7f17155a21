"""Take out of stored events the ids that nobody can send again."""

from datetime import datetime

from appliance import recent_ids
from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    recent_ids.forget_stored(runtime.database, now)
