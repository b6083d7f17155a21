"""A file's events beside those that a website has: what is there already, and what each day comes to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from appliance.base.timerange import TimeRange
from appliance.imports import kept_sums
from appliance.imports.contents import Contents, RefusedLine
from appliance.imports.daily_sums import Sums
from appliance.sites.sites import Site
from appliance.storage.database import WITHOUT_LIMIT, Database

_NOTHING = (0, 0)

Kind = Literal["events", "days"]
"""What a file holds: events, or what another program counted day by day."""


@dataclass(frozen=True)
class DayPreview:
    """A day of the site's time zone: what the file tells of it, and what the website counts now. `events` and
    `duplicates` are 0 or 1 for a day's sums; null: the file does not tell."""

    day: date
    events: int
    duplicates: int
    pageviews: int | None
    visitors: int | None
    counted_pageviews: int
    counted_visitors: int


@dataclass(frozen=True)
class Preview:
    """What an import would do; `left_out`: lines that tell of nothing to count, such as pictures and bots."""

    source: str
    kind: Kind
    lines: int
    left_out: int
    refused: int
    refused_lines: list[RefusedLine]
    days: list[DayPreview]


def repeated(database: Database, site: Site, file: Path, contents: Contents) -> set[int]:
    """The lines, from 1, whose events the site has already."""

    def compare() -> set[int]:
        _compare(database, site, file, contents)
        return {line for (line,) in database.read("imports.repeated", within_s=WITHOUT_LIMIT)}

    return database.at_one_moment(compare)


def preview(database: Database, site: Site, file: Path, contents: Contents) -> Preview:
    def compare() -> list[DayPreview]:
        _compare(database, site, file, contents)
        days = database.read("imports.preview", {"zone": site.timezone}, within_s=WITHOUT_LIMIT)
        counted = _counted(database, site, contents)
        return [DayPreview(*(*row, *counted.get(row[0], _NOTHING))) for row in days]

    return _preview("events", contents, database.at_one_moment(compare))


def preview_sums(database: Database, site: Site, sums: Sums) -> Preview:
    def compare() -> list[DayPreview]:
        new = kept_sums.new(database, site, sums)
        counted = _counted(database, site, sums.contents)
        return [
            DayPreview(
                day, 1, int(day not in new), each.pageviews, each.visitors, *counted.get(day, _NOTHING)
            )
            for day, each in sorted(sums.days.items())
        ]

    return _preview("days", sums.contents, database.at_one_moment(compare))


def _preview(kind: Kind, contents: Contents, days: list[DayPreview]) -> Preview:
    return Preview(
        contents.source,
        kind,
        contents.lines,
        contents.lines - contents.refused - contents.events,
        contents.refused,
        contents.refused_lines,
        days,
    )


def _counted(database: Database, site: Site, contents: Contents) -> dict[date, tuple[int, int]]:
    """Pageviews and visitors of each day with some, from the first of the file to the last."""
    span = TimeRange(min(contents.days), max(contents.days), site.zone)
    wanted = {"site_id": site.site_id, "zone": site.timezone, "first": span.first, "last": span.last}
    rows = database.read(
        "imports.counted", {**wanted, "start": span.start, "end": span.end}, within_s=WITHOUT_LIMIT
    )
    return {day: (pageviews, visitors) for day, pageviews, visitors in rows}


def _compare(database: Database, site: Site, file: Path, contents: Contents) -> None:
    values = {"site_id": site.site_id, "start": contents.first, "until": contents.last}
    database.read("imports.compare", {**values, "file": str(file)}, within_s=WITHOUT_LIMIT)
