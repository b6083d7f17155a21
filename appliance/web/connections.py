"""One client's connection to the server: waitress's, with what it lacks for the open internet.

Added to waitress 3.0.2: the hand-over of WebSockets (see `websocket.py`), deadlines for requests that dribble
in and for answers that are not read, one reading of where a request's body ends, errors as problem details.
It leans on these inner parts of waitress: HTTPChannel's handle_read, handle_close, requests and request;
HTTPRequestParser.parse_header; BaseWSGIServer's add_task, maintenance and in_connection_overflow;
Task.build_response_header. So its version is pinned; read them again before raising it.
"""

import base64
import binascii
import contextlib
import logging
import re
import socket
import time
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import BadRequest, Error

from appliance.web import refusals
from appliance.web.later import LaterAnswer, Ready
from appliance.web.websocket import Viewers

log = logging.getLogger(__name__)

_MIB = 1024 * 1024
_SLOWEST_BODY_BYTES_PER_S = 16 * 1024
_LINGER_S = 2.0

_FRAMING = re.compile(rb"^(?:transfer-encoding|content-length)[ \t]*:(.*)$", re.IGNORECASE | re.MULTILINE)
_FOLDED = re.compile(rb"\r\n[ \t]")


@dataclass(frozen=True)
class Limits:
    """How much one client, and all of them together, may take of the server."""

    max_websockets: int = 256
    max_websockets_per_address: int = 64  # loopback and trusted proxies are exempt
    send_timeout_s: float = 10.0  # for a message to a viewer
    request_deadline_s: float = 15.0  # for a whole request; a body gets a second more per 16 KiB
    stall_timeout_s: float = 30.0  # for a client that does not read its answer
    idle_timeout_s: int = 60  # between two requests on one connection
    max_body_bytes: int = 2 * _MIB + 64 * 1024  # the application refuses above 2 MiB, in its own words
    max_connections: int = 1000  # besides WebSockets


class _ServiceUnavailable(Error):
    code = 503


class _VersionNotSupported(Error):
    code = 505


class _Parser(HTTPRequestParser):
    def parse_header(self, header_plus: bytes) -> None:
        """Refuse what two readers could understand differently: the ground of request smuggling."""
        framing = _FRAMING.findall(header_plus)
        if len(framing) > 1 or b"," in b"".join(framing):
            raise ParsingError("the length of its body is given more than once")
        if _FOLDED.search(header_plus):
            raise ParsingError("a header line is folded")
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # an address such as http://[::1, a length of 5 000 digits
            raise ParsingError("its address or length is malformed") from error
        if "TRANSFER_ENCODING" in self.headers:  # left there by waitress for HTTP/1.0
            raise ParsingError("a transfer coding needs HTTP/1.1")
        if self.version not in ("1.0", "1.1"):
            self.error = _VersionNotSupported(self.version)


class _RefusalTask(ErrorTask):
    channel: "Channel"

    def execute(self) -> None:
        error: Error = self.request.error  # type: ignore[attr-defined]
        self.status, headers, body = refusals.problem(error.code, error.body)
        self.response_headers = headers
        self.set_close_on_finish()
        self.channel.lingers = True
        self.content_length = len(body)
        self.write(body)


class _Task(WSGITask):
    channel: "Channel"

    def build_response_header(self) -> bytes:
        if self.channel.server.draining:
            self.set_close_on_finish()
        return super().build_response_header()


class _LaterTask(_Task):
    """Sends an answer that is there already, in one piece."""

    def __init__(self, channel: "Channel", request: HTTPRequestParser, ready: Ready) -> None:
        super().__init__(channel, request)  # type: ignore[arg-type]
        self._ready = ready

    def execute(self) -> None:
        self.complete = True
        self.status = self._ready.status
        self.response_headers = list(self._ready.headers)
        self.content_length = len(self._ready.body)
        self.channel.write_soon(self.build_response_header() + self._ready.body)
        self.wrote_header = True


class _Listener(Protocol):
    """What a connection needs of the listener that accepted it."""

    viewers: Viewers
    application: Any
    task_dispatcher: Any
    draining: bool

    def is_loop_thread(self) -> bool: ...

    def answer(self, channel: "Channel") -> None:
        """The channel's later answer is there; called on any thread."""
        ...


