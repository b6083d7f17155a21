"""Events as they arrive: reading hostile JSON, cleaning it, and the schema that OpenAPI shows."""

import json
import math
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, NoReturn
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import from_json

from appliance.base.errors import FieldError, InvalidError, TooLargeError, UnreadableError

MAX_EVENT_BYTES = 64 * 1024
MAX_BULK_BYTES = 2 * 1024 * 1024
MAX_BULK_EVENTS = 1000
MAX_DEPTH = 16
MAX_USER_AGENT = 512
MAX_INTEGER = 2**53
"""Beyond it a JavaScript number, and so the sender's own idea of the value, is not exact."""
MAX_LOAD_MS = 600_000
MAX_CLS = 1000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

# What a body must have for `clean` to find anything in it but depth: a control character or a surrogate,
# escaped or (DEL and C1) not, or a number of sixteen digits or with an exponent of three. Searches for bytes
# are quick and those for patterns slow, so digits are sought with all of them as 0.
_ESCAPE = re.compile(rb"\\(?:[bfnrt]|u(?:00[0189]|007[fF]|[dD][89a-fA-F]))")
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_EXPONENT = re.compile(rb"0e\+?000")
_BEFORE_NUMBERS = b":,[ \t\r\n"
_NO_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_DIGITS_AS_0 = bytes.maketrans(b"123456789E", b"000000000e")
_UNCLEAN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = {"\t": " ", "\n": " ", "\r": " "}
# RFC 3339 section 5.6; looser forms that Python would take (week dates, no zone) are refused.
_QUERY_OR_HASH = re.compile(r"[?#]")
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


# Longer texts are cut, not refused.
_CAPS = {
    "event_type": 120, "url": 2048, "path": 2048, "title": 512, "referrer": 2048,
    "user_agent": MAX_USER_AGENT, "language": 64, "timezone": 64,
}  # fmt: skip


def _timestamp(value: object) -> object:
    if value is None or isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        raise ValueError("write the time as in RFC 3339, such as 2026-09-17T12:29:40Z")
    try:
        instant = datetime.fromisoformat(value.upper())
        instant = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("there is no such date or time of day") from error
    if instant < EARLIEST:
        raise ValueError("times before the year 2000 are not accepted")
    return instant


def _canonical_uuid(text: str) -> str | None:
    """As the UUID columns give it back; None for what is no UUID."""
    if UUID_TEXT.fullmatch(text):
        return text
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _event_id(value: object) -> object:
    uuid = _canonical_uuid(value) if isinstance(value, str) else value
    if uuid is None and value is not None:
        raise ValueError("must be a UUID, such as 8a6e0804-2bd0-4672-b79d-d97027f9071a")
    return uuid


