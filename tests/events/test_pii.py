"""Personal details that a website sends without meaning to: what is taken out, and what stays."""

from typing import Any

import pytest

from appliance.events import pii
from appliance.events.pii import MARK

UTM = [f"utm_{name}" for name in ("source", "medium", "campaign", "term", "content")]
NO_TEXTS = dict.fromkeys(["event_type", "path", "title", "referrer", "referrer_name", "language", *UTM])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("alice@shop.example", MARK),
        ("Thank you, alice.b+news@mail.shop.example!", f"Thank you, {MARK}!"),
        ("/unsubscribe/alice%40shop.example/now", f"/unsubscribe/{MARK}/now"),
        ("?back=%2Fu%3Fmail%3Dalice%2540shop.example&a=1", f"?back=%2Fu%3Fmail={MARK}&a=1"),
        ("zoë@müller.example", MARK),
        ("x@y@alice.example", f"x@{MARK}"),
        ("alice@shop.example,bob@bakery.example", f"{MARK},{MARK}"),
        ("https://alice:hunter2@shop.example/a", "https://shop.example/a"),
    ],
)
def test_email_addresses_and_logins_are_taken_out(text: str, left: str) -> None:
    assert pii.strip_text(text) == left


@pytest.mark.parametrize("text", ["meet @ noon", "@alice", "a@b", "react@18.2.0", "/@alice/posts", "50%40"])
def test_other_uses_of_the_at_sign_stay(text: str) -> None:
    assert pii.strip_text(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("4111111111111111", MARK),
        ("Card 4111 1111 1111 1111 (12/27)", f"Card {MARK} (12/27)"),
        ("no.5500-0000-0000-0004", f"no.{MARK}"),
        ("order 1234 4111 1111 1111 1111 123", f"order 1234 {MARK} 123"),
        ("3782 822463 10005", MARK),
        ("30569309025904", MARK),
        ("4222222222222", MARK),
        ("6304000000000000000", MARK),
        ("?card=4111+1111+1111+1111&x=1", f"?card={MARK}&x=1"),
        ("/pay/4111%201111%201111%201111", f"/pay/{MARK}"),
        ("4111111111111111-5500000000000004", f"{MARK}-{MARK}"),
    ],
)
def test_card_numbers_are_taken_out(text: str, left: str) -> None:
    assert pii.strip_text(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "4111111111111112",  # wrong check digit
        "411111111111",  # too short
        "41111111111111111111",  # too long
        "1789646980124",  # a moment in milliseconds with a valid check digit
        "0.4111111111111111",
        "a4111111111111111",
        "8a6e0804-2bd0-4672-b79d-d97027f9071a",
        "٤١١١١١١١١١١١١١١١",
        "4١١١١١١١١١١١١١١١",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert pii.strip_text(text) == text


@pytest.mark.parametrize(
    "key",
    [
        "password", "passwd", "PASSWORD", "new_password2", "userPassword", "token", "access_token",
        "accessToken", "user[token]", "csrf-token", "secret", "clientSecret", "api_key", "apiKey", "APIKey",
        "api-key", "apikey", "auth", "auth.code", "session", "PHPSESSID", "ssn", "iban", "customer IBAN",
    ],
)  # fmt: skip
def test_secret_keys_are_known_by_their_words(key: str) -> None:
    assert pii.is_secret(key)
    assert pii.strip_value({key: "hunter2", "n": 1}) == {key: MARK, "n": 1}
    assert pii.strip_value({key: 4711}) == {key: MARK}


@pytest.mark.parametrize(
    "key",
    ["monkey", "author", "authority", "tokens", "keyboard", "key", "passport", "compass", "class", "Essen"],
)
def test_keys_that_only_look_alike_are_not_secret(key: str) -> None:
    assert pii.strip_value({key: "hunter2"}) == {key: "hunter2"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("?access_token=a.b/c&utm_source=x", f"?access_token={MARK}&utm_source=x"),
        ("/cart;jsessionid=0A1B", f"/cart;jsessionid={MARK}"),
        ("#/reset?Token=0A1B&step=2", f"#/reset?Token={MARK}&step=2"),
        ("user%5Btoken%5D=7", f"user[token]={MARK}"),
        ("?monkey=1&author=bob", "?monkey=1&author=bob"),
    ],
)
def test_the_value_of_a_secret_parameter_is_taken_out(text: str, left: str) -> None:
    assert pii.strip_text(text) == left


def test_values_that_give_nothing_away_stay() -> None:
    values = {"password": True, "token": None, "secret": ""}
    assert pii.strip_value(values) == values


def test_numbers_lists_and_nested_objects_are_searched_too() -> None:
    value: Any = [{"card": 4111111111111111, "price": 59.5}, [["alice@shop.example"]], {"bob@b.example": 4}]
    assert pii.strip_value(value) == [{"card": MARK, "price": 59.5}, [[MARK]], {MARK: 4}]


def test_an_event_without_anything_personal_stays_as_it_was() -> None:
    columns = {**NO_TEXTS, "event_type": "pageview", "path": "/products/42", "title": "Product 42 – 20 % off"}
    payload = {"url": "https://shop.example/products/42?q=a%20b", "custom": {"monkey": "1", "seats": 3}}
    assert pii.strip_event(columns, payload) == pii.Stripped(columns, payload, found=False)


@pytest.mark.parametrize("place", ["title", "path", "utm_term", "event_type", "referrer_name"])
def test_texts_in_columns_are_searched(place: str) -> None:
    stripped = pii.strip_event({**NO_TEXTS, "event_type": "x", place: "alice@shop.example"}, {})
    assert (stripped.columns[place], stripped.found) == (MARK, True)


@pytest.mark.parametrize(
    ("payload", "left"),
    [
        ({"url": "https://shop.example/?q=bob@b.example"}, {"url": f"https://shop.example/?q={MARK}"}),
        ({"custom": {"apiKey": "k"}}, {"custom": {"apiKey": MARK}}),
        ({"form": {"card": [4111111111111111]}}, {"form": {"card": [MARK]}}),
        ({"token": {"value": "k"}}, {"token": MARK}),
        ({"visitor_id": "bob@b.example"}, {"visitor_id": MARK}),
        ({"screen": {"width": 1.0, "secret": "k"}}, {"screen": {"width": 1.0, "secret": MARK}}),
    ],
)
def test_everything_in_the_payload_is_searched(payload: dict[str, Any], left: dict[str, Any]) -> None:
    stripped = pii.strip_event(NO_TEXTS, payload)
    assert (stripped.payload, stripped.found) == (left, True)


def test_the_browsers_session_and_the_evidence_against_bots_stay() -> None:
    payload = {"session_id": "sess_98765", "header_user_agent": "Bot/1.0 (bot@crawler.example)", "x": "50 %"}
    assert pii.strip_event(NO_TEXTS, payload) == pii.Stripped(NO_TEXTS, payload, found=False)


@pytest.mark.parametrize(
    "text",
    ["@", "a", "a.b@", "4111 ", "411 ", "4", "token=", "%25", "://", "a@a.", "aB", "-1 ", "[", "x="],
)
def test_a_long_text_of_any_kind_is_searched_to_its_end(text: str) -> None:
    """A search that looked again from every place would not end today."""
    stripped = pii.strip_event(NO_TEXTS, {"a": text * (256_000 // len(text)) + " alice@shop.example"})
    assert stripped.payload["a"].endswith(f" {MARK}")
