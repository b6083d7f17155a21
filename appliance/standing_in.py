"""Taking events while the program starts over: a process between the one that ends and the one that follows.

An upgrade, and going back to a backup, end with the program on disk taking the place of the one that runs. It
loads itself (0.6 s), opens the database, and may have to make a backup of that and change its form first. An
event needs none of it: what it is checked against stands in memory, and it is kept by the journal. So when
the ending program has closed its database and no thread of it is left, it makes a copy of itself, which has
all that memory, listens on the same ports, and writes to the journal from the next file on. The program that
follows in the old one's process asks it to end just before it reads the journal (process/stand_in.py).

Where that cannot be (macOS copies no process that has used its libraries), clients wait instead.
"""

import logging
import logging.handlers
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from appliance.process import stand_in
from appliance.runtime import Runtime
from appliance.storage import exchange
from appliance.web import ports
from appliance.web.listening import left_open

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)

CUT_OFF_AFTER_S = 0.5
LAST_CALL_S = 0.1
"""Requests that are on their way when a port passes on: a connection that stays open may bring one."""
_ALONE_WITHIN_S = 0.2
_THREADS = Path("/proc/self/task")


def begin(parts: Runtime, app: "WSGIApplication", left: list[int]) -> tuple[int | None, int | None]:
    """Called when `parts` are stopped: `app` goes on answering on the ports `left`.

    The connection to the process that does so, and its PID, as LeftOpen has them. Where there can be none,
    the connection tells at once what it would have told in the end.
    """
    try:
        if sys.platform == "linux" and _is_alone():
            return _begin(parts, app, left)
    except OSError as error:  # no memory, or too many files or processes
        log.warning("Clients have to wait while the program starts over: %s", error)
    try:
        return stand_in.told_by_nobody(parts.ledger.carried()), None
    except OSError:
        return None, None


def _begin(parts: Runtime, app: "WSGIApplication", left: list[int]) -> tuple[int, int]:
    skipped = exchange.skipped_batches(parts.config.paths)
    signals = {signal.SIGINT, signal.SIGTERM, signal.SIGUSR2}
    ours, theirs = socket.socketpair()
    with ours, theirs:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
        try:
            pid = os.fork()
            if pid == 0:
                try:
                    ours.close()
                    parts.journal.go_on(skipped)
                    _take_events(parts, app, left, theirs)
                finally:
                    os._exit(0)  # The signals, which stay blocked, are meant for the one that follows.
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        log.info("Process %d takes events while the program starts over.", pid)
        return ours.detach(), pid


def _is_alone() -> bool:
    """Whether this thread is the only one, or is soon: in a copy, locks of others would be held for ever."""
    deadline = time.monotonic() + _ALONE_WITHIN_S
    while len(list(_THREADS.iterdir())) > 1:
        if time.monotonic() > deadline:
            names = ", ".join(thread.name for thread in threading.enumerate())
            log.warning("Clients have to wait while the program starts over; threads are left: %s.", names)
            return False
        time.sleep(0.005)
    return True


def _take_events(parts: Runtime, app: "WSGIApplication", left: list[int], connection: socket.socket) -> None:
    """Until the other end of `connection` asks for the end, or is gone."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            handler.maxBytes = 0  # Two that rename the same files would lose some.
    try:
        server = ports.listen(parts.config, app, left_open(left))

        def end() -> None:
            if connection.recv(len(stand_in.ASKED)):
                server.drain(CUT_OFF_AFTER_S, LAST_CALL_S)
            else:  # It was killed, and may be started again right now.
                server.drain(LAST_CALL_S, 0.0)

        threading.Thread(target=end, name="end", daemon=True).start()
        server.run()
        parts.journal.close()
        stand_in.tell(connection, parts.ledger.carried())
    except BrokenPipeError:
        pass
    except BaseException:
        log.exception("Events are not taken while the program starts over; clients wait.")
