"""Going back to a backup, while the program runs: prepared beside the database, then exchanged for it.

Nothing that was acknowledged is lost by it: what was loaded before is in the backup that is made of the
present state first; what comes after waits in the journal and is loaded into the state that was put back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from appliance.accounts import audit, root_key
from appliance.accounts.audit import Action, Entry
from appliance.backups import contents, files, snapshots, upgrading
from appliance.backups.contents import Figures
from appliance.backups.keeping import Backups
from appliance.base import disk
from appliance.base.clock import Clock
from appliance.base.errors import InvalidError, StartError
from appliance.base.paths import DataPaths
from appliance.base.secret import Secret
from appliance.ingest.loading import Loader
from appliance.sites import scripts
from appliance.storage import exchange, migrations
from appliance.storage.database import Database, DatabaseError
from appliance.storage.exchange import Note, Turns


@dataclass(frozen=True)
class Prospect:
    """What going back would change. `made_at`, `version`: when the backup was made, and by which program."""

    made_at: datetime
    version: str
    then: Figures
    now: Figures


@dataclass(frozen=True)
class _Found:
    """`scripts`: files of versions that websites may have pinned."""

    prospect: Prospect
    scripts: dict[str, bytes]


Step = Literal["copying", "checking", "keeping"]
"""The backup's file, all its tables; and the present state as a backup."""


@dataclass(frozen=True)
class Progress:
    """`share`: of this step, by bytes or tables, from 0 to 1."""

    step: Step
    share: float


class Restoring:
    def __init__(
        self,
        database: Database,
        paths: DataPaths,
        backups: Backups,
        loader: Loader,
        secret: Secret,
        turns: Turns,
        clock: Clock,
    ) -> None:
        self._database = database
        self._paths = paths
        self._prepared = DataPaths(paths.restore)
        self._backups = backups
        self._loader = loader
        self._secret = secret
        self._turns = turns
        self._clock = clock
        self._doing: tuple[Step, Callable[[], float]] | None = None
        """The step, and how much of it is done."""

    @property
    def under_way(self) -> Progress | None:
        """None while no backup is looked through or put back."""
        if self._doing is None:
            return None
        step, share = self._doing
        return Progress(step, min(1.0, share()))

    def preview(self, file: Path, passphrase: str | None = None) -> Prospect:
        """Look through the whole backup, and leave all as it is.

        Raises InvalidError for a file that is no good, UnavailableError without room, ConflictError while
        another is put back.
        """
        with self._turns.one():
            try:
                return self._prepare(file, passphrase).prospect
            finally:
                self._doing = None
                exchange.clear(self._paths)

    def go_back(self, file: Path, by: str, passphrase: str | None = None) -> None:
        """From the return on, the backup's state is the one: whoever calls ends the program, and its next
        start goes on from there. `by`: in words. Raises as `preview`; then nothing has changed."""
        with self._turns.one():
            try:
                found = self._prepare(file, passphrase)
                self._loader.hold()
                self._doing = ("keeping", self._kept_share)
                self._backups.take("before going back")
                self._doing = ("keeping", lambda: 1.0)
                scripts.put_back(self._paths.scripts, found.scripts)
                self._commit(found.prospect, by)
            except BaseException:
                self._loader.release()
                exchange.clear(self._paths)
                raise
            finally:
                self._doing = None

    def _kept_share(self) -> float:
        kept = self._backups.under_way
        return kept.share if kept else 0.0

    def _prepare(self, file: Path, passphrase: str | None) -> "_Found":
        try:
            self._bring_in(file, passphrase)
        except OSError as error:
            raise InvalidError(
                f"{file} could not be copied into {self._paths.root}: {error.strerror}. Nothing was changed.",
                [],
            ) from error
        try:
            copy = Database(self._prepared, snapshots.LIMITS)
        except StartError as error:
            raise InvalidError(
                f"{file} is damaged, or no backup of Analytiq. Nothing was changed.", []
            ) from error
        try:
            with snapshots.closed_after(copy):
                return self._examine(copy)
        except (DatabaseError, StartError) as error:
            raise InvalidError(f"{file} cannot be put back: {error} Nothing was changed.", []) from error

    def _bring_in(self, file: Path, passphrase: str | None) -> None:
        exchange.clear(self._paths)
        wish, otherwise = "Going back", "Nothing was changed; make room and try again."
        size = file.stat().st_size
        disk.require(self._paths.root, size, wish, otherwise)
        self._doing = ("copying", lambda: self._prepared.database_bytes / max(1, size))
        self._paths.restore.mkdir(mode=0o700)
        files.bring_in(file, self._prepared.database, passphrase)

    def _examine(self, copy: Database) -> "_Found":
        made_at, version, root, rows, hashes, pinned = _description(copy)
        snapshots.check(copy, {name: (rows[name], hashes[name]) for name in rows}, self._tell_checked)
        with copy.write() as transaction:
            transaction.run("backups.undescribe")
        upgrading.count_again(copy)
        migrations.migrate(copy, self._clock.now())
        if root is None:
            root_key.unlock(copy, self._secret, self._clock)
        else:
            root_key.lock(copy, self._secret, root)
        then = contents.figures(copy)
        if then.sites and not then.accounts:
            raise InvalidError(
                "This backup was downloaded without accounts, so nobody could sign in after it. Nothing was "
                "changed; use one that was downloaded with accounts.",
                [],
            )
        return _Found(Prospect(made_at, version, then, contents.figures(self._database)), pinned)

    def _tell_checked(self, share: float) -> None:
        self._doing = ("checking", lambda: share)

    def _commit(self, prospect: Prospect, by: str) -> None:
        """The loader stands still: `held` is what the backup of the present state has."""
        ((held,),) = self._database.read("loading.batch")
        ((above,),) = self._database.read("backups.token_versions")
        ((subscriptions, sent),) = self._database.read("backups.sent_reports")
        with snapshots.closed_after(Database(self._prepared, snapshots.LIMITS)) as copy:
            ((others,),) = copy.read("loading.batch")
            note = Note(held, exchange.first_batch(held, others))
            detail = f"By {by}, to the backup of {prospect.made_at:%Y-%m-%d %H:%M} UTC."
            with copy.write() as transaction:
                begun = {"batch": note.batch, "subscriptions": subscriptions, "sent": sent}
                transaction.run("backups.begin_with", begun)
                transaction.run("backups.sign_everybody_out", {"above": above})
                audit.enter(transaction, Entry(Action.WENT_BACK, self._clock.now(), detail=detail))
        snapshots.settle(self._prepared.database)
        exchange.commit(self._paths, note)


def _description(copy: Database) -> tuple[Any, ...]:
    if (contents.DESCRIPTION,) not in copy.read("backups.tables"):
        raise InvalidError(
            "The file is a database, but no backup that Analytiq has made. Nothing was changed.", []
        )
    with copy.write() as transaction:
        transaction.run("backups.complete")
    (found,) = copy.read("backups.description")
    return found
