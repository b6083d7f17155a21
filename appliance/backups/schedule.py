"""When the nightly backup is due. Found from what there is, so that a machine that slept catches up."""

from datetime import datetime, timedelta

HOUR = 3
"""Of this machine's own time: while most of a shop's visitors sleep."""
AGAIN_AFTER = timedelta(hours=1)
"""After one that failed."""


def is_due(newest: datetime | None, first_data: datetime, now: datetime) -> bool:
    """Whether a night has passed since the newest backup, or since there has been anything to keep."""
    since = max(newest, first_data) if newest else first_data
    return next_after(since) <= now


def next_after(instant: datetime) -> datetime:
    """The first night after it."""
    local = instant.astimezone().replace(tzinfo=None)
    night = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if night <= local:
        night += timedelta(days=1)
    return night.astimezone().astimezone(instant.tzinfo)
