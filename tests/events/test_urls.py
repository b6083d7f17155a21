"""What is kept of a page's address."""

from typing import Any

import pytest

from appliance.events import urls

NOTHING: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://shop.example/a", "https://shop.example/a"),
        ("https://shop.example/a?q=shoes", "https://shop.example/a"),
        ("https://shop.example/a?q=1&utm_source=news&p=2", "https://shop.example/a?utm_source=news"),
        ("/a?UTM_Medium=email&gclid=abc&fbclid=d", "/a?UTM_Medium=email"),
        ("/a?utm_id=7&utm_term=red%20shoes", "/a?utm_id=7&utm_term=red%20shoes"),
        ("/a?%75tm_source=x&xutm_source=y", "/a?%75tm_source=x"),
        ("/a?#top", "/a"),
        ("/a#access_token=abc", "/a"),
        ("/a?x=1#/cart/2?step=3", "/a#/cart/2"),
        ("/a#!/cart?utm_source=x&y", "/a#!/cart?utm_source=x"),
        ("/a?b?utm_source=x", "/a"),
        ("", ""),
    ],
)
def test_only_campaigns_and_routes_are_kept(url: str, kept: str) -> None:
    assert urls.kept(url, NOTHING) == kept


def test_a_site_can_allow_more_parameters_whatever_their_case() -> None:
    allowed = frozenset({"q", "page size"})
    assert urls.kept("/s?Q=shoes&p=1&page+size=9#/f?q=2&r=3", allowed) == "/s?Q=shoes&page+size=9#/f?q=2"


def test_no_address_stays_none() -> None:
    assert urls.kept(None, NOTHING) is None


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"query": "?q=1&utm_source=x", "hash": "#top"}, {"query": "?utm_source=x", "hash": ""}),
        ({"query": "", "hash": "#/cart"}, {"query": "", "hash": "#/cart"}),
        ({"query": {"q": "1"}, "hash": 5}, {"query": None, "hash": None}),
        ({"referrer": "android-app://mail?id=7"}, {"referrer": "android-app://mail"}),
        (
            {"performance": {"nav": [{"name": "https://shop.example/?q=1", "duration": 7}]}},
            {"performance": {"nav": [{"name": "https://shop.example/", "duration": 7}]}},
        ),
        ({"note": "Is it? #1"}, {"note": "Is it? #1"}),
    ],
)
def test_every_address_in_an_event_is_cut(fields: dict[str, Any], kept: dict[str, Any]) -> None:
    assert urls.kept_payload(fields, NOTHING) == kept


def test_what_a_website_sends_on_purpose_stays() -> None:
    fields = {"custom": {"link": "https://partner.example/?offer=7#terms"}}
    assert urls.kept_payload(fields, NOTHING) == fields