class Channel(HTTPChannel):
    """One client's connection. Everything here runs on the loop's thread, unless it says otherwise."""

    parser_class = _Parser
    error_task_class = _RefusalTask
    server: _Listener  # type: ignore[assignment]
    requests: list[HTTPRequestParser]
    lingers = False
    _lingers_until: float | None = None
    _upgrade_waits = False
    _quick_waits = False
    _later: LaterAnswer | None = None
    _unread_since: float | None = None  # an answer, or the rest of it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owes_since: float | None = time.monotonic()  # the rest of a request; None between requests

    def readable(self) -> bool:
        return self.socket is not None and super().readable()

    def writable(self) -> bool:
        # A closed channel may still be in the loop's list for this turn.
        return self.socket is not None and bool(super().writable())

    def handle_read(self) -> None:
        if self._lingers_until is not None:
            self.recv(65536)  # unwanted; the end of input closes the channel
            return
        super().handle_read()
        if self.request is None:
            self._owes_since = None
        elif self._owes_since is None:
            self._owes_since = time.monotonic()
        self._serve_head()

    def takes_upgrade(self) -> bool:
        """Leave the upgrade at the head of `requests` to the loop's thread; called on any thread.

        False on a worker's thread, which comes here after an earlier request: only the loop's thread may
        take a channel out of the loop.
        """
        self._upgrade_waits = self.server.is_loop_thread()
        return self._upgrade_waits

    def takes_quick(self) -> bool:
        """Leave the request at the head of `requests` to the loop's thread, if this is that."""
        self._quick_waits = self.server.is_loop_thread()
        return self._quick_waits

    def _serve_head(self) -> None:
        """What `takes_upgrade` and `takes_quick` left to do; one answer can bring the next request."""
        while self._quick_waits and self.socket is not None:
            self._quick_waits = False
            self._ask()
        if self._upgrade_waits and self.socket is not None:
            self._upgrade_waits = False
            self._upgrade()

    def _ask(self) -> None:
        request = self.requests[0]
        later = self._later = LaterAnswer(partial(self.server.answer, self))
        try:
            environ = WSGITask(self, request).get_environment()  # type: ignore[arg-type]
            later.ask(self.server.application, environ)
        except Exception as error:
            log.exception("A request to %s could not be answered.", request.path)  # type: ignore[attr-defined]
            later.ready = Ready(*refusals.problem(500, str(error)))
        if later.ready is not None:
            self._write_answer()

    def finish(self) -> None:
        """The answer that was to come later is there."""
        if self._later is not None and self._later.ready is not None:
            self._write_answer()
            self._serve_head()

    def _write_answer(self) -> None:
        self.service()
        if self.writable():
            self.handle_write()

    def task_class(  # type: ignore[override]
        self, channel: "Channel", request: HTTPRequestParser
    ) -> _Task:
        """What answers the request at the head of `requests`."""
        later, self._later = self._later, None
        if later is not None and later.ready is not None:
            return _LaterTask(channel, request, later.ready)
        return _Task(channel, request)  # type: ignore[arg-type]

    def _upgrade(self) -> None:
        request = self.requests[0]
        address = str(self.addr[0])
        if self.request is not None or len(self.requests) > 1:
            request.error = BadRequest("data came before the WebSocket was open")
        elif not _is_whole_upgrade(request):
            request.error = BadRequest("the WebSocket handshake is incomplete")
        elif not self.server.viewers.has_room_for(address):
            request.error = _ServiceUnavailable("too many viewers")
        if request.error is not None:
            self.server.task_dispatcher.add_task(self)
            return
        environ = WSGITask(self, request).get_environment()  # type: ignore[arg-type]
        self.server.viewers.start(self._detach(), address, self.server.application, environ)

    def _detach(self) -> socket.socket:
        sock = self.socket
        assert sock is not None  # noqa: S101 -- _upgrade is only called with one
        self.del_channel()
        self.socket = None
        self.connected = False
        self.requests = []
        return sock

    def handle_close(self) -> None:
        """Close, but let a refusal reach a client that is still sending its body.

        Closing with unread input makes the kernel send a reset, and the client then sees that instead.
        """
        if self.lingers and self.will_close and self._lingers_until is None and self.socket is not None:
            self._lingers_until = time.monotonic() + _LINGER_S
            self.will_close = False
            with contextlib.suppress(OSError):
                self.socket.shutdown(socket.SHUT_WR)
                return
        super().handle_close()

    def is_busy(self) -> bool:
        """Whether a request is being received, worked on or answered; called on any thread."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)

    def keep_time(self, now: float, idle_s: float, limits: Limits) -> None:
        """Close the connection when its client takes too long; `now` and `idle_s` as for `last_activity`."""
        quiet_s = now - self.last_activity
        self._unread_since = (self._unread_since or now) if self.total_outbufs_len else None
        if self._lingers_until is not None:
            too_late = self.has_lingered()
        elif self._unread_since is not None:
            too_late = min(quiet_s, now - self._unread_since) > limits.stall_timeout_s
        elif self.requests:
            too_late = False
            if self._later is not None:
                self._later.keep_time()
        elif self._owes_since is not None:
            received = self.request.body_bytes_received if self.request is not None else 0
            allowed_s = limits.request_deadline_s + received / _SLOWEST_BODY_BYTES_PER_S
            too_late = time.monotonic() - self._owes_since > allowed_s
        else:
            too_late = quiet_s > idle_s
        if too_late:
            self.close_now()

    def check_client_disconnected(self) -> bool:  # type: ignore[override]
        """Whether nobody waits for an answer; called on any thread.

        The loop reads nothing more of a client that it owes an answer, so its end is looked for here. Who
        only ends their sending is taken for gone, as proxies do it too.
        """
        sock = self.socket
        if sock is None or not self.connected:
            return True
        try:
            return not sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def has_lingered(self) -> bool:
        """Whether a client that was refused has had its time to read why."""
        return self._lingers_until is not None and time.monotonic() > self._lingers_until

    def close_now(self) -> None:
        self.lingers = False
        self.handle_close()


def is_upgrade(request: HTTPRequestParser) -> bool:
    return "websocket" in _tokens(request, "UPGRADE")


def _is_whole_upgrade(request: HTTPRequestParser) -> bool:
    """Whether this is a handshake as RFC 6455 section 4.2.1 wants it."""
    try:
        key = base64.b64decode(request.headers.get("SEC_WEBSOCKET_KEY", ""), validate=True)
    except binascii.Error:
        return False
    return (
        str(request.command) == "GET"
        and request.version == "1.1"
        and "upgrade" in _tokens(request, "CONNECTION")
        and request.headers.get("SEC_WEBSOCKET_VERSION") == "13"
        and len(key) == 16
        and request.body_rcv is None
    )


def _tokens(request: HTTPRequestParser, header: str) -> list[str]:
    return [token.strip().lower() for token in request.headers.get(header, "").split(",")]
