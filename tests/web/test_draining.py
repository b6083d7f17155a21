"""The end of the server: what is in flight is answered, and viewers are told."""

import os
import signal
import threading
import time
from contextlib import ExitStack

import pytest

from appliance.web.server import Server, create_server
from tests.web.stage import Stage, eventually, is_refused, serving, watch
from tests.web.wire import CLOSE, Client


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_draining_answers_what_is_in_flight_and_takes_nothing_new(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client, Client(server.port) as idle:
        assert idle.get("/hello")[0] == 200
        client.send(b"GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        assert stage.entered.acquire(timeout=5)
        draining = threading.Thread(target=server.drain)
        draining.start()
        assert eventually(lambda: is_refused(server.port))
        draining.join(0.5)  # longer than the last call for requests on their way
        stage.released.set()
        status, headers, body = client.read_answer()
        assert (status, headers["connection"], body) == (200, "close", b"done")
        assert idle.read_to_end() == b""
        draining.join(5)
        assert not draining.is_alive()


def test_connections_waiting_at_the_end_are_accepted_and_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.web.server._LAST_CALL_S", 5.0)
    server = create_server(stage.app, host="127.0.0.1", port=0)
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(server.port)) for _ in range(50)]
        for client in clients:
            client.send(b"GET /hello HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        draining, running = threading.Thread(target=server.drain), threading.Thread(target=server.run)
        draining.start()
        running.start()
        assert [client.read_answer()[0] for client in clients] == [200] * 50
    running.join(5)
    assert not running.is_alive()


def test_a_request_on_its_way_when_the_port_closes_is_answered(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.web.server._LAST_CALL_S", 5.0)
    with serving(stage.app) as server, Client(server.port) as client:
        assert client.get("/hello")[0] == 200
        draining = threading.Thread(target=server.drain)
        draining.start()
        assert eventually(lambda: is_refused(server.port))
        status, headers, _body = client.get("/hello")
        assert (status, headers["connection"]) == (200, "close")
        draining.join(3)
        assert not draining.is_alive()


def test_a_refused_client_that_stays_does_not_hold_up_the_end(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        client.send(b"POST /hello HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 9000000\r\n\r\nx")
        assert client.read_answer()[0] == 413
        draining = threading.Thread(target=server.drain)
        draining.start()
        draining.join(5)  # a refusal lingers for two seconds; the limit of a drain is ten
        assert not draining.is_alive()


def test_draining_says_goodbye_to_every_viewer(stage: Stage) -> None:
    with serving(stage.app) as server, ExitStack() as stack:
        viewers = watch(stage, server, 20, stack)
        draining = threading.Thread(target=server.drain)
        draining.start()
        for viewer in viewers:
            assert viewer.read_close_code() == 1001
            viewer.send_frame(CLOSE, (1001).to_bytes(2, "big"))
            assert viewer.read_to_end() == b""
        draining.join(3)
        assert not draining.is_alive()
        assert server.websockets == 0


def viewer_and_slow_request(stage: Stage, server: Server, stack: ExitStack) -> tuple[Client, Client]:
    """A live view, and a client whose request is worked on until the stage releases it."""
    (viewer,) = watch(stage, server, 1, stack)
    slow = stack.enter_context(Client(server.port))
    slow.send(b"GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n")
    assert stage.entered.acquire(timeout=5)
    return viewer, slow


def test_what_does_not_end_by_itself_is_cut_after_the_timeout(stage: Stage) -> None:
    with serving(stage.app) as server, ExitStack() as stack:
        viewer, slow = viewer_and_slow_request(stage, server, stack)
        began = time.monotonic()
        server.drain(timeout_s=0.5)
        assert 0.5 < time.monotonic() - began < 4
        assert viewer.read_close_code() == 1001
        assert (viewer.read_to_end(), slow.read_to_end()) == (b"", b"")
        stage.released.set()


def test_what_is_slow_ends_while_others_still_are_answered(stage: Stage) -> None:
    with serving(stage.app) as server, ExitStack() as stack:
        viewer, slow = viewer_and_slow_request(stage, server, stack)
        finishing = threading.Thread(target=server.finish_slow, args=(10.0,))
        finishing.start()
        assert viewer.read_close_code() == 1001
        viewer.send_frame(CLOSE, (1001).to_bytes(2, "big"))
        with Client(server.port) as client:
            assert client.get("/hello")[0] == 200
        assert finishing.is_alive()
        stage.released.set()
        assert slow.read_answer()[0] == 200
        finishing.join(5)
        assert not finishing.is_alive()


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_a_signal_handler_on_the_serving_thread_may_drain(stage: Stage) -> None:
    server = create_server(stage.app, host="127.0.0.1", port=0)
    before = signal.signal(signal.SIGTERM, lambda *_: server.drain())
    began = time.monotonic()
    try:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
        server.run()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert time.monotonic() - began < 1.5
    assert is_refused(server.port)


def test_a_server_that_never_ran_gives_its_port_back(stage: Stage) -> None:
    server = create_server(stage.app, host="127.0.0.1", port=0)
    server.drain(timeout_s=0.1)
    assert is_refused(server.port)
