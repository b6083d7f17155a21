"""Clients that take a server's time: they dribble their requests, hold idle connections, read no answers."""

import socket
from contextlib import ExitStack
from types import TracebackType

from appliance.base.paths import dashboard_files
from tests.web.wire import Client

DRIBBLERS = 200
"""With headers, and as many with bodies."""
IDLERS = 50
DOWNLOADS = 8
_HEAD = b"POST /ingest/event HTTP/1.1\r\nHost: localhost\r\n"
_BEGINNINGS = (_HEAD + b"X-Slow: ", _HEAD + b"Content-Length: 60000\r\n\r\n{")


class SlowClients:
    """All of them at once, connected while the `with` block lasts."""

    def __init__(self, port: int) -> None:
        self._open = ExitStack()
        self._dribblers = [self._open.enter_context(Client(port)) for _ in range(2 * DRIBBLERS)]
        self._stuck = [self._open.enter_context(_Stuck(port, _largest_file())) for _ in range(DOWNLOADS)]
        for _ in range(IDLERS):
            idle = self._open.enter_context(Client(port))
            idle.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert idle.read_answer()[0] == 200
        for number, client in enumerate(self._dribblers):
            client.send(_BEGINNINGS[number % 2])

    def __enter__(self) -> "SlowClients":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def dribble(self) -> int:
        """Send one more byte each; how many the server still holds the connection of."""
        self._dribblers = [client for client in self._dribblers if _is_taken(client)]
        return len(self._dribblers)

    def downloads(self) -> int:
        """How many of those that read nothing the server still serves; they read all that is there."""
        return sum(client.is_served() for client in self._stuck)


class _Stuck:
    """Asks for a file again and again and reads nothing of it."""

    def __init__(self, port: int, path: str) -> None:
        self._sock = socket.socket()
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._sock.settimeout(1.0)
        self._sock.connect(("127.0.0.1", port))
        self._sock.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 20)

    def __enter__(self) -> "_Stuck":
        return self

    def __exit__(self, *_error: object) -> None:
        self._sock.close()

    def is_served(self) -> bool:
        """Whether the server still holds the connection: what it had sent comes first, then its end."""
        try:
            while self._sock.recv(65536):
                pass
        except TimeoutError:
            return True
        except OSError:
            pass
        return False


def _largest_file() -> str:
    files = [path for path in dashboard_files().glob("assets/*") if path.suffix in (".js", ".css")]
    return f"/assets/{max(files, key=lambda path: path.stat().st_size).name}"


def _is_taken(client: Client) -> bool:
    try:
        client.send(b"x")
    except OSError:
        return False
    return True
