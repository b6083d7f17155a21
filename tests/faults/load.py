"""Many clients at once, each on a connection that it keeps; they go on until told to stop."""

import json
import random
import threading
import time
import uuid
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tests.faults.oracle import Log
from tests.traffic import CHROME, IPHONE

CLIENTS = 24
SENT_AGAIN = 0.05
"""Share of the requests that repeat an earlier event on purpose, answered or not."""
TYPES = ("pageview", "pageview", "pageview", "click", "leave", "route_change", "newsletter")
PAUSE_S = 0.05
"""After a refusal or a broken connection, before the next try."""
TIMEOUT_S = 30.0


class Load:
    """Single events from `clients` threads while the `with` block lasts."""

    def __init__(
        self,
        url: str,
        key: Mapping[str, str],
        log: Log,
        chance: random.Random,
        *,
        clients: int = CLIENTS,
        pause_s: float = 0.0,
        padding: int = 0,
        again: float = SENT_AGAIN,
    ) -> None:
        """`pause_s` between two requests of a client; `padding` more characters in every event; `again`: the
        share of requests that repeat an earlier event."""
        self._address = str(urlsplit(url).netloc)
        self._headers = {**key, "Content-Type": "application/json"}
        self._log = log
        self._pause_s = pause_s
        self._padding = "x" * padding
        self._again = again
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._send, args=(random.Random(chance.random()),))
            for _ in range(clients)
        ]

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _send(self, chance: random.Random) -> None:
        earlier: deque[dict[str, Any]] = deque(maxlen=200)
        connection = HTTPConnection(self._address, timeout=TIMEOUT_S)
        while not self._stopping.is_set():
            if earlier and chance.random() < self._again:
                sent = chance.choice(earlier)
            else:
                sent = event(chance, self._padding)
                earlier.append(sent)
            pause_s = self._pause_s
            try:
                if post(connection, "/ingest/event", self._headers, [sent], self._log) >= 300:
                    pause_s = PAUSE_S
            except (OSError, HTTPException):
                connection.close()
                pause_s = PAUSE_S
            if pause_s:
                self._stopping.wait(pause_s)
        connection.close()


def event(chance: random.Random, padding: str = "") -> dict[str, Any]:
    """A new event with an id of its own; one in four happened on an earlier day."""
    fields: dict[str, Any] = {
        "event_id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
        "event_type": chance.choice(TYPES),
        "visitor_id": str(uuid.UUID(int=chance.randrange(3000), version=4)),
        "path": f"/page/{chance.randrange(50)}",
        "user_agent": chance.choice((CHROME, IPHONE)),
    }
    if chance.random() < 0.25:
        ago = timedelta(seconds=chance.randrange(86_400, 20 * 86_400))
        fields["timestamp"] = (datetime.now(UTC) - ago).isoformat()
    if padding:
        fields["custom"] = {"padding": padding}
    return fields


def post(
    connection: HTTPConnection,
    path: str,
    headers: Mapping[str, str],
    events: list[dict[str, Any]],
    log: Log,
) -> int:
    """Send one event, or several as a bulk; the status of the answer. Raises OSError or HTTPException."""
    log.sending(item["event_id"] for item in events)
    body = json.dumps(events[0] if path.endswith("/event") else events).encode()
    began = time.monotonic()
    connection.request("POST", path, body, dict(headers))
    answer = connection.getresponse()
    content = answer.read()
    stored = [item["event_id"] for item in events] if answer.status < 300 else []
    if stored and not path.endswith("/event"):
        refused = {item["index"] for item in json.loads(content)["rejected"]}
        stored = [event_id for index, event_id in enumerate(stored) if index not in refused]
    log.answered(answer.status, time.monotonic() - began, stored)
    return answer.status
