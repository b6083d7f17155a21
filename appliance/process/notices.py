"""What is wrong, for the owner: what happened, what is lost and what is not, and what to do next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from appliance.base.disk import FILLING_SHARE, SPARED_BYTES
from appliance.process.health import STALLED_S, Facts
from appliance.storage.recoveries import Recovery

Severity = Literal["error", "warning"]

SHOWN_FOR = timedelta(days=7)
"""A start that lost nothing is news for so long; one that lost events is told until its note is deleted."""

_TO_A_BACKUP = (
    "stop Analytiq, keep a copy of its data folder, put back analytiq.duckdb alone from a backup, leave "
    "the folder journal as it is, and start again: what the journal holds is then counted"
)


@dataclass(frozen=True)
class Notice:
    """`slug` names the kind. `since`: when it began, where that is known."""

    slug: str
    severity: Severity
    title: str
    detail: str
    since: datetime | None = None


def of(facts: Facts) -> list[Notice]:
    """Worst first; empty when all is well."""
    found = [notice for kind in _KINDS for notice in kind(facts)]
    return sorted(found, key=lambda notice: notice.severity != "error")


def _refusing(facts: Facts) -> Iterator[Notice]:
    if facts.refusing is None:
        return
    yield Notice(
        "journal-unwritable",
        "error",
        "New events are not being counted",
        f"Analytiq cannot write to its disk ({facts.refusing}; {_free(facts)}). Everything counted before "
        "is safe. Events that arrive now are refused: servers that send again deliver them later, visits "
        "to your pages stay uncounted meanwhile. Make room on the disk, or let Analytiq write there again; "
        "it goes on by itself within seconds.",
        facts.refusing_since,
    )


def _database(facts: Facts) -> Iterator[Notice]:
    """One of these at most: the later ones follow from the earlier."""
    if facts.damaged:
        yield Notice(
            "database-damaged",
            "error",
            "The database file is damaged",
            f"A part of it cannot be read, so numbers may be missing here. {_waiting(facts)} What to do: "
            f"{_TO_A_BACKUP}. Without a backup, ask for help before you change anything.",
            facts.waiting_since,
        )
    elif facts.closed:
        yield Notice(
            "database-closed",
            "error",
            "The database cannot be opened",
            f"No numbers can be shown until it can. {_waiting(facts)} Analytiq tries again by itself. Make "
            f"sure that the disk is not full ({_free(facts)}); if this stays, {_TO_A_BACKUP}.",
            facts.waiting_since,
        )
    elif facts.oldest_s >= STALLED_S:
        yield Notice(
            "events-waiting",
            "error",
            "New events do not show yet",
            f"The database has not taken any for {_minutes(facts.oldest_s)}. {_waiting(facts)} Analytiq "
            f"tries again by itself. Make sure that the disk is not full ({_free(facts)}); if this stays, "
            "restart Analytiq, and look for the reason in analytiq.log in its data folder.",
            facts.waiting_since,
        )


def _recoveries(facts: Facts) -> Iterator[Notice]:
    for recovery in facts.recoveries:
        if recovery.batches_missing:
            yield _lost(recovery)
        elif facts.at - recovery.at < SHOWN_FOR:
            yield _put_aside(recovery)


def _put_aside(recovery: Recovery) -> Notice:
    return Notice(
        "log-put-aside",
        "warning",
        "A damaged file was put aside; no event was lost",
        f"At the start the database's log could not be read. It was kept as {recovery.unreadable_log}, and "
        f"the journal had everything: {_again(recovery)}. Only an account or a website made in the minute "
        "before may be missing: look whether yours are all there. Such damage comes from a failing disk or "
        "a power cut, so make a backup.",
        recovery.at,
    )


def _lost(recovery: Recovery) -> Notice:
    log = recovery.unreadable_log
    aside = f" The database's log could not be read and was kept as {log}." if log else ""
    note = f"recovery-{recovery.at:%Y%m%dT%H%M%SZ}.json"
    return Notice(
        "events-lost",
        "error",
        f"{_count(recovery.batches_missing, 'batch', 'batches')} of events cannot be found",
        f"At the start neither the database nor the journal had them; {_again(recovery)}.{aside} The "
        "numbers of the time before are too low. If files were moved out of Analytiq's data folder, stop "
        "it, put them back and start again. Otherwise nothing brings these events back: check the disk, "
        f"and delete {note} in the data folder to end this notice.",
        recovery.at,
    )


def _ledger(facts: Facts) -> Iterator[Notice]:
    check = facts.ledger
    if check is None or not check.differences:
        return
    day = check.days[-1]
    more = f" and {_count(len(check.days) - 1, 'day')} before" if len(check.days) > 1 else ""
    yield Notice(
        "ledger-unbalanced",
        "error",
        "What arrived and what is stored do not agree",
        f"On {day.day} {day:%B %Y}{more} (UTC) "
        f"{_count(check.differences, 'number differs', 'numbers differ')}, so the reports of that time may "
        "be wrong. All other days are as they should be. Put back a backup if you have one, and report "
        "this. It is counted again every hour.",
    )


def _set_aside(facts: Facts) -> Iterator[Notice]:
    if facts.set_aside:
        yield Notice(
            "events-set-aside",
            "warning",
            f"{_count(facts.set_aside, 'event')} could not be counted",
            "They are in no report, but not lost: they are kept in the folder set-aside of Analytiq's data "
            "folder. All others are counted. Report this with the files there; move them elsewhere to end "
            "this notice.",
        )


def _rows(facts: Facts) -> Iterator[Notice]:
    if facts.setbacks:
        days = _count(len({(each.piece.site_id, each.piece.day) for each in facts.setbacks}), "day")
        yield Notice(
            "rows-not-made",
            "warning",
            f"The sums of {days} cannot be made",
            "Nothing is lost, and reports are right: they count the visits themselves. But the visits of "
            "that website are kept until the sums are there, however old they are. Analytiq tries again "
            "within hours. Make sure that the disk is not full; if this stays, stop Analytiq, run "
            "analytiq doctor --rebuild, and look for the reason in analytiq.log in its data folder.",
            facts.setbacks[0].since,
        )


def _backup(facts: Facts) -> Iterator[Notice]:
    failure = facts.backup_failure
    if failure is None:
        return
    last = facts.last_backup_at
    before = f"The last good one is of {last.day} {last:%B %Y}." if last else "There is none of before."
    yield Notice(
        "backup-failed",
        "warning",
        "The last backup could not be made",
        f"{failure.detail} {before} Analytiq tries again every hour.",
        failure.at,
    )


def _disk(facts: Facts) -> Iterator[Notice]:
    """Of a disk that is full already `_refusing` tells."""
    if facts.refusing is not None:
        return
    if facts.disk.scarce:
        yield Notice(
            "disk-low",
            "warning",
            "The disk is nearly full",
            f"{_size(facts.disk.free_bytes)} are left where Analytiq keeps its data, and the last "
            f"{_size(SPARED_BYTES)} are kept for events. These are taken and counted, and reports are right. "
            "What can wait does: backups, exports, imports, the mirror, compaction, and the sums that make "
            "old days quicker; backups beyond those that protect are removed. Nothing is lost. When the disk "
            "is full, new events are refused and stay uncounted. Make room; all goes on by itself then. "
            f"Analytiq's database takes {_size(facts.database_bytes)}.",
        )
    elif facts.disk.filling:
        yield Notice(
            "disk-filling",
            "warning",
            "The disk is filling up",
            f"{facts.disk.used_share:.0%} of the disk with Analytiq's data are in use, and "
            f"{_size(facts.disk.free_bytes)} are left. All goes on as before; below {_size(SPARED_BYTES)} "
            "backups and exports have to wait. Make room in time, or keep backups on another disk "
            f"(ANALYTIQ_BACKUP_DIR). Analytiq's database takes {_size(facts.database_bytes)}.",
        )


def _budget(facts: Facts) -> Iterator[Notice]:
    budget = facts.budget
    if budget is not None and budget.used_share >= FILLING_SHARE:
        yield Notice(
            "budget-filling",
            "warning",
            "Analytiq's data takes nearly as much as you allow",
            f"{_size(budget.total_bytes - budget.free_bytes)} of {_size(budget.total_bytes)}. Nothing is "
            "lost, and all goes on, beyond that as well. Keep events and visits for fewer days, keep "
            "backups on another disk or fewer of them, or allow more with ANALYTIQ_DATA_BUDGET_GB.",
        )


_KINDS: tuple[Callable[[Facts], Iterator[Notice]], ...] = (
    _refusing,
    _database,
    _recoveries,
    _ledger,
    _set_aside,
    _rows,
    _backup,
    _disk,
    _budget,
)
"""Worst first."""


def _waiting(facts: Facts) -> str:
    if facts.refusing is not None:
        return "Events that were taken before are safe in the journal."
    if not facts.pending:
        return "New events are still taken and kept."
    waiting = _count(facts.pending, "batch waits", "batches wait")
    return f"New events are still taken and kept: {waiting} safely in the journal."


def _again(recovery: Recovery) -> str:
    batches = _count(recovery.batches_again, "batch was", "batches were")
    return f"{batches} loaded again from the journal" if recovery.batches_again else "nothing waited there"


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _minutes(seconds: float) -> str:
    return _count(int(seconds // 60), "minute")


def _free(facts: Facts) -> str:
    return f"{_size(facts.disk.free_bytes)} free"


def _size(bytes_: int) -> str:
    """In megabytes below one gigabyte."""
    return f"{bytes_ / 10**9:.1f} GB" if bytes_ >= 10**9 else f"{bytes_ // 10**6} MB"
