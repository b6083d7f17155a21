"""Which backups are kept: near days densely, far ones thinly, within a budget of disk."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from appliance.backups.backup import Backup

DAYS, WEEKS, MONTHS = 7, 4, 12
SPECIAL_FOR = timedelta(days=30)
"""Those that were not made by the schedule: somebody may look for just that one."""

_PERIODS: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (DAYS, lambda at: at.date()),
    (WEEKS, lambda at: at.isocalendar()[:2]),
    (MONTHS, lambda at: (at.year, at.month)),
)


def dropped(backups: Sequence[Backup], now: datetime, budget_bytes: int) -> list[Backup]:
    """Those that need not be kept, oldest first. The newest is always kept, however large it is."""
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept = _wanted(newest_first, now)
    while len(kept) > 1 and sum(backup.bytes for backup in kept) > budget_bytes:
        kept.pop()
    return [backup for backup in reversed(newest_first) if backup not in kept]


def _wanted(newest_first: Sequence[Backup], now: datetime) -> list[Backup]:
    """The newest of each period, and the special ones for a time."""
    names = {backup.name for backup in newest_first[:1]}
    scheduled = [backup for backup in newest_first if backup.reason == "nightly"]
    for number, period in _PERIODS:
        names.update(_newest_of_each(scheduled, number, period))
    special = (backup for backup in newest_first if backup.reason != "nightly")
    names.update(backup.name for backup in special if now - backup.made_at < SPECIAL_FOR)
    return [backup for backup in newest_first if backup.name in names]


def _newest_of_each(
    newest_first: Iterable[Backup], number: int, period: Callable[[datetime], object]
) -> list[str]:
    found: dict[object, str] = {}
    for backup in newest_first:
        found.setdefault(period(backup.made_at), backup.name)
    return list(found.values())[:number]
