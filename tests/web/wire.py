"""A client of sockets and bytes, for what well-behaved HTTP and WebSocket libraries cannot be made to do."""

import base64
import os
import socket
import struct
from types import TracebackType

TEXT, CLOSE, PING = 1, 8, 9


class Client:
    """One connection. Every wait ends after `timeout_s` with TimeoutError."""

    def __init__(
        self, port: int, *, source: str = "127.0.0.1", host: str = "shop.example", timeout_s: float = 8.0
    ) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout_s, source_address=(source, 0))
        self._host = host
        self._unread = b""

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.sock.close()

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def read_to_end(self) -> bytes:
        """All bytes until the server closes; a reset counts as a close."""
        data, self._unread = self._unread, b""
        try:
            while chunk := self.sock.recv(65536):
                data += chunk
        except ConnectionError:
            pass
        return data

    def read(self, size: int) -> bytes:
        while len(self._unread) < size:
            self._receive()
        data, self._unread = self._unread[:size], self._unread[size:]
        return data

    def read_answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers (names in lower case) and body of one HTTP answer."""
        while b"\r\n\r\n" not in self._unread:
            self._receive()
        head, self._unread = self._unread.split(b"\r\n\r\n", 1)
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        return int(first.split()[1]), headers, self.read(int(headers.get("content-length", "0")))

    def get(self, path: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
        lines = [f"GET {path} HTTP/1.1", f"Host: {self._host}", *headers, "", ""]
        self.send("\r\n".join(lines).encode())
        return self.read_answer()

    def upgrade(self, path: str, *headers: str) -> int:
        """Ask for a WebSocket; the status of the answer."""
        return self.get(path, *upgrade_headers(), *headers)[0]

    def send_frame(self, opcode: int, payload: bytes) -> None:
        self.send(frame(opcode, payload))

    def read_frame(self) -> tuple[int, bytes]:
        """Opcode and payload of the next frame."""
        first, length = struct.unpack("!BB", self.read(2))
        if length == 126:
            (length,) = struct.unpack("!H", self.read(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self.read(8))
        return first & 0x0F, self.read(length)

    def read_close_code(self) -> int:
        """The code of the Close frame, reading over what comes before it."""
        while True:
            opcode, payload = self.read_frame()
            if opcode == CLOSE:
                return int.from_bytes(payload[:2], "big")

    def abort(self) -> None:
        """Close with a reset, as a machine that lost its program does."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def _receive(self) -> None:
        chunk = self.sock.recv(65536)
        if not chunk:
            raise EOFError(f"the server closed the connection after {self._unread!r}")
        self._unread += chunk


def upgrade_headers() -> list[str]:
    key = base64.b64encode(os.urandom(16)).decode()
    return [
        "Upgrade: websocket",
        "Connection: keep-alive, Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Extensions: permessage-deflate",
    ]


def frame(opcode: int, payload: bytes) -> bytes:
    """A whole frame as a client sends it: masked, here with zeros."""
    size = len(payload)
    length = struct.pack("!B", 0x80 | size) if size < 126 else struct.pack("!BH", 0x80 | 126, size)
    return bytes([0x80 | opcode]) + length + bytes(4) + payload
