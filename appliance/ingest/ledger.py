"""What became of every event that arrived: per site and UTC day of its arrival, and whether that adds up.

    received = stored + duplicate + ignored (by reason) + set aside

What a batch brings is counted in the transaction that stores it, so that ledger and events are committed or
lost together, and a batch loaded again is in neither twice. A duplicate is never written to the journal: it
is noted in memory, once as received and once as duplicate, and both are written down with the next batch.
A kill before that loses the two together, so the sums still agree. Events refused for their fields are
`rejected`; they are noted in the same way and are not among the received.
"""

import json
import logging
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NamedTuple

from appliance.base.counting import Tally
from appliance.base.timerange import TimeRange
from appliance.sites.sites import Site
from appliance.storage.database import Database, Transaction

log = logging.getLogger(__name__)

Entry = Literal["received", "duplicate", "set_aside", "rejected"]
"""What is entered by number; stored and ignored events are counted from the events themselves."""

RECHECKED = timedelta(days=1)
"""Today and yesterday are checked every time, other days when something in them changed."""


class Account(NamedTuple):
    site_id: str
    day: date
    entry: Entry


Carried = tuple[str, str, Entry, int]
"""An account and how many events, as JSON can hold it."""


@dataclass(frozen=True)
class Sums:
    """Numbers of events. `ignored` has them by reason; `balanced`: the rest adds up to `received`, and the
    last check found as many events as are written down."""

    received: int
    stored: int
    duplicates: int
    ignored: dict[str, int]
    set_aside: int
    rejected: int
    balanced: bool


@dataclass(frozen=True)
class LedgerDay(Sums):
    """Of one UTC day."""

    day: date


@dataclass(frozen=True)
class LedgerReport:
    """Days on which nothing arrived are left out."""

    days: list[LedgerDay]
    total: Sums


@dataclass(frozen=True)
class Check:
    """When the ledger was last held against the events, how many of its numbers were wrong, and on which
    UTC days. `counted`: days that this check looked at; the others had not changed."""

    at: datetime
    differences: int
    days: list[date]
    counted: int


