"""The program's one secret, the keys derived from it for each purpose, and how it is changed.

A file `secret.key`, owner-only, holds it in its first line; in a second line may stand the one before, and
until when tokens that it signed are still accepted.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.base.config import Config
from appliance.base.durable import write_file
from appliance.base.errors import StartError


class Secret:
    def __init__(self, text: str | bytes, previous: "Previous | None" = None) -> None:
        self.raw = text if isinstance(text, bytes) else text.encode()
        self._key = hashlib.sha256(self.raw).digest()
        self.previous = previous

    def derive(self, purpose: str) -> bytes:
        """32 bytes that tell nothing of the secret or of any other purpose's key."""
        return hashlib.blake2b(purpose.encode(), key=self._key, digest_size=32).digest()

    def accepted(self, purpose: str, now: datetime) -> list[bytes]:
        """The key of that purpose and, within its grace time, that of the secret before."""
        before = self.previous
        if before is None or (before.until is not None and now >= before.until):
            return [self.derive(purpose)]
        return [self.derive(purpose), before.secret.derive(purpose)]


@dataclass(frozen=True)
class Previous:
    """The secret before the present one. `until` None: as long as it is given."""

    secret: Secret
    until: datetime | None = None


def load(config: Config) -> Secret:
    """From the settings, else from the file, which is made at the first start."""
    if config.secret_key is None:
        return _read_or_make(config.paths.secret)
    before = config.previous_secret_key
    return Secret(config.secret_key, Previous(Secret(before)) if before else None)


def rotate(path: Path, until: datetime) -> Secret:
    """Put a new secret in the place of the file's, which goes on until then; the new one."""
    before, _, _ = path.read_text("ascii").partition("\n")
    write_file(path, f"{secrets.token_urlsafe(32)}\n{before} {until.isoformat()}\n".encode("ascii"))
    return _read(path)


def _read_or_make(path: Path) -> Secret:
    try:
        return _read(path)
    except FileNotFoundError:
        write_file(path, f"{secrets.token_urlsafe(32)}\n".encode("ascii"))
        return _read(path)


def _read(path: Path) -> Secret:
    try:
        present, *before = path.read_text("ascii").split()
        if not before:
            return Secret(present)
        text, until = before
        return Secret(present, Previous(Secret(text), datetime.fromisoformat(until)))
    except ValueError as error:  # not ASCII, empty, or something else in it
        raise StartError(f"The file {path} holds no secret. Nothing was changed; put it back.") from error
