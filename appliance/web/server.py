"""The HTTP server: waitress's parts put together, with room for live viewers and an orderly end."""

import logging
import os
import select
import socket
import threading
import time
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.proxy_headers import PROXY_HEADERS, proxy_headers_middleware
from waitress.task import ThreadedTaskDispatcher

from appliance.web.affinity import on_one_processor
from appliance.web.connections import Limits
from appliance.web.listener import Listener
from appliance.web.listening import allow_open_files, bound_sockets
from appliance.web.tls import GREETING_AT_MOST, TlsFront
from appliance.web.websocket import Viewers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["Limits", "Server", "create_server"]

_DEFAULT_LIMITS = Limits()
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
_FORWARDING = frozenset(f"HTTP_{name}" for name in (*PROXY_HEADERS, "VIA"))
_RECEIVED_AT_ONCE = 64 * 1024
"""Each time costs a turn of the loop and a wait for the interpreter's lock."""
_LAST_CALL_S = 0.25
_FAREWELL_S = 2.0


class _Workers(ThreadedTaskDispatcher):
    # waitress warns of every request that waits for a moment, which under load costs more than the request
    queue_logger = logging.Logger("waitress.queue", level=logging.ERROR)


class Server:
    """A bound and listening server. `run` answers until `drain` is called from another thread."""

    def __init__(
        self,
        listeners: list[Listener],
        viewers: Viewers,
        workers: _Workers,
        threads: int,
        tls: TlsFront | None = None,
    ) -> None:
        self.host = listeners[0].effective_host
        self.port = int(listeners[0].effective_port)
        self._listeners = listeners
        self._viewers = viewers
        self._workers = workers
        self._threads = threads
        self._tls = tls
        self._map: Any = listeners[0]._map  # type: ignore[attr-defined]
        self._draining = threading.Event()
        self._port_closed = threading.Event()
        self._over = threading.Event()
        self._ended = threading.Event()
        self._drain_lock = threading.Lock()
        self._farewell_s = _FAREWELL_S
        self._last_call_s = _LAST_CALL_S
        self._loop_thread: int | None = None

    @property
    def websockets(self) -> int:
        """How many WebSockets are open."""
        return len(self._viewers)

    def run(self) -> None:
        """Answer requests on this thread and on workers started by it, until drained."""
        self._loop_thread = threading.get_ident()
        for listener in self._listeners:
            listener.loop_thread = self._loop_thread
        poll = wasyncore.poll2 if hasattr(select, "poll") else wasyncore.poll
        if self._tls:
            self._tls.start(self._listeners[0].take_over)
        try:
            with on_one_processor():
                self._workers.set_thread_count(self._threads)
                while not self._over.is_set():
                    poll(1.0, self._map)
                    for listener in self._listeners:
                        listener.finish_answers()
                        listener.admit_decrypted()
                    if self._draining.is_set():
                        self._stop_listening()
        finally:
            self._close()
            self._ended.set()

    def _stop_listening(self) -> None:
        if self._tls:
            self._tls.stop_accepting()
        for listener in self._listeners:
            if not listener.draining:
                listener.stop_listening()
            listener.end_lingering()
        self._port_closed.set()

    def leave_open(self) -> list[int]:
        """File numbers of the ports, for whoever listens there after `drain`: clients wait meanwhile.

        Raises OSError when too many files are open, or the ports are closed."""
        plain = [listener.socket.fileno() for listener in self._listeners if listener.socket]
        encrypted = [each.fileno() for each in self._tls.sockets] if self._tls else []
        return [os.dup(number) for number in (*plain, *encrypted)]

    def finish_slow(self, timeout_s: float) -> None:
        """Before `drain`, while events are taken: close the WebSockets, and wait until no request is worked
        on but events, if there is such a moment."""
        deadline = time.monotonic() + timeout_s
        self._viewers.say_goodbye()
        self._viewers.cut_after(min(_FAREWELL_S, timeout_s))
        while (self._workers.active_count or self._workers.queue) and time.monotonic() < deadline:
            time.sleep(0.01)

    def drain(self, timeout_s: float = 10.0, last_call_s: float = _LAST_CALL_S) -> None:
        """Stop accepting, answer what is in flight, close the WebSockets with 1001, and end `run`.

        Returns when `run` has ended (or hangs, two seconds later); what is unanswered after `timeout_s` is
        cut off. Called by a signal handler on `run`'s own thread, it returns at once and does the same in
        the background. A request that wants it called must leave that to another thread: its own answer is
        in flight. `last_call_s`: so long requests may be on their way on connections that are open.
        """
        if threading.get_ident() == self._loop_thread:
            threading.Thread(target=self._drain, args=(timeout_s, last_call_s), name="drain").start()
        else:
            self._drain(timeout_s, last_call_s)

    def _drain(self, timeout_s: float, last_call_s: float) -> None:
        with self._drain_lock:
            if self._ended.is_set():
                return
            deadline = time.monotonic() + timeout_s
            self._farewell_s = min(_FAREWELL_S, timeout_s)
            self._last_call_s = last_call_s
            self._draining.set()
            self._wake()
            self._viewers.say_goodbye()
            self._port_closed.wait(_LAST_CALL_S)
            last_call = min(deadline, time.monotonic() + last_call_s)
            while self._expects_more(last_call) and time.monotonic() < deadline:
                time.sleep(0.01)
            self._viewers.cut_after(min(_FAREWELL_S, max(0.0, deadline - time.monotonic())))
            self._over.set()
            if self._loop_thread is None:
                self._close()
            else:
                self._wake()
                self._ended.wait(_FAREWELL_S)

    def _expects_more(self, last_call: float) -> bool:
        # A request can be on its way on any connection that was there when the port closed.
        waits = time.monotonic() < last_call
        if waits and self._tls and self._tls.is_greeting:
            return True
        return any(listener.is_busy() or (waits and listener.active_channels) for listener in self._listeners)

    def _wake(self) -> None:
        self._listeners[0].pull_trigger()

    def _close(self) -> None:
        for listener in self._listeners:
            listener.close_all()
        if self._tls:
            hurried = self._last_call_s < _LAST_CALL_S  # Clients that went without a word take all that time.
            self._tls.close(self._last_call_s if hurried else self._farewell_s)
        self._viewers.say_goodbye()
        self._viewers.cut_after(0.0)
        self._workers.shutdown(timeout=min(1.0, self._farewell_s))  # type: ignore[arg-type]


