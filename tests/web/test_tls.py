"""HTTPS on real sockets: what it serves, whom it believes, and that a slow handshake keeps nobody waiting."""

import json
import logging
import shutil
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from appliance.base.errors import StartError
from appliance.web import tls
from appliance.web.certificate import Certificate
from appliance.web.listening import bound_sockets
from appliance.web.server import Limits, Server
from appliance.web.tls import TlsFront
from tests.web.stage import TOKEN, Stage, eventually, is_refused, serving
from tests.web.wire import TEXT, Client, upgrade_headers

FILES = Path(__file__).parents[1] / "tls"
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs 127.0.0.2")


def trusting(name: str = "first") -> ssl.SSLContext:
    return ssl.create_default_context(cafile=FILES / f"{name}.crt")


class TlsClient(Client):
    def __init__(self, port: int, trust: ssl.SSLContext | None = None, **options: Any) -> None:
        super().__init__(port, **options)
        self.sock = (trust or trusting()).wrap_socket(self.sock, server_hostname="localhost")


@pytest.fixture
def stage() -> Stage:
    return Stage()


@contextmanager
def secure(
    stage: Stage, certificate: Certificate | None = None, **options: Any
) -> Iterator[tuple[Server, TlsFront]]:
    """The server, with a front that takes connections by TLS on a port of its own."""
    certificate = certificate or Certificate(FILES / "first.crt", FILES / "first.key")
    front = TlsFront(bound_sockets("127.0.0.1", 0), certificate, options.pop("handshake_s", tls.HANDSHAKE_S))
    with serving(stage.app, tls=front, **options) as server:
        yield server, front


@ON_LINUX
def test_requests_keep_their_scheme_and_the_address_of_their_client(stage: Stage) -> None:
    with secure(stage) as (_, front), TlsClient(front.port, source="127.0.0.2") as client:
        for _ in range(3):
            seen = json.loads(client.get("/hello")[2])
            assert (seen["scheme"], seen["address"]) == ("https", "127.0.0.2")


def test_plain_http_on_the_other_port_stays_plain(stage: Stage) -> None:
    with secure(stage) as (server, _), Client(server.port) as client:
        assert json.loads(client.get("/hello")[2])["scheme"] == "http"


def test_whoever_sends_no_tls_is_cut_off_and_harms_nobody(stage: Stage) -> None:
    with secure(stage) as (_, front):
        with Client(front.port) as plain:
            plain.send(b"GET /hello HTTP/1.1\r\nHost: shop.example\r\n\r\n")
            assert b"HTTP" not in plain.read_to_end()
        with TlsClient(front.port) as client:
            assert client.get("/hello")[0] == 200


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
@pytest.mark.parametrize(
    ("version", "taken"),
    [(ssl.TLSVersion.TLSv1_1, False), (ssl.TLSVersion.TLSv1_2, True), (ssl.TLSVersion.TLSv1_3, True)],
)
def test_versions_before_tls_1_2_are_refused(stage: Stage, version: ssl.TLSVersion, taken: bool) -> None:
    trust = trusting()
    trust.set_ciphers("DEFAULT@SECLEVEL=0")  # Else this client would not even try.
    trust.minimum_version, trust.maximum_version = ssl.TLSVersion.TLSv1_1, version
    with secure(stage) as (_, front):
        if taken:
            with TlsClient(front.port, trust) as client:
                assert client.get("/hello")[0] == 200
        else:
            with pytest.raises((ssl.SSLError, ConnectionError)):
                TlsClient(front.port, trust)


def test_websockets_go_both_ways_and_count_for_the_address_of_their_client(stage: Stage) -> None:
    with secure(stage) as (server, front), TlsClient(front.port) as client:
        assert client.get("/echo", *upgrade_headers())[0] == 101
        client.send_frame(TEXT, "grüezi".encode())
        assert client.read_frame() == (TEXT, "grüezi".encode())
        assert server.websockets == 1
    with secure(stage) as (server, front):
        with TlsClient(front.port) as client:
            client.upgrade("/echo")
        assert eventually(lambda: server.websockets == 0)


def test_large_bodies_pass_both_ways(stage: Stage) -> None:
    stage.released.set()
    with secure(stage) as (_, front), TlsClient(front.port) as client:
        client.send(
            b"POST /store HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 2097152\r\n\r\n" + bytes(2097152)
        )
        assert client.read_answer()[2] == b"2097152"
        client.send(b"GET /big HTTP/1.0\r\n\r\n")
        received = 0
        while chunk := client.sock.recv(65536):
            received += len(chunk)
        assert received > 64 * 1024 * 1024


