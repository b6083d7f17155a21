"""The server process: opens the data, the port and the jobs, answers until it is told to stop."""

import gc
import logging
import logging.handlers
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import FrameType

from appliance import __version__, assembly, standing_in
from appliance.base import config as settings
from appliance.base import data_directory, program
from appliance.base.clock import Clock, SystemClock
from appliance.base.config import Config
from appliance.base.left_open import LeftOpen
from appliance.base.log_lines import JsonLine
from appliance.events.enrichment import agents
from appliance.jobs import scheduler
from appliance.process.instance import InstanceLock
from appliance.process.stand_in import StandIn
from appliance.runtime import Runtime
from appliance.storage import exchange
from appliance.web import create_app, create_stand_in, ports
from appliance.web.listening import left_open
from appliance.web.server import Server

log = logging.getLogger(__name__)

LOG_FILE_BYTES = 5_000_000
OLD_LOG_FILES = 5
JOBS_AFTER_S = 2.0
"""Where events have waited while the program started over, they go first."""
SLOW_WAITED_FOR_S = 5.0
"""For reports; one that takes longer is cut off when the program starts over, and asked for again."""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""A bulk request makes thousands, and none of them in circles: looking for those after every 700, as Python
does by itself, was 3 % of its work."""


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
    left = _serve(config, clock or SystemClock(), on_ready)
    if left is not None:
        program.start_over(left)


def _serve(config: Config, clock: Clock, on_ready: Callable[[Running], None] | None) -> LeftOpen | None:
    """What is left open for the program that takes the place of this one; None if none does."""
    data_directory.make(config)
    before = settings.left_open()
    with InstanceLock(config.paths, before.lock) as lock:
        log_to_file(config)
        parts = assembly.prepare(config, clock)
        try:
            server = _take_over(parts, before)
        except BaseException:
            gc.unfreeze()
            parts.database.abandon()
            raise
        jobs = scheduler.start(parts, JOBS_AFTER_S if before.stand_in is not None else 0.0)
        ending = _Ending(server, parts, partial(scheduler.end, parts, jobs))
        parts.start()
        try:
            running = Running(address(server), parts)
            ending.follow_signals()  # Whoever reads the note may end it at once.
            lock.announce(running.url, __version__, parts.local_access.key)
            _run(ending, running, on_ready)
        finally:
            gc.unfreeze()  # Else nothing of it is freed at the end; DuckDB complains of that on the terminal.
            if not ending.starts_over:
                ending.close_ports()
                parts.loader.release()  # No backup is being put back: that is waited for with the jobs.
            parts.stop()
        return ending.leave(lock)


def _take_over(parts: Runtime, before: LeftOpen) -> Server:
    """Where another process takes events, all else that can be done is done while it does."""
    app, left, stand_in = create_app(parts), left_open(before.ports), StandIn(before)
    if not stand_in.is_there:
        assembly.take_up(parts, stand_in)
        server = ports.listen(parts.config, app, left)
        _settle_memory()
        return server
    server = ports.listen(parts.config, app, left)
    agents.read_lists()
    _settle_memory()
    assembly.take_up(parts, stand_in)
    return server


class _Ending:
    """How the program ends: in order, or so that another takes its place and clients notice little of it."""

    def __init__(self, server: Server, parts: Runtime, end_jobs: Callable[[], None]) -> None:
        self.server = server
        self._parts = parts
        self._end_jobs = end_jobs
        self._ending_jobs = threading.Lock()
        self._meanwhile = create_stand_in(parts)
        self._asked_to_start_over = self._asked_to_stop = self._is_ending = False
        self._ports: list[int] = []

    @property
    def starts_over(self) -> bool:
        asked = self._asked_to_start_over and not self._asked_to_stop
        return asked or exchange.is_due(self._parts.config.paths)

    def follow_signals(self) -> None:
        """The first ends in order, the second at once."""
        if threading.current_thread() is not threading.main_thread():
            return
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        if sys.platform != "win32":
            signal.signal(signal.SIGUSR2, self._start_over)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR2})

    def end_jobs(self) -> None:
        with self._ending_jobs:
            self._end_jobs()

    def close_ports(self) -> None:
        while self._ports:
            os.close(self._ports.pop())

    def leave(self, lock: InstanceLock) -> LeftOpen | None:
        """When all else has ended: the ports stay open, and the directory locked. None if it does not start
        over; whoever still wants that ends it at once."""
        is_main = threading.current_thread() is threading.main_thread()
        for number in (signal.SIGINT, signal.SIGTERM) if is_main else ():
            signal.signal(number, signal.SIG_DFL)
        if not self.starts_over:
            return None
        if is_main and sys.platform != "win32":  # An upgrade that comes now waits until it can be asked for.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
            signal.signal(signal.SIGUSR2, signal.SIG_DFL)
        if not self._ports:
            return LeftOpen()
        stand_in = standing_in.begin(self._parts, self._meanwhile, self._ports)
        return LeftOpen(tuple(self._ports), lock.leave(), *stand_in)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        self._asked_to_stop = True
        self._end()

    def _start_over(self, number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)  # What is on disk in the end is started.
        self._asked_to_start_over = True
        self._end()

    def _end(self) -> None:
        """Once: what has begun goes on, whether the program starts over in the end or not."""
        if self._is_ending:
            return
        self._is_ending = True
        end: Callable[[], None] = self.server.drain
        if sys.platform != "win32" and self.starts_over:
            with suppress(OSError):  # They are opened anew then.
                self._ports = self.server.leave_open()
            end = self._end_quickly
        threading.Thread(target=end, name="drain", daemon=True).start()

    def _end_quickly(self) -> None:
        """Clients wait from the drain on: what can be done before is, and what comes then is loaded later."""
        try:
            agents.read_lists()
            self.end_jobs()
            self._parts.settle()
        except Exception:
            log.exception("What could not be done before the end is done at the end.")
        finally:
            self.server.finish_slow(SLOW_WAITED_FOR_S)
            self.server.drain(standing_in.CUT_OFF_AFTER_S, standing_in.LAST_CALL_S)


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


def _run(ending: _Ending, running: Running, on_ready: Callable[[Running], None] | None) -> None:
    try:
        if on_ready:
            threading.Thread(target=on_ready, args=(running,), name="ready", daemon=True).start()
        ending.server.run()
    finally:
        ending.end_jobs()


def _settle_memory() -> None:
    """What is there now stays: looking through it for garbage stopped every request for 60 ms at times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
