"""Taking events while the program starts over: a process between the one that ends and the one that follows.

An upgrade, and going back to a backup, end with the program on disk taking the place of the one that runs. It
loads itself (0.6 s), opens the database, and may have to make a backup of that and change its form first. An
event needs none of it: what it is checked against stands in memory, and it is kept by the journal. So when
the ending program has closed its database and no thread of it is left, it makes a copy of itself, which has
all that memory, listens on the same ports, and writes to the journal from the next file on. The program that
follows in the old one's process asks it to end just before it reads the journal (process/stand_in.py).

Where that cannot be (macOS and Windows copy no process that has used their libraries), clients wait instead.
"""

import json
import logging
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

from appliance.runtime import Runtime
from appliance.storage import exchange
from appliance.web import create_stand_in, ports
from appliance.web.listening import left_open

log = logging.getLogger(__name__)

CUT_OFF_AFTER_S = 0.5
LAST_CALL_S = 0.1
"""Requests that are on their way when a port passes on: a connection that stays open may bring one."""
_ALONE_WITHIN_S = 0.2
_THREADS = Path("/proc/self/task")
_ENDING = (signal.SIGINT, signal.SIGTERM)


def begin(parts: Runtime, left: list[int]) -> tuple[int, int] | None:
    """Called when `parts` are stopped; `left` are the ports. The connection to it, and its PID.

    None where there can be none.
    """
    if sys.platform != "linux" or not left or not _is_alone():
        return None
    ours, theirs = socket.socketpair()
    signals = {*_ENDING, signal.SIGUSR2}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    pid = os.fork()
    if pid == 0:
        ours.close()
        for number in signals:  # They are meant for the one that follows; this one ends with it.
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
        _take_events(parts, left, theirs)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)
    theirs.close()
    return ours.detach(), pid


def _is_alone() -> bool:
    """Whether this thread is the only one, or is soon: in a copy, locks of others would be held for ever."""
    deadline = time.monotonic() + _ALONE_WITHIN_S
    while len(list(_THREADS.iterdir())) > 1:
        if time.monotonic() > deadline:
            names = ", ".join(thread.name for thread in threading.enumerate())
            log.info("Clients have to wait while the program starts over; threads are left: %s.", names)
            return False
        time.sleep(0.005)
    return True


def _take_events(parts: Runtime, left: list[int], connection: socket.socket) -> NoReturn:
    """Until the other end of `connection` asks for the end, or is gone."""
    try:
        parts.journal.go_on(exchange.skipped_batches(parts.config.paths))
        server = ports.listen(parts.config, create_stand_in(parts), left_open(left))

        def end() -> None:
            connection.recv(1)
            server.drain(CUT_OFF_AFTER_S, LAST_CALL_S)

        threading.Thread(target=end, name="end", daemon=True).start()
        server.run()
        parts.journal.close()
        connection.sendall(json.dumps(parts.ledger.carried()).encode())
    except BrokenPipeError:
        pass
    except BaseException:
        log.exception("Events are not taken while the program starts over; clients wait.")
    finally:
        os._exit(0)
