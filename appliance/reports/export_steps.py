"""A long export in steps of some days, so that it takes no more memory than a short one.

One query over a million events sorted all of them, payloads and all, before the first was written.
"""

import math
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

from appliance.base.timerange import Span
from appliance.storage.database import Database

STEP_EVENTS = 20_000
"""About so many are sorted at once."""
_DAY = timedelta(days=1)
_COPIED_AT_ONCE = 1024 * 1024

Write = Callable[[datetime, datetime, Path], None]
"""Writes what happened from one instant to before another."""
Tell = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


def steps(span: Span, days: list[tuple[date, int]]) -> list[tuple[datetime, datetime]]:
    """Spans that are `span` together, of about STEP_EVENTS each; `days`: events of each UTC day with some."""
    cuts: list[datetime] = []
    gathered = 0
    for day, events in days:
        start = datetime.combine(day, time(), UTC)
        if gathered + events > STEP_EVENTS:
            parts = math.ceil(events / STEP_EVENTS)
            cuts += [start + number * _DAY / parts for number in range(parts)]
            gathered = 0
        gathered += min(events, STEP_EVENTS)
    inside = (cut for cut in cuts if span.start < cut < span.end)
    return list(pairwise([span.start, *inside, span.end]))


def told(write: Write, steps: int, tell: Tell) -> Write:
    """`write` that tells of each of so many steps."""
    done = 0

    def writing(start: datetime, end: datetime, part: Path) -> None:
        nonlocal done
        write(start, end, part)
        done += 1
        tell(done / steps)

    return writing


def append_all(spans: list[tuple[datetime, datetime]], file: Path, has_header: bool, write: Write) -> None:
    """One text file of all steps, with the first one's header only, if they have one."""
    part = file.with_suffix(".part")
    with file.open("wb") as whole:
        for number, (start, end) in enumerate(spans):
            write(start, end, part)
            with part.open("rb") as written:
                if number and has_header:
                    written.readline()
                shutil.copyfileobj(written, whole, _COPIED_AT_ONCE)
    part.unlink()


def join_all(
    database: Database, spans: list[tuple[datetime, datetime]], file: Path, within_s: float, write: Write
) -> None:
    """One Parquet file of all steps."""
    parts = [file.with_suffix(f".{number}.part") for number in range(len(spans))]
    try:
        for (start, end), part in zip(spans, parts, strict=True):
            write(start, end, part)
        if len(parts) == 1:
            parts[0].replace(file)
            return
        joined = {"parts": [str(part) for part in parts], "file": str(file)}
        database.read("exports.joined", joined, within_s=within_s)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
