"""Visits and facts, recomputed for the visitors that a batch touched. Never incremented: late,
out-of-order and repeated events heal by themselves, and a rebuild gives the same rows."""

import logging
from datetime import UTC, datetime, time, timedelta

from appliance.database import Database, Transaction

log = logging.getLogger(__name__)

_STEPS = ("visit_events", "forget", "page_facts", "event_facts", "visits", "stale", "arrivals")


def refresh(transaction: Transaction) -> None:
    """Bring `visits`, `page_facts` and `event_facts` up to date with the batch staged in `incoming`.

    What else was made of the numbers that may have changed by it is noted in `stale`.
    """
    ((since, until),) = transaction.run("rollups.touched")
    if since is None:
        return
    ((since, until, first_until),) = transaction.run("rollups.reach", {"since": since, "until": until})
    span = {"since": since, "until": until, "first_until": first_until}
    for step in _STEPS:
        transaction.run(f"rollups.{step}", span)


def rebuild(database: Database) -> None:
    """Derive everything anew that raw events are there for; what stands of dropped ones stays.

    Killed, it is finished at the next start. Raises DatabaseError.
    """
    with database.write() as transaction:
        transaction.run("rollups.rebuild")
    finish_rebuild(database)


def finish_rebuild(database: Database) -> None:
    """Derive from raw events what a change of the tables left to be derived, a UTC day in each transaction.

    Killed, it goes on from the day it was at.
    """
    due = database.read_one("rollups.due")
    if due is None:
        return
    log.warning("Visits and facts are derived anew from %s on; this may take some minutes.", due[0])
    while due is not None:
        (day,) = due
        start = datetime.combine(day, time(), UTC)
        with database.write() as transaction:
            transaction.run("rollups.day", {"start": start, "until": start + timedelta(days=1)})
            refresh(transaction)
            transaction.run("rollups.advance", {"until": start + timedelta(days=1)})
        due = database.read_one("rollups.due")
    log.warning("Visits and facts are complete again.")
