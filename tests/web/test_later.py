"""Answers that come later: no thread waits for them, and nothing else changes for the client."""

import gc
import threading
import weakref
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest

from appliance.web.later import IN_ENVIRONMENT, LaterAnswer
from appliance.web.server import Server
from tests.web.stage import eventually, serving
from tests.web.wire import Client

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

TEXT = [("Content-Type", "text/plain")]


class Slow:
    """POST /later is answered when a test says so; its body, or `at once`, comes back. All else is quick."""

    def __init__(self) -> None:
        self.waiting: list[tuple[LaterAnswer, bytes]] = []
        self.given_up = threading.Event()

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read()
        later: LaterAnswer | None = environ.get(IN_ENVIRONMENT)
        if body == b"fail":
            raise ValueError("a fault of the application")
        if later is None or body == b"at once":
            start("200 OK", TEXT)
            return [body or b"hello"]
        later.give_up_after(0.0 if body == b"give up" else 60.0, lambda: self.give_up(later))
        self.waiting.append((later, body))
        return later

    def give_up(self, later: LaterAnswer) -> None:
        self.given_up.set()
        later.send("503 Service Unavailable", TEXT, b"given up")

    def answer(self, count: int) -> None:
        """Answer so many requests, the last first."""
        assert eventually(lambda: len(self.waiting) == count)
        while self.waiting:
            later, body = self.waiting.pop()
            later.send("200 OK", TEXT, body)


@pytest.fixture
def app() -> Slow:
    return Slow()


@pytest.fixture
def server(app: Slow) -> Iterator[Server]:
    with serving(app, threads=1, quick=frozenset({"/later"})) as running:
        yield running


def posted(body: bytes, path: str = "/later", *headers: str) -> bytes:
    head = [f"POST {path} HTTP/1.1", "Host: shop.example", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def post(client: Client, body: bytes, path: str = "/later", *headers: str) -> None:
    client.send(posted(body, path, *headers))


def test_many_requests_wait_at_once_without_a_thread_each(app: Slow, server: Server) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(server.port)) for _ in range(50)]
        for number, client in enumerate(clients):
            post(client, str(number).encode())
        with Client(server.port) as other:
            assert other.get("/hello")[2] == b"hello"
        app.answer(50)
        for number, client in enumerate(clients):
            assert client.read_answer()[::2] == (200, str(number).encode())


def test_an_answer_at_once_is_an_answer_like_any_other(server: Server) -> None:
    with Client(server.port) as client:
        for _ in range(3):
            post(client, b"at once")
            assert client.read_answer()[::2] == (200, b"at once")


def test_requests_sent_in_one_go_are_answered_in_their_order(app: Slow, server: Server) -> None:
    with Client(server.port) as client:
        places = ((b"one", "/later"), (b"two", "/other"), (b"at once", "/later"), (b"four", "/later"))
        client.send(b"".join(posted(body, path) for body, path in places))
        app.answer(1)
        # What follows a worker's answer is a worker's too.
        assert [client.read_answer()[2] for _ in range(4)] == [b"one", b"two", b"at once", b"four"]


def test_a_long_body_is_left_to_a_worker(app: Slow, server: Server) -> None:
    with Client(server.port) as client:
        post(client, b"x" * 20_000)
        assert client.read_answer()[2] == b"x" * 20_000
    assert app.waiting == []


def test_a_fault_of_the_application_is_a_problem_and_the_server_goes_on(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with Client(server.port) as client:
        post(client, b"fail")
        status, headers, _ = client.read_answer()
        assert (status, headers["content-type"]) == (500, "application/problem+json")
        post(client, b"at once")
        assert client.read_answer()[0] == 200
    assert "a fault of the application" in caplog.text


def test_a_client_that_is_gone_when_the_answer_comes_harms_nobody(
    app: Slow, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    with Client(server.port) as gone:
        post(gone, b"gone")
        assert eventually(lambda: len(app.waiting) == 1)
    app.answer(1)
    with Client(server.port) as client:
        post(client, b"at once")
        assert client.read_answer()[0] == 200
    assert caplog.text == ""


def test_an_answer_that_was_given_is_forgotten_without_the_collector_of_garbage(
    app: Slow, server: Server
) -> None:
    """It knows the request: circles of them were a tenth of the work on an event."""
    gc.disable()
    try:
        with Client(server.port) as client:
            post(client, b"once")
            assert eventually(lambda: len(app.waiting) == 1)
            later = weakref.ref(app.waiting[0][0])
            app.answer(1)
            assert client.read_answer()[2] == b"once"
            assert eventually(lambda: later() is None)
    finally:
        gc.enable()


def test_what_takes_too_long_is_given_up(app: Slow, server: Server) -> None:
    with Client(server.port) as client:
        post(client, b"give up")
        assert app.given_up.wait(5)
        assert client.read_answer()[::2] == (HTTPStatus.SERVICE_UNAVAILABLE, b"given up")


def test_the_end_of_the_server_waits_for_answers_that_are_under_way(app: Slow) -> None:
    with serving(app, quick=frozenset({"/later"})) as server, Client(server.port) as client:
        post(client, b"last")
        assert eventually(lambda: len(app.waiting) == 1)
        draining = threading.Thread(target=server.drain)
        draining.start()
        draining.join(0.5)
        assert draining.is_alive()
        app.answer(1)
        status, headers, body = client.read_answer()
        assert (status, headers["connection"], body) == (200, "close", b"last")
        draining.join(5)


def test_a_connection_that_is_to_close_closes_after_its_answer(app: Slow, server: Server) -> None:
    with Client(server.port) as client:
        post(client, b"bye", "/later", "Connection: close")
        app.answer(1)
        assert client.read_answer()[2] == b"bye"
        assert client.read_to_end() == b""


def test_an_upgrade_behind_a_later_answer_is_refused_or_done_but_answered(app: Slow, server: Server) -> None:
    with Client(server.port) as client:
        post(client, b"first")
        client.send(
            b"GET /live HTTP/1.1\r\nHost: shop.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Version: 12\r\n\r\n"
        )
        app.answer(1)
        assert client.read_answer()[::2] == (200, b"first")
        assert client.read_answer()[0] == 400
