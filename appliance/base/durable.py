"""Bytes and names that are on the disk when a function returns, on every system.

A file's own sync keeps its contents through a power cut, its folder's sync keeps its name.
"""

import logging
import os
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO

log = logging.getLogger(__name__)

PROBE_BYTES = 64 * 1024


def write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def sync(file: int) -> None:
    if hasattr(os, "fdatasync"):
        os.fdatasync(file)
    else:
        os.fsync(file)


def sync_file(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in the folder durable; Windows does so by itself and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Its parent must be there. Nothing happens when it is there itself."""
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)


def write_file(path: Path, data: bytes) -> None:
    """For its owner only. Whenever the power goes, the path has all of the old or all of the new."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        sync_file(file)
    fresh.replace(path)
    sync_folder(path.parent)


def remove_file(path: Path) -> None:
    """For good: it does not come back after a power cut."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def is_removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.error("The file %s is not needed and could not be removed: %s", path, error)
        return False
    return True


def can_be_written(folder: Path) -> bool:
    """Whether a few pages reach the disk there right now; leaves nothing behind."""
    try:
        with TemporaryFile(dir=folder) as file:
            write_all(file.fileno(), bytes(PROBE_BYTES))
            sync(file.fileno())
    except OSError:
        return False
    return True


def open_and_forget(file: Path) -> BinaryIO:
    """To be read once: closing it takes it from the disk. Windows does that by itself, others keep what is
    open without its name."""
    deleted_on_close = getattr(os, "O_TEMPORARY", 0)
    opened = open(file, "rb", opener=lambda path, flags: os.open(path, flags | deleted_on_close))  # noqa: SIM115
    if not deleted_on_close:
        file.unlink()
    return opened


def mend_lines(path: Path) -> int:
    """Cut off a torn last line, and take out lines with holes; the length then, in bytes.

    None of it was ever acknowledged: a power cut leaves holes, full of zeros, in what was not synced.
    """
    data = path.read_bytes()
    *lines, _torn = data.split(b"\n")
    kept = b"".join(line + b"\n" for line in lines if b"\0" not in line)
    if len(kept) < len(data):
        log.warning("Cut %d torn bytes off %s; they were never acknowledged.", len(data) - len(kept), path)
        if kept == data[: len(kept)]:
            os.truncate(path, len(kept))
        else:
            write_file(path, kept)
    return len(kept)
