"""The journal: the promise behind a 2xx. A line is acknowledged when it is on disk.

Lines are appended to `journal/<batch number>.ndjson`; one writer thread writes and syncs everything that
waits at once (a group commit; 1 to 64 lines cost the same ~4 ms), and tells whoever appended them. The file
is the batch: sealed, it is loaded in one transaction together with its number. It is kept until a checkpoint
has put the transaction into the database's main file, so that a write-ahead log that cannot be read loses
nothing. Opened again, files up to the number in the database are loaded already, later ones are still to be
loaded, and a torn last line, which was never acknowledged, is cut off.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from appliance.base import durable
from appliance.base.errors import UnavailableError
from appliance.base.waiting import GiveUp

log = logging.getLogger(__name__)

MAX_WAITING_BYTES = 32 * 1024 * 1024
MAX_FILE_BYTES = 8 * 1024 * 1024
"""A batch is not longer than what one transaction loads in about a second."""
APPEND_TIMEOUT_S = 10.0
RETRY_AFTER_S = 2
PROBE_S = 1.0
SYNC_INTERVAL_S = 0.002
"""From the beginning of one sync to that of the next, at least: with a quick disk, groups would be of one or
two lines, and the work for a group cost more than that for its lines."""


@dataclass(frozen=True)
class Batch:
    """A sealed file: nothing is added to it any more. What stands in it after `length` bytes was refused."""

    number: int
    path: Path
    length: int


@dataclass(frozen=True)
class Failure:
    """Nothing can be written: the system's reason, and since when by `time.monotonic`."""

    reason: str
    since: float

    @property
    def age_s(self) -> float:
        return time.monotonic() - self.since


Done = Callable[[UnavailableError | None], None]
"""Told when lines are on disk (None), or why they are not, or may not be."""


@dataclass(eq=False)
class _Append:
    lines: Sequence[bytes]
    size: int
    done: Done


