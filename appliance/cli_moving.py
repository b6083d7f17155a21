"""The commands that take a website's history in and out."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appliance.base.clock import SystemClock
from appliance.cli_options import load, options_for

if TYPE_CHECKING:
    from appliance.imports.comparing import Preview
    from appliance.imports.contents import RefusedLine
    from appliance.imports.records import Import

_DAY = click.DateTime(["%Y-%m-%d"])
_SITE = "The website's id, as the dashboard's address has it: site_..."


@click.command(name="export")
@click.option("--site", required=True, help=_SITE)
@click.option("--what", type=click.Choice(["events", "visits"]), default="events", show_default=True)
@click.option(
    "--format", "format_", type=click.Choice(["csv", "json", "parquet"]), default="csv", show_default=True
)
@click.option("--from", "first", type=_DAY, help="The first day; the first of all if not given.")
@click.option("--to", "last", type=_DAY, help="The last day; the last of all if not given.")
@click.option("--out", type=click.Path(path_type=Path), help="A file; of Parquet, a folder.")
@options_for("data_dir")
@click.pass_obj
def export_history(
    given_before: dict[str, Any],
    /,
    site: str,
    what: str,
    format_: str,
    first: datetime | None,
    last: datetime | None,
    out: Path | None,
    **options: Any,
) -> None:
    """Write all events or visits of a website to a file, also while Analytiq runs.

    Without --out they go to standard output. Parquet becomes a folder with a file for each month:
    year=2026/month=9/data.parquet. Months that are there are replaced.
    """
    from appliance.maintenance import exporting
    from appliance.web.local_exports import LocalExportForm

    if format_ == "parquet" and out is None:
        raise click.UsageError("Parquet needs a folder: name one with --out.")
    days = {"first_day": first and first.date(), "last_day": last and last.date()}
    wanted = LocalExportForm.model_validate({"site_id": site, "what": what, "format": format_, **days})
    with _bar("Exporting") as tell:
        exporting.export(load(given_before, options), SystemClock(), wanted, out, tell)


@click.command(name="import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", required=True, help=_SITE)
@click.option("--dry-run", is_flag=True, help="Only show what the import would do, day by day.")
@click.option("--undo", type=int, help="Take back the import of this number instead.")
@click.option("--list", "listed", is_flag=True, help="Tell of the website's imports instead.")
@options_for("data_dir")
@click.pass_obj
def import_history(
    given_before: dict[str, Any],
    /,
    file: Path | None,
    site: str,
    dry_run: bool,
    undo: int | None,
    listed: bool,
    **options: Any,
) -> None:
    """Import a history from FILE, also while Analytiq runs.

    FILE is an export of events (CSV or JSON), Umami's website_event.csv, a web server's log in the combined
    format, or what Plausible, Google Analytics 4 or Matomo counted by day; it may be packed (.zip or .gz).
    Events keep their times; daily sums are shown beside them, never among them. What the website has already
    is not counted again, so that an import that was cut off is simply made again.
    """
    from appliance.maintenance import importing

    if (file is not None) + (undo is not None) + listed != 1:
        raise click.UsageError("Give a FILE to import, or --undo NUMBER, or --list.")
    wanted = (load(given_before, options), SystemClock(), site)
    if listed:
        for each in importing.imports_of(*wanted):
            click.echo(_told(each))
    elif undo is not None:
        with _bar("Taking it back") as tell:
            ended = importing.undo(*wanted, undo, tell)
        click.echo(f"Import {undo} is undone: its {_entries(ended)} are counted no longer.")
    elif file is not None and dry_run:
        click.echo(_previewed(importing.preview(*wanted, file)))
    elif file is not None:
        with _bar("Importing") as tell:
            ended = importing.import_file(*wanted, file, tell)
        click.echo("\n".join([_told(ended), *_refused(ended.refused_lines)]))


def _previewed(found: "Preview") -> str:
    """A table, by days of the website's time zone."""
    head = ("day", "events", "there already", "pageviews", "visitors", "pageviews now", "visitors now")
    days = [tuple(vars(day).values()) for day in found.days]
    table = ["  ".join(f"{'-' if cell is None else cell!s:>13}" for cell in row) for row in (head, *days)]
    said = (
        f"{found.lines} lines ({found.source}); {found.left_out} tell of nothing to count, {found.refused} "
        "could not be read. Nothing was imported."
    )
    return "\n".join([*table, said, *_refused(found.refused_lines)])


def _refused(lines: "list[RefusedLine]") -> list[str]:
    return [f"  line {each.line}: {each.reason}" for each in lines]


def _told(found: "Import") -> str:
    days = f" of {found.first_day} to {found.last_day}" if found.first_day else ""
    return (
        f"Import {found.import_id} ({found.file_name}): {found.state}. {_entries(found)}{days}; "
        f"{found.duplicates} were there already, {found.refused} lines could not be read."
    )


def _entries(found: "Import") -> str:
    return f"{found.stored} {'days' if found.source in ('plausible', 'ga4', 'matomo') else 'events'}"


@contextmanager
def _bar(label: str) -> Iterator[Callable[[float], None]]:
    """Told how far it is, from 0 to 1."""
    with click.progressbar(length=1000, label=label, file=sys.stderr) as bar:
        yield lambda done: bar.update(int(1000 * done) - bar.pos)
