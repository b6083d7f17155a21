"""A backup's file encrypted by a passphrase, for places that others can read.

A head tells how the key follows from the passphrase (scrypt). Pieces of 1 MiB follow, each encrypted and
authenticated (AES-256-GCM) with its number, and the last one marked: nothing can be changed, left out,
exchanged or cut off unnoticed.
"""

import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from appliance.base.errors import InvalidError

MAGIC = b"ANALYTIQ-BACKUP-1\n"
_HEAD = struct.Struct(">B16s")
"""Cost of scrypt (as a power of two) and its salt."""
COST = 17
"""128 MiB of memory and about half a second for each guess."""
_BLOCKS, _PARALLEL = 8, 1
_PIECE_BYTES = 2**20
_TAG_BYTES = 16


def is_encrypted(file: Path) -> bool:
    """Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def encrypt(plain: BinaryIO, into: BinaryIO, passphrase: str, cost: int = COST) -> None:
    """Raises OSError."""
    head = MAGIC + _HEAD.pack(cost, secrets.token_bytes(16))
    into.write(head)
    cipher = _cipher(head, passphrase)
    for number, piece, last in _pieces(plain, _PIECE_BYTES):
        into.write(cipher.encrypt(_nonce(number, last), piece, head))


def decrypt(encrypted: BinaryIO, into: BinaryIO, passphrase: str) -> None:
    """Raises InvalidError for a wrong passphrase or a file that was changed; `into` is worth nothing then."""
    head = encrypted.read(len(MAGIC) + _HEAD.size)
    if len(head) < len(MAGIC) + _HEAD.size or not head.startswith(MAGIC):
        raise InvalidError("This is no encrypted backup of Analytiq. Nothing was changed.", [])
    cipher = _cipher(head, passphrase)
    for number, piece, last in _pieces(encrypted, _PIECE_BYTES + _TAG_BYTES):
        try:
            into.write(cipher.decrypt(_nonce(number, last), piece, head))
        except InvalidTag as error:
            raise InvalidError(_unreadable(number), []) from error


def _unreadable(number: int) -> str:
    if number == 0:
        return "The passphrase is wrong, or the file is damaged. Nothing was changed; try it once more."
    return (
        f"The file is damaged or cut off after {number} MiB. Nothing was changed; use another copy of it, "
        "or an earlier backup."
    )


def _cipher(head: bytes, passphrase: str) -> AESGCM:
    cost, salt = _HEAD.unpack_from(head, len(MAGIC))
    if cost == 0:
        raise InvalidError(_unreadable(0), [])
    if cost > COST:
        raise InvalidError("This backup was made by a newer Analytiq. Nothing was changed; install it.", [])
    scrypt = Scrypt(salt=salt, length=32, n=2**cost, r=_BLOCKS, p=_PARALLEL)
    return AESGCM(scrypt.derive(passphrase.encode()))


def _nonce(number: int, last: bool) -> bytes:
    """Never twice with one key: the key is another one for each file."""
    return struct.pack(">3xQ?", number, last)


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Their numbers and contents, and whether it is the last; at least one, which may be empty."""
    number, piece = 0, file.read(size)
    while following := file.read(size):
        yield number, piece, False
        number, piece = number + 1, following
    yield number, piece, True
