"""A JSON array, element by element in constant memory, also where it is one endless line."""

import json
import re
from collections.abc import Iterator
from typing import TextIO

from appliance.base.errors import UnreadableError

MAX_ELEMENT = 1024 * 1024
"""Characters; an event has at most 64 KiB."""
_AT_ONCE = 64 * 1024
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def elements(text: TextIO) -> Iterator[str]:
    """Of `text`, which stands behind the opening bracket: each element as it is written there.

    Raises UnreadableError where one is no JSON, or longer than any that could be meant, or there is no end.
    """
    held, number = "", 1
    while part := text.read(_AT_ONCE):
        held += part
        at = 0
        while (begin := _begin(held, at)) < len(held):
            if held[begin] == "]":
                return
            end = _end(held, begin)
            if end is None:
                break
            yield held[begin:end]
            at, number = end, number + 1
        held = held[begin:]
        if len(held) > MAX_ELEMENT:
            break
    raise UnreadableError(
        f"The file's JSON cannot be read from its entry {number} on: it is damaged or cut off there. Nothing "
        "was imported; export it anew."
    )


def _begin(held: str, at: int) -> int:
    found = _BETWEEN.match(held, at)
    return found.end() if found else at


def _end(held: str, begin: int) -> int | None:
    """None for what goes on beyond what is held, or is no JSON."""
    try:
        return _DECODER.raw_decode(held, begin)[1]
    except (ValueError, RecursionError):
        return None
