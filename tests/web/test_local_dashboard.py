"""ANALYTIQ_DASHBOARD=local on the real program: what this machine alone reaches, and what all others do."""

import json
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.programs import TIMEOUT_S, Program, running
from tests.web.test_https import free_port, prepare
from tests.web.wire import Client

CLOSED = (
    "/", "/login", "/sites/x", "/favicon.svg", "/assets/x.js", "/nowhere", "/api/setup", "/api/me",
    "/api/sites", "/api/openapi.json", "/api/nowhere", "/share/sh_0", "/api/sites/x/report?token=sh_0",
)  # fmt: skip
OPEN = ("/analytics.js", "/healthz")


@pytest.fixture(scope="module")
def tls_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory, tls_port: int) -> Iterator[Program]:
    """It listens everywhere, and a proxy on this machine is trusted."""
    data_dir = prepare(tmp_path_factory.mktemp("local") / "data", tls_port)
    with (data_dir / "analytiq.toml").open("a") as file:
        file.write('\ndashboard = "local"\ntrusted_proxies = "127.0.0.1"\n')
    with running(data_dir, "--host", "0.0.0.0") as started:
        started.sign_up()
        yield started


@pytest.fixture(scope="module")
def lan_address() -> str:
    """This machine's address in its network: whoever asks there is not on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.connect(("192.0.2.1", 9))  # Sends nothing; only asks for the way.
        except OSError:
            pytest.skip("this machine is in no network")
        return str(sock.getsockname()[0])


def status(url: str, **headers: str) -> int:
    unverified = ssl._create_unverified_context(cafile=None)  # noqa: S323  (the name is not in the certificate)
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_S, context=unverified) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def sends_events(url: str, **headers: str) -> bool:
    """Whether the ingest answers in its own words: this event misses a key."""
    request = urllib.request.Request(f"{url}/ingest/event", b'{"event_type": "x"}', headers)
    try:
        urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as refused:
        return "site key" in json.load(refused)["detail"]
    return False


def port_of(program: Program) -> int:
    return int(program.url.rpartition(":")[2])


def test_this_machine_reaches_everything(program: Program) -> None:
    assert {path: status(program.url + path) for path in ("/", "/api/setup", *OPEN)} == dict.fromkeys(
        ("/", "/api/setup", *OPEN), 200
    )
    assert sends_events(program.url)


def test_a_machine_in_the_network_reaches_what_websites_need_alone(
    program: Program, lan_address: str, tls_port: int
) -> None:
    for url in (f"http://{lan_address}:{port_of(program)}", f"https://{lan_address}:{tls_port}"):
        assert {path: status(url + path) for path in CLOSED} == dict.fromkeys(CLOSED, 403), url
        assert {path: status(url + path) for path in OPEN} == dict.fromkeys(OPEN, 200), url
    assert sends_events(f"http://{lan_address}:{port_of(program)}")


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "Via: 1.1 a"],
)
def test_whoever_comes_through_a_proxy_on_this_machine_is_not_on_it(program: Program, header: str) -> None:
    name, value = header.split(": ")
    assert {path: status(program.url + path, **{name: value}) for path in CLOSED} == dict.fromkeys(
        CLOSED, 403
    )
    assert {path: status(program.url + path, **{name: value}) for path in OPEN} == dict.fromkeys(OPEN, 200)
    assert sends_events(program.url, **{name: value})


def test_the_live_connection_opens_on_this_machine_alone(program: Program) -> None:
    site_id = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})["site_id"]
    path = f"/ws/sites/{site_id}?token={program.token}"
    forwarded = "X-Forwarded-For: 203.0.113.9"
    with (
        Client(port_of(program), host="localhost") as here,
        Client(port_of(program), host="localhost") as away,
    ):
        assert here.upgrade(path) == 101
        assert away.upgrade(path, forwarded) == 403


def test_a_share_link_is_closed_to_the_network_too(program: Program) -> None:
    site_id = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})["site_id"]
    token = program.call("POST", f"/api/sites/{site_id}/shares", {})["token"]
    for path in (f"/share/{token}", f"/api/sites/{site_id}/report?token={token}"):
        assert status(program.url + path) == 200
        assert status(program.url + path, **{"X-Forwarded-For": "203.0.113.9"}) == 403
