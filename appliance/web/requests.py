"""Reading requests: who asks, from where, and what the body says; and writing answers."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Request, Response, request
from pydantic import BaseModel, TypeAdapter, ValidationError

from appliance.base import timerange
from appliance.base.errors import FieldError, InvalidError, UnsupportedMediaError
from appliance.base.timerange import Span, TimeRange
from appliance.events import bodies, events

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Form = TypeVar("Form", bound=BaseModel)

_UTC = ZoneInfo("UTC")
_DIGITS = re.compile("[0-9]{1,19}")  # Of thousands, int() raises an error of its own.


@dataclass(frozen=True)
class Sender:
    """Where a request comes from. `local`: from this machine, and not through a proxy that runs on it."""

    address: str
    local: bool


def sender(environ: "WSGIEnvironment") -> Sender:
    address = str(environ.get("REMOTE_ADDR", ""))
    forwarded = bool(environ.get("analytiq.forwarded"))  # set by the server
    return Sender(address, is_loopback(address) and not forwarded)


@lru_cache(maxsize=4096)
def is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def host_name(host: str) -> str:
    """The name in a Host header, without port and brackets, in lower case; empty when malformed."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def is_same_origin(asking: Request, public_url: str | None) -> bool | None:
    """Whether the browser says that a page of ours asks; None when it says nothing."""
    origin = asking.headers.get("Origin")
    if origin is not None:
        # An upgrade's own scheme is ws or wss; the page that asks for it has http or https.
        own = f"{asking.scheme.replace('ws', 'http')}://{asking.host}"
        return origin == own or (public_url is not None and origin == _origin(public_url))
    site = asking.headers.get("Sec-Fetch-Site")
    return None if site is None else site in ("same-origin", "none")


def json_form(form: type[Form]) -> Form:
    """The JSON body of this request as `form`. Raises UnsupportedMedia-, Unreadable- or InvalidError."""
    if not request.is_json:
        raise UnsupportedMediaError("Send the body as JSON, with Content-Type: application/json.")
    value = bodies.read_json(request.get_data() or b"{}")
    try:
        return form.model_validate(value)
    except ValidationError as error:
        faults = [FieldError(events.pointer(e["loc"]), e["msg"]) for e in error.errors(include_url=False)]
        raise InvalidError("The request was refused: fields in it are wrong.", faults) from error


def whole_number(name: str, default: int, most: int, least: int = 1) -> int:
    """A query parameter from `least` to `most`. Raises InvalidError."""
    text = request.args.get(name, str(default))
    if not _DIGITS.fullmatch(text) or not least <= int(text) <= most:
        raise InvalidError(
            f"{name} is wrong.", [FieldError(name, f"must be a whole number from {least} to {most}")]
        )
    return int(text)


def days_asked_for(zone: ZoneInfo, now: datetime) -> TimeRange:
    """`from` to `to` as days of the zone; the last seven where they are missing. Raises InvalidError."""
    return timerange.parse(request.args.get("from"), request.args.get("to"), zone, now)


def range_asked_for(zone: ZoneInfo, now: datetime) -> Span:
    """As `days_asked_for`, or the hours that `range` and `until` ask for. Raises InvalidError."""
    name, until = request.args.get("range"), request.args.get("until")
    if name is None and until is None:
        return days_asked_for(zone, now)
    if name is None or "from" in request.args or "to" in request.args:
        pointer = "until" if name is None else "range"
        detail = "goes with range alone" if name is None else "goes without from and to"
        raise InvalidError("The range is given in two ways at once.", [FieldError(pointer, detail)])
    return timerange.parse_hours(name, until, zone, now)


def utc_days(now: datetime) -> TimeRange:
    """The days asked for, as days of UTC: what arrived in them stays so when the site changes its zone."""
    return days_asked_for(_UTC, now)


def answer(value: object, status: int = 200) -> Response:
    """A dataclass, or a dict of them, as JSON."""
    return Response(TypeAdapter(type(value)).dump_json(value), status, mimetype="application/json")


def own_address(public_url: str | None) -> str:
    """Where others reach this program, as far as it knows: without a setting, as the caller does."""
    return public_url or request.host_url.rstrip("/")


def no_content() -> Response:
    return Response(status=204)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
