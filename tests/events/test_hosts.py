"""Lists of hosts: how entries are written, and what they stand for."""

import pytest

from appliance.events import hosts


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("shop.example", "shop.example"),
        (" WWW.Shop.Example. ", "shop.example"),
        ("*.shop.example", "*.shop.example"),
        ("localhost", "localhost"),
        ("my_shop.example", "my_shop.example"),
        ("192.0.2.7", "192.0.2.7"),
        ("[::1]", "::1"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("*.münchen.example", "*.xn--mnchen-3ya.example"),
    ],
)
def test_an_entry_is_taken_as_people_write_it(entry: str, kept: str) -> None:
    assert hosts.normal(entry) == kept
    assert hosts.normal(kept) == kept


@pytest.mark.parametrize(
    "entry",
    [
        "",
        " ",
        "*",
        "*.",
        "*.*.example",
        "shop.*",
        "a..example",
        "-shop.example",
        "https://shop.example",
        "shop.example/boots",
        "shop.example:8443",
        "shop example",
        "alice@shop.example",
        "*.192.0.2.7",
        "shop.example\0",
        "a" * 254,
        "ü" * 254,
    ],
)
def test_what_names_no_host_is_refused(entry: str) -> None:
    assert hosts.normal(entry) is None


@pytest.mark.parametrize(
    ("host", "listed", "found"),
    [
        ("shop.example", "shop.example", True),
        ("www.shop.example", "shop.example", True),
        ("SHOP.example.", "shop.example", True),
        ("staging.shop.example", "shop.example", False),
        ("othershop.example", "shop.example", False),
        ("staging.shop.example", "*.shop.example", True),
        ("a.b.shop.example", "*.shop.example", True),
        ("shop.example", "*.shop.example", False),
        ("www.shop.example", "*.shop.example", False),
        ("evilshop.example", "*.shop.example", False),
        ("xn--mnchen-3ya.example", "münchen.example", True),
        ("münchen.example", "münchen.example", True),
        ("::1", "[::1]", True),
        ("192.0.2.7", "192.0.2.7", True),
    ],
)
def test_a_host_is_on_a_list_or_not(host: str, listed: str, found: bool) -> None:
    entry = hosts.normal(listed)
    assert entry is not None
    assert hosts.matches(host, {entry, "another.example"}) is found


@pytest.mark.parametrize("host", ["ü" * 200, "a." * 1000 + "shop.example", "ü." * 1000 + "shop.example"])
def test_a_host_no_name_can_be_made_of_is_on_no_list(host: str) -> None:
    assert not hosts.matches(host, {"shop.example", "*.shop.example"})
