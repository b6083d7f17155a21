"""Sites: whose they are, the keys their pages send, and what a site's form may hold."""

from datetime import UTC, datetime

import pytest

from appliance.base.errors import ForbiddenError, InvalidError
from appliance.base.secret import Secret
from appliance.sites.site_settings import MAX_NAME
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database
from tests.clocks import FrozenClock

SECRET = Secret("a secret of some length for tests alone")


@pytest.fixture
def sites(database: Database, clock: FrozenClock) -> Sites:
    return Sites(database, SECRET, clock)


@pytest.fixture
def shop(sites: Sites) -> Site:
    return sites.create("alice", "Alice's shoes", "https://www.shop.example", "Europe/Berlin")


@pytest.fixture
def bakery(sites: Sites) -> Site:
    return sites.create("bob", "Bob's bread", "https://bakery.example", "America/New_York")


def create(sites: Sites, name: str = "Shop", url: str = "shop.example", timezone: str | None = None) -> Site:
    return sites.create("someone", name, url, timezone)


def at_fault(sites: Sites, name: str, url: str, timezone: str | None) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        create(sites, name, url, timezone)
    return [field.pointer for field in caught.value.fields]


def test_ids_and_keys_are_random_and_say_what_they_are(sites: Sites) -> None:
    made = [create(sites) for _ in range(3)]
    ids = {site.site_id for site in made}
    keys = {sites.key(site) for site in made}
    assert len(ids) == len(keys) == 3
    assert all(site_id.startswith("site_") and len(site_id) == 5 + 32 for site_id in ids)
    assert all(key.startswith("pk_live_") and len(key) == 8 + 32 for key in keys)


def test_a_restart_changes_neither_site_nor_key(
    sites: Sites, shop: Site, database: Database, clock: FrozenClock
) -> None:
    restarted = Sites(database, SECRET, clock)
    assert restarted.present(shop.site_id) == shop
    assert restarted.key(shop) == sites.key(shop)
    assert restarted.authenticate(shop.site_id, sites.key(shop)) == shop


def test_another_secret_gives_other_keys(
    sites: Sites, shop: Site, database: Database, clock: FrozenClock
) -> None:
    assert Sites(database, Secret("another"), clock).key(shop) != sites.key(shop)


def test_the_key_itself_is_not_stored(sites: Sites, shop: Site, database: Database) -> None:
    stored = " ".join(map(str, database.read("sites.all")))
    assert shop.site_id in stored
    assert sites.key(shop).removeprefix("pk_live_") not in stored


def test_a_wrong_key_and_an_unknown_site_get_the_same_answer(sites: Sites, shop: Site, bakery: Site) -> None:
    key = sites.key(shop)
    answers = set()
    for site_id, wrong in [
        (shop.site_id, key + "0"),
        (shop.site_id, ""),
        (shop.site_id, sites.key(bakery)),
        (shop.site_id, "ümläut"),
        ("site_unknown", key),
        ("", ""),
    ]:
        with pytest.raises(ForbiddenError) as caught:
            sites.authenticate(site_id, wrong)
        answers.add(str(caught.value))
    assert len(answers) == 1


def test_a_key_alone_tells_its_site(sites: Sites, shop: Site, bakery: Site) -> None:
    assert sites.authenticate_key(sites.key(bakery)) == bakery
    assert sites.authenticate_key(sites.key(shop)) == shop
    for wrong in ("", "pk_live_", sites.key(shop).upper()):
        with pytest.raises(ForbiddenError):
            sites.authenticate_key(wrong)


@pytest.mark.usefixtures("shop")
def test_everybody_owns_what_they_made(sites: Sites, bakery: Site) -> None:
    assert sites.owned_by("bob") == [bakery]
    assert sites.owned_by("charlie") == []


def test_sites_are_listed_in_the_order_of_their_making(
    sites: Sites, database: Database, clock: FrozenClock
) -> None:
    first = create(sites, "Zebra")
    clock.advance(seconds=1)
    second = create(sites, "Apple")
    assert sites.owned_by("someone") == [first, second]
    assert Sites(database, SECRET, clock).owned_by("someone") == [first, second]
    assert first.created_at == datetime(2026, 9, 17, 12, 30, tzinfo=UTC)


def test_a_websites_address_is_taken_as_people_write_it(sites: Sites) -> None:
    for given, url, host in [
        ("https://shop.example", "https://shop.example", "shop.example"),
        (" shop.example ", "https://shop.example", "shop.example"),
        ("http://WWW.Shop.example/start", "http://WWW.Shop.example/start", "shop.example"),
        ("www.shop.example:8443", "https://www.shop.example:8443", "shop.example"),
        ("https://münchen.example", "https://münchen.example", "münchen.example"),
        ("http://localhost:3000", "http://localhost:3000", "localhost"),
        ("http://[::1]:3000", "http://[::1]:3000", "::1"),
        ("192.0.2.7", "https://192.0.2.7", "192.0.2.7"),
    ]:
        site = create(sites, url=given)
        assert (site.url, site.host) == (url, host)


def test_what_is_no_websites_address_is_refused(sites: Sites) -> None:
    urls = [
        "",
        "https://",
        "https:///path",
        "ftp://shop.example",
        "javascript://shop.example/%0aalert(1)",
        "http://[broken",
        "https://shop.example:0",
        "https://shop.example:99999",
        "https://shop.example:port",
        "my lovely shop",
        "https://shop .example",
        "alice@shop.example",
        "mailto:alice@shop.example",
        "https://shop.example/" + "a" * 2048,
    ]
    assert [at_fault(sites, "Shop", url, None) for url in urls] == [["/url"]] * len(urls)


def test_a_site_needs_a_name_of_some_length(sites: Sites) -> None:
    for name in ("", "  ", "n" * (MAX_NAME + 1)):
        assert at_fault(sites, name, "shop.example", None) == ["/name"]
    assert create(sites, f" {'n' * MAX_NAME} ").name == "n" * MAX_NAME


def test_a_site_without_a_zone_lives_in_utc(sites: Sites) -> None:
    assert create(sites, timezone=None).zone.key == "UTC"
    assert (
        create(sites, timezone="America/Argentina/Buenos_Aires").timezone == "America/Argentina/Buenos_Aires"
    )


def test_what_is_no_time_zone_is_refused(sites: Sites) -> None:
    names = [
        "Mars/Olympus",
        "Europe",
        "europe/berlin",
        "../etc/passwd",
        "/etc/localtime",
        "Z\0",
        "zone.tab",
        "x" * 300,
        " ",
    ]
    assert [at_fault(sites, "Shop", "shop.example", name) for name in names] == [["/timezone"]] * len(names)


def test_every_field_at_fault_is_named_and_nothing_is_kept(sites: Sites, database: Database) -> None:
    assert at_fault(sites, "", "ftp://x", "Mars/Olympus") == ["/name", "/url", "/timezone"]
    assert database.read("sites.all") == []
    assert sites.owned_by("someone") == []
