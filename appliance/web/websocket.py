"""The WebSockets of live viewers, after the HTTP server has let go of them.

waitress gives a request to a worker thread and keeps the socket to itself. `server.py` takes the socket of
an upgrade request out of waitress's loop and brings it here, where the application runs in a thread of its
own and finds the socket in `environ["werkzeug.socket"]`, the place in which simple-websocket looks for it.
"""

import contextlib
import logging
import select
import socket
import struct
import threading
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from appliance.web import refusals

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

log = logging.getLogger("analytiq.server")

GOING_AWAY = 1001
POLICY_VIOLATION = 1008

# A viewer has nothing to say but pongs (6 bytes each) and a close. simple-websocket queues every message it
# receives without a limit, so more than this much input is taken for a flood.
_INPUT_BURST_BYTES = 64 * 1024
_INPUT_BYTES_PER_S = 64.0
_FAREWELL_S = 1.0


def wait_until_ready(sock: socket.socket, *, write: bool = False, timeout_s: float | None = None) -> bool:
    """Whether `sock` can be read (or written) without blocking within `timeout_s` (None: no limit)."""
    if hasattr(select, "poll"):  # select() refuses file numbers above 1023; Windows has nothing else
        poll = select.poll()
        poll.register(sock, select.POLLOUT if write else select.POLLIN)
        return bool(poll.poll(None if timeout_s is None else max(0.0, timeout_s * 1000)))
    wanted = [sock]
    return any(select.select([] if write else wanted, wanted if write else [], [], timeout_s))


class ViewerSocket:
    """What simple-websocket needs of a socket (recv, send, close, fileno), made safe for its habits.

    It sends from two threads, takes a short write for a whole one, and has no deadline. Here a send is whole
    or the connection is cut, never waits longer than the deadline, and never raises: the reading thread
    sees a cut connection as its end, and the next send of the application raises ConnectionClosed.
    """

    def __init__(self, sock: socket.socket, send_timeout_s: float) -> None:
        self.upgraded = False
        self._sock = sock
        self._send_timeout_s = send_timeout_s
        self._lock = threading.Lock()
        self._silent = False
        self._reader_done = threading.Event()
        self._input_left = float(_INPUT_BURST_BYTES)
        self._input_at = time.monotonic()
        sock.setblocking(False)

    def fileno(self) -> int:
        return self._sock.fileno()

    def recv(self, size: int) -> bytes:
        """Up to `size` bytes, waiting for them; b"" at the end or when the viewer floods us."""
        while True:
            try:
                data = self._sock.recv(size)
            except BlockingIOError:
                wait_until_ready(self._sock)
            else:
                return data if self._within_allowance(len(data)) else self._refuse_flood()

    def send(self, data: bytes) -> int:
        with self._lock:
            if not self._silent:
                self.upgraded = True
                self._send_all(data)
        return len(data)

    def answer(self, status: str, headers: Iterable[tuple[str, str]], body: bytes) -> None:
        """Answer the upgrade request as ordinary HTTP."""
        kept = [pair for pair in headers if pair[0].lower() not in ("connection", "content-length")]
        kept += [("Content-Length", str(len(body))), ("Connection", "close")]
        lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in kept), "", ""]
        with self._lock:
            self._send_all("\r\n".join(lines).encode("latin-1") + body)

    def say_goodbye(self, code: int, timeout_s: float) -> None:
        """Send a Close frame, and nothing after it. The viewer's own Close then ends the connection."""
        if not self.upgraded or self._silent:
            return
        if not self._lock.acquire(timeout=timeout_s):
            self.cut()  # in the middle of a message that is not being read: no frame can follow
            return
        try:
            self._silent = True
            with contextlib.suppress(OSError):
                self._sock.send(struct.pack("!BBH", 0x88, 2, code))
        finally:
            self._lock.release()

    def cut(self) -> None:
        """End the connection for both sides; wakes whoever waits for input."""
        self._silent = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """simple-websocket's reading thread is through. The file itself is closed by `release`."""
        self.cut()
        self._reader_done.set()

    def release(self) -> None:
        """Close the file, once the reading thread has seen the end.

        A file closed under it would leave that thread, and its selector, waiting for the next ping.
        """
        self.cut()
        if self.upgraded:
            self._reader_done.wait(_FAREWELL_S)
        self._sock.close()

    def _send_all(self, data: bytes) -> None:
        view = memoryview(data)
        deadline = time.monotonic() + self._send_timeout_s
        try:
            while view:
                try:
                    view = view[self._sock.send(view) :]
                except BlockingIOError:
                    if not wait_until_ready(self._sock, write=True, timeout_s=deadline - time.monotonic()):
                        self._drop_unsent()
                        raise
        except (OSError, ValueError):  # ValueError: closed while we waited
            self.cut()

    def _drop_unsent(self) -> None:
        # Or the kernel would keep offering the rest to a client that does not read, for minutes.
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _within_allowance(self, size: int) -> bool:
        now = time.monotonic()
        earned = (now - self._input_at) * _INPUT_BYTES_PER_S
        self._input_at = now
        self._input_left = min(_INPUT_BURST_BYTES, self._input_left + earned) - size
        return self._input_left >= 0

    def _refuse_flood(self) -> bytes:
        log.warning("A live viewer sent more than it may and was disconnected; the dashboard sends nothing.")
        self.say_goodbye(POLICY_VIOLATION, timeout_s=_FAREWELL_S)
        # Closing with unread input would make the kernel throw the Close frame away.
        deadline = time.monotonic() + _FAREWELL_S
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_WR)
            while (left_s := deadline - time.monotonic()) > 0:
                if not wait_until_ready(self._sock, timeout_s=left_s) or not self._sock.recv(65536):
                    break
        return b""


