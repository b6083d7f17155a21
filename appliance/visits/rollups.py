"""Visits and facts, recomputed for the visitors that a batch touched. Never incremented: late,
out-of-order and repeated events heal by themselves, and a rebuild gives the same rows."""

import logging
import math
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta

from appliance.storage.database import Database, Transaction

log = logging.getLogger(__name__)

STEP_EVENTS = 200_000
"""About so many are derived in one transaction: 30 MB of write-ahead log, 2 s."""

_DAY = timedelta(days=1)
_DERIVED = ("page_facts", "event_facts", "visits", "stale")
_STEPS = ("visit_events", "forget", *_DERIVED, "arrivals")


def refresh(transaction: Transaction) -> None:
    """Bring `visits`, `page_facts` and `event_facts` up to date with the batch staged in `incoming`.

    What else was made of the numbers that may have changed by it is noted in `stale`.
    """
    span = _span(transaction)
    if span:
        _run(transaction, _STEPS, span)


def withdraw(transaction: Transaction, drop: Callable[[], object]) -> None:
    """As `refresh`, where the events staged in `incoming` go: `drop` takes them out of `raw_events`."""
    span = _span(transaction)
    if span:
        _run(transaction, ("visit_events", "forget", "stale"), span)
        drop()
        _run(transaction, ("visit_events", *_DERIVED), span)


def _span(transaction: Transaction) -> dict[str, object] | None:
    """In which visits may change; None when nothing is staged that counts."""
    ((since, until),) = transaction.run("rollups.touched")
    if since is None:
        return None
    ((since, until, first_until),) = transaction.run("rollups.reach", {"since": since, "until": until})
    return {"since": since, "until": until, "first_until": first_until}


def _run(transaction: Transaction, steps: Iterable[str], span: dict[str, object]) -> None:
    for step in steps:
        transaction.run(f"rollups.{step}", span)


def kept_events(database: Database) -> int:
    """How many a rebuild derives from."""
    ((events,),) = database.read("rollups.kept")
    return int(events)


def rebuild(
    database: Database,
    shorten_log: Callable[[], None] = lambda: None,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Derive everything anew that raw events are there for; what stands of dropped ones stays.

    In steps: before and after each all numbers are right. Killed, it is finished at the next start. See
    `finish_rebuild`. Raises DatabaseError.
    """
    with database.write() as transaction:
        transaction.run("rollups.rebuild")
    finish_rebuild(database, shorten_log, tell)


def finish_rebuild(
    database: Database,
    shorten_log: Callable[[], None] = lambda: None,
    tell: Callable[[int], None] = lambda _: None,
) -> None:
    """Derive from raw events what a rebuild or a change of the tables left to be derived.

    Each transaction takes a UTC day or, of a day with more than STEP_EVENTS, a part of it; then `shorten_log`
    may make a checkpoint, and `tell` is given the number of events. Killed, it goes on from its day.
    """
    due = database.read_one("rollups.due")
    if due is None:
        return
    log.warning("Visits and facts are derived anew from %s on; this may take some minutes.", due[0])
    while due is not None:
        day, events = due
        start = datetime.combine(day, time(), UTC)
        parts = math.ceil(events / STEP_EVENTS) or 1
        for number in range(parts):
            _derive(database, start + number * _DAY / parts, start + (number + 1) * _DAY / parts)
            shorten_log()
        with database.write() as transaction:
            transaction.run("rollups.advance", {"until": start + _DAY})
        tell(events)
        due = database.read_one("rollups.due")
    log.warning("Visits and facts are complete again.")


def _derive(database: Database, start: datetime, until: datetime) -> None:
    """What happened from `start` to before `until`, with the visits around it."""
    with database.write() as transaction:
        transaction.run("rollups.span", {"start": start, "until": until})
        refresh(transaction)