def _custom(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if len(value) > 30:
        raise ValueError(f"has {len(value)} properties; at most 30 are taken")
    for key, item in value.items():
        if isinstance(item, dict | list):
            raise ValueError(f"property {key[:40]!r} must be a text, a number, true, false or null")
    return {key[:300]: item[:2000] if isinstance(item, str) else item for key, item in value.items()}


Timestamp = Annotated[
    datetime, BeforeValidator(_timestamp), WithJsonSchema({"type": "string", "format": "date-time"})
]
Custom = Annotated[dict[str, Any], BeforeValidator(_custom)]
EventId = Annotated[str, BeforeValidator(_event_id), WithJsonSchema({"type": "string", "format": "uuid"})]


class _Part(BaseModel):
    """Objects of an event: what is not named is kept as it is in `payload`; null means missing."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)


class Size(_Part):
    """CSS pixels."""

    width: float | None = None
    height: float | None = None


class Performance(_Part):
    load_ms: float | None = Field(None, description="Milliseconds from navigation to the end of loading.")


class Vitals(_Part):
    """How a page felt; of an event `leave`, what was measured since the one before."""

    lcp_ms: float | None = Field(None, description="Largest Contentful Paint in milliseconds.")
    inp_ms: float | None = Field(None, description="Interaction to Next Paint in milliseconds.")
    cls: float | None = Field(None, description="Cumulative Layout Shift, a number without a unit.")


class RawEvent(_Part):
    """Something that happened in one browser tab, or was sent by a server."""

    event_type: Annotated[str, Field(min_length=1)]
    event_id: EventId | None = Field(None, description="Sent again within 48 hours it is counted once.")
    timestamp: Timestamp | None = Field(None, description="When it happened; the time of arrival if missing.")
    site_id: str | None = None
    site_key: str | None = None
    visitor_id: Annotated[str, Field(max_length=256)] | None = None
    session_id: Annotated[str, Field(max_length=256)] | None = None
    url: str | None = None
    path: str | None = Field(None, description="Taken from `url` when missing.")
    title: str | None = None
    referrer: str | None = None
    user_agent: str | None = Field(None, description="Counts instead of the header's when present.")
    language: str | None = None
    timezone: str | None = None
    screen: Size | None = None
    viewport: Size | None = None
    performance: Performance | None = None
    vitals: Vitals | None = None
    engaged_ms: Annotated[float, Field(ge=0, le=86_400_000)] | None = None
    scroll_depth: Annotated[float, Field(ge=0, le=100)] | None = Field(
        None, description="Percent of the page."
    )
    interactive: bool | None = None
    consent: Any = Field(
        None,
        description="true: stored ids may be used, whatever the browser asks; false: they may not. "
        'An object says so in "analytics".',
    )
    do_not_track: Any = Field(None, description='"1": as `consent` false, unless that says true.')
    custom: Custom | None = None


def read_json(body: bytes) -> Any:
    """Any JSON value, cleaned: no control characters, lone surrogates, NaN, Infinity or unsafe integers.

    Raises UnreadableError.
    """
    try:
        value = _read_json(body)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"The body is not valid UTF-8 (byte {error.start}). Nothing was stored."
        ) from error
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]
        raise UnreadableError(f"The body is not valid JSON: {reason}. Nothing was stored.") from error
    if _needs_cleaning(body):
        return clean(value)
    if not _is_flat(body):
        _check_nesting(value, 1)
    return value


def _read_json(body: bytes) -> Any:
    """Quickly; what that refuses, such as lone surrogates, is read by who can tell what is wrong."""
    try:
        return from_json(body, allow_inf_nan=False)
    except ValueError:
        return json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)


def _needs_cleaning(body: bytes) -> bool:
    return bool(
        (b"\\" in body and _ESCAPE.search(body))
        or b"\x7f" in body
        or (b"\xc2" in body and _CONTROL.search(body))
        or _may_have_large_numbers(body.translate(_DIGITS_AS_0))
    )


def _may_have_large_numbers(body: bytes) -> bool:
    if b"0000000000000000" in body:
        return True
    for exponent in _EXPONENT.finditer(body):  # Mostly a part of some id.
        # Without 16 digits in a row a number is not longer than this before its exponent.
        before = body[max(0, exponent.start() - 40) : exponent.start()].rstrip(b"0.").removesuffix(b"-")
        if before[-1:] in _BEFORE_NUMBERS:
            return True
    return False


def clean(value: Any, depth: int = 1) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        _check_depth(depth)
        return {clean_text(key): clean(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        _check_depth(depth)
        return [clean(item, depth + 1) for item in value]
    # bool is an int too; it passes.
    if isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise UnreadableError("The body has a whole number beyond 2^53. Nothing was stored; send it as text.")
    if isinstance(value, float) and not math.isfinite(value):
        raise UnreadableError("The body has a number too large to hold. Nothing was stored.")
    return value


def clean_text(text: str) -> str:
    return _UNCLEAN.sub(lambda found: _SPACES.get(found[0], ""), text) if _UNCLEAN.search(text) else text


def read_bulk(body: bytes, ndjson: bool) -> list[Any]:
    """The items of a bulk body: an array, `{"events": [...]}`, or one JSON value a line.

    An NDJSON line that is no JSON becomes an UnreadableError in the list, in its place.
    """
    if ndjson:
        lines = [line for line in body.splitlines() if line.strip()]
        _check_count(len(lines))
        return [_line_or_error(line) for line in lines]
    value = read_json(body)
    items = value.get("events") if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise UnreadableError('The body must be an array of events or {"events": [...]}. Nothing was stored.')
    _check_count(len(items))
    return items


def parse(value: Any) -> RawEvent:
    """One cleaned JSON value as an event; texts that are too long are cut, in `value` too.

    Raises InvalidError with a pointer to each field at fault.
    """
    if not isinstance(value, dict):
        raise InvalidError("An event must be a JSON object.", [FieldError("", "must be an object")])
    for name, most in _CAPS.items():
        text = value.get(name)
        if isinstance(text, str) and len(text) > most:
            value[name] = text[:most]
    try:
        return RawEvent.model_validate(value)
    except ValidationError as error:
        faults = [FieldError(pointer(e["loc"]), _reason(e["msg"])) for e in error.errors(include_url=False)]
        raise InvalidError("The event was not stored: fields in it are wrong.", faults) from error


def pointer(location: tuple[str | int, ...]) -> str:
    """The RFC 6901 pointer of a place in a document."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in location)


@lru_cache(maxsize=2048)
def place(url: str | None, path: str | None) -> tuple[str | None, str | None]:
    """(hostname, path) of a page by its address and, if it is told, its path, which goes first.

    The path never carries a query or hash.
    """
    hostname, place = _place(url) if url else (None, None)
    if path:
        place = _QUERY_OR_HASH.split(path, maxsplit=1)[0] or "/"
        place = place if place.startswith("/") else f"/{place}"
    return hostname, place


def _place(url: str) -> tuple[str | None, str | None]:
    try:
        parts = urlsplit(url)
        hostname = parts.hostname
    except ValueError:
        return None, None  # An address no browser would have sent; it stays readable in the payload.
    return hostname, (parts.path or "/") if hostname else None


def load_ms(event: RawEvent) -> float | None:
    """Milliseconds with three decimals; None where the browser sent nothing that can be a loading time."""
    value = event.performance.load_ms if event.performance else None
    return round(value, 3) if value is not None and 0.0005 <= value <= MAX_LOAD_MS else None


def vitals(event: RawEvent, tells_shifts: bool) -> dict[str, float]:
    """What of `lcp_ms`, `inp_ms` (three decimals) and `cls` (four) can have been measured.

    `tells_shifts`: its browser tells of shifts when there are some. Where it measured the page and told of
    none, nothing moved.
    """
    sent = event.vitals
    if sent is None:
        return {}
    times = {name: value for name in ("lcp_ms", "inp_ms") if (value := getattr(sent, name)) is not None}
    found = {name: round(value, 3) for name, value in times.items() if 0 <= value <= MAX_LOAD_MS}
    if sent.cls is not None and 0 <= sent.cls <= MAX_CLS:
        found["cls"] = round(sent.cls, 4)
    elif sent.cls is None and tells_shifts and "lcp_ms" in found:
        found["cls"] = 0.0
    return found


def _check_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise UnreadableError(f"The body is nested deeper than {MAX_DEPTH} levels. Nothing was stored.")


def _is_flat(body: bytes) -> bool:
    """Whether it is surely not nested deeper than MAX_DEPTH: brackets in texts may say otherwise.

    Each turn takes away the innermost pairs, two levels at most.
    """
    brackets = body.translate(None, _NO_BRACKETS)
    for _ in range(MAX_DEPTH // 2):
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if not brackets:
            return True
    return False


def _check_nesting(value: Any, depth: int) -> None:
    if isinstance(value, dict | list):
        _check_depth(depth)
        for item in value.values() if isinstance(value, dict) else value:
            _check_nesting(item, depth + 1)


def _check_count(count: int) -> None:
    if count > MAX_BULK_EVENTS:
        raise TooLargeError(f"{count} events in one request; at most {MAX_BULK_EVENTS}. Nothing was stored.")


def _line_or_error(line: bytes) -> Any:
    try:
        return read_json(line)
    except UnreadableError as error:
        return error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
