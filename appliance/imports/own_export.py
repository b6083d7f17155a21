"""Events as `export` wrote them: read, checked as anything that comes from outside, and made rows again.

Ids, times and what was found out when an event arrived (source, country, browser) are taken as they stand, so
that the numbers come out the same. What follows from events, visits above all, is derived anew.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from appliance.base.errors import UnreadableError
from appliance.events import bodies, events, pii, urls
from appliance.events.events import MAX_CLS, MAX_LOAD_MS, Timestamp
from appliance.events.metrics import CHANNEL_SOURCE
from appliance.imports.lines import Record
from appliance.ingest import rows
from appliance.sites.sites import Site

COLUMNS = frozenset({"ts", "event_type", "visitor_id", "cookieless", "channel", "browser", "os", "device"})
"""What every exported event has; a file with all of them is one of ours."""

_CUSTOM = TypeAdapter[dict[str, Any]](events.Custom)


def _channel(value: object) -> object:
    if value not in CHANNEL_SOURCE:
        raise ValueError("is none of the channels")
    return value


def _payload(value: object) -> object:
    fields = bodies.read_json(value.encode()) if isinstance(value, str) else value
    if isinstance(fields, dict) and "custom" in fields:
        return {**fields, "custom": _CUSTOM.validate_python(fields["custom"])}
    return fields


Text = Annotated[str, Field(max_length=2048)]
Name = Annotated[str, Field(min_length=1, max_length=64)]
Uuid = Annotated[str, Field(pattern=f"^{events.UUID_TEXT.pattern}$")]
Milliseconds = Annotated[float, Field(ge=0, le=MAX_LOAD_MS)]


class ExportedEvent(BaseModel):
    """A line of the export. A cell of a CSV file is a text, and read as what its column holds."""

    model_config = ConfigDict(frozen=True)

    ts: Timestamp
    event_type: Annotated[str, Field(min_length=1, max_length=120)]
    visitor_id: Uuid
    session_id: Uuid | None = None
    cookieless: bool
    clock_skew: bool = False
    pii_stripped: bool = False
    interactive: bool | None = None
    hostname: Text | None = None
    path: Text | None = None
    title: Text | None = None
    referrer: Text | None = None
    referrer_name: Text | None = None
    channel: Annotated[str, BeforeValidator(_channel)]
    utm_source: Text | None = None
    utm_medium: Text | None = None
    utm_campaign: Text | None = None
    utm_term: Text | None = None
    utm_content: Text | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    language: Name | None = None
    browser: Name
    os: Name
    device: Literal["desktop", "mobile", "tablet"]
    screen: Annotated[str, Field(pattern=r"^\d{1,6}x\d{1,6}$")] | None = None
    load_ms: Milliseconds | None = None
    lcp_ms: Milliseconds | None = None
    inp_ms: Milliseconds | None = None
    cls: Annotated[float, Field(ge=0, le=MAX_CLS)] | None = None
    engaged_ms: Annotated[int, Field(ge=0, le=86_400_000)] | None = None
    scroll_depth: Annotated[float, Field(ge=0, le=100)] | None = None
    payload: Annotated[dict[str, Any], BeforeValidator(_payload)] = {}


def row(record: Record, site: Site) -> dict[str, Any]:
    """The columns of `raw_events` but those of its arrival. Raises UnreadableError with what is wrong."""
    try:
        event = ExportedEvent.model_validate(record.fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise UnreadableError(f"{first['loc'][0]}: {first['msg'].removeprefix('Value error, ')}") from error
    columns = {name: value for name, value in vars(event).items() if value is not None and name != "payload"}
    cleaned = pii.strip_event(columns, event.payload)
    payload = urls.kept_payload(cleaned.payload, site.allowed_parameters)
    found = {
        **cleaned.columns,
        "site_id": site.site_id,
        "source": CHANNEL_SOURCE[event.channel],
        "pii_stripped": event.pii_stripped or cleaned.found,
        "payload": payload,
    }
    if event.referrer is not None:
        found["referrer"] = urls.kept(cleaned.columns["referrer"], site.allowed_parameters)
    custom = payload.get("custom")
    if custom:
        found["properties"] = rows.properties(custom)
    return found
