"""A file as text, whatever it is packed in: nothing, gzip, or a ZIP archive.

An archive is read where it lies, in constant memory: nothing is unpacked to the disk, the names in it are
never taken for paths, and what it says of its own sizes is not believed.
"""

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, NamedTuple, Protocol, TextIO

from appliance.base.errors import UnreadableError

MAX_ENTRIES = 1000
MAX_DIRECTORY = 1024 * 1024
"""Bytes of the list of an archive's entries, which is read into memory."""
MAX_UNPACKED = 32 * 2**30
MAX_RATIO = 200
"""Of unpacked to packed bytes. Logs come to about 30; a bomb to a thousand."""
_RATIO_FROM = 16 * 2**20
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_END = struct.Struct("<4s4H2LH")
_ZIP64, _ZIP64_MARK_BYTES = b"PK\x06\x07", 20
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_KNOWN = re.compile(r"(?:.*/)?(?:website_event|imported_visitors(?:_\d{8}_\d{8})?)\.csv", re.IGNORECASE)
"""The one that is wanted, where there are several: of Umami's export, and of Plausible's."""
_NOT_MEANT = re.compile(r"__MACOSX/.*|(?:.*/)?(?:\._[^/]*|\.DS_Store)")
_UNPACK_IT = "Nothing was imported; unpack it yourself, and import the file that is meant."
_DAMAGED = (
    zipfile.BadZipFile,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    struct.error,
    NotImplementedError,  # as zipfile says that it lacks the version or feature which a damaged entry names
    UnicodeDecodeError,
)


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Opened(NamedTuple):
    """`packed`: the file itself, to ask how far it was read."""

    text: TextIO
    packed: io.BufferedReader


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Text in UTF-8, or in UTF-16 by its first bytes.

    Raises OSError, and UnreadableError, also while it is read, for one that is damaged, or an archive that is
    a danger.
    """
    try:
        with ExitStack() as stack:
            packed = stack.enter_context(path.open("rb"))
            start = packed.read(4)
            packed.seek(0)
            if start in (_ZIP, _EMPTY_ZIP):
                yield Opened(_text(_of_zip(packed, path.stat().st_size, stack)), packed)
            elif start.startswith(_GZIP):
                unpacked = stack.enter_context(gzip.GzipFile(fileobj=packed))
                yield Opened(_text(_bounded(unpacked, path.stat().st_size)), packed)
            else:
                yield Opened(_text(packed), packed)
    except _DAMAGED as error:
        raise UnreadableError(
            "The file is cut off or damaged. Nothing was imported; export or upload it anew."
        ) from error


def _of_zip(packed: io.BufferedReader, size: int, stack: ExitStack) -> io.BufferedReader:
    _check_directory(packed, size)
    try:
        archive = stack.enter_context(zipfile.ZipFile(packed))
        return _bounded(stack.enter_context(_opened(archive)), size)
    except (OSError, ValueError) as error:  # sent to places before the file's beginning
        raise zipfile.BadZipFile from error


def _opened(archive: zipfile.ZipFile) -> IO[bytes]:
    entry = _entry(archive.infolist())
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableError(f"The archive is encrypted. {_UNPACK_IT}")
    if entry.compress_type not in _METHODS:
        raise UnreadableError(f"The archive is packed by another method than ZIP's usual one. {_UNPACK_IT}")
    return archive.open(entry)


def _check_directory(packed: io.BufferedReader, size: int) -> None:
    """Before the list of entries is read as a whole; archives of more than 4 GB have another kind of it, to
    which a mark before the end leads."""
    tail_at = max(0, size - _END.size - 0xFFFF - _ZIP64_MARK_BYTES)
    packed.seek(tail_at)
    tail = packed.read()
    packed.seek(0)
    at = tail.rfind(_EMPTY_ZIP)
    if at < 0 or len(tail) - at < _END.size:
        raise zipfile.BadZipFile
    _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, at)
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY or _ZIP64 in tail:
        raise UnreadableError(
            f"The archive has more than {MAX_ENTRIES} files, or is larger than 4 GB. {_UNPACK_IT}"
        )


def _entry(entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    meant = [each for each in entries if not each.is_dir() and not _NOT_MEANT.fullmatch(each.filename)]
    known = [each for each in meant if _KNOWN.fullmatch(each.filename)]
    found = known or meant
    if len(found) != 1:
        raise UnreadableError(f"The archive has {len(found)} files of which one could be meant. {_UNPACK_IT}")
    return found[0]


def _bounded(unpacked: _Readable, packed_bytes: int) -> io.BufferedReader:
    """Raises UnreadableError for an archive in an archive."""
    reader: io.BufferedReader = io.BufferedReader(_Bounded(unpacked, packed_bytes))
    if reader.peek(4).startswith((_ZIP, _GZIP)):
        raise UnreadableError(f"There is an archive in the archive. {_UNPACK_IT}")
    return reader


class _Bounded(io.RawIOBase):
    """Raises UnreadableError, while it is read, where more comes out than can be meant."""

    def __init__(self, unpacked: _Readable, packed_bytes: int) -> None:
        self._unpacked = unpacked
        self._most = min(MAX_UNPACKED, max(_RATIO_FROM, MAX_RATIO * packed_bytes))
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._unpacked.read(len(buffer))
        self._read += len(part)
        if self._read > self._most:
            raise UnreadableError(
                f"The archive unpacks to more than {self._most // 2**20} MB, as no export does. {_UNPACK_IT}"
            )
        buffer[: len(part)] = part
        return len(part)


def _text(file: io.BufferedReader) -> TextIO:
    """What is no text becomes surrogates, by which its line is known later."""
    wide = file.peek(2)[:2] in _WIDE
    encoding, errors = ("utf-16", "surrogatepass") if wide else ("utf-8-sig", "surrogateescape")
    return io.TextIOWrapper(file, encoding, errors, newline="")
