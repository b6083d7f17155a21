"""Requests that no honest client sends, and bodies that no page would make."""

import json
import random
from typing import Any

from hypothesis import strategies as st

from appliance.events.events import RawEvent

_METHODS = (
    "GET",
    "POST",
    "PUT",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "CONNECT",
    "PRI",
    "get",
    "G\x00T",
    "",
    "X" * 300,
)
_PATHS = (
    "/", "*", "", "//", "/ingest/event", "/ingest/bulk", "/api/sites", "/api/sites/%00/report", "/ws/sites/x",
    "/../../etc/passwd", "/%2e%2e/%2e%2e/analytiq.duckdb", "/%5c..%5c", "/analytics.js?%ff%fe", "/\x7f\x80",
    "http://[::1/", "http://evil.example/api/me", "/ingest/event?k=%zz&k=&site_id=\x01", "/" + "a" * 9000,
)  # fmt: skip
_VERSIONS = ("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP/1.1 x", "http", "")
_HEADERS = (
    "Host: localhost", "Host: evil.example", "Host: ", "Host: [", "Content-Length: 10", "Content-Length: -1",
    "Content-Length: 99999999999999999999", "Content-Length: 1e3", "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, identity", "Content-Encoding: gzip",
    "Content-Type: application/json; charset=\xff", "Authorization: Bearer \x00", "Authorization: Basic ====",
    "Cookie: session=" + "A" * 4000, "Expect: 100-continue", "Upgrade: websocket", "Connection: Upgrade",
    "Sec-WebSocket-Key: x", "Origin: null", "X-Forwarded-For: 1.2.3.4, \x01", "Forwarded: for=", ": empty",
    "no colon at all", " folded", "Range: bytes=0-,-1,5-2", "If-None-Match: \xff", "Accept-Encoding: \x00br",
)  # fmt: skip
_BODIES = (
    b"", b"{", b"[" * 3000, b'{"event_type":"pageview"}', b"5\r\nhello\r\n0\r\n\r\n",
    b"FFFFFFFFFFFFFFFFF\r\n", b"-1\r\n", b"\x1f\x8b\x08\x00\x00", b"\x00" * 500, b"\xff\xfe{\x00}\x00",
)  # fmt: skip


def request(chance: random.Random) -> bytes:
    """One request, or what is meant to pass for one."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(1, 2000))
    first = f"{chance.choice(_METHODS)} {chance.choice(_PATHS)} {chance.choice(_VERSIONS)}"
    headers = chance.sample(_HEADERS, chance.randrange(8))
    ending = chance.choice(("\r\n", "\r\n", "\r\n", "\n", "\r"))
    head = ending.join([first, *headers, "", ""]).encode("latin-1")
    whole = bytearray(head + chance.choice(_BODIES))
    for _ in range(chance.choice((0, 0, 1, 5))):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(whole)


_TEXTS = st.text(st.characters(), max_size=40)
_NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([2**53 + 1, 10**400, -0.0, 1e308]))
_SCALARS = st.one_of(st.none(), st.booleans(), _NUMBERS, _TEXTS)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(_TEXTS, inner, max_size=5)),
    max_leaves=20,
)
_NAMES = st.one_of(st.sampled_from(sorted(RawEvent.model_fields)), _TEXTS)
_EVENTS = st.builds(
    lambda fields, event_type: {**fields, "event_type": event_type},
    st.dictionaries(_NAMES, _VALUES, max_size=8),
    st.one_of(st.sampled_from(["pageview", "leave", ""]), _VALUES),
)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A proper event with a few bytes of its JSON changed, added or cut out."""
    body = bytearray(_as_json({**draw(_EVENTS), "event_type": "pageview"}))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(body)))
        body[place : place + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(body)


def bodies() -> st.SearchStrategy[bytes]:
    """What may arrive as the body of an event or a bulk."""
    return st.one_of(
        st.binary(max_size=200),
        _VALUES.map(_as_json),
        _EVENTS.map(_as_json),
        st.lists(st.one_of(_EVENTS, _VALUES), max_size=5).map(_as_json),
        _mutated(),
    )


def _as_json(value: Any) -> bytes:
    return json.dumps(value).encode("ascii")
