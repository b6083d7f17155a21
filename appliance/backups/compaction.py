"""Giving disk back to the system: the database is written anew without the blocks that hold nothing.

Deleting does not shrink DuckDB's file: what goes leaves free blocks, which later data fill again. Retention
and deleted websites may leave more of them than ever come back into use. Then the whole of it is copied, the
copy proven as a backup's is, and put in the place of the file by an exchange (exchange.py), while the program
runs: reports are answered from the old file meanwhile, events wait in the journal.
"""

import json
import logging
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from appliance.backups import schedule, shelf, snapshots
from appliance.backups.keeping import Failure
from appliance.base import disk
from appliance.base.clock import Clock
from appliance.base.durable import write_file
from appliance.base.errors import UnavailableError
from appliance.base.paths import DataPaths
from appliance.storage import exchange
from appliance.storage.database import Database, DatabaseError
from appliance.storage.database_errors import EndingError
from appliance.storage.exchange import Note, Turns

log = logging.getLogger(__name__)

PAYS_FROM_SHARE = 0.25
"""Of the file, free. All of it is read and written to gain that; growth fills a smaller share by itself."""
PAYS_FROM_BYTES = 64 * 2**20
"""Nobody misses less, and a small file's share comes and goes with every night's retention."""
_APART = timedelta(days=6)
"""From one to the next, by themselves; the night after that is a week later."""


@dataclass(frozen=True)
class Space:
    """Of the database's file: `bytes` of it in all, `free_bytes` in blocks that hold nothing."""

    bytes: int
    free_bytes: int

    @property
    def pays(self) -> bool:
        """Whether writing it anew gains enough."""
        return self.free_bytes > max(PAYS_FROM_BYTES, PAYS_FROM_SHARE * self.bytes)


@dataclass(frozen=True)
class Compacted:
    """How it went: the file's size before and after, and how long it took. The two are the same where there
    was nothing to gain, and the file was left as it was."""

    at: datetime
    before_bytes: int
    after_bytes: int
    seconds: float


class Compaction:
    def __init__(self, database: Database, paths: DataPaths, turns: Turns, clock: Clock) -> None:
        self.last = _noted(paths)
        self.failure: Failure | None = None
        self.under_way = False
        self._database = database
        self._paths = paths
        self._prepared = DataPaths(paths.restore)
        self._turns = turns
        self._clock = clock

    def space(self) -> Space:
        """As the last checkpoint left it."""
        ((blocks, free, size),) = self._database.read("compaction.space")
        return Space(blocks * size, free * size)

    def weekly(self, now: datetime) -> None:
        """If it pays, and a week has passed since the last. Raises as `run`; tried again the next night."""
        if self._next_at() <= now and self.space().pays:
            self.run()

    def run(self) -> Compacted:
        """Now. Who changes anything waits meanwhile, and so do events, in the journal.

        Raises ConflictError while a backup is put back, UnavailableError if it fails: then all is as it was.
        """
        with self._turns.one():
            self.under_way = True
            try:
                self.last = self._run()
            except EndingError:
                raise
            except (UnavailableError, DatabaseError, OSError) as error:
                self.failure = Failure(self._clock.now(), _told(error))
                raise UnavailableError(self.failure.detail, shelf.RETRY_AFTER_S) from error
            finally:
                self.under_way = False
                if not exchange.is_due(self._paths):
                    exchange.clear(self._paths)
        self.failure = None
        return self.last

    def _next_at(self) -> datetime:
        if self.failure:
            return schedule.next_after(self.failure.at)
        if self.last:
            return schedule.next_after(self.last.at + _APART)
        ((first_data,),) = self._database.read("backups.first_data")
        return schedule.next_after(first_data)

    def _run(self) -> Compacted:
        begun, before = self._clock.now(), self._paths.database_bytes
        self._make_room()
        with suppress(_NothingGainedError):
            self._database.exchange(
                self._make, lambda batch: exchange.commit(self._paths, Note(held=batch, batch=batch))
            )
            exchange.finished(self._paths)
        now = self._clock.now()
        done = Compacted(now, before, self._paths.database_bytes, (now - begun).total_seconds())
        write_file(self._paths.compaction, json.dumps(asdict(done), default=datetime.isoformat).encode())
        log.info("The database was compacted from %d to %d bytes.", done.before_bytes, done.after_bytes)
        return done

    def _make_room(self) -> None:
        exchange.clear(self._paths)
        needed = snapshots.used_bytes(self._paths)
        disk.require(self._paths.root, needed, "Compacting", "Make room on it.")
        self._paths.restore.mkdir(mode=0o700)

    def _make(self) -> int:
        """The copy, whole and on disk; the last batch that is in it."""
        state = self._database.copy(self._prepared.database, lambda: snapshots.look(self._database))
        with snapshots.closed_after(Database(self._prepared, snapshots.LIMITS)) as copy:
            snapshots.check(copy, state.proof)
        if self._prepared.database_bytes >= self._paths.database_bytes:
            raise _NothingGainedError
        snapshots.settle(self._prepared.database)
        return state.batch


class _NothingGainedError(Exception):
    """The copy is no smaller: a small file's blocks are filled in the order in which they were needed."""


def _noted(paths: DataPaths) -> Compacted | None:
    try:
        found = json.loads(paths.compaction.read_text("utf-8"))
        return Compacted(**{**found, "at": datetime.fromisoformat(found["at"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _told(error: Exception) -> str:
    why = error.strerror if isinstance(error, OSError) else error
    return (
        f"The database could not be compacted: {str(why).rstrip('.')}. Nothing is lost, and all goes on as "
        "before; the file stays as large as it is. It is tried again the next night."
    )
