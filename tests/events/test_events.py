"""Events that nobody vouches for: fields at fault, and what is cut, cleaned or left out."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.base.errors import InvalidError
from appliance.events import events
from appliance.events.events import RawEvent

ID = "8a6e0804-2bd0-4672-b79d-d97027f9071a"


def parse(**fields: Any) -> RawEvent:
    return events.parse({"event_type": "pageview", **fields})


def at_fault(**fields: Any) -> list[str]:
    """The pointers of the refusal."""
    with pytest.raises(InvalidError) as caught:
        parse(**fields)
    return [field.pointer for field in caught.value.fields]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(RawEvent.model_fields)), ANY_JSON))
def test_any_fields_are_taken_or_named(fields: dict[str, Any]) -> None:
    try:
        event = events.parse(fields)
    except InvalidError as error:
        assert error.fields
        assert {field.pointer.split("/")[1] for field in error.fields} <= RawEvent.model_fields.keys()
    else:
        assert event.event_type


@pytest.mark.parametrize("value", [[], ["pageview"], "pageview", None, 1, True])
def test_an_event_is_an_object(value: object) -> None:
    with pytest.raises(InvalidError, match="JSON object"):
        events.parse(value)


def test_an_event_needs_its_type_and_nothing_else() -> None:
    assert parse().event_type == "pageview"
    for missing in ({}, {"event_type": None}, {"event_type": ""}, {"event_type": 7}):
        with pytest.raises(InvalidError) as caught:
            events.parse(missing)
        assert [field.pointer for field in caught.value.fields] == ["/event_type"]


def test_null_means_missing() -> None:
    nulls = dict.fromkeys(RawEvent.model_fields.keys() - {"event_type"})
    assert parse(**nulls) == parse()


def test_unknown_fields_are_kept() -> None:
    event = parse(shop={"cart": [1, 2]}, performance={"load_ms": 5, "ttfb_ms": 7.5})
    kept = event.model_dump(mode="json", exclude_none=True)
    assert kept["shop"] == {"cart": [1, 2]}
    assert kept["performance"] == {"load_ms": 5, "ttfb_ms": 7.5}


@pytest.mark.parametrize(
    ("field", "cap"),
    [
        ("event_type", 120),
        ("url", 2048),
        ("referrer", 2048),
        ("path", 2048),
        ("title", 512),
        ("user_agent", 512),
    ],
)
def test_a_text_that_is_too_long_is_truncated(field: str, cap: int) -> None:
    assert getattr(parse(**{field: "x" * cap}), field) == "x" * cap
    assert getattr(parse(**{field: "ö" * (cap + 1)}), field) == "ö" * cap


def test_names_and_values_of_properties_are_truncated() -> None:
    assert parse(custom={"k" * 301: "v" * 2001, "n": 1}).custom == {"k" * 300: "v" * 2000, "n": 1}


def test_properties_are_scalars_and_at_most_thirty() -> None:
    scalars = {"text": "a", "whole": 1, "part": 1.5, "yes": True, "nothing": None}
    assert parse(custom=scalars).custom == scalars
    assert len(parse(custom={str(n): n for n in range(30)}).custom or {}) == 30
    assert at_fault(custom={str(n): n for n in range(31)}) == ["/custom"]
    assert at_fault(custom={"a": {}}) == ["/custom"]
    assert at_fault(custom={"a": []}) == ["/custom"]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"url": 5}, "/url"),
        ({"title": ["a"]}, "/title"),
        ({"custom": "a"}, "/custom"),
        ({"custom": [1]}, "/custom"),
        ({"event_id": "abc"}, "/event_id"),
        ({"event_id": 7}, "/event_id"),
        ({"event_id": {}}, "/event_id"),
        ({"site_id": 1}, "/site_id"),
        ({"visitor_id": "v" * 257}, "/visitor_id"),
        ({"session_id": 12}, "/session_id"),
        ({"performance": 5}, "/performance"),
        ({"performance": {"load_ms": "fast"}}, "/performance/load_ms"),
        ({"performance": {"load_ms": True}}, "/performance/load_ms"),
        ({"viewport": {"width": "1366", "height": 768}}, "/viewport/width"),
        ({"screen": {"height": []}}, "/screen/height"),
        ({"engaged_ms": -1}, "/engaged_ms"),
        ({"engaged_ms": 86_400_001}, "/engaged_ms"),
        ({"scroll_depth": 100.5}, "/scroll_depth"),
        ({"scroll_depth": -0.5}, "/scroll_depth"),
        ({"interactive": "false"}, "/interactive"),
        ({"interactive": 0}, "/interactive"),
    ],
)
def test_the_field_at_fault_is_pointed_at(fields: dict[str, Any], pointer: str) -> None:
    assert at_fault(**fields) == [pointer]


def test_every_field_at_fault_is_named() -> None:
    assert at_fault(url=1, screen={"width": "a", "height": "b"}) == [
        "/url",
        "/screen/width",
        "/screen/height",
    ]


def test_pointers_escape_what_their_syntax_uses() -> None:
    assert events.pointer(("a/b", "~", 0)) == "/a~1b/~0/0"
    assert events.pointer(()) == ""


def test_event_ids_are_uuids_in_any_spelling() -> None:
    for spelling in (ID, ID.upper(), ID.replace("-", "")):
        assert parse(event_id=spelling).event_id == ID


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-09-17T12:29:40Z", datetime(2026, 9, 17, 12, 29, 40, tzinfo=UTC)),
        ("2026-09-17T12:29:40.123Z", datetime(2026, 9, 17, 12, 29, 40, 123_000, tzinfo=UTC)),
        ("2026-09-17T12:29:40.123456789Z", datetime(2026, 9, 17, 12, 29, 40, 123_456, tzinfo=UTC)),
        ("2026-09-17t12:29:40z", datetime(2026, 9, 17, 12, 29, 40, tzinfo=UTC)),
        ("2026-09-17 12:29:40+00:00", datetime(2026, 9, 17, 12, 29, 40, tzinfo=UTC)),
        ("2026-09-17T18:14:40+05:45", datetime(2026, 9, 17, 12, 29, 40, tzinfo=UTC)),
        ("2000-01-01T00:00:00Z", datetime(2000, 1, 1, tzinfo=UTC)),
        ("1999-12-31T19:00:00-05:00", datetime(2000, 1, 1, tzinfo=UTC)),
        ("9999-12-31T23:59:59Z", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_rfc_3339_times_are_read_as_utc(text: str, instant: datetime) -> None:
    found = parse(timestamp=text).timestamp
    assert found == instant
    assert found.utcoffset() == UTC.utcoffset(None)


@pytest.mark.parametrize(
    "value",
    [
        "1999-12-31T23:59:59Z",
        "2000-01-01T00:00:00+00:01",
        "0000-00-00T00:00:00Z",
        "-0044-03-15T12:00:00Z",
        "infinity",
        "2026-02-30T12:00:00Z",
        "2026-09-17T25:00:00Z",
        "2026-09-17T12:00:00+25:00",
        "9999-12-31T23:59:59-01:00",
        "0001-01-01T00:00:00+01:00",
        "2026-09-17T12:29:40",
        "2026-09-17",
        "2026-W38-4T12:00:00Z",
        "20260917T122940Z",
        "12026-09-17T12:29:40Z",
        "２０２６-09-17T12:29:40Z",
        "2026-09-17T12:29:40Z\n",
        "",
        1_789_648_180_000,
        True,
        ["2026-09-17T12:29:40Z"],
    ],
)
def test_what_is_no_time_or_before_2000_is_refused(value: object) -> None:
    assert at_fault(timestamp=value) == ["/timestamp"]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({}, (None, None)),
        ({"url": "https://www.Shop.example/a/b?c=d#e"}, ("www.shop.example", "/a/b")),
        ({"url": "https://shop.example"}, ("shop.example", "/")),
        ({"url": "https://shop.example:8443/a"}, ("shop.example", "/a")),
        ({"url": "https://shop.example?a=b"}, ("shop.example", "/")),
        ({"url": "http://[2001:db8::1]:8080/a"}, ("2001:db8::1", "/a")),
        ({"url": "https://shop.example/a", "path": "/b"}, ("shop.example", "/b")),
        ({"url": "https://shop.example/a", "path": ""}, ("shop.example", "/a")),
        ({"path": "/b?c=d"}, (None, "/b")),
        ({"path": "/b#c?d"}, (None, "/b")),
        ({"path": "#/route"}, (None, "/")),
        ({"path": "b/c"}, (None, "/b/c")),
        ({"url": "http://[shop.example/a"}, (None, None)),
        ({"url": "http://[shop.example/a", "path": "/b"}, (None, "/b")),
        ({"url": "http://shop\u2100.example/a"}, (None, None)),
        ({"url": "javascript:alert(1)"}, (None, None)),
        ({"url": "/only/a/path"}, (None, None)),
        ({"url": "https://shop.example:99999/a"}, ("shop.example", "/a")),
    ],
)
def test_where_an_event_happened(fields: dict[str, str], place: tuple[str | None, str | None]) -> None:
    event = parse(**fields)
    assert events.place(event.url, event.path) == place


@pytest.mark.parametrize(
    ("value", "load_ms"),
    [
        (None, None),
        (0, None),
        (-5, None),
        (0.0004, None),
        (0.001, 0.001),
        (1234.56789, 1234.568),
        (600_000, 600_000),
        (600_000.1, None),
        (1e300, None),
    ],
)
def test_a_loading_time_that_cannot_be_is_none(value: float | None, load_ms: float | None) -> None:
    assert events.load_ms(parse(performance={"load_ms": value})) == load_ms
    assert events.load_ms(parse()) is None