class Journal:
    def __init__(self, folder: Path) -> None:
        """Nothing is read or written before `open`."""
        self._folder = folder
        self._loaded: list[Batch] = []
        self._sealed: list[Batch] = []
        self._number = 1
        self.missing = 0
        """Batches that neither the database nor a file held at the start: their events are lost."""
        self._file: int | None = None
        self._size = 0
        self._lines = 0
        self._waiting: deque[_Append] = deque()
        self._waiting_bytes = 0
        self._changed = threading.Condition()
        self._io = threading.Lock()
        self._closing = False
        self.failure: Failure | None = None
        """Set while every event is refused because nothing can be written."""
        self.has_data = threading.Event()
        """Set when there is something to load."""
        self._writer = threading.Thread(target=self._write_groups, name="journal", daemon=True)

    def open(self, loaded_batch: int) -> list[Path]:
        """Recover what an earlier run left; `loaded_batch` is the number that the database holds.

        Returns the files that are still to be loaded, oldest first.
        """
        durable.make_folder(self._folder)
        self._loaded, self._sealed = _recover(self._folder, loaded_batch)
        self._number = max([loaded_batch, *(batch.number for batch in self._sealed)]) + 1
        self.missing = self._number - 1 - loaded_batch - len(self._sealed)
        if self._sealed:
            self.has_data.set()
        return [batch.path for batch in self._sealed]

    def files_after(self, batch: int) -> list[Path]:
        """What stands in the folder now, oldest first, also before `open`."""
        return [path for path in sorted(self._folder.glob("*.ndjson")) if int(path.stem) > batch]

    def append(self, lines: Sequence[bytes], done: Done) -> GiveUp:
        """Write the lines (each one JSON object, without newline); `done` is told how it ended.

        It is called once, on the writer's thread as a rule, and only what it is told None of may be
        acknowledged. The caller calls what this returns when APPEND_TIMEOUT_S have passed: lines that still
        wait are given up; once the writer has them, only the disk knows how it ends. Raises UnavailableError
        when too many lines wait.
        """
        request = _Append(lines, sum(map(len, lines)), done)
        with self._changed:
            if self._closing:
                raise UnavailableError(
                    "The program is shutting down; the event was not stored.", RETRY_AFTER_S
                )
            if self._waiting_bytes + request.size > MAX_WAITING_BYTES:
                raise UnavailableError(
                    "More events arrive than the disk can take; this one was not stored. Send it again.",
                    RETRY_AFTER_S,
                )
            self._waiting.append(request)
            self._waiting_bytes += request.size
            self._start_writer()
            self._changed.notify()
        return partial(self._withdraw, request)

    def _start_writer(self) -> None:
        """By the first who appends, a thread of the server: so it keeps to the processor that they share,
        and the interpreter's lock does not travel to another with each group (a tenth more single events).
        """
        if self._writer.ident is None:
            self._writer.start()

    def _withdraw(self, request: _Append) -> None:
        with self._changed:
            if request not in self._waiting:
                return
            self._waiting.remove(request)
            self._waiting_bytes -= request.size
        request.done(
            UnavailableError("The disk did not answer in time; the event was not stored.", RETRY_AFTER_S)
        )

    def seal(self) -> list[Batch]:
        """Close the present file and return everything that waits to be loaded, oldest first."""
        with self._io:
            self.has_data.clear()
            self._seal_file()
            for batch in self._sealed:
                _cut(batch)
            return list(self._sealed)

    def loaded(self, batch: Batch) -> None:
        """The batch is committed; its file stays until `discard`."""
        with self._io:
            self._sealed.remove(batch)
            self._loaded.append(batch)

    def take_back(self, held: int) -> bool:
        """Whether batches after `held`, the last that the database holds, were loaded: they wait again."""
        with self._io:
            lost = [batch for batch in self._loaded if batch.number > held]
            self._loaded = [batch for batch in self._loaded if batch.number <= held]
            self._sealed = sorted(lost + self._sealed, key=lambda batch: batch.number)
        return bool(lost)

    def discard(self, checkpointed: int) -> None:
        """Delete the loaded batches up to the number that the database's main file holds."""
        with self._io:
            for batch in self._loaded:
                if batch.number <= checkpointed:
                    batch.path.unlink(missing_ok=True)
            self._loaded = [batch for batch in self._loaded if batch.number > checkpointed]

    @property
    def pending(self) -> int:
        """Files that are not in the database yet."""
        return len(self._waiting_files())

    def oldest_age_s(self, now: datetime) -> float:
        """Seconds that the oldest batch waits for the database; 0 when none does."""
        waiting = self._waiting_files()
        try:
            return max(0.0, now.timestamp() - waiting[0].stat().st_mtime) if waiting else 0.0
        except FileNotFoundError:  # Loaded and discarded since.
            return 0.0

    def _waiting_files(self) -> list[Path]:
        """Oldest first. Without the lock, which a disk that hangs in a sync would keep from everybody."""
        unsealed = [self._path(self._number)] if self._lines else []
        return [batch.path for batch in self._sealed.copy()] + unsealed

    def close(self) -> None:
        """Write what waits, refuse what comes."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._writer.ident is not None:
            self._writer.join()
        with self._io:
            self._seal_file()
            for batch in self._sealed:
                with suppress(OSError):
                    _cut(batch)

    def go_on(self, skipped: int) -> None:
        """Take lines again after `close`, in a process that is a copy of the one that closed it: from the
        next file on, or `skipped` files later. What stood in the files before is that one's to load."""
        self._loaded, self._sealed = [], []
        self._number += skipped
        self.has_data.clear()
        self._closing = False
        self._writer = threading.Thread(target=self._write_groups, name="journal", daemon=True)

    def _write_groups(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._waiting or self._closing, PROBE_S if self.failure else None
                )
                group = list(self._waiting)
                self._waiting.clear()
                self._waiting_bytes = 0
                closing = self._closing
            if group:
                self._write_group(group)
            elif closing:
                return
            elif durable.can_be_written(self._folder):
                self._recovered()

    def _write_group(self, group: list[_Append]) -> None:
        begun = time.monotonic()
        error = self._write(group)
        for request in group:
            try:
                request.done(error)
            except Exception:
                log.exception("A request could not be told what became of its events.")
        self._pause(begun + SYNC_INTERVAL_S - time.monotonic())

    def _pause(self, seconds: float) -> None:
        if seconds > 0 and not self._closing:
            time.sleep(seconds)

    def _write(self, group: list[_Append]) -> UnavailableError | None:
        lines = [line for request in group for line in request.lines]
        data = b"\n".join(lines) + b"\n"
        with self._io:
            try:
                file = self._open() if self._file is None else self._file
                durable.write_all(file, data)
                durable.sync(file)
            except OSError as error:
                if self.failure is None:
                    log.error("The journal in %s cannot be written: %s", self._folder, error)
                    self.failure = Failure(error.strerror or str(error), time.monotonic())
                self._give_up_tail()
                return UnavailableError(
                    f"The event was not stored, the journal cannot be written: {error.strerror}. "
                    "Send it again later.",
                    RETRY_AFTER_S,
                )
            self._recovered()
            self._size += len(data)
            self._lines += len(lines)
            if self._size >= MAX_FILE_BYTES:
                self._seal_file()
            self.has_data.set()
            return None

    def _recovered(self) -> None:
        if self.failure:
            log.warning("The journal in %s can be written again.", self._folder)
        self.failure = None

    def _open(self) -> int:
        path = self._path(self._number)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._size = self._lines = 0
        durable.sync_folder(self._folder)
        return self._file

    def _give_up_tail(self) -> None:
        """Nobody knows what of the tail is on disk: cut it off, and never sync this file again."""
        if self._file is None:
            return
        try:
            os.ftruncate(self._file, self._size)
        except OSError as error:
            log.error("The unacknowledged tail of the journal could not be cut off: %s", error)
        self._seal_file()

    def _seal_file(self) -> None:
        if self._file is None:
            return
        os.close(self._file)
        batch = Batch(self._number, self._path(self._number), self._size)
        self._file = None
        # The number of a file without a line is used again: a gap in the numbers means a file was lost.
        if self._lines:
            self._sealed.append(batch)
            self._number += 1
        elif not durable.is_removed(batch.path):
            self._number += 1
        self._size = self._lines = 0

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:012d}.ndjson"


def _recover(folder: Path, loaded_batch: int) -> tuple[list[Batch], list[Batch]]:
    """Batches that the database holds, and those still to be loaded; both oldest first."""
    loaded: list[Batch] = []
    left: list[Batch] = []
    for path in sorted(folder.glob("*.ndjson")):
        number = int(path.stem)
        length = path.stat().st_size if number <= loaded_batch else durable.mend_lines(path)
        if not length:
            path.unlink()
        else:
            (loaded if number <= loaded_batch else left).append(Batch(number, path, length))
    return loaded, left


def _cut(batch: Batch) -> None:
    """What could not be cut off when its writing failed must go before it is loaded."""
    if batch.path.stat().st_size > batch.length:
        os.truncate(batch.path, batch.length)
