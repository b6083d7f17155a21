"""The server process: opens the data, the port and the jobs, answers until it is told to stop."""

import gc
import logging
import logging.handlers
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from types import FrameType

from appliance import __version__, assembly, standing_in
from appliance.base import config as settings
from appliance.base import data_directory, program
from appliance.base.clock import Clock, SystemClock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError
from appliance.base.left_open import LeftOpen
from appliance.base.log_lines import JsonLine
from appliance.jobs import scheduler
from appliance.process.instance import InstanceLock
from appliance.process.stand_in import StandIn
from appliance.runtime import Runtime
from appliance.storage import exchange
from appliance.storage.database import DatabaseError
from appliance.web import create_app, ports
from appliance.web.listening import left_open
from appliance.web.server import Server

log = logging.getLogger(__name__)

LOG_FILE_BYTES = 5_000_000
OLD_LOG_FILES = 5
WORKERS_WAITED_FOR_S = 5.0
"""For reports; one that takes longer is cut off when the program starts over, and asked for again."""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""A bulk request makes thousands, and none of them in circles: looking for those after every 700, as Python
does by itself, was 3 % of its work."""


@dataclass
class _Ending:
    """How it ends. `ports`: their file numbers, where another program takes its place at once."""

    starts_over: bool = False
    ports: list[int] = field(default_factory=list)
    left: LeftOpen = field(default_factory=LeftOpen)


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
        program.start_over(ending.left)


def _serve(
    config: Config,
    clock: Clock,
    on_ready: Callable[[Running], None] | None,
    ending: "_Ending",
) -> None:
    data_directory.make(config)
    left = settings.left_open()
    with InstanceLock(config.paths, left.lock) as lock:
        log_to_file(config)
        parts = assembly.build(config, clock, StandIn(left))
        parts.start()
        try:
            server = ports.listen(config, create_app(parts), left_open(left.ports))
            running = Running(address(server), parts)
            _stop_on_signals(server, ending, parts)  # Whoever reads the note may end it at once.
            lock.announce(running.url, __version__, parts.local_access.key)
            _run(server, running, on_ready)
        finally:
            parts.stop()
        if ending.ports:
            stand_in = standing_in.begin(parts, ending.ports) or ()
            ending.left = LeftOpen(tuple(ending.ports), lock.leave(), *stand_in)


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


def _stop_on_signals(server: Server, ending: _Ending, parts: Runtime) -> None:
    """The first signal ends in order, the second at once."""
    if threading.current_thread() is not threading.main_thread():
        return

    def stop(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        end: Callable[[], None] = server.drain
        if sys.platform != "win32" and (ending.starts_over or exchange.is_due(parts.config.paths)):
            with suppress(OSError):  # They are opened anew then.
                ending.ports = server.leave_open()
            end = partial(_end_quickly, server, parts)
        threading.Thread(target=end, name="drain", daemon=True).start()

    def stop_and_start_over(number: int, frame: FrameType | None) -> None:
        ending.starts_over = True
        stop(number, frame)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    if sys.platform != "win32":
        signal.signal(signal.SIGUSR2, stop_and_start_over)


def _end_quickly(server: Server, parts: Runtime) -> None:
    """Clients wait from the drain on: what can be done before is."""
    with suppress(AnalytiqError, DatabaseError, OSError):  # The end tries it again, and says why not.
        if not parts.loader.held:
            parts.loader.load_pending()
            parts.checkpoints.run()
    server.wait_for_workers(WORKERS_WAITED_FOR_S)
    server.drain(standing_in.CUT_OFF_AFTER_S, standing_in.LAST_CALL_S)
