"""Log records as lines: what a stranger sent can neither begin one nor steer the terminal that shows it.

The file has one JSON object a line, for programs to read; the terminal has words.
"""

import json
import logging
import re
import sys
import uuid
from contextvars import ContextVar
from copy import copy
from datetime import UTC, datetime
from typing import Any

from appliance.base.redaction import redacted

# Control characters, line and paragraph separators, and what turns the direction of a text.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_INDENT = "    "
MOST = 20_000
"""Characters of a message that are kept, and of a traceback, whose end says most."""

_request: ContextVar[str | None] = ContextVar("request", default=None)


def begin_request() -> None:
    """What this thread logs from now on belongs to a request of its own, whose errors carry the same id."""
    _request.set(uuid.uuid4().urn)


def end_request() -> None:
    _request.set(None)


def request_id() -> str:
    """`urn:uuid:…`: that of the request under way, else a new one."""
    return _request.get() or uuid.uuid4().urn


class JsonLine(logging.Formatter):
    """`at` (UTC), `level`, `logger`, `message`, and where there is one `request` and `traceback`. JSON writes
    all but ASCII by numbers, so nothing in a line can steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": redacted(record.getMessage()[:MOST]),
        }
        if request := _request.get():
            line["request"] = request
        if record.exc_info:
            line["traceback"] = redacted(self.formatException(record.exc_info)[-MOST:])
        return json.dumps(line)


class OneLine(logging.Formatter):
    """A record is one line; its traceback stands indented below it."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # As another formatter wrote it, and left it for all.
        return super().format(own)

    def formatMessage(self, record: logging.LogRecord) -> str:
        return _escaped(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return _below(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return _below(super().formatStack(stack_info))


def _below(text: str) -> str:
    return "\n".join(_INDENT + _escaped(line) for line in text.split("\n"))


def _escaped(text: str) -> str:
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def to_terminal() -> None:
    """Warnings and worse on standard error, where there is one."""
    if sys.stderr is not None:
        handler = logging.StreamHandler()
        handler.setFormatter(OneLine("%(levelname)s: %(message)s"))
        logging.basicConfig(level=logging.WARNING, handlers=[handler])
