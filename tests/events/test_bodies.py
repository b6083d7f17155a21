"""Reading bodies: what is no sound JSON is refused, what is taken is cleaned."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.base.errors import TooLargeError, UnreadableError
from appliance.events import bodies
from appliance.events.bodies import MAX_BULK_EVENTS, MAX_DEPTH, MAX_INTEGER


def read(body: str) -> Any:
    return bodies.read_json(body.encode())


def nested(depth: int) -> str:
    """Arrays in an object, `depth` levels in all."""
    return '{"custom": ' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


UNREADABLE = {
    "nothing": "",
    "white space": " \n",
    "cut off": '{"event_type": "pageview"',
    "no JSON": "event_type=pageview",
    "two values": "{} {}",
    "single quotes": "{'event_type': 'pageview'}",
    "trailing comma": '{"event_type": "pageview",}',
    "NaN": '{"performance": {"load_ms": NaN}}',
    "Infinity": '{"performance": {"load_ms": Infinity}}',
    "minus Infinity": '{"performance": {"load_ms": -Infinity}}',
    "overflow": '{"performance": {"load_ms": 1e999}}',
    "minus overflow": '{"custom": {"a": -1e999}}',
    "unsafe integer": f'{{"custom": {{"a": {MAX_INTEGER + 1}}}}}',
    "minus unsafe integer": f'{{"custom": {{"a": {-MAX_INTEGER - 1}}}}}',
    "integer of 5000 digits": f'{{"custom": {{"a": {"9" * 5000}}}}}',
    "integer of 60000 digits": "9" * 60_000,
    "fraction of 60000 digits with exponent": f"{'9' * 60_000}e1",
    "one level too many": nested(MAX_DEPTH + 1),
    "many levels": nested(1_000),
    "100 000 levels of arrays": "[" * 100_000,
    "100 000 levels of objects": '{"a":' * 100_000,
    "raw NUL": '{"event_type": "a\x00b"}',
    "raw line feed": '{"event_type": "a\nb"}',
    "bad escape": r'{"event_type": "\x41"}',
    "byte order mark": "\ufeff{}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_body_that_is_not_sound_json_is_refused_as_a_whole(body: str) -> None:
    with pytest.raises(UnreadableError, match=r"Nothing was stored"):
        read(body)


@pytest.mark.parametrize("name", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_json_does_not_have_is_named(name: str) -> None:
    with pytest.raises(UnreadableError, match=f"{name} is not a JSON number"):
        read(f'{{"a": {name}}}')


@pytest.mark.parametrize(
    "body", [b'{"a": "\xff"}', b"\x80", b'"\xed\xa0\x80"', b'"\xc0\xaf"', '"é"'.encode("latin-1")]
)
def test_a_body_that_is_not_utf_8_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="UTF-8"):
        bodies.read_json(body)


def test_the_deepest_nesting_and_the_largest_integers_are_taken() -> None:
    assert read(nested(MAX_DEPTH)) == json.loads(nested(MAX_DEPTH))
    assert read(f"[{MAX_INTEGER}, {-MAX_INTEGER}, true, 1e308, 1e-999]") == [
        MAX_INTEGER,
        -MAX_INTEGER,
        True,
        1e308,
        0.0,
    ]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        (r"a\u0000b", "ab"),
        (r"a\u0001\u0008\u001b\u007f\u0085\u009fb", "ab"),
        (r"a\tb\nc\rd", "a b c d"),
        (r"a\ud800b\udfffc", "abc"),
        (r"\ude00\ud83d", ""),
        (r"\ud83d\u0000\ude00", ""),
        (r"\ud83d\ude00", "😀"),
        ("Schöne Grüße 日本 \u200b\u202e", "Schöne Grüße 日本 \u200b\u202e"),
        (r"\u00a0\uffff", "\u00a0\uffff"),
    ],
)
def test_control_characters_and_lone_surrogates_are_cleaned_in_keys_and_values(
    text: str, cleaned: str
) -> None:
    assert read(f'{{"{text}": ["{text}"]}}') == {cleaned: [cleaned]}


def test_of_equal_keys_the_last_counts() -> None:
    assert read('{"event_type": "a", "event_type": "b"}') == {"event_type": "b"}


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        value = bodies.read_json(body)
    except UnreadableError:
        return
    json.dumps(value, allow_nan=False).encode()


@pytest.mark.parametrize("body", [b'[{"a": 1}, 2]', b'{"events": [{"a": 1}, 2]}'])
def test_a_bulk_body_is_an_array_or_an_object_with_events(body: bytes) -> None:
    assert bodies.read_bulk(body, ndjson=False) == [{"a": 1}, 2]


@pytest.mark.parametrize("body", [b"{}", b'{"events": {}}', b'"events"', b"null", b"7", b'{"events": [1}'])
def test_another_bulk_body_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableError, match="Nothing was stored"):
        bodies.read_bulk(body, ndjson=False)


def test_a_bad_line_takes_no_others_with_it() -> None:
    first, bad, worse, last = bodies.read_bulk(b'{"a": 1}\n\n{"a": NaN}\r\n\xff\n {"a": 2} ', ndjson=True)
    assert [first, last] == [{"a": 1}, {"a": 2}]
    assert isinstance(bad, UnreadableError)
    assert isinstance(worse, UnreadableError)


@pytest.mark.parametrize("ndjson", [True, False])
def test_a_bulk_body_has_a_largest_number_of_events(ndjson: bool) -> None:
    def body(count: int) -> bytes:
        return b"\n".join([b"{}"] * count) if ndjson else b"[" + b",".join([b"{}"] * count) + b"]"

    assert len(bodies.read_bulk(body(MAX_BULK_EVENTS), ndjson)) == 1000
    with pytest.raises(TooLargeError, match="1001 events in one request; at most 1000"):
        bodies.read_bulk(body(MAX_BULK_EVENTS + 1), ndjson)
