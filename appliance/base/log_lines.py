"""Log records as lines: what a stranger sent can neither begin one nor steer the terminal that shows it."""

import logging
import re
import sys
from copy import copy
from typing import Any

# Control characters, line and paragraph separators, and what turns the direction of a text.
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_INDENT = "    "


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
