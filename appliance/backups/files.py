"""A backup as a file of its own, to be kept elsewhere: plain, or encrypted by a passphrase."""

import os
import shutil
from pathlib import Path
from typing import BinaryIO

from appliance.backups import passphrase as passphrases
from appliance.base.durable import sync_file, sync_folder
from appliance.base.errors import InvalidError, StartError

_COPIED_AT_ONCE = 2**20


def export(backup: Path, file: Path, passphrase: str | None) -> None:
    """Write it to a file that is not there yet, for its owner only. Raises StartError."""
    fresh = file.with_name(f"{file.name}.unfinished")
    try:
        if file.exists():
            raise StartError(f"{file} is there already and was left as it is. Choose another name.")
        with backup.open("rb") as plain, _private(fresh) as into:
            if passphrase is None:
                shutil.copyfileobj(plain, into, _COPIED_AT_ONCE)
            else:
                passphrases.encrypt(plain, into, passphrase)
            sync_file(into)
        fresh.rename(file)
        sync_folder(file.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StartError(
            f"The backup could not be written to {file}: {error.strerror}. It is still in {backup.parent}."
        ) from error


def bring_in(file: Path, into: Path, passphrase: str | None) -> None:
    """Copy a backup, decrypted where it is encrypted. Raises InvalidError or OSError."""
    if not passphrases.is_encrypted(file):
        shutil.copyfile(file, into)
        return
    if passphrase is None:
        raise InvalidError("This backup is encrypted. Nothing was changed; give its passphrase.", [])
    with file.open("rb") as encrypted, _private(into) as plain:
        passphrases.decrypt(encrypted, plain, passphrase)


def _private(file: Path) -> BinaryIO:
    file.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(file, flags, 0o600), "wb")
