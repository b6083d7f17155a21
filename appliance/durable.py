"""Bytes that are on the disk when a function returns, on every system."""

import logging
import os
from pathlib import Path
from tempfile import TemporaryFile

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


def sync_folder(folder: Path) -> None:
    """Make a new name in the folder durable; Windows does so by itself and cannot open folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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


def cut_torn_line(path: Path) -> int:
    """Cut the file after its last complete line; its length then, in bytes."""
    data = path.read_bytes()
    length = data.rfind(b"\n") + 1
    if length < len(data):
        log.warning(
            "Cut a torn line of %d bytes off %s; it was never acknowledged.", len(data) - length, path
        )
        os.truncate(path, length)
    return length
