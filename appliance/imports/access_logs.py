"""Pageviews of web servers' access logs in the combined format, which Apache, nginx and others write.

https://httpd.apache.org/docs/current/logs.html#combined. A line tells of a page when it is a GET that was
answered, and what was asked for has the name of a page, not of a picture or script.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from appliance.base.errors import UnreadableError

NAMES = frozenset({"address", "time", "request", "status"})
"""Of the fields that every line has."""

_LINE = re.compile(
    r"(?P<address>\S+) \S+ .{0,256}?\[(?P<time>[^\]]{20,32})\] "
    r'"(?P<request>(?:[^"\\]|\\.)*)" (?P<status>\d{3}) (?:\d+|-)'
    r'(?: "(?P<referrer>(?:[^"\\]|\\.)*)" "(?P<user_agent>(?:[^"\\]|\\.)*)")?'
)
_TIME = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_NAMES_OF_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES_OF_MONTHS, 1)}
_REQUEST = re.compile(r"(?P<method>[A-Z]+) (?:https?://[^/\s]+)?(?P<path>/\S*)(?: HTTP/[\d.]+)?")
_PAGES = frozenset({"html", "htm", "xhtml", "php", "asp", "aspx", "jsp", "jspx", "cgi", "do"})
_ANSWERED = frozenset({"200", "203", "206", "304"})


def fields(line: str) -> dict[str, str] | None:
    """Of a line, as they stand there; None for a line in another format."""
    found = _LINE.match(line)
    return {name: text for name, text in found.groupdict().items() if text} if found else None


def event(fields: dict[str, str], host: str) -> dict[str, Any] | None:
    """As a page would have sent it; None for what is no page. Raises UnreadableError."""
    request = _REQUEST.fullmatch(fields["request"])
    if request is None:
        raise UnreadableError("request: is not as HTTP has it")
    if request["method"] != "GET" or fields["status"] not in _ANSWERED or not _is_page(request["path"]):
        return None
    found = {
        "event_type": "pageview",
        "timestamp": instant(fields["time"]).isoformat(),
        "url": f"https://{host}{request['path']}",
        "user_agent": _given(fields, "user_agent") or "",
    }
    referrer = _given(fields, "referrer")
    return {**found, "referrer": referrer} if referrer else found


def instant(text: str) -> datetime:
    """Of `10/Oct/2000:13:55:36 -0700`. Raises UnreadableError."""
    found = _TIME.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        raise UnreadableError("time: is not written as 10/Oct/2000:13:55:36 -0700")
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    try:
        local = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        return local - offset
    except (ValueError, OverflowError) as error:
        raise UnreadableError("time: there is no such time") from error


def _is_page(path: str) -> bool:
    name = re.split(r"[?#]", path, maxsplit=1)[0].rpartition("/")[2]
    _, point, ending = name.rpartition(".")
    return not point or ending.lower() in _PAGES


def _given(fields: dict[str, str], name: str) -> str | None:
    text = fields.get(name, "-").replace('\\"', '"')
    return None if text in ("-", "") else text
