"""What the doctor finds: each line says how it is, what that means and what to do."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from appliance import __version__
from appliance.base.errors import UnavailableError
from appliance.process import notices, reachable
from appliance.process.health import STALLED_S, Facts
from appliance.runtime import Runtime
from appliance.storage import migrations
from appliance.storage.database import DatabaseError

Verdict = Literal["good", "look", "bad"]

RECOUNTED = timedelta(days=30)
RECOUNT_S = 10.0
"""So long somebody who looks at a page may wait for days to be counted."""
DAYS_NAMED = 5
BACKUP_OLD_AFTER = timedelta(days=2)
AHEAD_AT_MOST = timedelta(minutes=5)
_OF_THE_DISK = ("disk-low", "disk-filling", "budget-filling")


@dataclass(frozen=True)
class Finding:
    """`todo` is empty where nothing is to be done."""

    slug: str
    verdict: Verdict
    title: str
    detail: str
    todo: str = ""


def examine(parts: Runtime, *, serving: bool, within_s: float = RECOUNT_S) -> list[Finding]:
    """All findings, in the order of the table below. `serving`: whether this process answers on the port;
    `within_s`: so long days are counted again."""
    now = parts.clock.now()
    facts = parts.health.facts(now)
    found = [each for look in _LOOKS for each in look(parts, facts)]
    found += _rows(parts, facts, within_s)
    return [*found, *_reach(parts)] if serving else found


def _version(parts: Runtime, _facts: Facts) -> Iterator[Finding]:  # noqa: ARG001  (every look's signature)
    detail = (
        f"Analytiq {__version__}, form of the data {migrations.newest()}, Python {platform.python_version()} "
        f"on {platform.system()} {platform.machine()}."
    )
    yield Finding("version", "good", "Version", detail)


def _disk(_parts: Runtime, facts: Facts) -> Iterator[Finding]:
    room = facts.disk
    free = f"{room.free_bytes / 10**9:.1f} GB are free where the data is ({room.used_share:.0%} in use)."
    wrong = next((each for each in notices.of(facts) if each.slug in _OF_THE_DISK), None)
    if wrong is None:
        yield Finding("disk", "good", "Disk", free)
    else:
        yield Finding("disk", "look", "Disk", f"{free} {wrong.title}.", wrong.detail)


def _memory(_parts: Runtime, _facts: Facts) -> Iterator[Finding]:
    held, there = _memory_mb()
    if held is None or there is None:
        yield Finding("memory", "good", "Memory", "This system does not tell how much is used.")
        return
    detail = f"{held} MB in use by Analytiq, of {there} MB that this machine has."
    if held * 2 < there:
        yield Finding("memory", "good", "Memory", detail)
    else:
        yield Finding(
            "memory", "look", "Memory", f"{detail} Other programs may be slowed down.", "Restart Analytiq."
        )


def _database(parts: Runtime, facts: Facts) -> Iterator[Finding]:
    try:
        sites, accounts, events, visits, _ = _counts(parts)
    except (DatabaseError, UnavailableError) as error:
        yield Finding(
            "database", "bad", "Database", f"It cannot be read: {error} New events are kept in the journal.",
            "Look at the notice above the dashboard's pages; else go back to a backup: analytiq restore.",
        )  # fmt: skip
        return
    detail = (
        f"It can be read: {facts.database_bytes / 10**6:.1f} MB. Events: {events}, visits: {visits}, "
        f"websites: {sites}, accounts: {accounts}."
    )
    yield Finding("database", "good", "Database", detail)


def _journal(_parts: Runtime, facts: Facts) -> Iterator[Finding]:
    if facts.refusing is not None:
        detail = f"It cannot be written ({facts.refusing}): new events are refused and stay uncounted."
        yield Finding(
            "journal", "bad", "Journal", detail, "Make room on the disk, or let Analytiq write there."
        )
    elif facts.oldest_s >= STALLED_S:
        detail = (
            f"{facts.pending} batches wait, the oldest for {facts.oldest_s:.0f} s. Nothing of it is lost."
        )
        yield Finding(
            "journal", "bad", "Journal", detail, "Restart Analytiq; if it stays, look into the log."
        )
    else:
        yield Finding("journal", "good", "Journal", "It is written, and nothing waits longer than it should.")


def _ledger(parts: Runtime, facts: Facts) -> Iterator[Finding]:
    check = facts.ledger
    if check is None:
        yield Finding(
            "ledger", "look", "Every event", "They were not counted again since the start.",
            "Wait for a minute, or run the job “Count all events again”.",
        )  # fmt: skip
    elif check.differences:
        days = ", ".join(str(day) for day in check.days[-5:])
        yield Finding(
            "ledger", "bad", "Every event",
            f"{check.differences} numbers of the ledger are wrong, so reports of these days may be: {days}.",
            "Put back a backup if you have one, and report this; the log names the numbers.",
        )  # fmt: skip
    else:
        detail = f"Every event that arrived is accounted for.{_recounted(parts)}"
        yield Finding("ledger", "good", "Every event", detail)


def _recounted(parts: Runtime) -> str:
    """After an upgrade all days are, one after the other."""
    try:
        ((days, counted, since),) = parts.database.read("examination.recounted")
    except (DatabaseError, UnavailableError):
        return ""
    return f" Days counted again since the data has its present form ({since}): {counted} of {days}."


def _recount(parts: Runtime, facts: Facts) -> Iterator[Finding]:
    """Raw events of the last of the days that are kept may be on their way out, so two are left out."""
    span = min(RECOUNTED, timedelta(days=max(0, parts.config.raw_retention_days - 2)))
    parameters = {"since": facts.at - span, "until": facts.at}
    try:
        ((told, derived, visits),) = parts.database.read("examination.recount", parameters, within_s=60)
    except (DatabaseError, UnavailableError) as error:
        yield Finding("recount", "look", "Reports", f"They could not be counted again: {error}")
        return
    if told == derived and not visits:
        detail = f"The {told} pageviews of {span.days} days are the same counted from events and in reports."
        yield Finding("recount", "good", "Reports", detail)
    else:
        yield Finding(
            "recount", "bad", "Reports",
            f"Counted from events there are {told} pageviews in {span.days} days, in reports {derived}; "
            f"{visits} visits have another number than their pages. The events themselves are all there.",
            "Stop Analytiq and run analytiq doctor --rebuild: it derives reports anew from the events.",
        )  # fmt: skip


def _rows(parts: Runtime, facts: Facts, within_s: float) -> Iterator[Finding]:
    try:
        found = parts.recount.run(facts.at, within_s)
    except (DatabaseError, UnavailableError) as error:
        yield Finding("rows", "look", "Hours and days", f"They could not be counted again: {error}")
        return
    whole = found.counted == found.days
    days = f"{found.days} days" if whole else f"the last {found.counted} of {found.days} days"
    if found.rows:
        named = ", ".join(str(day) for day in sorted(found.wrong)[-DAYS_NAMED:])
        yield Finding(
            "rows", "bad", "Hours and days",
            f"Of {days} {found.rows} rows differ from what is counted anew from their visits, on "
            f"{len(found.wrong)} days; the last of them: {named}. The events themselves are all there.",
            "Stop Analytiq and run analytiq doctor --rebuild: it makes them anew.",
        )  # fmt: skip
        return
    detail = f"All rows of {days} are the same counted anew from their visits."
    if not whole:
        detail += " Earlier ones take longer: run analytiq doctor to have them counted."
    yield Finding("rows", "good", "Hours and days", detail)


def _clock(parts: Runtime, facts: Facts) -> Iterator[Finding]:
    try:
        *_, latest = _counts(parts)
    except (DatabaseError, UnavailableError):
        return
    if latest is not None and latest > facts.at + AHEAD_AT_MOST:
        yield Finding(
            "clock", "bad", "Clock",
            f"It says {_minute(facts.at)} UTC, but an event arrived at {_minute(latest)}: it was set back, "
            "or was ahead then. No event is lost; some stand at a wrong time.",
            "Let this machine set its clock by the network.",
        )  # fmt: skip
    else:
        detail = f"It says {_minute(facts.at)} UTC, after everything that has arrived."
        yield Finding("clock", "good", "Clock", detail)


def _backup(parts: Runtime, facts: Facts) -> Iterator[Finding]:
    last, failure = facts.last_backup_at, facts.backup_failure
    if failure is not None:
        todo = "Do what it says; it is tried again every hour."
        yield Finding("backup", "bad", "Backup", f"The last one failed: {failure.detail}", todo)
    elif last is None:
        yield Finding("backup", "look", "Backup", "There is none yet.", "Make one: analytiq backup.")
    elif parts.clock.now() - last > BACKUP_OLD_AFTER:
        yield Finding(
            "backup", "look", "Backup", f"The newest is of {_minute(last)} UTC.",
            "Leave Analytiq running at night, or make one now: analytiq backup.",
        )  # fmt: skip
    else:
        yield Finding("backup", "good", "Backup", f"The newest is of {_minute(last)} UTC, and whole.")


def _jobs(parts: Runtime, _facts: Facts) -> Iterator[Finding]:
    failed = [state.name for state in parts.jobs.states() if state.last and state.last.result == "failed"]
    if failed:
        detail = f"The last run of these failed: {', '.join(failed)}. They are tried again by themselves."
        yield Finding("jobs", "look", "Jobs", detail, "If it stays, look into the log.")
    else:
        yield Finding("jobs", "good", "Jobs", "None has failed at its last run.")


def _reach(parts: Runtime) -> Iterator[Finding]:
    found = reachable.probed(reachable.addresses(parts.config))
    others = [address for address in found if address.reach != "this machine"]
    answering = [address.url for address in others if address.answers]
    if answering:
        detail = f"Analytiq answers at {', '.join(answering)}, asked from this machine."
        yield Finding("address", "good", "Address", detail)
    else:
        yield Finding(
            "address", "look", "Address",
            "It answers on this machine only, so websites elsewhere cannot send to it.",
            "See Settings, Network address.",
        )  # fmt: skip


_LOOKS: tuple[Callable[[Runtime, Facts], Iterator[Finding]], ...] = (
    _version,
    _disk,
    _memory,
    _database,
    _journal,
    _ledger,
    _recount,
    _clock,
    _backup,
    _jobs,
)


def _counts(parts: Runtime) -> tuple[int, int, int, int, datetime | None]:
    ((sites, accounts, events, visits, latest),) = parts.database.read("examination.counts")
    return sites, accounts, events, visits, latest


def counts(parts: Runtime) -> dict[str, int]:
    """By what is counted. Raises DatabaseError or UnavailableError."""
    return dict(zip(("sites", "accounts", "events", "visits"), _counts(parts), strict=False))  # type: ignore[arg-type]


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _memory_mb() -> tuple[int | None, int | None]:
    """In use by this process, and there at all."""
    if sys.platform != "linux":
        return None, None
    status = Path("/proc/self/status").read_text("ascii")
    held = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")), None)
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return (int(held) // 1024 if held else None), there
