"""Sites: whose they are, the keys their pages send, and what a site's form may hold."""

from datetime import UTC, datetime

import pytest

from appliance.errors import ForbiddenError, InvalidError, NotFoundError
from appliance.runtime import Runtime
from appliance.secret import Secret
from appliance.sites import MAX_NAME, Site, Sites
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows


def restarted(program: Runtime, clock: FrozenClock) -> Sites:
    return Sites(program.database, program.secret, clock)


def create(
    program: Runtime, name: str = "Shop", url: str = "shop.example", timezone: str | None = None
) -> Site:
    return program.sites.create("someone", name, url, timezone)


def at_fault(program: Runtime, name: str, url: str, timezone: str | None) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        create(program, name, url, timezone)
    return [field.pointer for field in caught.value.fields]


def test_ids_and_keys_are_random_and_say_what_they_are(program: Runtime) -> None:
    sites = [create(program) for _ in range(3)]
    ids = {site.site_id for site in sites}
    keys = {program.sites.key(site) for site in sites}
    assert len(ids) == len(keys) == 3
    assert all(site_id.startswith("site_") and len(site_id) == 5 + 32 for site_id in ids)
    assert all(key.startswith("pk_live_") and len(key) == 8 + 32 for key in keys)


def test_a_restart_changes_neither_site_nor_key(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    sites = restarted(program, clock)
    found = sites.get(alice.account.account_id, alice.shop.site_id)
    assert found == alice.shop
    assert sites.key(found) == alice.key
    assert sites.authenticate(found.site_id, alice.key) == found


def test_another_secret_gives_other_keys(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    assert Sites(program.database, Secret("another"), clock).key(alice.shop) != alice.key


def test_the_key_itself_is_not_stored(program: Runtime, alice: Person) -> None:
    ((kept,),) = rows(program, "SELECT site_key FROM sites")
    assert kept not in alice.key
    assert alice.key not in kept
    assert alice.key.removeprefix("pk_live_") not in kept


def test_a_wrong_key_and_an_unknown_site_get_the_same_answer(
    program: Runtime, alice: Person, people: People
) -> None:
    answers = set()
    for site_id, key in [
        (alice.shop.site_id, alice.key + "0"),
        (alice.shop.site_id, ""),
        (alice.shop.site_id, people.bob.key),
        (alice.shop.site_id, "ümläut"),
        ("site_unknown", alice.key),
        ("", ""),
    ]:
        with pytest.raises(ForbiddenError) as caught:
            program.sites.authenticate(site_id, key)
        answers.add(str(caught.value))
    assert len(answers) == 1


def test_a_key_alone_tells_its_site(program: Runtime, alice: Person, people: People) -> None:
    assert program.sites.authenticate_key(people.bob.key) == people.bob.shop
    assert program.sites.authenticate_key(alice.key) == alice.shop
    for key in ("", "pk_live_", alice.key.upper()):
        with pytest.raises(ForbiddenError):
            program.sites.authenticate_key(key)


def test_anothers_site_is_not_there(program: Runtime, alice: Person, people: People) -> None:
    with pytest.raises(NotFoundError) as foreign:
        program.sites.get(people.bob.account.account_id, alice.shop.site_id)
    with pytest.raises(NotFoundError) as missing:
        program.sites.get(people.bob.account.account_id, "site_unknown")
    assert str(foreign.value) == str(missing.value)
    assert program.sites.owned_by(people.bob.account.account_id) == [people.bob.shop]
    assert program.sites.owned_by(people.charlie.account.account_id) == []


def test_sites_are_listed_in_the_order_of_their_making(program: Runtime, clock: FrozenClock) -> None:
    first = create(program, "Zebra")
    clock.advance(seconds=1)
    second = create(program, "Apple")
    assert program.sites.owned_by("someone") == [first, second]
    assert restarted(program, clock).owned_by("someone") == [first, second]
    assert first.created_at == datetime(2026, 9, 17, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "url", "host"),
    [
        ("https://shop.example", "https://shop.example", "shop.example"),
        (" shop.example ", "https://shop.example", "shop.example"),
        ("http://WWW.Shop.example/start", "http://WWW.Shop.example/start", "shop.example"),
        ("www.shop.example:8443", "https://www.shop.example:8443", "shop.example"),
        ("https://münchen.example", "https://münchen.example", "münchen.example"),
        ("http://localhost:3000", "http://localhost:3000", "localhost"),
        ("http://[::1]:3000", "http://[::1]:3000", "::1"),
        ("192.0.2.7", "https://192.0.2.7", "192.0.2.7"),
    ],
)
def test_a_websites_address_is_taken_as_people_write_it(
    program: Runtime, given: str, url: str, host: str
) -> None:
    site = create(program, url=given)
    assert (site.url, site.host) == (url, host)


@pytest.mark.parametrize(
    "url",
    [
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
    ],
)
def test_what_is_no_websites_address_is_refused(program: Runtime, url: str) -> None:
    assert at_fault(program, "Shop", url, None) == ["/url"]


@pytest.mark.parametrize("name", ["", "  ", "n" * (MAX_NAME + 1)])
def test_a_site_needs_a_name_of_some_length(program: Runtime, name: str) -> None:
    assert at_fault(program, name, "shop.example", None) == ["/name"]
    assert create(program, f" {'n' * MAX_NAME} ").name == "n" * MAX_NAME


def test_a_site_without_a_zone_lives_in_utc(program: Runtime) -> None:
    assert create(program, timezone=None).zone.key == "UTC"
    assert (
        create(program, timezone="America/Argentina/Buenos_Aires").timezone
        == "America/Argentina/Buenos_Aires"
    )


@pytest.mark.parametrize(
    "timezone",
    [
        "Mars/Olympus",
        "Europe",
        "europe/berlin",
        "../etc/passwd",
        "/etc/localtime",
        "Z\0",
        "zone.tab",
        "x" * 300,
        " ",
    ],
)
def test_what_is_no_time_zone_is_refused(program: Runtime, timezone: str) -> None:
    assert at_fault(program, "Shop", "shop.example", timezone) == ["/timezone"]


def test_every_field_at_fault_is_named_and_nothing_is_kept(program: Runtime) -> None:
    assert at_fault(program, "", "ftp://x", "Mars/Olympus") == ["/name", "/url", "/timezone"]
    assert rows(program, "SELECT count(*) FROM sites") == [(0,)]
    assert program.sites.owned_by("someone") == []
