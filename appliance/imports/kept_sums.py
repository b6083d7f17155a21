"""Daily sums in the database: what a website has of them, and what a file would add."""

from dataclasses import asdict
from datetime import date

from appliance.imports.daily_sums import DaySum, Sums
from appliance.sites.sites import Site
from appliance.storage.database import Database

_COUNTS = tuple(DaySum.__dataclass_fields__)


def new(database: Database, site: Site, sums: Sums) -> dict[date, DaySum]:
    """Those of `sums` that the website does not have just so from the latest import of their day."""
    span = {"site_id": site.site_id, "first": min(sums.days), "last": max(sums.days)}
    known = {day: DaySum(*counts) for day, _, *counts in database.read("imported.days", span)}
    return {day: each for day, each in sums.days.items() if known.get(day) != each}


def store(database: Database, site: Site, import_id: int, days: dict[date, DaySum]) -> None:
    """All of them or none."""
    rows = [asdict(each) for each in days.values()]
    columns = {name: [row[name] for row in rows] for name in _COUNTS}
    with database.write() as transaction:
        transaction.run(
            "imported.insert",
            {"import_id": import_id, "site_id": site.site_id, "days": list(days), **columns},
        )
