"""The keys that websites' pages send with: derived from the program's secret, stored as hashes only."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache


def derive(secret: bytes, site_id: str, version: int) -> str:
    """A site's key of that version: the same whenever it is asked for."""
    text = f"{site_id}\0{version}".encode()
    return "pk_live_" + hashlib.blake2b(text, key=secret, digest_size=16).hexdigest()


@lru_cache(maxsize=256)
def digest(site_key: str) -> str:
    """What is stored of a key."""
    return hashlib.sha256(site_key.encode()).hexdigest()


@dataclass(frozen=True)
class KeyHashes:
    """The key that opens a site, and the one before it, which does so until `previous_until`."""

    present: str
    previous: str | None = None
    previous_until: datetime | None = None

    def admit(self, site_key: str, now: datetime) -> bool:
        given = digest(site_key)
        if hmac.compare_digest(given, self.present):
            return True
        if self.previous is None or self.previous_until is None:
            return False
        return hmac.compare_digest(given, self.previous) and now < self.previous_until

    def followed_by(self, site_key: str, present_until: datetime) -> "KeyHashes":
        """After a change to `site_key`; the one before the present key opens nothing any more."""
        return KeyHashes(digest(site_key), self.present, present_until)
