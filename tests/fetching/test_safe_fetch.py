"""No address that a person typed leads where it must not: whoever listens there sees nobody connect."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.fetching.safe_fetch import CertificateError, FetchError, Request, SafeFetch
from appliance.fetching.target import RefusedError
from tests.receivers import Receiver, receiver

TLS = Path(__file__).parents[1] / "tls"

# PORT is the listener's: each of these would reach it, or something that nobody on the internet can.
FORBIDDEN = [
    "http://127.0.0.1:PORT/",
    "http://127.1:PORT/",
    "http://0x7f.1:PORT/",
    "http://0x7f000001:PORT/",
    "http://2130706433:PORT/",
    "http://017700000001:PORT/",
    "http://0177.0.0.1:PORT/",
    "http://127.0.0.1.:PORT/",
    "http://１２７.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://LOCALHOST:PORT/",
    "http://0.0.0.0:PORT/",
    "http://0:PORT/",
    "http://[::]:PORT/",
    "http://[::1]:PORT/",
    "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/",
    "http://[64:ff9b::7f00:1]:PORT/",
    "http://[2002:7f00:1::]:PORT/",
    "http://[fe80::1]:PORT/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/latest/meta-data/",
    "http://10.0.0.1:PORT/",
    "http://100.64.0.1:PORT/",
    "http://224.0.0.1:PORT/",
    "http://255.255.255.255:PORT/",
    "http://93.184.216.34@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@93.184.216.34/",
    "http://127.0.0.1\t:PORT/",
    "ftp://127.0.0.1:PORT/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:PORT/_",
    "//127.0.0.1:PORT/",
    "http://:PORT/",
    "http://[::1%25lo]:PORT/",
]


@pytest.fixture
def listener() -> Iterator[Receiver]:
    with receiver() as receiving:
        yield receiving


class Names:
    """Resolves every name to the next of `answers`, the last of them again and again."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    def __call__(self, _host: str, _seconds: float) -> list[str]:
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]


@pytest.mark.parametrize("url", FORBIDDEN)
def test_nothing_but_the_internet_is_asked(url: str, listener: Receiver) -> None:
    with pytest.raises((RefusedError, FetchError)):
        SafeFetch().fetch(Request(url.replace("PORT", str(listener.port)), seconds=2))
    assert listener.connections == 0


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["::ffff:7f00:1"], ["169.254.169.254"], []]
)
def test_a_name_is_refused_for_any_address_that_it_has(addresses: list[str], listener: Receiver) -> None:
    with pytest.raises(RefusedError):
        SafeFetch(Names(addresses)).fetch(Request(f"http://rebinding.example:{listener.port}/"))
    assert listener.connections == 0


def test_a_name_that_leads_elsewhere_after_it_was_checked_gains_nothing(listener: Receiver) -> None:
    names = Names(["93.184.216.34"], ["127.0.0.1"])
    fetching, url = SafeFetch(names), f"http://rebinding.example:{listener.port}/"
    fetching.check(url, own_network=False)
    with pytest.raises(RefusedError):
        fetching.fetch(Request(url))
    assert listener.connections == 0


def test_a_name_is_resolved_once_and_its_server_told_which_is_meant(listener: Receiver) -> None:
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    url = f"http://shop.internal:{listener.port}/a b?q=ü".replace(" ", "%20")
    answer = SafeFetch(names).fetch(Request(url, {"X-Kind": "test"}, b"{}", own_network=True))
    (received,) = listener.received
    assert (answer.status, names.asked) == (200, 1)
    assert received.headers["host"] == f"shop.internal:{listener.port}"
    assert (received.path, received.body) == ("/a%20b?q=%C3%BC", b"{}")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_not_followed(status: int, listener: Receiver) -> None:
    with receiver() as target:
        listener.status, listener.headers = status, {"Location": f"{target.url}/secret"}
        answer = SafeFetch().fetch(Request(listener.url, own_network=True))
        assert answer.status == status
        assert answer.headers["location"] == f"{target.url}/secret"
        assert target.connections == 0


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "64:ff9b::7f00:1"]
)
def test_the_own_network_is_no_leave_to_ask_what_is_no_machine_in_it(address: str) -> None:
    with pytest.raises(RefusedError):
        SafeFetch(Names([address])).check("http://shop.internal/", own_network=True)


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.1.4", "172.31.0.9", "100.64.0.1", "::1", "fd00::1"])
def test_a_machine_of_the_own_network_is_asked_where_the_owner_allows_it(address: str) -> None:
    SafeFetch(Names([address])).check("http://shop.internal/", own_network=True)
    with pytest.raises(RefusedError):
        SafeFetch(Names([address])).check("http://shop.internal/", own_network=False)


def test_a_proxy_of_the_environment_is_not_used(listener: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, listener.url)
    with receiver() as target:
        SafeFetch().fetch(Request(target.url, own_network=True))
        assert (target.connections, listener.connections) == (1, 0)


def test_no_more_is_read_than_was_asked_for(listener: Receiver) -> None:
    listener.body = b"x" * 5000
    assert SafeFetch().fetch(Request(listener.url, own_network=True, bytes=1000)).body == b"x" * 1000


@contextmanager
def dribbling(beginning: bytes) -> Iterator[str]:
    """A server that sends one byte after another, and never an end."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(beginning)
                while not ended.wait(0.02):
                    try:
                        connection.send(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"://127.0.0.1:{server.getsockname()[1]}/"
        ended.set()
        thread.join()


@pytest.mark.parametrize(
    ("scheme", "beginning"),
    [
        ("http", b""),
        ("http", b"HTTP/1.1 200 OK\r\n\r\n"),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"),
        ("https", b"\x16\x03\x03\x40\x00"),
    ],
)
def test_who_dribbles_is_cut_off(scheme: str, beginning: bytes) -> None:
    with dribbling(beginning) as place, pytest.raises(FetchError, match="took longer"):
        SafeFetch().fetch(Request(scheme + place, own_network=True, seconds=0.2))


@contextmanager
def secure_server() -> Iterator[tuple[int, list[str | None]]]:
    """Its port, and the names that it was asked for; its certificate is for localhost."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(TLS / "first.crt", TLS / "first.key")
    asked: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            plain, _ = server.accept()
            with plain:
                try:
                    with context.wrap_socket(plain, server_side=True) as secure:
                        secure.recv(1000)
                        secure.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
                except ssl.SSLError:
                    return  # the client does not trust it

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], asked
        thread.join()


def test_a_certificate_is_checked_for_the_name_and_not_for_the_address() -> None:
    trust = ssl.create_default_context(cafile=TLS / "first.crt")
    fetching = SafeFetch(Names(["127.0.0.1"]), trust)
    with secure_server() as (port, asked):
        assert fetching.fetch(Request(f"https://localhost:{port}/", own_network=True)).status == 204
    with secure_server() as (port, asked), pytest.raises(CertificateError):
        fetching.fetch(Request(f"https://shop.example:{port}/", own_network=True))
    assert asked == ["shop.example"]


def test_a_certificate_that_nobody_vouches_for_is_refused() -> None:
    with secure_server() as (port, _), pytest.raises(CertificateError):
        SafeFetch().fetch(Request(f"https://localhost:{port}/", own_network=True))
