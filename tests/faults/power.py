"""What a power cut may leave of a folder: everything that was synced, and of the rest nobody knows what.

A file's sync keeps its contents, a folder's sync the names in it. Of writes since then any sector may be on
disk or not, of names made, moved and removed any may be; where a file has grown but its data are not there,
it has zeros.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from tests.faults.recording import Argument, Call

SECTOR, PAGE = 512, 4096

Names = dict[str, "File | Folder"]
NameChange = Callable[[Names], None]


@dataclass(frozen=True)
class Write:
    offset: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    length: int


@dataclass(eq=False)
class File:
    durable: bytes = b""
    changes: list[Write | Resize] = field(default_factory=list)
    size: int = 0

    def change(self, change: Write | Resize) -> None:
        self.changes.append(change)
        if isinstance(change, Resize):
            self.size = change.length
        else:
            self.size = max(self.size, change.offset + len(change.data))

    def sync(self, changes: int) -> None:
        """The first so many changes are on disk."""
        self.durable = _written(self.durable, self.changes[:changes])
        del self.changes[:changes]


@dataclass(eq=False)
class Folder:
    durable: Names = field(default_factory=dict)
    changes: list[NameChange] = field(default_factory=list)
    now: Names = field(default_factory=dict)

    def change(self, change: NameChange) -> None:
        change(self.now)
        self.changes.append(change)

    def sync(self, changes: int) -> None:
        for change in self.changes[:changes]:
            change(self.durable)
        del self.changes[:changes]


@dataclass
class _Open:
    """A file number: what it stands for, and where the next write goes (None: to the end)."""

    node: File | Folder
    offset: int | None
    syncing: int = 0

    @property
    def file(self) -> File:
        assert isinstance(self.node, File)
        return self.node


class Disk:
    """A folder, followed call by call from when it was empty."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._tree = Folder()
        self._open: dict[int, _Open] = {}

    def follow(self, call: Call) -> bool:
        """Whether something changed."""
        ended = call.result is not None
        step = getattr(self, f"_{'end' if ended else 'begin'}_{call.name}", None)
        if step is not None:
            return bool(step(*([call.result] if ended else []), *call.arguments))
        first = call.arguments[0]
        ours = self._place("AT_FDCWD", first) if isinstance(first, bytes) else self._opened(first)
        assert not (ended and ours) or call.name == "close", f"{call.name} is not followed"
        return False

    def leave(self, target: Path, share: float, chance: random.Random) -> None:
        """Write down an image; of what is not synced about this share survives (0 nothing, 1 everything)."""
        _leave(self._tree, target, share, chance)

    def _opened(self, number: str) -> _Open | None:
        return self._open.get(int(number)) if number.isdecimal() else None

    def _place(self, start: Argument, path: Argument) -> tuple[Folder, str] | None:
        """The folder and name of a path; None outside."""
        if not isinstance(path, bytes):
            return None
        if not path.startswith(b"/"):
            opened = self._opened(str(start))
            return (opened.node, path.decode()) if opened and isinstance(opened.node, Folder) else None
        whole = Path(path.decode())
        if not whole.is_relative_to(self._root) or whole == self._root:
            return None
        folder: File | Folder = self._tree
        *above, name = whole.relative_to(self._root).parts
        for part in above:
            assert isinstance(folder, Folder)
            folder = folder.now[part]
        assert isinstance(folder, Folder)
        return folder, name

    def _end_openat(self, number: int, start: Argument, path: Argument, flags: str, _mode: str = "") -> bool:
        if path == str(self._root).encode():
            self._open[number] = _Open(self._tree, 0)
        place = self._place(start, path)
        if place is None:
            return False
        folder, name = place
        made = name not in folder.now
        if made:
            file = File()
            folder.change(lambda names: names.update({name: file}))
        node = folder.now[name]
        if not made and "O_TRUNC" in flags and isinstance(node, File):
            node.change(Resize(0))
        self._open[number] = _Open(node, None if "O_APPEND" in flags else 0)
        return made or "O_TRUNC" in flags

    def _begin_close(self, number: str) -> None:
        self._open.pop(int(number), None)

    def _end_write(self, written: int, number: str, data: bytes, _length: str) -> bool:
        opened = self._opened(number)
        if opened is None:
            return False
        at = opened.file.size if opened.offset is None else opened.offset
        opened.file.change(Write(at, data[:written]))
        if opened.offset is not None:
            opened.offset += written
        return True

    def _end_pwrite64(self, written: int, number: str, data: bytes, _length: str, offset: str) -> bool:
        opened = self._opened(number)
        if opened:
            opened.file.change(Write(int(offset), data[:written]))
        return bool(opened)

    def _end_ftruncate(self, _result: int, number: str, length: str) -> bool:
        opened = self._opened(number)
        if opened:
            opened.file.change(Resize(int(length)))
        return bool(opened)

    def _begin_fsync(self, number: str) -> None:
        """Only what was written before it began is sure to be on disk at its end."""
        if opened := self._opened(number):
            opened.syncing = len(opened.node.changes)

    def _end_fsync(self, _result: int, number: str) -> bool:
        opened = self._opened(number)
        if opened:
            opened.node.sync(opened.syncing)
        return bool(opened)

    _begin_fdatasync, _end_fdatasync = _begin_fsync, _end_fsync

    def _end_mkdir(self, _result: int, path: bytes, _mode: str) -> bool:
        return self._set("AT_FDCWD", path, Folder())

    def _end_rename(self, _result: int, source: bytes, target: bytes) -> bool:
        there, here = self._place("AT_FDCWD", source), self._place("AT_FDCWD", target)
        if there is None or here is None:
            return False
        (folder, old), (other, new) = there, here
        assert folder is other, "moves between folders are not followed"
        node = folder.now[old]

        def move(names: Names) -> None:
            names.pop(old, None)
            names[new] = node

        folder.change(move)
        return True

    def _end_unlink(self, _result: int, path: bytes) -> bool:
        return self._set("AT_FDCWD", path, None)

    _end_rmdir = _end_unlink

    def _end_unlinkat(self, _result: int, start: str, path: bytes, _flags: str) -> bool:
        return self._set(start, path, None)

    def _set(self, start: str, path: bytes, node: Folder | None) -> bool:
        place = self._place(start, path)
        if place is None:
            return False
        folder, name = place

        def change(names: Names) -> None:
            names.pop(name, None)
            if node:
                names[name] = node

        folder.change(change)
        return True


