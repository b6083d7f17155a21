"""The HTTP server and its WebSockets, on real sockets."""

import errno
import json
import os
import queue
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from flask import Flask, abort, request
from flask_sock import Sock

from appliance.web.server import Limits, Server, create_server
from tests.web.wire import CLOSE, PING, TEXT, Client, frame, upgrade_headers

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc or needs 127.0.0.2")
TOKEN = "?token=good"


class Stage:
    """An application with one route for each thing that a test wants to happen."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.entered = threading.Semaphore(0)
        self.viewers: list[Any] = []
        self.queues: list[queue.Queue[str]] = []
        self.threads: set[str] = set()
        self.app = Flask("stage")
        self.app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 25, "max_message_size": 65536}
        self.app.before_request(self._check_viewer)
        self.app.add_url_rule("/hello", view_func=self.hello)
        self.app.add_url_rule("/slow", view_func=self.slow)
        self.app.add_url_rule("/big", view_func=self.big)
        self.app.add_url_rule("/store", view_func=self.store, methods=["POST"])
        sock = Sock(self.app)
        sock.route("/echo")(self.echo)
        sock.route("/once")(self.once)
        sock.route("/live")(self.live)

    def _check_viewer(self) -> None:
        if request.path == "/live":
            if request.headers.get("Origin", "http://shop.example") != "http://shop.example":
                abort(403)
            if request.args.get("token") != "good":
                abort(401)

    def hello(self) -> dict[str, Any]:
        cpus = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
        return {"address": request.remote_addr, "host": request.host, "scheme": request.scheme, "cpus": cpus}

    def slow(self) -> str:
        self.entered.release()
        self.released.wait(10)
        return "done"

    def big(self) -> Iterator[bytes]:
        self.entered.release()
        return (bytes(1024 * 1024) for _ in range(64))

    def store(self) -> str:
        return str(len(request.get_data()))

    def echo(self, ws: Any) -> None:
        while True:
            ws.send(ws.receive())

    def once(self, ws: Any) -> None:
        ws.send("that was all")

    def live(self, ws: Any) -> None:
        mine: queue.Queue[str] = queue.Queue()
        self.threads.add(threading.current_thread().name)
        self.viewers.append(ws)
        self.queues.append(mine)
        while ws.connected:
            try:
                ws.send(mine.get(timeout=0.1))
            except queue.Empty:
                continue

    def broadcast(self, message: str) -> None:
        for each in self.queues:
            each.put(message)


@pytest.fixture
def stage() -> Stage:
    return Stage()


@contextmanager
def serving(app: Any, **options: Any) -> Iterator[Server]:
    server = create_server(app, host="127.0.0.1", port=0, **options)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.drain(timeout_s=1)
        thread.join(5)
        assert not thread.is_alive()


def eventually(condition: Callable[[], bool], timeout_s: float = 5.0) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def watch(stage: Stage, server: Server, count: int, stack: ExitStack) -> list[Client]:
    """`count` live viewers whose handlers are running."""
    viewers = [stack.enter_context(Client(server.port)) for _ in range(count)]
    assert [viewer.upgrade("/live" + TOKEN) for viewer in viewers] == [101] * count
    assert eventually(lambda: len(stage.queues) == count)
    return viewers


# Plain HTTP


def test_requests_follow_each_other_on_one_connection(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        assert [client.get("/hello")[0] for _ in range(3)] == [200] * 3


def test_a_port_in_use_is_an_error_at_creation(stage: Stage) -> None:
    with serving(stage.app) as server, pytest.raises(OSError) as caught:
        create_server(stage.app, host="127.0.0.1", port=server.port)
    assert caught.value.errno == errno.EADDRINUSE


def test_a_name_with_several_addresses_is_served_on_all_of_them(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(_host: str, port: int, **_kw: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", "127.0.0.2")]

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", resolve)
        server = create_server(stage.app, host="shop.example", port=0)
    thread = threading.Thread(target=server.run)
    thread.start()
    for address in ("127.0.0.1", "127.0.0.2"):
        with socket.create_connection((address, server.port), 5) as sock:
            sock.sendall(b"GET /hello HTTP/1.0\r\n\r\n")
            assert sock.recv(12) == b"HTTP/1.0 200"
    server.drain()
    thread.join(5)
    assert not thread.is_alive()


def test_ipv6_loopback_is_served(stage: Stage) -> None:
    try:
        server = create_server(stage.app, host="::1", port=0)
    except OSError:
        pytest.skip("no IPv6 on this machine")
    thread = threading.Thread(target=server.run)
    thread.start()
    with socket.create_connection(("::1", server.port), 5) as sock:
        sock.sendall(b"GET /hello HTTP/1.0\r\n\r\n")
        assert sock.recv(12) == b"HTTP/1.0 200"
    server.drain()
    thread.join(5)


@ON_LINUX
def test_threads_of_the_server_share_a_processor_and_others_do_not(stage: Stage) -> None:
    before = os.sched_getaffinity(0)
    with serving(stage.app) as server, Client(server.port) as client:
        assert json.loads(client.get("/hello")[2])["cpus"] == 1
        assert os.sched_getaffinity(0) == before


@pytest.mark.parametrize("trusted", [frozenset(), frozenset({"127.0.0.1"})])
def test_forwarded_headers_are_believed_from_trusted_proxies_only(
    stage: Stage, trusted: frozenset[str]
) -> None:
    told = {"For": "203.0.113.9", "Proto": "https", "Host": "stats.example"}
    with serving(stage.app, trusted_proxies=trusted) as server, Client(server.port) as client:
        seen = json.loads(client.get("/hello", *(f"X-Forwarded-{k}: {v}" for k, v in told.items()))[2])
    direct = ["127.0.0.1", "http", "shop.example"]
    assert [seen["address"], seen["scheme"], seen["host"]] == (list(told.values()) if trusted else direct)


POST = b"POST /store HTTP/1.1\r\nHost: shop.example\r\n"
UNREADABLE = {
    "length and coding": (400, POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "two lengths": (400, POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"),
    "a list of lengths": (400, POST + b"Content-Length: 5, 5\r\n\r\nhello"),
    "a signed length": (400, POST + b"Content-Length: +5\r\n\r\nhello"),
    "an endless length": (400, POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nhello"),
    "two codings": (400, POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "coding twice": (400, POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
    "folded coding": (400, POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
    "coding in HTTP/1.0": (400, b"POST /store HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "unknown coding": (501, POST + b"Transfer-Encoding: gzip\r\n\r\n"),
    "bad chunk": (400, POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "bad address": (400, b"GET http://[::1/ HTTP/1.1\r\nHost: shop.example\r\n\r\n"),
    "no HTTP": (400, b"\x16\x03\x01\x02\x00\x01\r\n\r\n"),
    "HTTP/2.0": (505, b"GET /hello HTTP/2.0\r\nHost: shop.example\r\n\r\n"),
    "large headers": (431, b"GET /hello HTTP/1.1\r\nCookie: " + b"x" * 40_000 + b"\r\n\r\n"),
}


@pytest.mark.parametrize(("status", "sent"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_unreadable_requests_get_one_problem_and_the_connection_ends(
    stage: Stage, status: int, sent: bytes
) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        client.send(sent + b"GET /hello HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        answered, headers, body = client.read_answer()
        assert client.read_to_end() == b""
    problem = json.loads(body)
    assert (answered, problem["status"]) == (status, status)
    assert headers["content-type"] == "application/problem+json"
    assert problem.keys() == {"type", "title", "status", "detail", "instance"}


def test_a_body_too_large_is_refused_in_words_while_it_is_still_being_sent(stage: Stage) -> None:
    limits = Limits(max_body_bytes=1000)
    with serving(stage.app, limits=limits) as server, Client(server.port) as client:
        client.send(POST + b"Content-Length: 30000000\r\n\r\n" + bytes(30_000_000))
        assert client.read_answer()[0] == 413


def test_a_body_within_the_limit_arrives(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        client.send(POST + b"Content-Length: 2097152\r\n\r\n" + bytes(2_097_152))
        assert client.read_answer()[2] == b"2097152"


@pytest.mark.parametrize("begun", [b"", b"GET /he", POST + b"Content-Length: 500\r\n\r\n{"])
def test_a_request_that_dribbles_in_is_cut_at_the_deadline(stage: Stage, begun: bytes) -> None:
    with serving(stage.app, limits=Limits(request_deadline_s=0.3)) as server, Client(server.port) as client:
        client.send(begun)
        client.sock.settimeout(0.1)
        began = time.monotonic()
        while time.monotonic() - began < 6:
            try:
                assert client.sock.recv(100) == b""
                break
            except TimeoutError:
                if begun:
                    client.send(b"l")
            except ConnectionError:
                break
        assert 0.3 < time.monotonic() - began < 4


def test_an_idle_connection_is_closed(stage: Stage) -> None:
    limits = Limits(idle_timeout_s=1)
    with serving(stage.app, limits=limits) as server, Client(server.port) as client:
        assert client.get("/hello")[0] == 200
        assert client.read_to_end() == b""


def test_an_answer_that_nobody_reads_gives_its_worker_back(stage: Stage) -> None:
    limits = Limits(stall_timeout_s=0.5)
    with serving(stage.app, limits=limits, threads=1) as server, Client(server.port) as stuck:
        stuck.send(b"GET /big HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        assert stage.entered.acquire(timeout=5)
        with Client(server.port) as other:
            assert other.get("/hello")[0] == 200


def test_when_no_more_connections_fit_idle_ones_make_room(stage: Stage) -> None:
    with serving(stage.app, limits=Limits(max_connections=8)) as server, ExitStack() as stack:
        for _ in range(6):
            client = stack.enter_context(Client(server.port))
            assert client.get("/hello")[0] == 200
        assert stack.enter_context(Client(server.port)).get("/hello")[0] == 200


# WebSockets


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


# The end


def test_draining_answers_what_is_in_flight_and_takes_nothing_new(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client, Client(server.port) as idle:
        assert idle.get("/hello")[0] == 200
        client.send(b"GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        assert stage.entered.acquire(timeout=5)
        draining = threading.Thread(target=server.drain)
        draining.start()
        assert eventually(lambda: _is_refused(server.port))
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
        assert eventually(lambda: _is_refused(server.port))
        status, headers, _body = client.get("/hello")
        assert (status, headers["connection"]) == (200, "close")
        draining.join(3)
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


def test_what_does_not_end_by_itself_is_cut_after_the_timeout(stage: Stage) -> None:
    with serving(stage.app) as server, ExitStack() as stack:
        (viewer,) = watch(stage, server, 1, stack)
        slow = stack.enter_context(Client(server.port))
        slow.send(b"GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        assert stage.entered.acquire(timeout=5)
        began = time.monotonic()
        server.drain(timeout_s=0.5)
        assert 0.5 < time.monotonic() - began < 4
        assert viewer.read_close_code() == 1001
        assert (viewer.read_to_end(), slow.read_to_end()) == (b"", b"")
        stage.released.set()


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_a_signal_handler_on_the_serving_thread_may_drain(stage: Stage) -> None:
    server = create_server(stage.app, host="127.0.0.1", port=0)
    before = signal.signal(signal.SIGTERM, lambda *_: server.drain())
    try:
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGTERM)).start()
        server.run()
    finally:
        signal.signal(signal.SIGTERM, before)
    assert _is_refused(server.port)


def test_a_server_that_never_ran_gives_its_port_back(stage: Stage) -> None:
    server = create_server(stage.app, host="127.0.0.1", port=0)
    server.drain(timeout_s=0.1)
    assert _is_refused(server.port)


def _is_refused(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return False
    except ConnectionRefusedError:
        return True
