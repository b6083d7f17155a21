"""The program's one secret, and the keys derived from it for each purpose."""

import hashlib
import secrets
from pathlib import Path

from appliance.durable import write_file


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
    write_file(path, f"{text}\n".encode("ascii"))
    return text
