"""Matomo's visits by day, as its API answers VisitsSummary.get in JSON: an object with an entry for each day.

https://developer.matomo.org/api-reference/reporting-api. Of a day without visits the entry is an empty list.
"""

import re
from collections.abc import Iterator
from typing import TextIO

from appliance.base.errors import UnreadableError
from appliance.events import bodies
from appliance.imports.tables import plain

MAX_CHARACTERS = 8 * 2**20
"""Some twenty-five years of days."""
_START = re.compile(r'\s*"\d{4}-\d\d-\d\d"\s*:', re.ASCII)
_SNIFFED = 64


def days(text: TextIO) -> Iterator[tuple[int, str, dict[str, str]]] | None:
    """Its number, the day, and the values by plain names; of what stands behind the first {.

    None where that is something else. Raises UnreadableError for what is damaged or too long.
    """
    start = text.read(_SNIFFED)
    if not _START.match(start):
        return None
    body = start + text.read(MAX_CHARACTERS)
    if len(body) > MAX_CHARACTERS:
        raise UnreadableError(
            "The file has too many days. Nothing was imported; export some years at a time."
        )
    try:
        found = bodies.read_json(b"{" + body.encode())
    except (UnreadableError, UnicodeEncodeError) as error:
        raise UnreadableError(
            "The file's JSON cannot be read: it is damaged or cut off. Nothing was imported; export it anew."
        ) from error
    return _told(found)


def _told(found: dict[str, object]) -> Iterator[tuple[int, str, dict[str, str]]]:
    for number, (day, values) in enumerate(found.items(), 1):
        if isinstance(values, dict):
            yield number, day, {plain(name): str(value) for name, value in values.items()}
