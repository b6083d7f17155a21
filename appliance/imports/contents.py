"""What a file held: its days, and the lines in it that could not be used."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from appliance.sites.sites import Site

SHOWN = 50
"""Lines that could not be read are shown up to this number; all are counted."""


@dataclass(frozen=True)
class RefusedLine:
    """`line`: its number in the file, from 1."""

    line: int
    reason: str


@dataclass
class Contents:
    """`days`: events by day in the site's time zone, or one for a day's sums; `lines`: those that were
    read."""

    source: str
    lines: int = 0
    refused: int = 0
    refused_lines: list[RefusedLine] = field(default_factory=list)
    days: Counter[date] = field(default_factory=Counter)
    first: datetime | None = None
    last: datetime | None = None

    @property
    def events(self) -> int:
        return self.days.total()

    @property
    def example(self) -> str:
        """The first of the lines that could not be read, as a sentence; empty if there is none."""
        return "".join(f" Line {each.line}: {each.reason}." for each in self.refused_lines[:1])

    def refuse(self, line: int, reason: str) -> None:
        self.refused += 1
        if len(self.refused_lines) < SHOWN:
            self.refused_lines.append(RefusedLine(line, reason))

    def add(self, site: Site, instant: datetime) -> None:
        self.days[instant.astimezone(site.zone).date()] += 1
        self.first = min(self.first or instant, instant)
        self.last = max(self.last or instant, instant)
