"""`analytiq export`: month by month, by the server while it runs, else by this process."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter

from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.maintenance.asking import asking
from appliance.web.local_exports import LocalExport, LocalExportForm, export_for

Month = tuple[date, date]
"""Its first and last day, or those of them that are wanted."""
Ask = Callable[[LocalExportForm], LocalExport]
Tell = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


def export(config: Config, clock: Clock, wanted: LocalExportForm, out: Path | None, tell: Tell) -> None:
    """Write all that `wanted` names to `out`, a file; of Parquet, a folder with a file for each month. None:
    to standard output. Days that are not named are all that there are. Raises StartError, with what to do.
    """
    if out is not None and wanted.format != "parquet" and out.exists():
        raise StartError(f"{out} is there already and was left as it is. Choose another name.")
    with asking(config, clock, "/api/local/export", export_for, TypeAdapter(LocalExport)) as ask:
        months = _months(ask, wanted)
        if wanted.format == "parquet":
            _write_folder(_made(ask, wanted, months, tell), out or Path())
        else:
            _write_file(_made(ask, wanted, months, tell), out, has_header=wanted.format == "csv")


def _months(ask: Ask, wanted: LocalExportForm) -> list[Month]:
    """A file of no rows is made of the days that are named, or of one."""
    found = ask(wanted.model_copy(update={"first_day": None, "last_day": None}))
    first = wanted.first_day or found.first_day or wanted.last_day or date(2000, 1, 1)
    last = wanted.last_day or found.last_day or first
    months = []
    while first <= last:
        following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
        months.append((first, min(last, following - timedelta(days=1))))
        first = following
    return months


def _made(ask: Ask, wanted: LocalExportForm, months: list[Month], tell: Tell) -> Iterator[tuple[date, Path]]:
    """Each month's first day and file, which is gone afterwards."""
    for number, (first, last) in enumerate(months, 1):
        made = ask(wanted.model_copy(update={"first_day": first, "last_day": last}))
        file = Path(made.file or "")
        try:
            yield first, file
        finally:
            file.unlink(missing_ok=True)
        tell(number / len(months))


def _write_file(parts: Iterator[tuple[date, Path]], out: Path | None, has_header: bool) -> None:
    with _opened(out) as whole:
        for number, (_, part) in enumerate(parts):
            with part.open("rb") as content:
                if number and has_header:
                    content.readline()
                shutil.copyfileobj(content, whole)


@contextmanager
def _opened(out: Path | None) -> Iterator[BinaryIO]:
    """A file has its name when it is whole."""
    if out is None:
        yield sys.stdout.buffer
        return
    unfinished = out.with_name(f"{out.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
        unfinished.replace(out)
    except OSError as error:
        raise StartError(f"{out} could not be written: {error.strerror}. Give the command again.") from error
    finally:
        unfinished.unlink(missing_ok=True)


def _write_folder(parts: Iterator[tuple[date, Path]], out: Path) -> None:
    """As DuckDB, Spark and others read it: year=2026/month=9/data.parquet. What is there is replaced."""
    for first, part in parts:
        folder = out / f"year={first.year}" / f"month={first.month}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(part, folder / "unfinished")
            (folder / "unfinished").replace(folder / "data.parquet")
        except OSError as error:
            raise StartError(
                f"{folder} could not be written: {error.strerror}. Months before are there; give the command "
                "again."
            ) from error
