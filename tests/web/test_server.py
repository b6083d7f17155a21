"""The HTTP server on real sockets: requests good and bad."""

import errno
import json
import os
import socket
import sys
import threading
import time
from contextlib import ExitStack
from typing import Any

import pytest

from appliance.web.affinity import on_any_processor, on_one_processor
from appliance.web.server import Limits, create_server
from tests.web.stage import Stage, serving
from tests.web.wire import Client

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc, 127.0.0.2 or affinity")


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_requests_follow_each_other_on_one_connection(stage: Stage) -> None:
    with serving(stage.app) as server, Client(server.port) as client:
        assert [client.get("/hello")[0] for _ in range(3)] == [200] * 3


def test_a_client_that_goes_before_its_answer_is_noticed_meanwhile(stage: Stage) -> None:
    with serving(stage.app) as server:
        with Client(server.port) as client:
            client.send(b"GET /awaited HTTP/1.1\r\nHost: shop.example\r\n\r\n")
            assert stage.entered.acquire(timeout=5)
            assert not stage.forsaken.wait(0.1)
        assert stage.forsaken.wait(5)


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


def test_any_free_port_is_one_that_all_addresses_have_free(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[socket.socket] = []
    real = socket.socket

    def resolve(_host: str, port: int, **_kw: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.1", "127.0.0.2")]

    class Socket(socket.socket):
        def bind(self, address: Any) -> None:
            """For the first time, somebody else has the port on the other address."""
            super().bind(address)
            if not taken:
                taken.append(real())
                taken[0].bind(("127.0.0.2", self.getsockname()[1]))
                taken[0].listen()

    with monkeypatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", resolve)
        patched.setattr("appliance.web.listening.socket.socket", Socket)
        server = create_server(stage.app, host="shop.example", port=0)
    assert server.port != taken[0].getsockname()[1]
    taken[0].close()
    server.drain()


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


@ON_LINUX
def test_a_thread_of_the_server_may_run_anywhere_while_a_block_lasts() -> None:
    free = os.sched_getaffinity(0)
    with on_one_processor():
        with on_any_processor():
            assert os.sched_getaffinity(0) == free
        assert len(os.sched_getaffinity(0)) == 1


@pytest.mark.parametrize("trusted", [frozenset(), frozenset({"127.0.0.1"})])
def test_forwarded_headers_are_believed_from_trusted_proxies_only(
    stage: Stage, trusted: frozenset[str]
) -> None:
    told = {"For": "203.0.113.9", "Proto": "https", "Host": "stats.example"}
    with serving(stage.app, trusted_proxies=trusted) as server, Client(server.port) as client:
        seen = json.loads(client.get("/hello", *(f"X-Forwarded-{k}: {v}" for k, v in told.items()))[2])
    direct = ["127.0.0.1", "http", "shop.example"]
    assert [seen["address"], seen["scheme"], seen["host"]] == (list(told.values()) if trusted else direct)


def test_a_header_with_underscores_does_not_pass_for_one_with_dashes(stage: Stage) -> None:
    """In WSGI both have one name, and what a proxy adds or takes away is the one with dashes."""
    with (
        serving(stage.app, trusted_proxies=frozenset({"127.0.0.1"})) as server,
        Client(server.port) as client,
    ):
        for forged in ("X_Forwarded_For: 203.0.113.9", "X-Forwarded_For: 203.0.113.9"):
            assert json.loads(client.get("/hello", forged)[2])["address"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("hops", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("198.51.100.1,10.0.0.2,203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("203.0.113.9, 10.0.0.2, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.2", "10.0.0.2"),
        ("2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_client_is_whom_the_outermost_trusted_proxy_saw(stage: Stage, hops: str, client: str) -> None:
    """What stands left of that anybody may have written."""
    trusted = frozenset({"127.0.0.1", "10.0.0.2"})
    with serving(stage.app, trusted_proxies=trusted) as server, Client(server.port) as caller:
        seen = json.loads(caller.get("/hello", f"X-Forwarded-For: {hops}")[2])
        assert seen["address"] == client
        first, *later = hops.split(",")
        lines = [f"X-Forwarded-For: {entry.strip()}" for entry in (first, *later)]
        assert json.loads(caller.get("/hello", *lines)[2])["address"] == client


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
    "space before a colon": (400, POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
    "tab before a colon": (400, POST + b"Content-Length\t: 5\r\n\r\nhello"),
    "coding behind a vertical tab": (400, POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n"),
    "coding and identity": (400, POST + b"Transfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n"),
    "coding after a bare line feed": (400, POST + b"X: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "length after a bare return": (400, POST + b"X: y\rContent-Length: 5\r\n\r\nhello"),
    "bare line feeds alone": (
        400,
        b"POST /store HTTP/1.1\nHost: shop.example\nContent-Length: 5\n\nhello\r\n\r\n",
    ),
    "hexadecimal length": (400, POST + b"Content-Length: 0x5\r\n\r\nhello"),
    "length in parts": (400, POST + b"Content-Length: 5 0\r\n\r\nhello"),
    "length that is no number": (400, POST + b"Content-Length: \xb2\r\n\r\nhello"),
    "empty length": (400, POST + b"Content-Length: \r\n\r\nhello"),
    "signed chunk": (400, POST + b"Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n"),
    "prefixed chunk": (400, POST + b"Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"),
    "chunk with a score": (400, POST + b"Transfer-Encoding: chunked\r\n\r\n1_0\r\nhello\r\n0\r\n\r\n"),
    "chunk longer than told": (400, POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello!\r\n0\r\n\r\n"),
    "chunk ended by a line feed": (400, POST + b"Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"),
    "NUL in a header": (400, POST + b"X: a\x00b\r\n\r\n"),
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
