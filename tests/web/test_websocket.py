"""WebSockets on real sockets, from the handshake to the loss of the viewer."""

import json
import os
import sys
import threading
from contextlib import ExitStack
from typing import Any

import pytest

from appliance.web.server import Limits
from tests.web.stage import TOKEN, Stage, eventually, serving, watch
from tests.web.wire import PING, TEXT, Client, frame, upgrade_headers

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, 127.0.0.2 or affinity")


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_messages_go_both_ways_without_compression(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        status, headers, _body = client.get("/echo", *upgrade_headers())
        assert (status, "sec-websocket-extensions" in headers) == (101, False)
        client.send_frame(TEXT, "grüezi".encode())
        assert client.read_frame() == (TEXT, "grüezi".encode())
        client.send_frame(PING, b"?")
        assert client.read_frame() == (10, b"?")


def test_two_hundred_viewers_hear_a_broadcast_and_take_no_worker(stage: Stage) -> None:
    with serving(stage.app, threads=2) as server, ExitStack() as stack:
        viewers = watch(stage, server, 200, stack)
        assert server.websockets == 200
        with Client(server.port) as client:
            assert client.get("/hello")[0] == 200
        stage.broadcast("news")
        assert [viewer.read_frame() for viewer in viewers] == [(TEXT, b"news")] * 200
        assert stage.threads == {"viewer"}


@pytest.mark.parametrize(
    ("path", "origin", "status"),
    [("/live" + TOKEN, "http://evil.example", 403), ("/live?token=bad", "http://shop.example", 401)],
)
def test_the_application_refuses_before_the_upgrade(
    stage: Stage, path: str, origin: str, status: int
) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        answered, headers, body = client.get(path, *upgrade_headers(), f"Origin: {origin}")
        assert answered == status
        assert headers["connection"] == "close"
        assert b"<title>" in body
        assert client.read_to_end() == b""
        assert eventually(lambda: server.websockets == 0)


def test_an_application_that_fails_before_the_upgrade_answers_500() -> None:
    def broken(_environ: Any, _start_response: Any) -> Any:
        raise RuntimeError("no secret may leave")

    with serving(broken) as server, Client(server.port) as client:
        status, _headers, body = client.get("/live", *upgrade_headers())
    assert (status, json.loads(body)["title"]) == (500, "Internal Server Error")
    assert b"secret" not in body


@pytest.mark.parametrize(
    ("removed", "added"),
    [
        ("Sec-WebSocket-Key", None),
        ("Sec-WebSocket-Key", "Sec-WebSocket-Key: dG9vIHNob3J0"),
        ("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8"),
        ("Connection", "Connection: close"),
        ("none", "Content-Length: 3"),
    ],
)
def test_a_malformed_upgrade_is_a_bad_request(stage: Stage, removed: str, added: str | None) -> None:
    headers = [line for line in upgrade_headers() if not line.startswith(removed)]
    headers += [added] if added else []
    lines = ["GET /echo HTTP/1.1", "Host: shop.example", *headers, "", "abc" if "none" in removed else ""]
    with serving(stage.app) as server, Client(server.port) as client:
        client.send("\r\n".join(lines).encode())
        assert client.read_answer()[0] == 400
        assert client.read_to_end() == b""


@pytest.mark.parametrize("order", ["request first", "request after"])
def test_an_upgrade_among_other_requests_is_refused(stage: Stage, order: str) -> None:
    plain = b"GET /hello HTTP/1.1\r\nHost: shop.example\r\n\r\n"
    lines = ["GET /echo HTTP/1.1", "Host: shop.example", *upgrade_headers(), "", ""]
    upgrade = "\r\n".join(lines).encode()
    with serving(stage.app) as server, Client(server.port) as client:
        client.send(plain + upgrade if order == "request first" else upgrade + plain)
        if order == "request first":
            assert client.read_answer()[0] == 200
        assert client.read_answer()[0] == 400
        assert client.read_to_end() == b""


def test_above_the_limit_viewers_are_told_to_come_back(stage: Stage) -> None:
    with serving(stage.app, limits=Limits(max_websockets=3)) as server, ExitStack() as stack:
        first, *_others = watch(stage, server, 3, stack)
        with Client(server.port) as client:
            status, headers, _body = client.get("/live" + TOKEN, *upgrade_headers())
        assert (status, headers["retry-after"]) == (503, "10")
        first.abort()
        assert eventually(lambda: server.websockets == 2)
        assert stack.enter_context(Client(server.port)).upgrade("/live" + TOKEN) == 101


@ON_LINUX
def test_one_address_cannot_take_every_place_but_this_machine_may(stage: Stage) -> None:
    limits = Limits(max_websockets_per_address=2)
    with serving(stage.app, limits=limits) as server, ExitStack() as stack:
        watch(stage, server, 4, stack)
        far = [stack.enter_context(Client(server.port, source="127.0.0.2")) for _ in range(3)]
        assert [client.upgrade("/live" + TOKEN) for client in far] == [101, 101, 503]


def test_a_viewer_that_never_reads_is_cut_off_and_the_others_miss_nothing(stage: Stage) -> None:
    message = "x" * 100_000
    with serving(stage.app, limits=Limits(send_timeout_s=0.5)) as server, ExitStack() as stack:
        _deaf, *others = watch(stage, server, 4, stack)
        for _ in range(200):  # more than the kernel keeps for one connection
            stage.broadcast(message)
        for viewer in others:
            assert all(viewer.read_frame() == (TEXT, message.encode()) for _ in range(200))
        assert eventually(lambda: server.websockets == 3)
        stage.broadcast("after")
        assert [viewer.read_frame() for viewer in others] == [(TEXT, b"after")] * 3


def test_a_flood_of_messages_is_closed_and_not_kept(stage: Stage) -> None:
    with serving(stage.app) as server, ExitStack() as stack:
        (viewer,) = watch(stage, server, 1, stack)
        flood = frame(TEXT, b"a" * 1000) * 1000
        sender = threading.Thread(target=_send_until_refused, args=(viewer, flood))
        sender.start()
        assert viewer.read_close_code() == 1008
        assert eventually(lambda: server.websockets == 0)
        assert sum(len(message) for message in stage.viewers[0].input_buffer) <= 64 * 1024
        viewer.abort()
        sender.join(5)


def _send_until_refused(client: Client, data: bytes) -> None:
    try:
        for _ in range(50):
            client.send(data)
    except OSError:
        pass


@ON_LINUX
def test_threads_and_files_come_back_after_many_lost_viewers(stage: Stage) -> None:
    def held() -> tuple[int, int]:
        return threading.active_count(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    with serving(stage.app) as server:
        with Client(server.port) as client:
            assert client.get("/hello")[0] == 200
        eventually(lambda: False, timeout_s=0.2)
        before = held()
        for number in range(120):
            client = Client(server.port)
            if number % 3 == 0:
                assert client.upgrade("/live" + TOKEN) == 101
            elif number % 3 == 1:
                assert client.upgrade("/once") == 101
                assert client.read_close_code() == 1000
            else:
                lines = ["GET /live?token=good HTTP/1.1", "Host: shop.example", *upgrade_headers(), "", ""]
                client.send("\r\n".join(lines).encode())
            client.abort()
        assert eventually(lambda: held() == before), (before, held())
        assert server.websockets == 0
