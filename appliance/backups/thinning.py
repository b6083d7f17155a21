"""Which backups are kept: near days densely, far ones thinly, within a budget of disk."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from appliance.backups.backup import Backup

DAYS, WEEKS, MONTHS = 7, 4, 12
PROTECTING = (2, 2, 2)
"""Of each as many as protect: from a file that breaks, and from a mistake that is seen weeks later."""
SPECIAL_FOR = timedelta(days=30)
"""Those that were not made by the schedule: somebody may look for just that one."""

_PERIODS: tuple[Callable[[datetime], object], ...] = (
    lambda at: at.date(),
    lambda at: at.isocalendar()[:2],
    lambda at: (at.year, at.month),
)


def dropped(backups: Sequence[Backup], now: datetime, budget_bytes: int) -> list[Backup]:
    """Those that need not be kept, oldest first. The newest is always kept, however large it is."""
    newest_first = _newest_first(backups)
    kept = _wanted(newest_first, now)
    while len(kept) > 1 and sum(backup.bytes for backup in kept) > budget_bytes:
        kept.pop()
    return [backup for backup in reversed(newest_first) if backup not in kept]


def beyond_protection(backups: Sequence[Backup]) -> list[Backup]:
    """Those made by the schedule that go first where the disk is nearly full, oldest first."""
    scheduled = [backup for backup in _newest_first(backups) if backup.reason == "nightly"]
    kept = _of_periods(scheduled, PROTECTING)
    return [backup for backup in reversed(scheduled) if backup.name not in kept]


def _newest_first(backups: Sequence[Backup]) -> list[Backup]:
    return sorted(backups, key=lambda backup: backup.made_at, reverse=True)


def _wanted(newest_first: Sequence[Backup], now: datetime) -> list[Backup]:
    """The newest of each period, and the special ones for a time."""
    names = {backup.name for backup in newest_first[:1]}
    scheduled = [backup for backup in newest_first if backup.reason == "nightly"]
    names.update(_of_periods(scheduled, (DAYS, WEEKS, MONTHS)))
    special = (backup for backup in newest_first if backup.reason != "nightly")
    names.update(backup.name for backup in special if now - backup.made_at < SPECIAL_FOR)
    return [backup for backup in newest_first if backup.name in names]


def _of_periods(newest_first: Sequence[Backup], numbers: Iterable[int]) -> set[str]:
    """The names of the newest of each day, week and month, of as many of these as there are `numbers`."""
    found: set[str] = set()
    for number, period in zip(numbers, _PERIODS, strict=True):
        found.update(_newest_of_each(newest_first, number, period))
    return found


def _newest_of_each(
    newest_first: Iterable[Backup], number: int, period: Callable[[datetime], object]
) -> list[str]:
    found: dict[object, str] = {}
    for backup in newest_first:
        found.setdefault(period(backup.made_at), backup.name)
    return list(found.values())[:number]