class Viewers:
    """The open WebSockets: room for new ones, a thread for each, and their end."""

    def __init__(self, *, most: int, most_per_address: int, unlimited: frozenset[str], send_timeout_s: float):
        """`unlimited` addresses count towards `most` only (a proxy speaks for many people)."""
        self._most = most
        self._most_per_address = most_per_address
        self._unlimited = unlimited
        self._send_timeout_s = send_timeout_s
        self._open: dict[ViewerSocket, str] = {}
        self._changed = threading.Condition()
        self._closing = False

    def __len__(self) -> int:
        return len(self._open)

    def has_room_for(self, address: str) -> bool:
        with self._changed:
            if self._closing or len(self._open) >= self._most:
                return False
            return address in self._unlimited or (
                sum(other == address for other in self._open.values()) < self._most_per_address
            )

    def start(
        self, sock: socket.socket, address: str, app: "WSGIApplication", environ: "WSGIEnvironment"
    ) -> None:
        """Run `app` for this upgrade request in its own thread. Takes over `sock`; returns at once."""
        viewer = ViewerSocket(sock, self._send_timeout_s)
        environ["werkzeug.socket"] = viewer
        # Without the offer no permessage-deflate, whose small messages can unpack to huge ones.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        with self._changed:
            self._open[viewer] = address
        try:
            threading.Thread(
                target=self._run, args=(viewer, app, environ), daemon=True, name="viewer"
            ).start()
        except RuntimeError:
            log.exception("No thread could be started for a live viewer; it was disconnected.")
            self._end(viewer)

    def say_goodbye(self) -> None:
        """Let nobody else in and send everyone a Close frame 1001."""
        with self._changed:
            self._closing = True
            leaving = list(self._open)
        for viewer in leaving:
            viewer.say_goodbye(GOING_AWAY, timeout_s=0.05)

    def cut_after(self, timeout_s: float) -> None:
        """Wait until all have left, cut those off that are still there after `timeout_s`, and give their
        threads as long to end."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open, timeout_s)
            left = list(self._open)
        for viewer in left:
            viewer.cut()
        with self._changed:
            self._changed.wait_for(lambda: not self._open, timeout_s)

    def _run(self, viewer: ViewerSocket, app: "WSGIApplication", environ: "WSGIEnvironment") -> None:
        try:
            answer = _call(app, environ)
        except Exception:
            log.exception("The application failed at a live viewer.")
            answer = refusals.problem(500, "failed at an upgrade request")
        try:
            if not viewer.upgraded:
                viewer.answer(*answer)
        finally:
            self._end(viewer)

    def _end(self, viewer: ViewerSocket) -> None:
        viewer.release()
        with self._changed:
            del self._open[viewer]
            self._changed.notify_all()


def _call(app: "WSGIApplication", environ: "WSGIEnvironment") -> refusals.Answer:
    """What a WSGI application answers, with its body in one piece."""
    head: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _exc_info: Any = None, /) -> Any:
        head.append((status, headers))
        return lambda _data: None

    chunks = app(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    return *head[-1], body
