"""The folder with the backups: each in a folder of its own, named by its instant.

A backup is made in a folder named `unfinished`, and renamed when it is whole: so whatever has its name is
good. What a kill left there goes before the next one is made.
"""

import hashlib
import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from appliance.backups import backup as backups
from appliance.backups import thinning
from appliance.backups.backup import DATABASE, Backup
from appliance.base import disk
from appliance.base.durable import make_folder, sync_folder
from appliance.base.errors import NotFoundError

log = logging.getLogger(__name__)

RETRY_AFTER_S = 60


class Shelf:
    """Nothing is done before the first backup: the folder may be on a disk that is not always there."""

    def __init__(self, folder: Path, budget_bytes: int) -> None:
        self.folder = folder
        self._budget_bytes = budget_bytes

    @property
    def unfinished(self) -> Path:
        return self.folder / "unfinished"

    def all(self) -> list[Backup]:
        """Newest first. Raises OSError."""
        found = [
            backup
            for path in (self.folder.iterdir() if self.folder.is_dir() else ())
            if (backup := backups.read(path)) and backup.name == path.name
        ]
        return sorted(found, key=lambda backup: backup.made_at, reverse=True)

    def find(self, name: str) -> Backup:
        """Raises NotFoundError."""
        for backup in self.all():
            if backup.name == name:
                return backup
        raise NotFoundError("There is no such backup any more. Nothing was changed.")

    def file(self, backup: Backup) -> Path:
        """The copy of the database."""
        return self.folder / backup.name / DATABASE

    def make_room(self, needed_bytes: int) -> Path:
        """An empty folder to make a backup of about that size in. Those beyond what protects go for it if
        the disk has no room otherwise. Raises UnavailableError or OSError."""
        make_folder(self.folder)
        self.folder.chmod(0o700)
        shutil.rmtree(self.unfinished, ignore_errors=True)
        removable = sum(backup.bytes for backup in thinning.beyond_protection(self.all()))
        if disk.room(self.folder).free_bytes + removable >= needed_bytes + disk.SPARED_BYTES:
            self._give_way(needed_bytes)
        disk.require(
            self.folder,
            needed_bytes,
            "A backup",
            "None was made; nothing else is affected. Make room, or choose a folder on another disk with "
            "ANALYTIQ_BACKUP_DIR.",
        )
        self.unfinished.mkdir(mode=0o700)
        return self.unfinished

    def give_up(self) -> None:
        """What is not finished goes."""
        shutil.rmtree(self.unfinished, ignore_errors=True)

    def free_instant(self, now: datetime) -> datetime:
        """That of now, or of the next second that no other backup has."""
        instant = now.replace(microsecond=0)
        while (self.folder / f"{instant:{backups.NAME}}").exists():
            instant += timedelta(seconds=1)
        return instant

    def put(self, backup: Backup) -> None:
        """It is whole: from now on it counts. Raises OSError."""
        backups.write(self.unfinished, backup)
        self.unfinished.rename(self.folder / backup.name)
        sync_folder(self.folder)

    def thin(self, now: datetime) -> None:
        """Drop what need not be kept. Raises OSError."""
        for backup in thinning.dropped(self.all(), now, self._budget_bytes):
            self.drop(backup)

    def give_way(self) -> None:
        """Where the disk is nearly full, those beyond what protects go, until it is not. Raises OSError."""
        if self.folder.is_dir():
            self._give_way(0)

    def _give_way(self, needed_bytes: int) -> None:
        for backup in thinning.beyond_protection(self.all()):
            if disk.room(self.folder).free_bytes >= needed_bytes + disk.SPARED_BYTES:
                return
            log.warning("The backup %s was removed, for its disk is nearly full.", backup.name)
            self.drop(backup)

    def drop(self, backup: Backup) -> None:
        """Its note first: a folder without one is no backup."""
        folder = self.folder / backup.name
        (folder / backups.NOTE).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)


def sha256(file: Path) -> str:
    """Of its contents, in hexadecimal. Raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
