"""A file's events beside those that a website has: what is there already, and what each day comes to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from appliance.imports.reading import Contents, RefusedLine
from appliance.sites.sites import Site
from appliance.storage.database import WITHOUT_LIMIT, Database


@dataclass(frozen=True)
class DayPreview:
    """A day of the site's time zone: what the file tells of it, and what the website counts now."""

    day: date
    events: int
    duplicates: int
    pageviews: int
    visitors: int
    counted_pageviews: int
    counted_visitors: int


@dataclass(frozen=True)
class Preview:
    """What an import would do; `left_out`: lines that tell of nothing to count, such as pictures and bots."""

    source: str
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
        values = _compare(database, site, file, contents)
        days = database.read("imports.preview", {**values, "zone": site.timezone}, within_s=WITHOUT_LIMIT)
        return [DayPreview(*row) for row in days]

    return Preview(
        contents.source,
        contents.lines,
        contents.lines - contents.refused - contents.events,
        contents.refused,
        contents.refused_lines,
        database.at_one_moment(compare),
    )


def _compare(database: Database, site: Site, file: Path, contents: Contents) -> dict[str, object]:
    values = {"site_id": site.site_id, "start": contents.first, "until": contents.last}
    database.read("imports.compare", {**values, "file": str(file)}, within_s=WITHOUT_LIMIT)
    return dict(values)
