"""The commands that take a website's history in and out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appliance.base.clock import SystemClock
from appliance.cli_options import load, options_for

if TYPE_CHECKING:
    from appliance.imports.records import Import

_SITE = "The website's id, as the dashboard's address has it: site_..."


@click.command(name="import")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", required=True, help=_SITE)
@click.option("--undo", type=int, help="Take back the import of this number instead.")
@click.option("--list", "listed", is_flag=True, help="Tell of the website's imports instead.")
@options_for("data_dir")
@click.pass_obj
def import_history(
    given_before: dict[str, Any],
    /,
    file: Path | None,
    site: str,
    undo: int | None,
    listed: bool,
    **options: Any,
) -> None:
    """Import the events in FILE, an export of events as CSV or JSON lines, also while Analytiq runs.

    Events keep their times. Those that the website has already are not counted again, so that an import that
    was cut off is simply made again.
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
        click.echo(f"Import {undo} is undone: its {ended.stored} events are counted no longer.")
    elif file is not None:
        with _bar("Importing") as tell:
            ended = importing.import_file(*wanted, file, tell)
        click.echo(_told(ended))
        for line in ended.refused_lines:
            click.echo(f"  line {line.line}: {line.reason}")


def _told(found: "Import") -> str:
    days = f" of {found.first_day} to {found.last_day}" if found.first_day else ""
    return (
        f"Import {found.import_id} ({found.file_name}): {found.state}. {found.stored} events{days}; "
        f"{found.duplicates} were there already, {found.refused} lines could not be read."
    )


@contextmanager
def _bar(label: str) -> Iterator[Callable[[float], None]]:
    """Told how far it is, from 0 to 1."""
    with click.progressbar(length=1000, label=label) as bar:
        yield lambda done: bar.update(int(1000 * done) - bar.pos)
