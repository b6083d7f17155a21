"""What the operating system lends us to break things with: small disks, failing syncs, other clocks."""

import mmap
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

_SHIM = Path(__file__).with_name("shim.c")
_LAYOUT = struct.Struct("=qqqq40s")
"""As `struct control` in shim.c."""


@contextmanager
def small_disk(folder: Path, size_mb: int) -> Iterator[Path]:
    """A file system of its own in memory; skips the test where that is not allowed."""
    if os.name == "nt" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small disk needs root and mount")
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size_mb}m", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"mounting a small disk was refused: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def full(disk: Path, left_bytes: int = 0) -> Iterator[None]:
    """Fill the disk with a file until only `left_bytes` are free; make room again at the end."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        _fill(file, disk, left_bytes)
    try:
        yield
    finally:
        ballast.unlink()


def _fill(file: IO[bytes], disk: Path, left_bytes: int) -> None:
    """In ever smaller pieces: others may take the room that was there a moment ago."""
    for piece in (1 << 20, 1 << 16, 1 << 12):
        with suppress(OSError):
            while shutil.disk_usage(disk).free - piece >= left_bytes:
                file.write(bytes(piece))


@dataclass
class Shim:
    """Steers the programs that were started with it, while they run."""

    _memory: mmap.mmap
    _clock_offset_s: int = 0

    def move_clock(self, seconds: int) -> None:
        """The wall clock of the programs differs by so many seconds more from the real one."""
        self._clock_offset_s += seconds
        self._write(0, 0, False, "")

    def fail_syncs(self, of_files_ending: str, after: int, times: int) -> None:
        """Let the next `after` syncs of such files pass, then fail `times` of them with EIO."""
        self._write(after, times, False, of_files_ending)

    def fail_writes(self, of_files_ending: str, after: int, times: int) -> None:
        """In the same way, with ENOSPC, those writes that name a place in the file."""
        self._write(after, times, True, of_files_ending)

    @property
    def failures_left(self) -> int:
        return int(_LAYOUT.unpack_from(self._memory)[2])

    def _write(self, after: int, times: int, writes: bool, ending: str) -> None:
        _LAYOUT.pack_into(self._memory, 0, self._clock_offset_s, after, times, writes, ending.encode())


@contextmanager
def shim(folder: Path) -> Iterator[Shim]:
    """Compile the shim and put it before every program that is started in the block."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if os.name == "nt" or compiler is None or not Path("/proc/self/fd").exists():
        pytest.skip("failing syncs and other clocks need Linux and a C compiler")
    library, control = folder / "shim.so", folder / "shim.control"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, _SHIM], check=True)
    control.write_bytes(bytes(_LAYOUT.size))
    with (
        control.open("r+b") as file,
        mmap.mmap(file.fileno(), _LAYOUT.size) as memory,
        pytest.MonkeyPatch.context() as environment,
    ):
        environment.setenv("LD_PRELOAD", str(library))
        environment.setenv("SHIM_CONTROL", str(control))
        yield Shim(memory)


@dataclass(frozen=True)
class Held:
    """What a process holds of the machine."""

    files: int
    """But for those of the database."""
    threads: int
    memory_mb: float
    peak_mb: float
    """The most memory since its start."""


def is_of_duckdb(file: Path) -> bool:
    """Its database, the log beside it, and what it puts aside: a checkpoint closes the log, and giving memory
    back, once a minute, leaves one file of each size of block open. None of them is anybody's request."""
    with suppress(FileNotFoundError):  # closed since
        return "duckdb" in file.readlink().name
    return False


def held_by(pid: int) -> Held:
    process = Path(f"/proc/{pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text("ascii").splitlines())
    files = sum(not is_of_duckdb(file) for file in (process / "fd").iterdir())
    memory_mb, peak_mb = (int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return Held(files, int(status["Threads"]), memory_mb, peak_mb)
