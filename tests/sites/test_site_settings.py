"""What an owner may change about a website."""

import pytest

from appliance.base.errors import InvalidError, NotFoundError
from appliance.base.secret import Secret
from appliance.sites.site_settings import MAX_HOSTS, MAX_NAME, MAX_PARAMETER, MAX_PARAMETERS, Changes
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


def at_fault(sites: Sites, shop: Site, changes: Changes) -> list[str]:
    with pytest.raises(InvalidError) as caught:
        sites.update("alice", shop.site_id, changes)
    return [field.pointer for field in caught.value.fields]


def test_what_is_given_changes_and_the_rest_stays(sites: Sites, shop: Site) -> None:
    sites.update("alice", shop.site_id, Changes(name=" Shoes ", allowed_parameters=["ref"]))
    changed = sites.update("alice", shop.site_id, Changes(excluded_hosts=["localhost"]))
    assert (changed.name, changed.url, changed.timezone) == ("Shoes", shop.url, "Europe/Berlin")
    assert changed.allowed_parameters == {"ref"}
    assert not changed.allowed_hosts
    assert changed.excluded_hosts == {"localhost"}
    assert sites.update("alice", shop.site_id, Changes()) == changed


def test_a_change_is_seen_everywhere_and_survives_a_restart(
    sites: Sites, shop: Site, database: Database, clock: FrozenClock
) -> None:
    key = sites.key(shop)
    lists = Changes("Shoes", ["ref", "size"], ["shop.example"], ["*.shop.example"])
    changed = sites.update("alice", shop.site_id, lists)
    for again in (sites, Sites(database, SECRET, clock)):
        assert again.present(shop.site_id) == changed
        assert again.authenticate(shop.site_id, key) == changed
        assert again.owned_by("alice") == [changed]


def test_entries_are_brought_into_one_form_and_kept_once(sites: Sites, shop: Site) -> None:
    changes = Changes(None, [" Ref", "ref"], ["www.shop.example", "SHOP.example"], ["[::1]"])
    changed = sites.update("alice", shop.site_id, changes)
    assert changed.allowed_parameters == {"ref"}
    assert changed.allowed_hosts == {"shop.example"}
    assert changed.excluded_hosts == {"::1"}


def test_an_empty_list_takes_a_list_away(sites: Sites, shop: Site) -> None:
    sites.update("alice", shop.site_id, Changes(None, ["ref"], ["a.example"], ["b.example"]))
    assert sites.update("alice", shop.site_id, Changes(None, [], [], [])) == shop


def test_every_entry_at_fault_is_named_and_nothing_is_changed(
    sites: Sites, shop: Site, database: Database, clock: FrozenClock
) -> None:
    wrong = Changes(" ", ["ref", "a=b", ""], ["shop.example", "https://shop.example"], ["*"])
    assert at_fault(sites, shop, wrong) == [
        "/name",
        "/allowed_parameters/1",
        "/allowed_parameters/2",
        "/allowed_hosts/1",
        "/excluded_hosts/0",
    ]
    for again in (sites, Sites(database, SECRET, clock)):
        assert again.present(shop.site_id) == shop


def test_names_and_lists_have_a_length_at_most(sites: Sites, shop: Site) -> None:
    hosts = [f"{number}.shop.example" for number in range(MAX_HOSTS)]
    parameters = [str(number) for number in range(MAX_PARAMETERS - 1)] + ["p" * MAX_PARAMETER]
    longest = Changes("n" * MAX_NAME, parameters, hosts, hosts)
    assert len(sites.update("alice", shop.site_id, longest).allowed_hosts) == MAX_HOSTS
    too_long = Changes(
        "n" * (MAX_NAME + 1), [*parameters, "one_more"], [*hosts, "one.more"], [*hosts, "one.more"]
    )
    pointers = ["/name", "/allowed_parameters", "/allowed_hosts", "/excluded_hosts"]
    assert at_fault(sites, shop, too_long) == pointers
    assert at_fault(sites, shop, Changes(None, ["p" * (MAX_PARAMETER + 1)])) == ["/allowed_parameters/0"]


def test_what_is_no_site_is_not_changed(sites: Sites, shop: Site) -> None:
    with pytest.raises(NotFoundError):
        sites.update("alice", "site_unknown", Changes(name="Mine"))
    assert sites.all() == [shop]


@pytest.mark.parametrize(
    ("allowed", "excluded", "admitted"),
    [
        ([], [], ["shop.example", "staging.shop.example", "copy.example"]),
        (["shop.example"], [], ["shop.example"]),
        (["shop.example", "*.shop.example"], [], ["shop.example", "staging.shop.example"]),
        ([], ["*.shop.example"], ["shop.example", "copy.example"]),
        (["shop.example", "*.shop.example"], ["staging.shop.example"], ["shop.example"]),
    ],
)
def test_a_host_must_be_allowed_and_not_left_out(
    sites: Sites, shop: Site, allowed: list[str], excluded: list[str], admitted: list[str]
) -> None:
    changed = sites.update("alice", shop.site_id, Changes(None, None, allowed, excluded))
    hosts = ["shop.example", "staging.shop.example", "copy.example"]
    assert [host for host in hosts if changed.admits(host)] == admitted


def test_lists_are_kept_in_order(sites: Sites, shop: Site, database: Database) -> None:
    sites.update("alice", shop.site_id, Changes(None, ["b", "a"], ["b.example", "a.example"], []))
    ((*_, parameters, allowed, excluded),) = database.read("sites.all")
    assert (parameters, allowed, excluded) == (["a", "b"], ["a.example", "b.example"], [])
