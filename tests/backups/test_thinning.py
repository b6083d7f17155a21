"""Which of many backups are kept."""

from datetime import UTC, datetime, timedelta

from appliance.backups.backup import Backup, Reason
from appliance.backups.contents import Figures
from appliance.backups.thinning import beyond_protection, dropped

NOW = datetime(2026, 9, 17, 3, tzinfo=UTC)
"""A Thursday."""
MUCH = 10**15


def made(at: datetime, reason: Reason = "nightly") -> Backup:
    return Backup(at, reason, "1.0", 21, 7, 1000, "", Figures(1, 1, 1, 1, None))


def kept(backups: list[Backup], budget_bytes: int = MUCH) -> list[str]:
    gone = dropped(backups, NOW, budget_bytes)
    return [f"{backup.made_at:%m-%d}" for backup in backups if backup not in gone]


def test_seven_days_four_weeks_and_twelve_months_are_kept() -> None:
    nights = [made(NOW - timedelta(days=days)) for days in range(500)]
    days = ["09-17", "09-16", "09-15", "09-14", "09-13", "09-12", "09-11"]
    weeks = ["09-06", "08-30"]  # Sundays; the newest of this and of the last week are among the days
    months = [
        "08-31",
        "07-31",
        "06-30",
        "05-31",
        "04-30",
        "03-31",
        "02-28",
        "01-31",
        "12-31",
        "11-30",
        "10-31",
    ]
    assert kept(nights) == [*days, weeks[0], months[0], weeks[1], *months[1:]]


def test_thinned_every_night_as_much_is_kept_as_thinned_once() -> None:
    left: list[Backup] = []
    for days in range(499, -1, -1):
        now = NOW - timedelta(days=days)
        left.append(made(now))
        gone = dropped(left, now, MUCH)
        left = [backup for backup in left if backup not in gone]
    assert len(left) == 20


def test_those_made_for_a_reason_stay_a_month_beside_them() -> None:
    before = made(NOW - timedelta(days=29, hours=1), "before an upgrade")
    long_before = made(NOW - timedelta(days=31), "by hand")
    nights = [made(NOW - timedelta(days=days)) for days in range(40)]
    gone = dropped([*nights, before, long_before], NOW, MUCH)
    assert before not in gone
    assert long_before in gone


def test_over_the_budget_the_oldest_go_but_never_the_newest() -> None:
    nights = [made(NOW - timedelta(days=days)) for days in range(5)]
    assert kept(nights, 3000) == ["09-17", "09-16", "09-15"]
    assert kept(nights, 1) == ["09-17"]


def test_on_a_nearly_full_disk_two_days_weeks_and_months_protect_and_the_oldest_others_go_first() -> None:
    nights = [made(NOW - timedelta(days=days)) for days in range(100)]
    by_hand = made(NOW - timedelta(days=20, hours=1), "by hand")
    going = beyond_protection([*nights, by_hand])
    stay = [f"{backup.made_at:%m-%d}" for backup in nights if backup not in going]
    assert stay == ["09-17", "09-16", "09-13", "08-31"]
    assert by_hand not in going
    assert going == sorted(going, key=lambda backup: backup.made_at)
