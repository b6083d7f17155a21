"""Another database in the place of the present one: whatever is killed when, it is the one or the other.

1. The other stands whole in the folder `restore`.
2. A note gets its name: from this moment on the other is the one. The program ends and starts again.
3. Whoever opens the database next puts it in its place first (`carry_out`), and gives the journal's files
   that are still to be loaded numbers after those that the other holds.
4. When what waits in the journal has been looked through for what the other holds already, the note goes.

A compacted copy of the present one takes its place in the same way while the program runs: the journal goes
on from the same batch, so there is nothing to look through.
"""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from appliance.base.durable import remove_file, sync_folder, write_file
from appliance.base.errors import ConflictError
from appliance.base.paths import DataPaths

_APART = 1_000_000
"""More batches than wait at any time."""
_ANOTHER = (
    "Another backup is being put back, or the database is being compacted. Nothing was changed; wait until "
    "that is done."
)


@dataclass(frozen=True)
class Note:
    """`held`: the last batch that the replaced database had loaded; `batch`: the number that the other one
    begins with. What is in the journal after `held` is still to be loaded."""

    held: int
    batch: int


class Turns:
    """Who prepares another database in the folder `restore`: one at a time, and none once one is agreed."""

    def __init__(self, paths: DataPaths) -> None:
        self._paths = paths
        self._taken = threading.Lock()

    @contextmanager
    def one(self) -> Iterator[None]:
        """Raises ConflictError while it is another's."""
        if not self._taken.acquire(blocking=False):
            raise ConflictError(_ANOTHER)
        try:
            if is_due(self._paths):
                raise ConflictError(_ANOTHER)
            yield
        finally:
            self._taken.release()


def clear(paths: DataPaths) -> None:
    """Nothing is prepared any more."""
    shutil.rmtree(paths.restore, ignore_errors=True)


def first_batch(held: int, others: int) -> int:
    """The number that the other database is to begin with, whose last batch was `others`: rows are numbered
    by batches, so none may come twice."""
    return held if others <= held else max(others, held + _APART)


def commit(paths: DataPaths, note: Note) -> None:
    """On disk at return: there is no way back. Raises OSError."""
    write_file(paths.exchange, json.dumps(asdict(note)).encode())


def is_due(paths: DataPaths) -> bool:
    return paths.exchange.exists()


def skipped_batches(paths: DataPaths) -> int:
    """By how much `carry_out` raises the numbers of files that wait in the journal; 0 if nothing is due."""
    if not is_due(paths):
        return 0
    note = _read(paths)
    return note.batch - note.held


def carry_out(paths: DataPaths) -> None:
    """If an exchange is due. Cut off at any moment, it is finished at the next call. Raises OSError."""
    if not is_due(paths):
        return
    note = _read(paths)
    fresh = DataPaths(paths.restore).database
    if fresh.exists():
        for of_the_old in (paths.write_ahead_log, paths.undo):
            remove_file(of_the_old)
        fresh.replace(paths.database)
        sync_folder(paths.root)
    _number_after(paths, note)


def finished(paths: DataPaths) -> None:
    """Raises OSError."""
    remove_file(paths.exchange)


def _read(paths: DataPaths) -> Note:
    return Note(**json.loads(paths.exchange.read_text("utf-8")))


def _number_after(paths: DataPaths, note: Note) -> None:
    """Files that have a number beyond `batch` were given it by a call that was cut off."""
    if note.batch == note.held or not paths.journal.is_dir():
        return
    for file in sorted(paths.journal.glob("*.ndjson"), reverse=True):
        number = int(file.stem)
        if note.held < number <= note.batch:
            file.rename(file.with_name(f"{number + note.batch - note.held:012d}.ndjson"))
    sync_folder(paths.journal)
