"""Answers that come later: while the disk confirms an event, no thread waits for it.

A request that a server takes as quick is put to the application on the thread of the server's loop, with a
LaterAnswer in the environment. The application must not wait there. It answers as any WSGI application does;
or it returns the LaterAnswer, without having called start_response, and sends the answer from any thread.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

IN_ENVIRONMENT = "analytiq.later"

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Ready:
    """A whole answer; `status` as in "200 OK"."""

    status: str
    headers: Headers
    body: bytes


class LaterAnswer:
    def __init__(self, deliver: Callable[[], None]) -> None:
        """`deliver` is called when the answer is there, on the thread that sends it."""
        self._deliver = deliver
        self._give_up: Callable[[], None] | None = None
        self._give_up_at = 0.0
        self.ready: Ready | None = None

    def __iter__(self) -> Iterator[bytes]:
        return iter(())

    def send(self, status: str, headers: Headers, body: bytes) -> None:
        self.ready = Ready(status, headers, body)
        self._give_up = (
            None  # It knows this answer: in a circle both would wait for the collector of garbage.
        )
        self._deliver()

    def give_up_after(self, seconds: float, give_up: Callable[[], None]) -> None:
        """If nothing is sent until then, `give_up` is called, once."""
        self._give_up, self._give_up_at = give_up, time.monotonic() + seconds

    def keep_time(self) -> None:
        give_up = self._give_up
        if give_up and self.ready is None and time.monotonic() > self._give_up_at:
            self._give_up = None
            give_up()

    def ask(self, application: "WSGIApplication", environ: "WSGIEnvironment") -> None:
        """Put the request to the application; `ready` is set if it answers at once."""
        started: tuple[str, Headers] = ("", [])

        def start_response(status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], object]:
            nonlocal started
            started = status, headers
            return _refuse_to_write

        environ[IN_ENVIRONMENT] = self
        body = application(environ, start_response)
        if body is not self:
            self.ready = Ready(*started, b"".join(body))


def _refuse_to_write(_data: bytes) -> object:
    """In place of PEP 3333's `write`: it would send before the whole answer is known."""
    raise RuntimeError("A quick answer is returned as a body, not written piece by piece.")
