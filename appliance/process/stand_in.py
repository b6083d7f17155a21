"""The process that takes events while the program starts over, as the next program knows it.

It has the ports and the journal until the next program wants to read that (standing_in.py: the other side).
It ends when the other does: the connection between the two tells.
"""

import json
import logging
import os
import signal
import socket
from contextlib import suppress

from appliance.base.left_open import LeftOpen
from appliance.ingest.ledger import Carried

log = logging.getLogger(__name__)

ASKED = b"end"
PATIENCE_S = 30.0
"""A disk that hangs holds up its last events; they are not acknowledged then."""


class StandIn:
    def __init__(self, left: LeftOpen) -> None:
        """There may be none; or only what it would have told (`told_by_nobody`)."""
        self._pid = left.stand_in_pid or 0
        self._connection = None if left.stand_in is None else socket.socket(fileno=left.stand_in)

    @property
    def is_there(self) -> bool:
        return self._connection is not None

    def ask_to_end(self) -> None:
        """It answers what it has received; returns at once."""
        if self._connection is not None:
            with suppress(OSError):  # it has ended already
                self._connection.sendall(ASKED)

    def wait(self) -> list[Carried]:
        """Until nobody else writes to the journal; what its ledger noted."""
        if self._connection is None:
            return []
        with self._connection as connection:
            told = self._all_of(connection)
        self._connection = None
        if self._pid:
            with suppress(ChildProcessError):  # a frozen program of one file runs as its starter's child
                os.waitpid(self._pid, 0)
        return _read(told)

    def _all_of(self, connection: socket.socket) -> bytes:
        connection.settimeout(PATIENCE_S)
        told = b""
        with suppress(OSError):  # it was killed
            while part := self._part_of(connection):
                told += part
        return told

    def _part_of(self, connection: socket.socket) -> bytes:
        try:
            return connection.recv(65536)
        except TimeoutError:
            log.warning("The process that took events meanwhile does not end by itself; it is ended.")
            os.kill(self._pid, signal.SIGKILL)
            connection.settimeout(None)
            return connection.recv(65536)


def tell(connection: socket.socket, carried: list[Carried]) -> None:
    """The last that is said. Raises OSError where nobody listens."""
    connection.sendall(json.dumps(carried).encode())


def told_by_nobody(carried: list[Carried]) -> int:
    """A connection as `StandIn` finds it where there is no other process: its number. Raises OSError."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)  # There are few; more than the system holds are no reason to hang.
        tell(theirs, carried)
        return ours.detach()


def _read(told: bytes) -> list[Carried]:
    try:
        return [(str(site), str(day), entry, int(events)) for site, day, entry, events in json.loads(told)]
    except (ValueError, TypeError):
        log.warning(
            "The process that took events meanwhile ended too soon: how many came twice or were refused then "
            "is not known. Every event that it took is counted."
        )
        return []


NONE = StandIn(LeftOpen())
