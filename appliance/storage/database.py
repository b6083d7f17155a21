"""The one DuckDB file: connections and transactions.

One connection object shared between threads returned other threads' rows in 312 of 800 queries, so every
thread has its own cursor; concurrent writers conflict, so writing takes turns.
"""

import logging
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

import duckdb

from appliance.base.durable import sync_folder
from appliance.base.errors import StartError
from appliance.base.paths import DataPaths
from appliance.base.watchdog import Watchdog
from appliance.storage import opening, statements, undo
from appliance.storage.background import Background
from appliance.storage.database_errors import BadValueError as BadValueError
from appliance.storage.database_errors import BusyDatabaseError as BusyDatabaseError
from appliance.storage.database_errors import DamagedDatabaseError, translated
from appliance.storage.database_errors import DatabaseError as DatabaseError
from appliance.storage.database_errors import DeadDatabaseError as DeadDatabaseError
from appliance.storage.database_errors import ForsakenError as ForsakenError
from appliance.storage.database_errors import OutOfMemoryError as OutOfMemoryError
from appliance.storage.database_errors import TooMuchError as TooMuchError
from appliance.storage.memory import Memory
from appliance.storage.opening import Limits
from appliance.storage.statements import Parameters as Parameters
from appliance.storage.statements import Row as Row
from appliance.storage.statements import Transaction as Transaction
from appliance.storage.statements import sql as sql
from appliance.storage.uses import Uses

log = logging.getLogger(__name__)

Found = TypeVar("Found")

READ_LIMIT_S = 15.0
_COPY = "the_copy"
QUIET_WITHIN_S = 5.0
"""What reads when another file is to take the place of this one may go on for so long; what comes waits."""
WITHOUT_LIMIT = math.inf
"""For what the program asks itself, when nobody waits for the answer."""


