"""Salts of days, under which visitors without a stored id are told apart."""

import hashlib
import json
import logging
import secrets
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Protocol

from appliance.base.durable import write_file

log = logging.getLogger(__name__)

_SALT_BYTES = 32


class Salts(Protocol):
    def known(self, day: date) -> bytes | None:
        """Of a day that has one."""
        ...

    def of(self, day: date) -> bytes:
        """Made where there is none yet."""
        ...

    def forget_before(self, day: date) -> None: ...


class KeptSalts:
    """Random ones, in a file until they are forgotten; then nobody can make them again."""

    def __init__(self, path: Path) -> None:
        """The file is read when a salt is first needed: until it takes events, another process does."""
        self._path = path

    @cached_property
    def _salts(self) -> dict[date, bytes]:
        return self._read()

    def known(self, day: date) -> bytes | None:
        return self._salts.get(day)

    def of(self, day: date) -> bytes:
        if day not in self._salts:
            self._salts[day] = secrets.token_bytes(_SALT_BYTES)
            self._write()
        return self._salts[day]

    def forget_before(self, day: date) -> None:
        kept = {each: salt for each, salt in self._salts.items() if each >= day}
        if kept != self._salts:
            self._salts = kept
            self._write()

    def _read(self) -> dict[date, bytes]:
        try:
            salts = json.loads(self._path.read_text("ascii"))
            return {date.fromisoformat(day): bytes.fromhex(salt) for day, salt in salts.items()}
        except FileNotFoundError:
            return {}
        except (ValueError, AttributeError):
            # Cut off by a power loss. New salts cost a few visits cut in two; not starting costs all.
            log.warning("%s cannot be read; cookieless visitors of today are counted anew.", self._path)
            return {}

    def _write(self) -> None:
        text = json.dumps({day.isoformat(): salt.hex() for day, salt in self._salts.items()})
        write_file(self._path, text.encode("ascii"))


class SaltsOfFile:
    """Those that follow from a file and a key: whoever reads the same file again makes the same ones.

    Nothing has to be kept for that, and without the very file, which has the addresses anyway, nobody can
    make them.
    """

    def __init__(self, file: Path, key: bytes) -> None:
        """Reads the file as a whole. Raises OSError."""
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").digest()
        self._key = hashlib.blake2b(digest, key=key).digest()

    def known(self, day: date) -> bytes | None:
        return self.of(day)

    def of(self, day: date) -> bytes:
        text = day.isoformat().encode("ascii")
        return hashlib.blake2b(text, key=self._key, digest_size=_SALT_BYTES).digest()

    def forget_before(self, day: date) -> None:
        """There is nothing to forget."""
