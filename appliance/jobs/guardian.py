"""Look whether websites are as busy as usual, and tell their owners where they are not."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.guardian.look(now)
    runtime.telling.tell(now)
    runtime.webhook_telling.tell(now)
