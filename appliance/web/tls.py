"""HTTPS: takes connections by TLS and hands them, decrypted, to the one HTTP server there is.

waitress knows no TLS, and a second HTTP server would need every deadline and limit of the first again. So a
loop of asyncio, on a thread of its own, does what it is well tested for: handshakes, each with its deadline,
and the encryption. What a client sends is relayed through a pair of sockets within this process, whose other
end the HTTP server takes as a client's connection, with the client's own address. Nobody else can reach that
end, so nobody can make up an address; and a slow handshake waits here, among its like.
"""

import asyncio
import logging
import socket
import threading
import time
from asyncio import sslproto
from collections import Counter
from collections.abc import Callable
from typing import Any

from appliance.web.certificate import Certificate

log = logging.getLogger(__name__)

HANDSHAKE_S = 10.0
GREETING_AT_MOST = 512
GREETING_PER_ADDRESS = 64
"""How many handshakes may be under way; whoever comes on top of that is turned away."""
_BACKLOG = 1024
_FAREWELL_S = 10.0
_BREATH_S = 0.1

# asyncio sets aside 256 KiB for what each connection sends, a stalled handshake's too. A Python without this
# attribute is not changed by it.
sslproto.SSLProtocol.max_size = 32 * 1024

Address = tuple[Any, ...]
HandOver = Callable[[socket.socket, Address], None]


class TlsFront:
    """Listens on bound sockets, and takes connections from `start` on until `stop_accepting`."""

    def __init__(
        self, sockets: list[socket.socket], certificate: Certificate, handshake_s: float = HANDSHAKE_S
    ) -> None:
        self.port = int(sockets[0].getsockname()[1])
        self.sockets = sockets
        for listening in sockets:
            listening.setblocking(False)
            listening.listen(_BACKLOG)
        self._certificate = certificate
        self._handshake_s = handshake_s
        self._greeting: Counter[str] = Counter()
        self._relayed: set[_Half] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="tls", daemon=True)
        self._hand_over: HandOver = _turn_away

    def start(self, hand_over: HandOver) -> None:
        """`hand_over` gets each decrypted connection and its client's address, on the front's own thread."""
        self._hand_over = hand_over
        self._thread.start()

    @property
    def is_greeting(self) -> bool:
        """Whether a handshake is under way; called on any thread."""
        return bool(self._greeting)

    def stop_accepting(self) -> None:
        """Take nobody in any more; those who are in are relayed on. Called on any thread, more than once."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop_accepting)

    def close(self, timeout_s: float) -> None:
        """End, after letting what is on its way reach the clients. The HTTP server has closed its ends."""
        if not self._thread.is_alive():
            self._close_sockets()
            self._loop.close()
            return
        self.stop_accepting()
        deadline = time.monotonic() + timeout_s
        while self._relayed and time.monotonic() < deadline:
            time.sleep(0.01)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._accepting = [self._loop.create_task(self._accept(listening)) for listening in self.sockets]
        try:
            self._loop.run_forever()
        finally:
            self._stop_accepting()
            for half in list(self._relayed):
                half.transport.abort()
            self._end_tasks()
            self._loop.close()

    def _end_tasks(self) -> None:
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    def _stop_accepting(self) -> None:
        for task in self._accepting:
            task.cancel()
        self._close_sockets()

    def _close_sockets(self) -> None:
        for listening in self.sockets:
            listening.close()

    async def _accept(self, listening: socket.socket) -> None:
        under_way: set[asyncio.Task[None]] = set()
        while True:
            try:
                client, address = await self._loop.sock_accept(listening)
            except OSError:  # no more files, or the client has gone already
                await asyncio.sleep(_BREATH_S)
                continue
            if self._is_crowded(address[0]):
                client.close()
            else:
                self._greeting[address[0]] += 1
                task = self._loop.create_task(self._greet(client, address))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
            await asyncio.sleep(0)  # Where many come at once, those who are in have their turn.

    def _is_crowded(self, host: str) -> bool:
        return self._greeting.total() >= GREETING_AT_MOST or self._greeting[host] >= GREETING_PER_ADDRESS

    async def _greet(self, sock: socket.socket, address: Address) -> None:
        try:
            _, client = await self._loop.connect_accepted_socket(
                _Half,
                sock,
                ssl=self._certificate.context(),
                ssl_handshake_timeout=self._handshake_s,
                ssl_shutdown_timeout=_FAREWELL_S,
            )
            await self._relay(client, address)
        except OSError:
            pass  # Not TLS, too slow, or gone: there is nobody to tell.
        finally:
            self._greeting -= Counter([address[0]])  # leaves no zeros behind

    async def _relay(self, client: "_Half", address: Address) -> None:
        try:
            ours, theirs = socket.socketpair()
            _, server = await self._loop.connect_accepted_socket(_Half, ours)
        except BaseException:
            client.transport.abort()
            raise
        client.join(server, self._relayed)
        self._hand_over(theirs, address)


class _Half(asyncio.Protocol):
    """One end of a relayed connection: what it receives, the other half sends on, no faster than that can."""

    transport: asyncio.Transport
    _other: "_Half"

    def __init__(self) -> None:
        self._joined: set[_Half] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 -- of streams it always is one
        self.transport = transport
        transport.pause_reading()  # until there is another half to send it on

    def join(self, other: "_Half", joined: "set[_Half]") -> None:
        """Begin to relay. Both stand in `joined` until they have ended."""
        for half, its_other in ((self, other), (other, self)):
            half._other = its_other
            half._joined = joined
            joined.add(half)
            half.transport.resume_reading()
        if self.transport.is_closing():  # its client has gone meanwhile
            other.transport.close()

    def data_received(self, data: bytes) -> None:
        if not self._other.transport.is_closing():
            self._other.transport.write(data)

    def pause_writing(self) -> None:
        self._other.transport.pause_reading()

    def resume_writing(self) -> None:
        self._other.transport.resume_reading()

    def connection_lost(self, _error: Exception | None) -> None:
        if self in self._joined:
            self._joined.discard(self)
            self._other.transport.close()  # once what was received before is sent


def _turn_away(sock: socket.socket, _address: Address) -> None:
    sock.close()