def _leave(folder: Folder, target: Path, share: float, chance: random.Random) -> None:
    target.mkdir()
    names = dict(folder.durable)
    for change in folder.changes:
        if _survives(share, chance):
            change(names)
    for name, node in names.items():
        if isinstance(node, Folder):
            _leave(node, target / name, share, chance)
        else:
            contents = _written(node.durable, _survivors(node, share, chance))
            (target / name).write_bytes(contents)


def _survives(share: float, chance: random.Random) -> bool:
    return chance.random() < share


def _survivors(file: File, share: float, chance: random.Random) -> Iterator[Write | Resize]:
    length = chance.choice((SECTOR, PAGE))
    for piece in chain.from_iterable(_in_pieces(change, length) for change in file.changes):
        if _survives(share, chance):
            yield piece
        elif isinstance(piece, Write) and _survives(share, chance):
            yield Write(piece.offset + len(piece.data), b"")  # The file has grown, its data are not there.


def _in_pieces(change: Write | Resize, length: int) -> Iterator[Write | Resize]:
    """A write, cut where sectors begin."""
    if isinstance(change, Resize):
        yield change
        return
    at, end = change.offset, change.offset + len(change.data)
    while at < end:
        until = min(end, (at // length + 1) * length)
        yield Write(at, change.data[at - change.offset : until - change.offset])
        at = until


def _written(contents: bytes, changes: Iterable[Write | Resize]) -> bytes:
    data = bytearray(contents)
    for change in changes:
        if isinstance(change, Resize):
            del data[change.length :]
            data.extend(bytes(change.length - len(data)))
        else:
            data.extend(bytes(max(0, change.offset - len(data))))
            data[change.offset : change.offset + len(change.data)] = change.data
    return bytes(data)
