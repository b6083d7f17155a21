"""The country of an address, from a file that may be missing, damaged or of another make."""

import logging
from pathlib import Path

import pytest

from appliance.events.enrichment.country_file import CountryFile
from tests.mmdb import mmdb

GERMANY, JAPAN = {"country_code": "DE"}, {"country": {"iso_code": "JP", "names": {"en": "Japan"}}}
NETWORKS = {
    "9.9.9.0/24": GERMANY,
    "1.0.0.0/8": JAPAN,
    "2606:4700::/32": JAPAN,
    "10.0.0.0/8": GERMANY,
    "100.0.0.0/8": GERMANY,
    "127.0.0.0/8": GERMANY,
    "168.0.0.0/7": GERMANY,
    "172.0.0.0/8": GERMANY,
    "192.0.0.0/8": GERMANY,
    "::1/128": GERMANY,
    "fc00::/7": GERMANY,
    "fe80::/10": GERMANY,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "country.mmdb"


@pytest.fixture
def countries(path: Path) -> CountryFile:
    path.write_bytes(mmdb(NETWORKS))
    return CountryFile(path)


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("9.9.9.9", "DE"),
        ("9.9.10.9", None),
        ("1.1.1.1", "JP"),
        ("100.63.0.1", "DE"),
        ("100.128.0.1", "DE"),
        ("172.15.0.1", "DE"),
        ("172.32.0.1", "DE"),
        ("192.167.0.1", "DE"),
        ("169.253.0.1", "DE"),
        ("::ffff:1.1.1.1", "JP"),
        ("2606:4700::1111", "JP"),
        ("2607:4700::1111", None),
    ],
)
def test_an_address_has_the_country_of_its_network(
    countries: CountryFile, address: str, country: str | None
) -> None:
    assert countries.country(address) == country


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3",
        "127.0.0.1",
        "169.254.7.7",
        "192.168.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "::1",
        "fe80::1",
        "FD00::1",
        "::ffff:10.1.2.3",
        "",
        "localhost",
        "9.9.9.9:443",
    ],
)
def test_what_is_local_or_no_address_has_none(countries: CountryFile, address: str) -> None:
    assert countries.country(address) is None


def test_without_a_file_nothing_has_a_country_and_nothing_is_said(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert CountryFile(path).country("9.9.9.9") is None
    assert caplog.messages == []


@pytest.mark.parametrize(
    "content", [b"", b"no such file", mmdb(NETWORKS)[:-60], mmdb(NETWORKS)[: len(mmdb(NETWORKS)) // 2]]
)
def test_a_file_that_is_none_is_said_once(
    path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        countries = CountryFile(path)
        assert [countries.country("9.9.9.9") for _ in range(3)] == [None] * 3
    (message,) = caplog.messages
    assert str(path) in message
    assert "no event is lost" in message


def test_a_folder_in_its_place_is_said(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.mkdir()
    assert CountryFile(path).country("9.9.9.9") is None
    assert len(caplog.messages) == 1


def test_damage_that_only_a_lookup_meets_is_said_once(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    whole = mmdb({"9.9.9.0/24": GERMANY})
    path.write_bytes(whole.replace(b"\xe1Lcountry_code", b"\xe1\xffcountry_code"))
    countries = CountryFile(path)
    assert [countries.country("9.9.9.9") for _ in range(3)] == [None] * 3
    assert len(caplog.messages) == 1


def test_a_file_of_the_old_addresses_alone_has_no_country_for_a_new_one(path: Path) -> None:
    path.write_bytes(mmdb({"9.9.9.0/24": GERMANY}, version=4))
    countries = CountryFile(path)
    assert countries.country("2606:4700::1111") is None
    assert countries.country("9.9.9.9") == "DE"


def test_a_file_may_be_overwritten_under_the_program(countries: CountryFile, path: Path) -> None:
    path.write_bytes(b"")
    assert countries.country("9.9.9.9") == "DE"
    path.write_bytes(mmdb({"9.9.9.0/24": JAPAN}))
    assert CountryFile(path).country("9.9.9.9") == "JP"
    assert countries.country("9.9.9.9") == "DE"


@pytest.mark.parametrize(
    "record",
    [
        "DE",
        {},
        {"country": "Germany"},
        {"country_code": ""},
        {"country_code": "de"},
        {"country_code": (5, 49)},
        {"country": {"iso_code": "DEU"}},
    ],
)
def test_a_record_without_a_code_gives_no_country(path: Path, record: object) -> None:
    path.write_bytes(mmdb({"9.9.9.0/24": record}))
    assert CountryFile(path).country("9.9.9.9") is None
