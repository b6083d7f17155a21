"""The server process: opens the data, the port and the jobs, answers until it is told to stop."""

import errno
import gc
import logging
import logging.handlers
import signal
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from appliance import __version__, assembly
from appliance.base import data_directory, program
from appliance.base.clock import Clock, SystemClock
from appliance.base.config import Config, ports_left_open
from appliance.base.errors import StartError
from appliance.base.log_lines import JsonLine
from appliance.jobs import scheduler
from appliance.process.instance import InstanceLock
from appliance.runtime import Runtime
from appliance.storage import exchange
from appliance.web import create_app
from appliance.web.certificate import Certificate
from appliance.web.ingest import EVENT_PATH
from appliance.web.listening import bound_sockets, left_open
from appliance.web.pixel import PIXEL_PATH
from appliance.web.server import Server, create_server
from appliance.web.tls import TlsFront

log = logging.getLogger(__name__)

LOG_FILE_BYTES = 5_000_000
OLD_LOG_FILES = 5
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""A bulk request makes thousands, and none of them in circles: looking for those after every 700, as Python
does by itself, was 3 % of its work."""


@dataclass
class _Ending:
    """`left_open`: the ports, where the next one starts at once. Whoever connects meanwhile waits for it."""

    starts_over: bool = False
    left_open: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Running:
    """What is known once the port answers."""

    url: str
    runtime: Runtime


def serve(
    config: Config, clock: Clock | None = None, on_ready: Callable[[Running], None] | None = None
) -> None:
    """Run until SIGTERM, SIGINT or the end of the server. Raises StartError when it cannot begin.

    SIGUSR2, which an upgrade sends, ends it in order too and starts the program that is on disk then.
    """
    ending = _Ending()
    _serve(config, clock or SystemClock(), on_ready, ending)
    if ending.starts_over or exchange.is_due(config.paths):
        program.start_over(ending.left_open)


def _serve(
    config: Config,
    clock: Clock,
    on_ready: Callable[[Running], None] | None,
    ending: "_Ending",
) -> None:
    data_directory.make(config)
    with InstanceLock(config.paths) as lock:
        log_to_file(config)
        parts = assembly.build(config, clock)
        parts.start()
        try:
            server = _listen(config, parts)
            running = Running(address(server), parts)
            _stop_on_signals(server, ending, config)  # Whoever reads the note may end it at once.
            lock.announce(running.url, __version__, parts.local_access.key)
            _run(server, running, on_ready)
        finally:
            parts.stop()


def address(server: Server) -> str:
    """Where this machine reaches the server."""
    host = _EVERYWHERE.get(server.host, server.host)
    host = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{host}:{server.port}"


def log_to_file(config: Config) -> None:
    handler = logging.handlers.RotatingFileHandler(
        config.paths.log, maxBytes=LOG_FILE_BYTES, backupCount=OLD_LOG_FILES, encoding="utf-8"
    )
    # A log that cannot be written (the disk is full) is no reason to fill the terminal instead.
    logging.raiseExceptions = False
    handler.setFormatter(JsonLine())
    logging.getLogger().addHandler(handler)


def _listen(config: Config, parts: Runtime) -> Server:
    app, left = create_app(parts), left_open(ports_left_open())
    tls = _tls_front(config, left)
    try:
        return create_server(
            app,
            host=config.host,
            port=config.port,
            trusted_proxies=config.trusted_proxies,
            quick=frozenset({EVENT_PATH, PIXEL_PATH}),
            tls=tls,
            left=left,
        )
    except OSError as error:
        if tls:
            tls.close(0)
        raise _not_listening(error, config.host, config.port, "--port or ANALYTIQ_PORT") from error
    finally:
        for unused in left:
            unused.close()


def _tls_front(config: Config, left: list[socket.socket]) -> TlsFront | None:
    if config.tls_cert is None or config.tls_key is None:
        return None
    certificate = Certificate(config.tls_cert, config.tls_key)
    try:
        return TlsFront(bound_sockets(config.host, config.tls_port, left), certificate)
    except OSError as error:
        raise _not_listening(error, config.host, config.tls_port, "ANALYTIQ_TLS_PORT") from error


def _not_listening(error: OSError, host: str, port: int, option: str) -> StartError:
    if error.errno == errno.EADDRINUSE:
        return StartError(
            f"Port {port} is in use by another program. Stop it, or choose another port with {option}; "
            "websites must then send to that one."
        )
    return StartError(
        f"Analytiq cannot listen on {host} port {port}: {error.strerror}. Choose another address with --host "
        f"or another port with {option}."
    )


def _run(server: Server, running: Running, on_ready: Callable[[Running], None] | None) -> None:
    jobs = scheduler.start(running.runtime)
    _settle_memory()
    try:
        if on_ready:
            threading.Thread(target=on_ready, args=(running,), name="ready", daemon=True).start()
        server.run()
    finally:
        gc.unfreeze()  # Else nothing of it is freed at the end, and DuckDB complains of that on the terminal.
        scheduler.end(running.runtime, jobs)


def _settle_memory() -> None:
    """What is there now stays: looking through it for garbage stopped every request for 60 ms at times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _stop_on_signals(server: Server, ending: _Ending, config: Config) -> None:
    """The first signal ends in order, the second at once."""
    if threading.current_thread() is not threading.main_thread():
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        if sys.platform != "win32" and (ending.starts_over or exchange.is_due(config.paths)):
            with suppress(OSError):  # They are opened anew then.
                ending.left_open = server.leave_open()
        threading.Thread(target=server.drain, name="drain", daemon=True).start()

    def stop_and_start_over(number: int, frame: FrameType | None) -> None:
        ending.starts_over = True
        stop(number, frame)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if sys.platform != "win32":
        signal.signal(signal.SIGUSR2, stop_and_start_over)
