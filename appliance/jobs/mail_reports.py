"""Send the reports of weeks and months that are over."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:
    runtime.mail_reports.send_due(now)
