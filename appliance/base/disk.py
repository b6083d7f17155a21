"""Room on disks. The last of it is kept for events: all else waits, or goes, before they are refused."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from appliance.base.errors import UnavailableError

SPARED_BYTES = 512 * 2**20
"""Kept for events. Half of it is a write-ahead log of 64 MB, twice as much for the checkpoint that shortens
it, and 64 MB to spare; the rest is journal, an hour at 100 events a second."""
FILLING_SHARE = 0.8
"""So much in use is worth a word, while there is time to do something about it."""
ROOMY_BYTES = 50 * 10**9
"""Room for some fifty million events: with so much left no disk is in trouble, whatever share that is."""
RETRY_AFTER_S = 60


@dataclass(frozen=True)
class Room:
    """Of a disk, or of what the owner allows."""

    total_bytes: int
    free_bytes: int

    @property
    def used_share(self) -> float:
        """From 0 to 1; more where more is used than is allowed."""
        return 1 - self.free_bytes / max(1, self.total_bytes)

    @property
    def filling(self) -> bool:
        """The owner should know."""
        return self.used_share >= FILLING_SHARE and self.free_bytes < ROOMY_BYTES

    @property
    def scarce(self) -> bool:
        """What is left is for events alone."""
        return self.free_bytes < SPARED_BYTES


def room(folder: Path) -> Room:
    """Of the disk that it is on. Raises OSError."""
    usage = shutil.disk_usage(folder)
    return Room(usage.total, usage.free)


def require(folder: Path, needed_bytes: int, wish: str, otherwise: str) -> None:
    """Raises UnavailableError where `wish` would take from the disk what is kept for events, or OSError.

    `otherwise`: what that means, and what to do.
    """
    free = room(folder).free_bytes
    if free < needed_bytes + SPARED_BYTES:
        raise UnavailableError(
            f"{wish} needs {(needed_bytes + SPARED_BYTES) // 10**6} MB of the disk with {folder}, "
            f"{SPARED_BYTES // 10**6} MB of them to be left for events, and {free // 10**6} MB are free. "
            f"{otherwise}",
            RETRY_AFTER_S,
        )


def taken_bytes(folder: Path) -> int:
    """By all files below it; those that go meanwhile are passed over."""
    return sum(_bytes(Path(below, name)) for below, _, names in os.walk(folder) for name in names)


def _bytes(file: Path) -> int:
    try:
        return file.lstat().st_size
    except FileNotFoundError:
        return 0
