"""Events as they arrive: the schema that OpenAPI shows, and what of it can have been measured."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from appliance.base.errors import FieldError, InvalidError

MAX_USER_AGENT = 512
MAX_LOAD_MS = 600_000
MAX_CLS = 1000
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)

_QUERY_OR_HASH = re.compile(r"[?#]")
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# RFC 3339 section 5.6; looser forms that Python would take (week dates, no zone) are refused.
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


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
