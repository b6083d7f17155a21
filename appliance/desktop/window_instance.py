"""One window per data directory: a kernel lock, and a way to ask the window there is to come to the front."""

import hmac
import json
import os
import secrets
import socket
import threading
from collections.abc import Callable

from appliance.base.paths import DataPaths
from appliance.process import instance

_ANSWER_S = 2.0
_SHOWN = b"shown\n"


class WindowInstance:
    """Held while the window is open. The kernel frees the lock however this process ends."""

    def __init__(self, paths: DataPaths) -> None:
        """Raises BlockingIOError when another window holds it."""
        paths.window.mkdir(mode=0o700, exist_ok=True)
        self._paths = paths
        self._lock = instance.lock_file(paths.window_lock)
        self._listener: socket.socket | None = None
        self._paths.window_note.unlink(missing_ok=True)  # left by a window that was killed

    def answer(self, show: Callable[[], None]) -> None:
        """From now on call `show`, on a thread of its own, when the program is opened once more."""
        key = secrets.token_urlsafe(32)
        self._listener = socket.create_server(("127.0.0.1", 0))
        note = {"port": self._listener.getsockname()[1], "key": key}
        instance.write_privately(self._paths.window_note, json.dumps(note))
        work = (self._listener, key.encode(), show)
        threading.Thread(target=_answer, args=work, name="one window", daemon=True).start()

    def release(self) -> None:
        self._paths.window_note.unlink(missing_ok=True)
        if self._listener:
            self._listener.close()
        os.close(self._lock)


def show_existing(paths: DataPaths) -> bool:
    """Ask the window that is open to come to the front; whether it said that it did."""
    try:
        note = json.loads(paths.window_note.read_text("utf-8"))
        with socket.create_connection(("127.0.0.1", int(note["port"])), _ANSWER_S) as window:
            window.sendall(f"{note['key']}\n".encode())
            return window.makefile("rb").readline(len(_SHOWN)) == _SHOWN
    except (OSError, ValueError, TypeError, KeyError):
        return False  # It is opening, or closing.


def _answer(listener: socket.socket, key: bytes, show: Callable[[], None]) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:  # closed by release()
            return
        try:
            with caller:
                caller.settimeout(_ANSWER_S)
                given = caller.makefile("rb").readline(len(key) + 1).rstrip(b"\n")
                if hmac.compare_digest(given, key):
                    show()
                    caller.sendall(_SHOWN)
        except OSError:
            continue  # Whoever asked has gone.
