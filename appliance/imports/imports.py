"""Imports: a file's events go into the journal as any others do, and are counted exactly once.

Everything is read and checked before the first event is stored. An event that the site has already is not
stored again, so that an import that was cut off, or made twice, is simply made again.
"""

import logging
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from pydantic_core import to_json

from appliance.base import disk
from appliance.base.clock import Clock
from appliance.base.errors import AnalytiqError, ConflictError, UnreadableError
from appliance.base.waiting import Answer
from appliance.imports import comparing, kept_sums
from appliance.imports.comparing import Preview
from appliance.imports.contents import Contents
from appliance.imports.daily_sums import Sums
from appliance.imports.reading import Reader
from appliance.imports.records import Import, Importer, Records
from appliance.imports.undoing import Undoing
from appliance.ingest.ledger import Ledger
from appliance.ingest.loading import Loader
from appliance.sites.sites import Site
from appliance.storage.database import Database, DatabaseError
from appliance.storage.journal import APPEND_TIMEOUT_S, Journal

log = logging.getLogger(__name__)

AT_ONCE = 1000
"""Events that are written together, as many as a bulk request has."""
LOAD_EVERY = 10
"""So many times, then they are loaded before more are written: the journal is not for a history."""
READING = 0.5
"""Of the time that an import takes, about."""
UNFORESEEN = (
    "The import failed by a fault of this program, which the log tells of; report it. What is stored by now "
    "is counted; undo this import to take it back."
)
_NOTHING = (0, 0.0)


