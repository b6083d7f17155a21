"""The listening socket: which thread answers a request, and the time that all connections may take."""

import copy
import socket
import threading
from collections import deque
from collections.abc import Collection
from typing import Any

from waitress import wasyncore
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.utilities import BadRequest

from appliance.web.connections import Channel, Limits, is_upgrade
from appliance.web.websocket import Viewers, wait_until_ready

_QUICK_BODY_BYTES = 16 * 1024
"""Longer ones would keep the loop from other clients for a millisecond and more."""


class Listener(TcpWSGIServer):
    """One listening socket and the channels it accepted."""

    channel_class = Channel
    active_channels: dict[int, Channel]  # type: ignore[assignment]
    trigger: Any
    effective_host: str
    effective_port: str
    draining = False
    loop_thread: int | None = None

    def __init__(
        self, sock: socket.socket, viewers: Viewers, limits: Limits, quick: Collection[str], **shared: Any
    ) -> None:
        self.viewers = viewers
        self._limits = limits
        self._quick = quick
        self._answered: deque[Channel] = deque()
        self._woken = False
        self._wake_lock = threading.Lock()
        self._closed = False
        info = (sock.family, sock.type, sock.proto, sock.getsockname())
        self._decrypted: deque[tuple[socket.socket, tuple[Any, ...]]] = deque()
        super().__init__(_sock=sock, bind_socket=False, sockinfo=info, **shared)
        self._secure = copy.copy(self.adj)
        self._secure.url_scheme = "https"

    def add_task(self, channel: Channel) -> None:  # type: ignore[override]
        """Queue the channel's first request for a worker; an upgrade stays with the channel."""
        request = channel.requests[0]
        if request.error is None and is_upgrade(request):
            if channel.takes_upgrade():
                return
            request.error = BadRequest("an upgrade must be the first request of its connection")
        if request.error is None and self._is_quick(request) and channel.takes_quick():
            return
        super().add_task(channel)  # type: ignore[arg-type]

    def _is_quick(self, request: HTTPRequestParser) -> bool:
        return (
            request.path in self._quick  # type: ignore[attr-defined]
            and str(request.command) == "POST"
            and request.content_length <= _QUICK_BODY_BYTES
        )

    def answer(self, channel: Channel) -> None:
        """A later answer is there; called on any thread."""
        self._answered.append(channel)
        if not self._woken and not self.is_loop_thread():
            self._woken = True
            self.pull_trigger()

    def finish_answers(self) -> None:
        """Write the later answers that are there; called on the loop's thread, after each turn."""
        self._woken = False
        while self._answered:
            self._answered.popleft().finish()

    def take_over(self, sock: socket.socket, address: tuple[Any, ...]) -> None:
        """A client's connection that came in by TLS and is decrypted; called on any thread."""
        self._decrypted.append((sock, address))
        self.pull_trigger()

    def admit_decrypted(self) -> None:
        """Let in those that were taken over; called on the loop's thread, after each turn."""
        while self._decrypted:
            sock, address = self._decrypted.popleft()
            if self.in_connection_overflow:
                sock.close()
            else:
                self.channel_class(self, sock, address, self._secure, map=self._map)  # type: ignore[attr-defined]

    def is_loop_thread(self) -> bool:
        return threading.get_ident() == self.loop_thread

    def maintenance(self, now: float) -> None:
        """Once a second. When no more connections fit, those between two requests make room."""
        idle_s = 1.0 if self.in_connection_overflow else self._limits.idle_timeout_s
        for channel in list(self.active_channels.values()):
            channel.keep_time(now, idle_s, self._limits)

    def end_lingering(self) -> None:
        """What `maintenance` does for refused clients; it is not called any more once the port is closed."""
        for channel in list(self.active_channels.values()):
            if channel.has_lingered():
                channel.close_now()

    def stop_listening(self) -> None:
        """Close the port, after taking in the clients that are connected already."""
        self.draining = True
        for _ in range(self.adj.backlog):
            if self.socket is None or not wait_until_ready(self.socket, timeout_s=0):
                break
            self.handle_accept()
        wasyncore.dispatcher.close(self)

    def is_busy(self) -> bool:
        """Whether any request is under way; called on any thread."""
        return any(channel.is_busy() for channel in list(self.active_channels.values()))

    def pull_trigger(self) -> None:
        """Wake the loop; called on any thread, by a late worker even after the end.

        The wake-up is a byte written to a file number. Once closed, that number may be another file's.
        """
        if self.is_loop_thread():
            return  # It is awake.
        with self._wake_lock:
            if not self._closed:
                self.trigger.pull_trigger()

    def close_all(self) -> None:
        """Close the port and every connection, whatever they are doing."""
        wasyncore.dispatcher.close(self)
        with self._wake_lock:
            self._closed = True
            self.trigger.close()
        while self._decrypted:
            self._decrypted.popleft()[0].close()
        for channel in list(self.active_channels.values()):
            channel.close_now()
