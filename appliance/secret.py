"""The program's one secret, and the keys derived from it for each purpose."""

import hashlib
import os
import secrets
from pathlib import Path


class Secret:
    def __init__(self, text: str) -> None:
        self._key = hashlib.sha256(text.encode()).digest()

    def derive(self, purpose: str) -> bytes:
        """32 bytes that tell nothing of the secret or of any other purpose's key."""
        return hashlib.blake2b(purpose.encode(), key=self._key, digest_size=32).digest()


def read_or_make(path: Path) -> str:
    """The secret kept in an owner-only file, made at the first start."""
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    text = secrets.token_urlsafe(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    return text
