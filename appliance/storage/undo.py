"""Copies of what a checkpoint writes over in the database's main file, to take it back after a power cut.

DuckDB 2.0 writes new data beside the old and then turns a header over to them, but blocks of 256 KiB with its
metadata are written in place. A cut in the middle of one leaves a file that cannot be opened, the older state
with it. So those blocks are kept in a file of their own until the checkpoint is through. The file begins
with three headers of 4 KiB: one of the file, two of the database, of which the one with the higher iteration
is in force and a checkpoint writes the other.
"""

import struct
from collections.abc import Iterable, Iterator

from appliance.base.durable import remove_file, sync_file, write_file
from appliance.base.paths import DataPaths

HEADERS_BYTES = 3 * 4096
_FIRST, _SECOND = slice(4096, 8192), slice(8192, 12288)
_HEADER = struct.Struct("<QQQQQQ")
"""Checksum, iteration, place of the metadata, place of the free list, number of blocks, bytes of a block."""
_BLOCK = struct.Struct("<QQ")
"""Where a kept piece stands in the main file, and its length."""


def keep(paths: DataPaths, blocks: Iterable[int]) -> None:
    """Before a checkpoint: the headers and the numbered blocks. Raises OSError."""
    with paths.database.open("rb") as file:
        headers = file.read(HEADERS_BYTES)
        size = _HEADER.unpack_from(headers, _active(headers).start)[-1]
        pieces = [_BLOCK.pack(0, HEADERS_BYTES), headers]
        for number in blocks:
            place = HEADERS_BYTES + number * size
            file.seek(place)
            pieces += [_BLOCK.pack(place, size), file.read(size)]
    write_file(paths.undo, b"".join(pieces))


def forget(paths: DataPaths) -> None:
    """The checkpoint is through."""
    if paths.undo.exists():
        remove_file(paths.undo)


def take_back(paths: DataPaths, even_if_turned: bool = False) -> bool:
    """Whether what a checkpoint had written over was put back: it did not come to turning the header.

    `even_if_turned`: it did, and the database cannot be opened. Nothing is done where there is no copy, or
    one of an earlier checkpoint. Raises OSError.
    """
    if not paths.undo.exists():
        return False
    kept = paths.undo.read_bytes()
    headers = kept[_BLOCK.size : _BLOCK.size + HEADERS_BYTES]
    with paths.database.open("r+b") as file:
        found = file.read(HEADERS_BYTES)
        in_force = _active(headers)
        if found[in_force] != headers[in_force] or (found != headers and not even_if_turned):
            return False
        for place, data in _pieces(kept):
            file.seek(place)
            file.write(data)
        sync_file(file)
    return True


def _active(headers: bytes) -> slice:
    return max(_FIRST, _SECOND, key=lambda half: int(_HEADER.unpack_from(headers, half.start)[1]))


def _pieces(kept: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(kept):
        place, length = _BLOCK.unpack_from(kept, at)
        at += _BLOCK.size
        yield place, kept[at : at + length]
        at += length