def test_a_body_too_large_is_refused_in_words(stage: Stage) -> None:
    with secure(stage, limits=Limits(max_body_bytes=1000)) as (_, front), TlsClient(front.port) as client:
        client.send(
            b"POST /store HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 30000\r\n\r\n" + bytes(30_000)
        )
        assert client.read_answer()[0] == 413


def test_a_request_that_dribbles_in_is_cut_at_the_servers_deadline(stage: Stage) -> None:
    with (
        secure(stage, limits=Limits(request_deadline_s=0.3)) as (_, front),
        TlsClient(front.port) as client,
    ):
        client.send(b"GET /he")
        assert client.read_to_end() == b""


def test_stalled_handshakes_keep_nobody_waiting_and_end_at_their_deadline(stage: Stage) -> None:
    with secure(stage, handshake_s=0.5) as (server, front), ExitStack() as stack:
        stalled = [stack.enter_context(Client(front.port)) for _ in range(60)]
        for each in stalled[::2]:
            each.send(b"\x16\x03\x01\x02\x00\x01")  # the beginning of a hello
        with TlsClient(front.port) as secured, Client(server.port) as plain:
            assert [client.get("/hello")[0] for client in (secured, plain)] == [200, 200]
        assert all(each.read_to_end() == b"" for each in stalled)


@ON_LINUX
def test_one_address_cannot_take_all_handshakes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "GREETING_PER_ADDRESS", 3)
    with secure(stage) as (_, front), ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(Client(front.port, source="127.0.0.2"))
        with Client(front.port, source="127.0.0.2") as turned_away:
            assert turned_away.read_to_end() == b""
        with TlsClient(front.port) as client:
            assert client.get("/hello")[0] == 200


def test_a_replaced_certificate_counts_at_once_without_ending_anything(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    chain, key = tmp_path / "chain.pem", tmp_path / "key.pem"
    shutil.copy(FILES / "first.crt", chain)
    shutil.copy(FILES / "first.key", key)
    with secure(stage, Certificate(chain, key)) as (_, front), TlsClient(front.port) as before:
        shutil.copy(FILES / "second.crt", chain)
        with caplog.at_level(logging.ERROR), TlsClient(front.port) as between:
            assert between.get("/hello")[0] == 200
        assert str(chain) in caplog.text
        assert "key values mismatch" in caplog.text
        shutil.copy(FILES / "second.key", key)
        with TlsClient(front.port, trusting("second")) as after:
            assert after.get("/hello")[0] == 200
        assert before.get("/hello")[0] == 200
        chain.unlink()
        with TlsClient(front.port, trusting("second")) as still:
            assert still.get("/hello")[0] == 200


@pytest.mark.parametrize(
    ("chain", "key"),
    [
        ("README.md", "first.key"),
        ("first.crt", "README.md"),
        ("first.crt", "second.key"),
        ("first.crt", "locked.key"),
    ],
)
def test_files_that_are_no_pair_stop_the_start_and_name_the_settings(chain: str, key: str) -> None:
    with pytest.raises(StartError, match=r"ANALYTIQ_TLS_CERT \(.+ANALYTIQ_TLS_KEY \(.+PEM files"):
        Certificate(FILES / chain, FILES / key)


def test_an_orderly_end_answers_what_is_in_flight_and_says_goodbye(stage: Stage) -> None:
    with secure(stage) as (server, front), TlsClient(front.port) as asking, TlsClient(front.port) as watching:
        assert watching.upgrade("/live" + TOKEN) == 101
        asking.send(b"GET /slow HTTP/1.1\r\nHost: shop.example\r\n\r\n")
        assert stage.entered.acquire(timeout=5)
        draining = threading.Thread(target=server.drain)
        draining.start()
        assert watching.read_close_code() == 1001
        stage.released.set()
        assert asking.read_answer()[2] == b"done"
        for client in (asking, watching):
            client.sock.close()
        draining.join()
        assert is_refused(front.port)


def test_a_front_that_is_never_started_leaves_its_port() -> None:
    front = TlsFront(bound_sockets("127.0.0.1", 0), Certificate(FILES / "first.crt", FILES / "first.key"))
    front.close(0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", front.port))