class Imports:
    """One at a time: awaited, or begun on a thread of its own."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        loader: Loader,
        ledger: Ledger,
        reader: Reader,
        undoing: Undoing,
        clock: Clock,
        folder: Path,
    ) -> None:
        self._database = database
        self._journal = journal
        self._loader = loader
        self._ledger = ledger
        self._reader = reader
        self._undoing = undoing
        self._clock = clock
        self._folder = folder
        self._records = Records(database, clock)
        self._busy = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._progress = _NOTHING
        shutil.rmtree(folder, ignore_errors=True)
        self._records.interrupt()

    def of(self, site: Site) -> list[Import]:
        """The latest first."""
        return [self._with_progress(found) for found in self._records.of(site)]

    def one(self, site: Site, import_id: int) -> Import:
        """Raises NotFoundError."""
        return self._with_progress(self._records.one(site, import_id))

    def run(self, site: Site, file: Path, name: str, by: Importer) -> Import:
        """Import `file`, called `name`; returns when that has ended, however it has. Raises ConflictError
        while another is under way."""
        import_id = self._enter(site, name, by)
        self._import(site, import_id, file)
        return self.one(site, import_id)

    def begin(self, site: Site, file: Path, name: str, by: Importer, is_ours: bool = False) -> Import:
        """As `run`, without waiting for its end. `is_ours`: the file is deleted then."""
        import_id = self._enter(site, name, by)

        def work() -> None:
            try:
                self._import(site, import_id, file)
            finally:
                if is_ours:
                    file.unlink(missing_ok=True)

        self._on_thread(work)
        return self.one(site, import_id)

    def preview(self, site: Site, file: Path) -> Preview:
        """What an import of `file` would do; nothing is stored.

        Raises what tells why it would fail, and ConflictError while another is under way.
        """
        self._occupy()
        scratch = self._folder / "preview.ndjson"
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            sums = self._reader.sums(file, site, self._clock.now())
            if sums is not None:
                return comparing.preview_sums(self._database, site, sums)
            contents = self._reader.read(file, scratch, site, self._clock.now(), lambda _: None)
            return comparing.preview(self._database, site, scratch, contents)
        except OSError as error:
            raise UnreadableError(f"The file could not be read: {error.strerror}.") from error
        finally:
            scratch.unlink(missing_ok=True)
            self._busy.release()

    def undo(self, site: Site, import_id: int, by: Importer) -> Import:
        """Take back all that an import brought; returns when that has ended.

        Raises NotFoundError, or ConflictError where it cannot be taken back any more.
        """
        self._enter_undo(site, import_id, by)
        self._take_back(site, import_id)
        return self.one(site, import_id)

    def begin_undo(self, site: Site, import_id: int, by: Importer) -> Import:
        """As `undo`, without waiting for its end."""
        self._enter_undo(site, import_id, by)
        self._on_thread(partial(self._take_back, site, import_id))
        return self.one(site, import_id)

    def wait(self) -> None:
        """Until what was begun has ended."""
        if self._thread is not None:
            self._thread.join()

    def stop(self) -> None:
        """What is stored by then stays; the next start tells that it was not all."""
        self._stopping.set()
        self.wait()

    def _enter(self, site: Site, name: str, by: Importer) -> int:
        self._occupy()
        try:
            import_id = self._records.enter(site, name, by)
        except BaseException:
            self._busy.release()
            raise
        self._progress = (import_id, 0.0)
        return import_id

    def _enter_undo(self, site: Site, import_id: int, by: Importer) -> None:
        self._occupy()
        try:
            self._undoing.check(site, self._records.one(site, import_id))
            self._records.begin_undo(site, import_id, by)
        except BaseException:
            self._busy.release()
            raise
        self._progress = (import_id, 0.0)

    def _occupy(self) -> None:
        if not self._busy.acquire(blocking=False):
            raise ConflictError("Another import is under way. Nothing was changed; wait for its end.")

    def _on_thread(self, work: Callable[[], None]) -> None:
        # Not a daemon: cut short inside DuckDB, the program would end in a crash.
        self._thread = threading.Thread(target=work, name="import", daemon=False)
        self._thread.start()

    def _import(self, site: Site, import_id: int, file: Path) -> None:
        scratch = self._folder / f"{import_id}.ndjson"
        duplicates = 0
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            sums = self._reader.sums(file, site, self._clock.now())
            if sums is not None:
                duplicates = self._keep(site, import_id, sums)
            else:
                contents = self._read(site, import_id, file, scratch)
                repeated = comparing.repeated(self._database, site, scratch, contents)
                duplicates = len(repeated)
                self._store(import_id, scratch, contents, repeated)
                self._ledger.note_duplicates(site.site_id, duplicates, self._clock.now())
            self._records.end(import_id, "done", None, duplicates)
        except _StoppedError:
            log.warning("Import %d was cut off by the end of the program.", import_id)
        except (AnalytiqError, DatabaseError, OSError) as error:
            log.error("Import %d of website %s failed: %s", import_id, site.site_id, error)
            with suppress(DatabaseError):
                self._records.end(import_id, "failed", str(error), duplicates)
        except Exception:
            log.exception("Import %d of website %s failed.", import_id, site.site_id)
            with suppress(DatabaseError):
                self._records.end(import_id, "failed", UNFORESEEN, duplicates)
        finally:
            scratch.unlink(missing_ok=True)
            self._progress = _NOTHING
            self._busy.release()

    def _keep(self, site: Site, import_id: int, sums: Sums) -> int:
        """How many of the days the website had already just so."""
        self._records.was_read(import_id, sums.contents)
        new = kept_sums.new(self._database, site, sums)
        kept_sums.store(self._database, site, import_id, new)
        return len(sums.days) - len(new)

    def _read(self, site: Site, import_id: int, file: Path, scratch: Path) -> Contents:
        size = max(1, file.stat().st_size)

        def tell(done: int) -> None:
            self._go_on(import_id, READING * done / size)

        contents = self._reader.read(file, scratch, site, self._clock.now(), tell)
        self._ledger.note_rejected(site.site_id, contents.refused, self._clock.now())
        self._records.was_read(import_id, contents)
        return contents

    def _store(self, import_id: int, scratch: Path, contents: Contents, repeated: set[int]) -> None:
        """All arrive at one instant, so that their order in the file decides where their times do not."""
        arrival = b"," + to_json({"received_at": self._clock.now(), "import_id": import_id})[1:]
        with scratch.open("rb") as file:
            lines = (
                line.rstrip()[:-1] + arrival for number, line in enumerate(file, 1) if number not in repeated
            )
            done = 0
            while group := list(islice(lines, AT_ONCE)):
                self._append(group)
                done += len(group)
                if done % (LOAD_EVERY * AT_ONCE) == 0:
                    self._check_room()
                    self._loader.load_pending()
                self._go_on(import_id, READING + (1 - READING) * done / contents.events)
        self._loader.load_pending()

    def _check_room(self) -> None:
        otherwise = (
            "What is stored by now is counted. Make room on the disk and import the same file again: only "
            "what is missing is added; or undo this import."
        )
        disk.require(self._folder, 0, "The import", otherwise)

    def _append(self, lines: list[bytes]) -> None:
        answer = Answer[None]()
        answer.wait(self._journal.append(lines, answer.tell), APPEND_TIMEOUT_S)

    def _take_back(self, site: Site, import_id: int) -> None:
        try:
            self._loader.load_pending()  # of an import that failed because nothing could be loaded
            self._undoing.take_back(site, import_id, partial(self._go_on, import_id))
            self._records.undone(import_id)
        except _StoppedError:
            log.warning("Taking back import %d was cut off; ask for it again.", import_id)
        except (AnalytiqError, DatabaseError) as error:
            log.error("Import %d was not taken back as a whole; ask for it again: %s", import_id, error)
        finally:
            self._progress = _NOTHING
            self._busy.release()

    def _go_on(self, import_id: int, progress: float) -> None:
        self._progress = (import_id, progress)
        if self._stopping.is_set():
            raise _StoppedError

    def _with_progress(self, found: Import) -> Import:
        import_id, progress = self._progress
        return replace(found, progress=progress) if found.import_id == import_id else found


class _StoppedError(Exception):
    """The program ends."""