class Database:
    def __init__(self, paths: DataPaths, limits: Limits | None = None) -> None:
        self._paths = paths
        self._limits = limits or opening.of_the_program()
        aside_before = paths.unreadable_logs()
        self._root = opening.open_database(paths, self._limits)
        self.log_put_aside = next((log for log in paths.unreadable_logs() if log not in aside_before), None)
        """The write-ahead log, where it could not be read at this start."""
        self._writing = threading.RLock()
        self._local = threading.local()
        self._cursors: WeakSet[duckdb.DuckDBPyConnection] = WeakSet()
        self._instance = 0
        self._uses = Uses()
        self._dead = False
        self._watchdog = Watchdog()
        self._background = Background()
        self._memory = Memory(self._limits, self._limit_memory)
        self._copying = False
        self.damaged = False
        """A part of the main file could not be read; no restart mends that."""
        self.closed = False
        """The instance has given up, and so far no other could be opened in its place."""

    def read(
        self,
        name: str,
        parameters: Parameters | None = None,
        adapt: Callable[[str], str] | None = None,
        within_s: float = READ_LIMIT_S,
    ) -> list[Row]:
        """All rows of the named query, on this thread's own cursor.

        `adapt` changes its text, with nothing that a request says. Raises TooMuchError when it takes longer
        than `within_s` or more memory than the database may use, ForsakenError when nobody waits for it.
        """
        text = adapt(sql(name)) if adapt else sql(name)
        try:
            if self._prepared is not None:
                return self._read(text, parameters, within_s)
            return self._memory.with_enough(lambda: self._read(text, parameters, within_s))
        except TooMuchError:
            self._expect_somebody()
            raise

    def _read(self, text: str, parameters: Parameters | None, within_s: float) -> list[Row]:
        self._expect_somebody()
        with self._watched():
            cursor = self._cursor()
            with self._watchdog.watching(within_s, cursor.interrupt, self._is_awaited):
                return statements.run(cursor, text, parameters)

    def at_one_moment(self, work: Callable[[], Found]) -> Found:
        """What `work` reads, and what is called by it, is of one state of the database, whatever is loaded
        meanwhile. Tables that it prepares are gone afterwards."""
        if self._prepared is not None:
            return work()
        with self._uses.one():
            return self._memory.with_enough(lambda: self._at_this_moment(work))

    def _at_this_moment(self, work: Callable[[], Found]) -> Found:
        with self._watched():
            cursor = self._cursor()
            statements.run(cursor, "BEGIN")
        self._local.prepared = set()
        try:
            return work()
        finally:
            self._local.prepared = None
            statements.roll_back(cursor)

    def prepare(
        self, key: str, name: str, parameters: Parameters, adapt: Callable[[str], str], within_s: float
    ) -> None:
        """As `read`, for a temporary table that others of this moment build on: made once for each `key`."""
        prepared = self._prepared
        if prepared is None or key not in prepared:
            self.read(name, parameters, adapt, within_s)
        if prepared is not None:
            prepared.add(key)

    def copy(self, target: Path, look: Callable[[], Found]) -> Found:
        """Write all of it to a new file while others go on; what `look` reads is of the same state.

        One at a time. Raises DatabaseError; then something may be left of the file.
        """
        place = str(target).replace("'", "''")
        with self._watched():
            cursor = self._cursor()
            self._memory.allow_all()
            statements.run(cursor, f"ATTACH '{place}' AS {_COPY}; BEGIN")
            self._local.prepared, self._copying = set(), True
            try:
                found = look()
                ((own,),) = statements.run(cursor, "SELECT current_database()")
                statements.run(cursor, f"COPY FROM DATABASE {own} TO {_COPY}; COMMIT; DETACH {_COPY}")
            except BaseException:
                statements.roll_back(cursor)
                with suppress(duckdb.Error):
                    cursor.execute(f"DETACH {_COPY}")
                raise
            finally:
                self._local.prepared, self._copying = None, False
        return found

    def exchange(self, make: Callable[[], Found], agree: Callable[[Found], None]) -> None:
        """Go on with another file: `make` makes it while others read, `agree` notes that it is the one
        (exchange.py), and the instance is opened anew with it. Who writes waits all that time.

        Raises what these two do, and UnavailableError where others read for too long; then all is as it was.
        """
        with self._writing:
            made = make()
            with self._background.undisturbed(), self._uses.none(QUIET_WITHIN_S):
                agree(made)
                self.abandon()
                self._dead = True
                self._open_anew()

    @property
    def _prepared(self) -> set[str] | None:
        """The keys of what this thread has prepared; None while it is not at one moment."""
        found: set[str] | None = getattr(self._local, "prepared", None)
        return found

    def read_one(self, name: str, parameters: Parameters | None = None) -> Row | None:
        rows = self.read(name, parameters)
        return rows[0] if rows else None

    @contextmanager
    def write(self, within_s: float = WITHOUT_LIMIT) -> Iterator[Transaction]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Raises BusyDatabaseError where others write for more than `within_s` seconds.
        """
        with self._turn(within_s), self._watched():
            cursor = self._cursor()
            has_log = self._paths.write_ahead_log.exists()
            try:
                cursor.begin()
                yield Transaction(cursor)
                cursor.commit()
                if not has_log:
                    sync_folder(self._paths.root)
            except BaseException as error:
                statements.roll_back(cursor)
                if isinstance(error, duckdb.OutOfMemoryException | OutOfMemoryError):
                    self._memory.allow_more()
                if isinstance(error, duckdb.Error):
                    raise translated(error) from error
                raise

    @contextmanager
    def _turn(self, within_s: float) -> Iterator[None]:
        if not self._writing.acquire(timeout=-1 if math.isinf(within_s) else within_s):
            raise BusyDatabaseError
        try:
            yield
        finally:
            self._writing.release()

    def checkpoint(self) -> None:
        """Move the write-ahead log into the main file, or leave it for another time if DuckDB is busy."""
        with self._writing, self._watched():
            cursor = self._cursor()
            with self._background.undisturbed():
                self._checkpoint(cursor)

    def _checkpoint(self, cursor: duckdb.DuckDBPyConnection) -> None:
        blocks = [block for (block,) in statements.run(cursor, sql("database.metadata_blocks"))]
        try:
            undo.keep(self._paths, blocks)
            statements.run_unless_busy(cursor, "CHECKPOINT")
            undo.forget(self._paths)
        except OSError as error:
            raise DatabaseError(f"The database could not be tidied up: {error}. Nothing is lost.") from error

    @contextmanager
    def while_awaited(self, is_awaited: Callable[[], bool]) -> Iterator[None]:
        """Until the block ends, what this thread reads is given up once `is_awaited` says that nobody waits
        for it, between any two statements or within one. It is called on other threads, too."""
        self._local.is_awaited = is_awaited
        try:
            yield
        finally:
            del self._local.is_awaited

    @property
    def _is_awaited(self) -> Callable[[], bool]:
        """What tells whether somebody waits for what this thread reads."""
        found: Callable[[], bool] = getattr(self._local, "is_awaited", lambda: True)
        return found

    def _expect_somebody(self) -> None:
        if not self._is_awaited():
            raise ForsakenError

    def background(self) -> AbstractContextManager[None]:
        """Until the block ends, what this thread asks is given up when the program ends, between any two
        statements or within one: EndingError or TooMuchError is raised then."""
        return self._background.here()

    @property
    def ending(self) -> bool:
        """Whether what runs in the background is given up."""
        return self._background.ending

    def end_background(self) -> None:
        """Returns when no thread is in `background` any more; none gets a statement through from now on."""
        self._background.end()

    def trim(self) -> None:
        """Give back the memory of data that was read or written before, unless queries need it now. From then
        on the usual is allowed, until something asks for more.

        It would fill up to the limit otherwise: 489 MB became 111 MB after writing 6 million rows. Nor would
        DuckDB 2.0 forget what blocks there were: some kilobytes for each query with a join or a window, until
        some 32 768 stand in each of its queues. With 300 events a second that was 3 MB a minute. And with all
        allowed, three dashboards that read the day under way took 2.7 MB more every minute.
        """
        if self._copying:
            return  # it needs what it has
        with self._writing, self._watched():
            self._memory.give_back(usual=not self._background.elsewhere)

    def _limit_memory(self, limit: str) -> None:
        statements.run(self._cursor(), f"SET memory_limit = '{limit}'")

    def abandon(self) -> None:
        """Close without writing anything more."""
        with suppress(duckdb.Error):
            self._root.execute("PRAGMA disable_checkpoint_on_shutdown")
        self._let_go()
        self._watchdog.end()

    def close(self, tidy: bool = True) -> None:
        """Checkpoint and close; a clean exit leaves no write-ahead log behind. Not `tidy`: close alone."""
        with self._writing:
            if tidy and self._paths.write_ahead_log.exists():
                self.checkpoint()
            self.abandon()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's own, of the present instance."""
        self._background.check()
        if self._dead:
            self._reopen()
        instance, cursor = getattr(self._local, "cursor", (None, None))
        if cursor is None or instance != self._instance:
            try:
                cursor = self._root.cursor()
            except duckdb.Error as error:
                raise translated(error) from error
            self._cursors.add(cursor)
            self._local.cursor = (self._instance, cursor)
        self._background.is_ended_by(partial(statements.interrupt, cursor))
        return cursor

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Take note when the instance gives up."""
        try:
            with self._uses.one():
                yield
        except DeadDatabaseError:
            if not self._dead:
                log.exception("The database instance has given up; it is opened anew at its next use.")
            self._dead = True
            raise
        except DamagedDatabaseError:
            self.damaged = True
            raise

    def _let_go(self) -> None:
        for connection in (*self._cursors, self._root):
            with suppress(duckdb.Error):
                connection.close()

    def _reopen(self) -> None:
        """Only when nothing holds the dead instance any more does DuckDB make another."""
        with self._writing:
            if not self._dead:
                return
            self._let_go()
            self._open_anew()
            log.warning("The database is open again.")

    def _open_anew(self) -> None:
        try:
            self._root = opening.open_database(self._paths, self._limits)
        except StartError as error:
            log.error("The database could not be opened anew: %s", error)
            self.closed = True
            raise DeadDatabaseError from error
        self._instance += 1
        self._memory.all_again()
        self._dead = self.closed = False
