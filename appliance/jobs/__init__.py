"""Housekeeping: a table of jobs, each small, each "do everything that is due", safe to run twice."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from appliance.jobs import (
    api_keys,
    audit,
    backup,
    checkpoint,
    compaction,
    daily,
    deleted_sites,
    downloads,
    event_ids,
    exports,
    guardian,
    hourly,
    ledger,
    mail_reports,
    memory,
    mirror,
    probing,
    readmission,
    retention,
    room,
    salts,
    sessions,
)
from appliance.runtime import Runtime


@dataclass(frozen=True)
class Job:
    """`run` is called with the runtime and the present instant, every `every_s` seconds, and may tell what it
    found; `on_demand`: also when an owner asks for it; `yields`: it waits while the disk is nearly full, and
    nothing depends on it."""

    name: str
    every_s: int
    run: Callable[[Runtime, datetime], str | None]
    on_demand: bool = True
    yields: bool = False

    @property
    def slug(self) -> str:
        return self.name.replace(" ", "-")


JOBS = (
    Job("checkpoint", 60, checkpoint.run),
    Job("give freed memory back", 60, memory.run),
    Job("write down who was seen", 180, sessions.run),
    Job("write down which keys were used", 180, api_keys.run),
    Job("destroy old salts", 600, salts.run),
    Job("forget old event ids", 3600, event_ids.run),
    Job("readmit what passes new rules", 10, readmission.run),
    Job("remove what is left of deleted websites", 3600, deleted_sites.run),
    Job("check the ledger", 3600, ledger.run),
    Job("make the rows of hours that ended", 60, hourly.run, yields=True),
    Job("make the rows of days that ended", 60, daily.run, yields=True),
    Job("drop what was kept long enough", 600, retention.run, on_demand=False),
    Job("look whether websites have their snippet", 600, probing.run),
    Job("look whether websites are as busy as usual", 300, guardian.run),
    Job("make room on a disk that is nearly full", 60, room.run),
    Job("send the reports of weeks and months", 600, mail_reports.run),
    Job("make the nightly backup", 300, backup.run),
    Job("compact the database", 600, compaction.run),
    Job("forget downloads that nobody fetched", 60, downloads.run),
    Job("delete files of downloads", 600, exports.run),
    Job("bring the mirror up to date", 3600, mirror.run),
    Job("drop old entries of the audit log", 3600, audit.run),
)
