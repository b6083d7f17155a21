"""The country of a browser's time zone."""

from zoneinfo import ZoneInfo

import pytest

from appliance.events.enrichment import countries


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Oslo", "NO"),
        ("Europe/Busingen", "DE"),
        ("America/New_York", "US"),
        ("America/Argentina/Buenos_Aires", "AR"),
        ("Asia/Kathmandu", "NP"),
        ("Pacific/Kiritimati", "KI"),
        ("Atlantic/Reykjavik", "IS"),
    ],
)
def test_a_zone_has_a_country(zone: str, country: str) -> None:
    assert countries.of_time_zone(zone) == country


@pytest.mark.parametrize(
    ("alias", "country"),
    [
        ("Asia/Calcutta", "IN"),
        ("Asia/Katmandu", "NP"),
        ("Asia/Saigon", "VN"),
        ("Asia/Rangoon", "MM"),
        ("Europe/Kiev", "UA"),
        ("Atlantic/Faeroe", "FO"),
        ("America/Buenos_Aires", "AR"),
        ("America/Indianapolis", "US"),
        ("US/Pacific", "US"),
        ("Japan", "JP"),
    ],
)
def test_an_old_name_has_the_country_of_the_new_one(alias: str, country: str) -> None:
    assert countries.of_time_zone(alias) == country


@pytest.mark.parametrize(
    ("alias", "country"),
    [
        ("Africa/Asmera", "ER"),
        ("America/Coral_Harbour", "CA"),
        ("Pacific/Ponape", "FM"),
        ("Pacific/Truk", "FM"),
        ("Iceland", "IS"),
    ],
)
def test_an_old_name_stays_in_its_country_where_its_zone_is_kept_abroad(alias: str, country: str) -> None:
    assert countries.of_time_zone(alias) == country
    assert ZoneInfo(alias).key == alias


@pytest.mark.parametrize(
    "zone",
    [
        None,
        "",
        "UTC",
        "Etc/UTC",
        "GMT",
        "Zulu",
        "Etc/GMT+3",
        "CET",
        "EST",
        "Mars/Olympus",
        "europe/berlin",
        "../etc",
    ],
)
def test_what_is_no_place_has_no_country(zone: str | None) -> None:
    assert countries.of_time_zone(zone) is None