def create_server(
    app: "WSGIApplication",
    *,
    host: str,
    port: int,
    limits: Limits = _DEFAULT_LIMITS,
    threads: int = 16,
    trusted_proxies: frozenset[str] = frozenset(),
    quick: frozenset[str] = frozenset(),
    tls: TlsFront | None = None,
    left: list[socket.socket] | None = None,
) -> Server:
    """Bind and listen; port 0 takes any free port (see `Server.port`).

    X-Forwarded-For, -Proto and -Host are believed from the addresses in `trusted_proxies` and removed from
    everyone else's requests. POSTs with short bodies to the paths in `quick` are put to the application on
    the thread of the loop, as `later.py` tells. What comes in by `tls` is answered as well. Raises OSError:
    errno EADDRINUSE when the port is taken, gaierror for an unknown host. `left`: as `bound_sockets` has it.
    """
    sockets = bound_sockets(host, port, left)
    allow_open_files(_files(limits, tls))
    adjustments = _adjustments(limits)
    viewers = Viewers(
        most=limits.max_websockets,
        most_per_address=limits.max_websockets_per_address,
        unlimited=_LOOPBACK | trusted_proxies,
        send_timeout_s=limits.send_timeout_s,
    )
    workers = _Workers()
    shared = {
        "application": _behind_proxies(app, trusted_proxies),
        "map": {},
        "dispatcher": workers,
        "adj": adjustments,
    }
    listeners = [Listener(sock, viewers, limits, quick, **shared) for sock in sockets]
    return Server(listeners, viewers, workers, threads, tls)


def _files(limits: Limits, tls: TlsFront | None) -> int:
    """How many may be open at once. A connection by TLS is three: the client's, and the two of its relay."""
    relays = 2 * (limits.max_connections + limits.max_websockets) + GREETING_AT_MOST if tls else 0
    return limits.max_connections + 2 * limits.max_websockets + 256 + relays


def _adjustments(limits: Limits) -> Adjustments:
    has_poll = hasattr(select, "poll")
    return Adjustments(
        listen="",
        connection_limit=limits.max_connections if has_poll else min(limits.max_connections, 400),
        max_request_header_size=32 * 1024,
        max_request_body_size=limits.max_body_bytes,
        recv_bytes=_RECEIVED_AT_ONCE,
        cleanup_interval=1,
        log_socket_errors=False,
        expose_tracebacks=False,
        clear_untrusted_proxy_headers=False,  # done in _behind_proxies, which knows several proxies
        ident="analytiq",
        server_name="localhost",
    )


def _behind_proxies(app: "WSGIApplication", trusted: frozenset[str]) -> "WSGIApplication":
    believing = proxy_headers_middleware(app, trusted_proxy="*", trusted_proxy_headers=_FORWARDED)
    doubting = proxy_headers_middleware(app)

    def route(environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        if _FORWARDING.isdisjoint(environ):
            return app(environ, start_response)
        # The headers go, but whoever asks through a proxy on this machine is not on this machine.
        environ["analytiq.forwarded"] = True
        if environ["REMOTE_ADDR"] not in trusted:
            return doubting(environ, start_response)
        if "HTTP_X_FORWARDED_FOR" in environ:
            environ["HTTP_X_FORWARDED_FOR"] = _up_to_client(environ["HTTP_X_FORWARDED_FOR"], trusted)
        return believing(environ, start_response)

    return route


def _up_to_client(hops: str, trusted: frozenset[str]) -> str:
    """X-Forwarded-For up to whom the outermost of the trusted proxies saw: the last entry is the one that is
    believed, for what stands before it anybody may have written."""
    entries = hops.split(",")
    while len(entries) > 1 and entries[-1].strip() in trusted:
        entries.pop()
    return ",".join(entries)
