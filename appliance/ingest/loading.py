"""From the journal into the database: one batch, one transaction, exactly once.

The batch number is committed with the events. Whatever is killed when, on the next start a batch is either
in the database under its number, or still a file; never both counted, never neither.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from appliance.base.clock import Clock
from appliance.base.counting import Durations
from appliance.base.errors import UnavailableError
from appliance.events.metrics import Source
from appliance.ingest.ledger import Ledger
from appliance.storage.checkpoints import Checkpoints
from appliance.storage.database import BadValueError, Database, DatabaseError
from appliance.storage.journal import Batch, Journal
from appliance.storage.set_aside import SetAside
from appliance.visits import rollups

log = logging.getLogger(__name__)

MIN_INTERVAL_S = 0.25
MAX_INTERVAL_S = 0.75
PAUSE_PER_WORK = 4
"""Under load the loader works a fifth of its time at most: larger batches cost less an event."""
RETRY_S = 1.0
RECENT_EVENTS = 10

_KNOWN_GOOD = b"""{"site_id": "", "ts": "2026-01-01 00:00:00", "received_at": "2026-01-01 00:00:00", \
"event_type": "trial", "visitor_id": "00000000-0000-0000-0000-000000000000", "cookieless": false, \
"channel": "Direct", "source": "direct", "browser": "Other", "os": "Other", "device": "desktop", \
"clock_skew": false, "pii_stripped": false}
"""
"""All that a row must have. It is only ever stored in a transaction that is taken back."""


@dataclass(frozen=True)
class RecentEvent:
    """One line of the live feed."""

    ts: datetime
    event_type: str
    path: str | None
    country: str | None
    source: Source


Loaded = dict[str, list[RecentEvent]]
"""The sites of a batch, each with its latest events, latest first."""


class Loader:
    """Loads batches as they come, on a thread of its own. `on_loaded` is told after each commit."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        ledger: Ledger,
        clock: Clock,
        set_aside: SetAside,
        checkpoints: Checkpoints,
        on_loaded: Callable[[Loaded], None],
    ) -> None:
        self._database = database
        self._journal = journal
        self._ledger = ledger
        self._clock = clock
        self._set_aside = set_aside
        self._checkpoints = checkpoints
        self._on_loaded = on_loaded
        self._loading = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loader", daemon=True)
        self.held = False
        """Whether another database, or another program, is about to take the place of this one."""
        self.last_load_at: datetime | None = None
        self.load_times = Durations()
        self.rollup_times = Durations()
        """The part of a load that derives visits and facts."""

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch under way; what is left in the journal is loaded at the next start."""
        self._stopping.set()
        self._journal.has_data.set()
        if self._thread.ident is not None:
            self._thread.join()

    def hold(self) -> None:
        """Load nothing more until `release`, when what is under way is done: the journal keeps what comes."""
        with self._loading:
            self.held = True

    def release(self) -> None:
        self.held = False

    def load_pending(self) -> None:
        """Load everything that the journal holds now. Raises DatabaseError, or UnavailableError while it is
        held; the journal keeps what was not loaded."""
        with self._loading:
            if self.held:
                raise UnavailableError("Another database is about to take the place of this one.", 2)
            try:
                self._load_sealed()
            except _LostLoadsError:
                log.warning("The database was opened anew without its latest batches; they are loaded again.")
                self._load_sealed()
            self._ledger.write_down()

    def _load_sealed(self) -> None:
        for batch in self._journal.seal():
            with self.load_times.measured():
                loaded = self._load(batch)
            self._journal.loaded(batch)
            self.last_load_at = self._clock.now()
            self._on_loaded(loaded)
            self._checkpoints.run_if_long()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._journal.has_data.wait()
            begun = time.monotonic()
            if self.held:
                self._stopping.wait(MIN_INTERVAL_S)
                continue
            try:
                self.load_pending()
                pause = min(MAX_INTERVAL_S, max(MIN_INTERVAL_S, PAUSE_PER_WORK * (time.monotonic() - begun)))
            except UnavailableError as error:
                if not self.held:
                    log.error("A batch has to wait in the journal, which goes on taking events: %s", error)
                self._journal.has_data.set()
                pause = RETRY_S
            except (DatabaseError, OSError):
                log.exception("A batch could not be loaded; the journal keeps it and goes on taking events.")
                self._journal.has_data.set()
                pause = RETRY_S
            self._stopping.wait(pause)

    def _load(self, batch: Batch) -> Loaded:
        try:
            return self._load_file(batch, batch.path, set_aside=[])
        except BadValueError as error:
            with TemporaryDirectory(prefix="batch-", dir=batch.path.parent) as folder:
                return self._load_file(batch, *self._sort_out(batch, error, Path(folder)))

    def _load_file(self, batch: Batch, file: Path, set_aside: list[bytes]) -> Loaded:
        with self._ledger.noted() as noted, self._database.write() as transaction:
            self._ledger.enter(transaction, noted)
            ((loaded,),) = transaction.run("loading.batch")
            if self._journal.take_back(loaded):
                raise _LostLoadsError
            if loaded >= batch.number:
                return {}
            transaction.run("loading.stage", {"file": str(file), "batch": batch.number})
            transaction.run("loading.store", {"batch": batch.number})
            entered = self._ledger.enter_batch(transaction, batch.number, set_aside)
            with self.rollup_times.measured():
                rollups.refresh(transaction)
            sites = transaction.run("loading.sites")
            recent = transaction.run("loading.recent", {"limit": RECENT_EVENTS})
        self._ledger.committed(entered)
        found: Loaded = {site_id: [] for (site_id,) in sites}
        for site_id, *event in recent:
            found[site_id].append(RecentEvent(*event))
        return found

    def _sort_out(self, batch: Batch, error: BadValueError, scratch: Path) -> tuple[Path, list[bytes]]:
        """Put lines that cannot be stored in a file of their own, so that one takes no others with it.

        Returns a file of the others, and those lines. Raises `error` again when it is not the lines' fault:
        every line is fine by itself, or one that is known to be good cannot be stored either.
        """
        tried = scratch / "tried"
        tried.write_bytes(_KNOWN_GOOD)
        if not self._can_be_stored(batch, tried):
            raise error
        good, bad = self._bisect(batch, batch.path.read_bytes().splitlines(keepends=True), tried)
        if not bad:
            raise error
        kept = self._set_aside.keep(batch.path.name, bad)
        log.error(
            "%d events of batch %d cannot be loaded; they are kept in %s.", len(bad), batch.number, kept
        )
        rest = scratch / "rest"
        rest.write_bytes(b"".join(good))
        return rest, bad

    def _bisect(self, batch: Batch, lines: list[bytes], tried: Path) -> tuple[list[bytes], list[bytes]]:
        """The lines that can be stored, and those that cannot."""
        tried.write_bytes(b"".join(lines))
        if self._can_be_stored(batch, tried):
            return lines, []
        if len(lines) == 1:
            return [], lines
        middle = len(lines) // 2
        good, bad = self._bisect(batch, lines[:middle], tried)
        more_good, more_bad = self._bisect(batch, lines[middle:], tried)
        return good + more_good, bad + more_bad

    def _can_be_stored(self, batch: Batch, file: Path) -> bool:
        try:
            with suppress(_Undone), self._database.write() as transaction:
                transaction.run("loading.stage", {"file": str(file), "batch": batch.number})
                transaction.run("loading.store", {"batch": batch.number})
                raise _Undone
        except BadValueError:
            return False
        return True


class _LostLoadsError(Exception):
    """An instance that gave up took its write-ahead log with it; the journal has the batches in it."""


class _Undone(Exception):
    """Rolls back a transaction that was only a trial."""
