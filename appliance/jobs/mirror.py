"""Bring the Parquet files that others read up to date."""

from datetime import datetime

from appliance.runtime import Runtime


def run(runtime: Runtime, now: datetime) -> None:  # noqa: ARG001  (every job is given the instant)
    runtime.mirror.refresh()
