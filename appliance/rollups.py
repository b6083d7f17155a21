"""Visits and page facts, recomputed for the visitors that a batch touched. Never incremented: late,
out-of-order and repeated events heal by themselves, and a rebuild gives the same rows."""

from appliance.database import Transaction


def refresh(transaction: Transaction) -> None:
    """Bring `visits` and `page_facts` up to date with the batch staged in `incoming`."""
    ((since, until),) = transaction.run("rollups.touched")
    if since is None:
        return
    ((since, until),) = transaction.run("rollups.reach", {"since": since, "until": until})
    span = {"since": since, "until": until}
    for step in ("visit_events", "forget", "page_facts", "visits"):
        transaction.run(f"rollups.{step}", span)
