"""Backups taken away through the dashboard: made ready by whoever showed their password, fetched once.

Without accounts a backup is for reading: what lets somebody in is deleted from a copy, which is copied once
more, since deleted rows still stand in a database's free blocks.
"""

import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.backups import passphrase as passphrases
from appliance.backups import shelf, snapshots
from appliance.backups.backup import Backup
from appliance.backups.shelf import Shelf
from appliance.base import disk
from appliance.base.clock import Clock
from appliance.base.durable import open_and_forget
from appliance.base.errors import ConflictError, NotFoundError, StartError, UnavailableError
from appliance.base.paths import DataPaths
from appliance.storage import migrations
from appliance.storage.database import Database, DatabaseError

LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class Wanted:
    """`accounts`: with all that lets somebody in, to go back to it with. `passphrase`: encrypts it."""

    accounts: bool
    passphrase: str | None


@dataclass(frozen=True)
class Download:
    """An open file, and what it is to be called. Closing it takes what was made for it from the disk."""

    file: BinaryIO
    name: str


@dataclass(frozen=True)
class _Ready:
    account_id: str
    until: datetime
    download: Download


class Downloads:
    """Files are made in a folder of their own; what a kill left there goes at the next start."""

    def __init__(self, database: Database, kept: Shelf, folder: Path, clock: Clock) -> None:
        self._database = database
        self._kept = kept
        self._folder = folder
        self._clock = clock
        self._making = threading.Lock()
        self._lock = threading.Lock()
        self._ready: dict[str, _Ready] = {}
        shutil.rmtree(folder, ignore_errors=True)

    def prepare(self, account_id: str, backup: Backup, wanted: Wanted) -> str:
        """What stands in a link that hands it out: once, within a minute, to that account.

        Raises ConflictError while another is made ready, UnavailableError if it fails.
        """
        self.forget_expired()
        with self._alone():
            try:
                download = self._made(backup, wanted)
            except (OSError, DatabaseError, StartError) as error:
                why = error.strerror if isinstance(error, OSError) else error
                raise UnavailableError(
                    f"The download could not be made: {str(why).rstrip('.')}. The backup is as it was; see "
                    "that there is room on the disk and try again.",
                    shelf.RETRY_AFTER_S,
                ) from error
        now, token = self._clock.now(), secrets.token_urlsafe(32)
        with self._database.write() as transaction:
            told = _told(backup, wanted)
            audit.enter(transaction, Entry(Action.BACKUP_DOWNLOADED, now, account_id, detail=told))
        with self._lock:
            self._ready[token] = _Ready(account_id, now + LIFETIME, download)
        return token

    def fetch(self, account_id: str, token: str) -> Download:
        """Raises NotFoundError for a link that is unknown, used, expired or another account's."""
        self.forget_expired()
        with self._lock:
            found = self._ready.get(token)
            if found and found.account_id == account_id:
                del self._ready[token]
                return found.download
        raise NotFoundError("This link was used or is too old. Ask for the download again.")

    def forget_expired(self) -> None:
        """What nobody fetched in time goes from the disk."""
        now = self._clock.now()
        with self._lock:
            expired = [token for token, ready in self._ready.items() if ready.until <= now]
            for token in expired:
                self._ready.pop(token).download.file.close()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._making.acquire(blocking=False):
            raise ConflictError("Another download is being made ready. Try again when that is done.")
        try:
            yield
        finally:
            self._making.release()

    def _made(self, backup: Backup, wanted: Wanted) -> Download:
        kept, name = self._kept.file(backup), f"analytiq-{backup.name}"
        if wanted.accounts and wanted.passphrase is None:
            return Download(kept.open("rb"), f"{name}.duckdb")
        self._make_room(backup)
        try:
            file = kept
            if not wanted.accounts:
                file, name = _without_accounts(kept, self._folder, backup), f"{name}-without-accounts"
            if wanted.passphrase is None:
                return Download(open_and_forget(file), f"{name}.duckdb")
            sealed = self._folder / "encrypted"
            with file.open("rb") as plain, sealed.open("wb") as into:
                passphrases.encrypt(plain, into, wanted.passphrase)
            return Download(open_and_forget(sealed), f"{name}.backup")
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _make_room(self, backup: Backup) -> None:
        disk.require(
            self._folder.parent,
            3 * backup.bytes,
            "The download",
            "It was not begun; the backup is as it was. Make room, or download it as it is.",
        )
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(mode=0o700)


def _without_accounts(kept: Path, folder: Path, backup: Backup) -> Path:
    """A proven copy that describes itself as a backup does; the file."""
    whole, rest = DataPaths(folder / "whole"), DataPaths(folder / "rest")
    for paths in (whole, rest):
        paths.root.mkdir(mode=0o700)
    shutil.copyfile(kept, whole.database)
    with snapshots.closed_after(Database(whole, snapshots.LIMITS)) as source:
        migrations.migrate(source, backup.made_at)
        with source.write() as transaction:
            transaction.run("downloads.leave_out")
        state = source.copy(rest.database, lambda: snapshots.look(source))
    snapshots.check_and_describe(rest, state, backup.reason, backup.made_at, {})
    return rest.database


def _told(backup: Backup, wanted: Wanted) -> str:
    accounts = "with accounts and keys" if wanted.accounts else "without accounts"
    encrypted = ", encrypted" if wanted.passphrase else ""
    return f"That of {backup.made_at:%Y-%m-%d %H:%M} UTC, {accounts}{encrypted}."
