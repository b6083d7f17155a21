"""Visitors without an id: told apart for a day, and afterwards by nobody."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest

from appliance.events.privacy import CookielessVisitors, Pseudonyms
from appliance.events.salts import KeptSalts

NOON = datetime(2026, 9, 17, 12, tzinfo=UTC)
ALMOST_MIDNIGHT = datetime(2026, 9, 17, 23, 50, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ADDRESS = "203.0.113.9"

Open = Callable[[], CookielessVisitors]


@pytest.fixture
def salts(tmp_path: Path) -> Path:
    return tmp_path / "salts.json"


@pytest.fixture
def start(salts: Path) -> Open:
    """A start of the program."""
    return lambda: CookielessVisitors(KeptSalts(salts))


def identify(visitors: CookielessVisitors, now: datetime, agent: str = "Firefox") -> UUID:
    return visitors.identify("site_a", ADDRESS, agent, now)


def test_the_same_browser_is_the_same_visitor_all_day(start: Open) -> None:
    visitors = start()
    morning, evening = NOON.replace(hour=0), NOON.replace(hour=23)
    assert identify(visitors, morning) == identify(visitors, evening)


def test_site_address_browser_and_day_each_make_another_visitor(start: Open) -> None:
    visitors = start()
    ids = [
        visitors.identify("site_a", ADDRESS, "Firefox", NOON),
        visitors.identify("site_b", ADDRESS, "Firefox", NOON),
        visitors.identify("site_a", "203.0.113.10", "Firefox", NOON),
        visitors.identify("site_a", ADDRESS, "Safari", NOON),
        visitors.identify("site_a", ADDRESS, "Firefox", NOON + DAY),
    ]
    assert all(one != other for one, other in combinations(ids, 2))


def test_two_programs_give_different_ids(start: Open, tmp_path: Path) -> None:
    assert identify(start(), NOON) != identify(CookielessVisitors(KeptSalts(tmp_path / "other.json")), NOON)


def test_a_visit_over_midnight_stays_one_visitor(start: Open) -> None:
    visitors = start()
    first = identify(visitors, ALMOST_MIDNIGHT)
    for minutes in (30, 60, 90, 119):
        assert identify(visitors, ALMOST_MIDNIGHT + minutes * MINUTE) == first


def test_after_31_quiet_minutes_over_midnight_it_is_another_visitor(start: Open) -> None:
    visitors = start()
    first = identify(visitors, ALMOST_MIDNIGHT)
    second = identify(visitors, ALMOST_MIDNIGHT + 31 * MINUTE)
    assert second != first
    assert identify(visitors, ALMOST_MIDNIGHT + 32 * MINUTE) == second


def test_a_visitor_of_yesterday_is_not_known_at_the_same_time_today(start: Open) -> None:
    visitors = start()
    assert identify(visitors, NOON) != identify(visitors, NOON + DAY)


def test_a_restart_in_the_day_changes_nothing(start: Open) -> None:
    assert identify(start(), NOON) == identify(start(), NOON + MINUTE)


def test_a_visit_under_way_survives_a_restart_after_midnight(start: Open) -> None:
    first = identify(start(), ALMOST_MIDNIGHT)
    visitors = start()
    visitors.remember(first, ALMOST_MIDNIGHT)
    assert identify(visitors, ALMOST_MIDNIGHT + 20 * MINUTE) == first


def test_salts_of_days_that_ended_over_a_day_ago_are_gone_from_file_and_memory(
    start: Open, salts: Path
) -> None:
    visitors = start()
    first = identify(visitors, NOON)
    old = json.loads(salts.read_text())["2026-09-17"]
    identify(visitors, NOON + DAY)
    visitors.destroy_old(NOON + 2 * DAY)
    assert list(json.loads(salts.read_text())) == ["2026-09-18"]
    assert old not in salts.read_text()
    assert identify(visitors, NOON) != first


def test_no_salt_is_older_than_48_hours(start: Open, salts: Path) -> None:
    visitors = start()
    midnight = NOON.replace(hour=0)
    identify(visitors, midnight)
    visitors.destroy_old(midnight + timedelta(hours=47, minutes=59))
    assert "2026-09-17" in salts.read_text()
    visitors.destroy_old(midnight + timedelta(hours=48))
    assert "2026-09-17" not in salts.read_text()


def test_yesterdays_salt_is_kept_for_visits_under_way(start: Open) -> None:
    visitors = start()
    first = identify(visitors, ALMOST_MIDNIGHT)
    visitors.destroy_old(ALMOST_MIDNIGHT + 15 * MINUTE)
    assert identify(visitors, ALMOST_MIDNIGHT + 20 * MINUTE) == first


def test_salts_are_for_the_owner_alone(start: Open, salts: Path) -> None:
    identify(start(), NOON)
    assert salts.stat().st_mode & 0o777 == 0o600


def test_nothing_of_the_visitor_is_written(start: Open, salts: Path) -> None:
    visitor = identify(start(), NOON, agent="Mozilla/5.0 Rare")
    for trace in (ADDRESS, "Rare", "site_a", str(visitor), visitor.hex):
        assert trace not in salts.read_text()
    assert list(salts.parent.iterdir()) == [salts]


@pytest.mark.parametrize(
    "text", ["", "\0" * 64, '{"2026-09-17": "ab', "[]", '{"today": "ab"}', '{"2026-09-17": "xy"}']
)
def test_salts_that_a_power_loss_cut_off_are_made_anew(
    start: Open, salts: Path, caplog: pytest.LogCaptureFixture, text: str
) -> None:
    salts.write_text(text)
    with caplog.at_level(logging.WARNING):
        first = identify(start(), NOON)
    assert "salts.json cannot be read" in caplog.text
    assert identify(start(), NOON) == first


def test_a_uuid_stays_as_it_is_and_another_text_becomes_one_of_its_site() -> None:
    ids = Pseudonyms(b"key")
    for uuid in ("8a6e0804-2bd0-4672-b79d-d97027f9071a", "8A6E0804-2BD0-4672-B79D-D97027F9071A"):
        assert ids.of("site_a", uuid) == uuid.lower()
    assert ids.of("site_a", "customer 7") == ids.of("site_a", "customer 7")
    assert ids.of("site_a", "customer 7") != ids.of("site_b", "customer 7")
    assert ids.of("site_a", "customer 7") != ids.of("site_a", "customer 8")


@pytest.mark.parametrize(
    "text", ["customer 7", "8a6e08042bd04672b79dd97027f9071a", "{8a6e0804-2bd0-4672-b79d-d97027f9071a}", ""]
)
def test_without_the_key_nobody_can_try_out_an_id(text: str) -> None:
    assert Pseudonyms(b"key").of("site_a", text) != Pseudonyms(b"another").of("site_a", text)
    assert Pseudonyms(b"key").of("site_a", text).replace("-", "") not in text
