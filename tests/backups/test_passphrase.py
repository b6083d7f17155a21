"""Files encrypted by a passphrase: read again whole, or not at all."""

import io

import pytest

from appliance.backups import passphrase
from appliance.backups.passphrase import MAGIC
from appliance.base.errors import InvalidError

QUICK = 4
PIECE = 2**20
SEALED_PIECE = PIECE + 16
HEAD = len(MAGIC) + 17


def sealed(plain: bytes, word: str = "open sesame") -> bytes:
    into = io.BytesIO()
    passphrase.encrypt(io.BytesIO(plain), into, word, QUICK)
    return into.getvalue()


def opened(encrypted: bytes, word: str = "open sesame") -> bytes:
    into = io.BytesIO()
    passphrase.decrypt(io.BytesIO(encrypted), into, word)
    return into.getvalue()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_encrypted_is_read_again(size: int) -> None:
    plain = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(plain[:size])) == plain[:size]


def test_the_same_is_never_encrypted_the_same() -> None:
    assert sealed(b"visits") != sealed(b"visits")


def test_another_passphrase_is_refused() -> None:
    with pytest.raises(InvalidError, match=r"passphrase is wrong, or the file is damaged\. Nothing"):
        opened(sealed(b"visits"), "Open sesame")


WHOLE = sealed(bytes(3 * PIECE))
PIECES = [
    WHOLE[HEAD + start : HEAD + start + SEALED_PIECE] for start in range(0, 3 * SEALED_PIECE, SEALED_PIECE)
]
CHANGED = {
    "a bit": WHOLE[: HEAD + SEALED_PIECE + 5]
    + bytes([WHOLE[HEAD + SEALED_PIECE + 5] ^ 1])
    + WHOLE[HEAD + SEALED_PIECE + 6 :],
    "the end missing": WHOLE[: HEAD + 2 * SEALED_PIECE],
    "a piece torn": WHOLE[:-1],
    "two pieces exchanged": WHOLE[:HEAD] + PIECES[0] + PIECES[2] + PIECES[1],
    "a piece left out": WHOLE[:HEAD] + PIECES[0] + PIECES[2],
    "a piece twice": WHOLE + PIECES[2],
    "bytes after the end": WHOLE + b"x",
}


@pytest.mark.parametrize("changed", CHANGED.values(), ids=CHANGED)
def test_nothing_can_be_changed_unnoticed(changed: bytes) -> None:
    with pytest.raises(InvalidError, match="Nothing was changed"):
        opened(changed)


@pytest.mark.parametrize("other", [b"", b"SQLite format 3", MAGIC, MAGIC + bytes(5)])
def test_another_file_is_refused(other: bytes) -> None:
    with pytest.raises(InvalidError, match="no encrypted backup"):
        opened(other)


def test_a_head_that_no_backup_has_is_told_as_damage() -> None:
    with pytest.raises(InvalidError, match="or the file is damaged"):
        opened(MAGIC + bytes([0]) + bytes(16) + bytes(64))


def test_a_file_that_asks_for_more_memory_than_ours_do_is_refused() -> None:
    with pytest.raises(InvalidError, match="newer Analytiq"):
        opened(MAGIC + bytes([40]) + bytes(16) + bytes(64))