class Ledger:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._noted: Counter[Account] = Counter()
        self.last_check: Check | None = None
        self.entered = Tally()
        """Since the start, by entry; what was received is their sum without the rejected."""

    def note_duplicates(self, site_id: str, events: int, now: datetime) -> None:
        """Copies that arrived at `now` of events that are on disk already."""
        day = now.astimezone(UTC).date()
        self._note({Account(site_id, day, "received"): events, Account(site_id, day, "duplicate"): events})
        self.entered.add("duplicate", times=events)

    def note_rejected(self, site_id: str, events: int, now: datetime) -> None:
        """Events that were refused at `now` because fields in them are wrong."""
        self._note({Account(site_id, now.astimezone(UTC).date(), "rejected"): events})
        self.entered.add("rejected", times=events)

    @contextmanager
    def noted(self) -> Iterator[Counter[Account]]:
        """What was noted so far, to be entered inside the block; noted again when the block raises."""
        with self._lock:
            taken, self._noted = self._noted, Counter()
        try:
            yield taken
        except BaseException:
            self._note(taken)
            raise

    def enter(self, transaction: Transaction, counts: Counter[Account]) -> None:
        if not counts:
            return
        parameters = {
            "site_ids": [account.site_id for account in counts],
            "days": [account.day for account in counts],
            "entries": [account.entry for account in counts],
            "events": list(counts.values()),
        }
        transaction.run("ledger.enter", parameters)

    def enter_batch(self, transaction: Transaction, batch: int, set_aside: Sequence[bytes]) -> Counter[str]:
        """A batch that was just stored in this transaction, without the lines that were set aside.

        Returns how many events were entered as what, to be told to `committed`.
        """
        counts: Counter[str] = Counter(dict(transaction.run("ledger.enter_batch", {"batch": batch})))
        self.enter(transaction, _count_set_aside(set_aside))
        counts["set_aside"] = len(set_aside)
        return counts

    def committed(self, counts: Counter[str]) -> None:
        for entry, events in counts.items():
            self.entered.add(entry, times=events)

    def move(self, transaction: Transaction) -> None:
        """Events that became something else than they were entered as, staged in `moved`."""
        transaction.run("ledger.move")

    def write_down(self) -> None:
        """Enter what was noted and no batch has taken along. Raises DatabaseError; then it is still noted."""
        if not self._noted:
            return
        with self.noted() as counts, self._database.write() as transaction:
            self.enter(transaction, counts)

    def carried(self) -> list[Carried]:
        """What was noted and is not entered, to be noted by another process."""
        with self._lock:
            return [(site, day.isoformat(), entry, n) for (site, day, entry), n in self._noted.items()]

    def carry_on(self, carried: Iterable[Carried]) -> None:
        """What another process noted."""
        self._note({Account(site, date.fromisoformat(day), entry): n for site, day, entry, n in carried})

    def days(self, site: Site, span: TimeRange) -> LedgerReport:
        """The site's ledger over the days of `span`, taken as UTC days."""
        parameters = {"site_id": site.site_id, "first": span.first, "last": span.last}
        days = [LedgerDay(*row) for row in self._database.read("ledger.days", parameters)]
        return LedgerReport(days, _total(days))

    def check(self, now: datetime) -> Check:
        """Hold every day that is due against the events, each in a transaction of its own.

        What differs is logged and kept until a later check of that day finds it mended.
        """
        self.write_down()
        always = now.astimezone(UTC).date() - RECHECKED
        due = self._database.read("ledger.due", {"always": always})
        for (day,) in due:
            self._check_day(day, now)
        wrong = self._database.read("ledger.differences")
        self.last_check = Check(now, sum(count for _, count in wrong), [day for day, _ in wrong], len(due))
        return self.last_check

    def _check_day(self, day: date, now: datetime) -> None:
        start = datetime.combine(day, time(), UTC)
        parameters = {"day": day, "start": start, "until": start + timedelta(days=1), "now": now}
        with self._database.write() as transaction:
            wrong = transaction.run("ledger.check", parameters)
        for site_id, entry, reason, written, found in wrong:
            log.error(
                "The ledger of site %s does not balance on %s (UTC): it says %d %s, and %d were found. "
                "Numbers of that day may be wrong. Put back a backup if you have one, and report this.",
                site_id,
                day,
                written,
                f"{entry} ({reason})" if reason else entry,
                found,
            )

    def _note(self, counts: dict[Account, int]) -> None:
        with self._lock:
            self._noted.update(counts)


def _count_set_aside(lines: Iterable[bytes]) -> Counter[Account]:
    counts: Counter[Account] = Counter()
    for line in lines:
        arrival = _arrival(line)
        if arrival is None:
            log.error("An event that was set aside does not tell its site and day; no ledger counts it.")
            continue
        counts.update([Account(*arrival, "received"), Account(*arrival, "set_aside")])
    return counts


def _arrival(line: bytes) -> tuple[str, date] | None:
    """Site and UTC day of a journal line that could not be loaded, if it can be read that far."""
    try:
        row = json.loads(line)
        site_id, day = row["site_id"], date.fromisoformat(row["received_at"][:10])
    except (ValueError, KeyError, TypeError):
        return None
    return (site_id, day) if isinstance(site_id, str) and site_id.isascii() else None


def _total(days: list[LedgerDay]) -> Sums:
    ignored: Counter[str] = Counter()
    for day in days:
        ignored.update(day.ignored)
    return Sums(
        received=sum(day.received for day in days),
        stored=sum(day.stored for day in days),
        duplicates=sum(day.duplicates for day in days),
        ignored=dict(ignored),
        set_aside=sum(day.set_aside for day in days),
        rejected=sum(day.rejected for day in days),
        balanced=all(day.balanced for day in days),
    )
