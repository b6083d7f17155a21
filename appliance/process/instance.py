"""One running program per data directory: a kernel lock, and a note for others on where it answers."""

import json
import os
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType

from appliance.base.errors import AlreadyRunningError
from appliance.base.paths import DataPaths

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@dataclass(frozen=True)
class Instance:
    """What `instance.json` says of the running program; `url` is where this machine reaches it.

    With `key` a command proves that it may read this file (local_access.py).
    """

    pid: int
    url: str
    version: str
    key: str = field(default="", repr=False)


class InstanceLock:
    """Held from start to end. The kernel frees it however the program ends, so nothing can go stale."""

    def __init__(self, paths: DataPaths, left: int | None = None) -> None:
        """`left`: where the program in whose place this one stands left it. Raises AlreadyRunningError naming
        the PID and address of the other."""
        self._paths = paths
        self._stays = False
        if left is not None and not _is(left, paths.lock):
            os.close(left)
            left = None
        try:
            self._handle = lock_file(paths.lock) if left is None else left
        except BlockingIOError as error:
            raise AlreadyRunningError(_who(paths)) from error

    def announce(self, url: str, version: str, key: str = "") -> None:
        note = Instance(os.getpid(), url, version, key)
        write_privately(self._paths.instance, json.dumps(asdict(note)))

    def leave(self) -> int:
        """Hold it beyond the end, for the program that takes the place of this one: the file's number."""
        self._stays = True
        return self._handle

    def release(self) -> None:
        self._paths.instance.unlink(missing_ok=True)
        if not self._stays:
            os.close(self._handle)

    def __enter__(self) -> "InstanceLock":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def is_held(paths: DataPaths) -> bool:
    """Whether a program has the data directory, even one that answers nobody yet."""
    if not paths.lock.exists():
        return False
    try:
        os.close(lock_file(paths.lock))
    except BlockingIOError:
        return True
    return False


def announced(paths: DataPaths) -> Instance | None:
    """What the note says. It may be stale: trust it only when /healthz answers with the same PID."""
    try:
        return Instance(**json.loads(paths.instance.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _is(handle: int, path: Path) -> bool:
    """Whether the handle is of this file: another data directory may have been chosen meanwhile."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


def _who(paths: DataPaths) -> str:
    other = announced(paths)
    if other is None:
        return f"Analytiq is starting or running already with the data in {paths.root}."
    return f"Analytiq is running already (PID {other.pid}) at {other.url}."


def lock_file(path: Path) -> int:
    """Hold the file's kernel lock until the handle is closed. Raises BlockingIOError while another does."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise BlockingIOError(f"{path} is locked by another program") from error
    return handle


def write_privately(path: Path, text: str) -> None:
    """The file has its name only when it is whole, and only its owner can read it."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)
