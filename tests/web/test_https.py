"""The program with a certificate: pages, events and live views by HTTPS, and starts that cannot be."""

import json
import random
import socket
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import pytest
from simple_websocket import Client

from tests.programs import TIMEOUT_S, Program, running, start
from tests.traffic import CHROME
from tests.web.stage import eventually

FILES = Path(__file__).parents[1] / "tls"
PASSWORD = "correct horse battery"


def free_port() -> int:
    """Free now, and none of those that the system gives to whoever asks for any."""
    while True:
        port = random.randrange(15_000, 32_000)  # noqa: S311  (no secret)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def prepare(data_dir: Path, port: int, cert: str = "first.crt") -> Path:
    """A data directory with the settings for HTTPS."""
    data_dir.mkdir()
    settings = {"tls_cert": FILES / cert, "tls_key": FILES / "first.key", "tls_port": port}
    text = "\n".join(f"{name} = {json.dumps(str(value))}" for name, value in settings.items())
    (data_dir / "analytiq.toml").write_text(text)
    return data_dir


class Browser:
    """Keeps cookies, and trusts the tests' certificate."""

    def __init__(self, port: int) -> None:
        self.cookies = CookieJar()
        self.trust = ssl.create_default_context(cafile=FILES / "first.crt")
        self._url = f"https://localhost:{port}"
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=self.trust), urllib.request.HTTPCookieProcessor(self.cookies)
        )

    def call(self, path: str, body: object = None, **headers: str) -> Any:
        data = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", "Origin": self._url, **headers}
        request = urllib.request.Request(self._url + path, data, sent)
        with self._opener.open(request, timeout=TIMEOUT_S) as answer:
            return json.load(answer)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def program(tmp_path: Path, port: int) -> Iterator[Program]:
    with running(prepare(tmp_path / "data", port)) as started:
        started.sign_up()
        yield started


def test_signing_in_counting_and_looking_work_by_https(program: Program, port: int) -> None:
    browser = Browser(port)
    browser.call("/api/login", {"email": "owner@shop.example", "password": PASSWORD})
    (cookie,) = browser.cookies
    assert cookie.secure
    assert cookie.name.startswith("__Host-")
    site = browser.call("/api/sites", {"name": "Shop", "url": "shop.example"})
    assert site["snippet"].startswith(f'<script src="https://localhost:{port}/analytics.js"')
    key = {"x-site-id": site["site_id"], "x-site-key": site["site_key"]}
    event = {"event_type": "pageview", "path": "/", "user_agent": CHROME}
    assert browser.call("/ingest/event", event, **key) == {"status": "ok"}
    report = f"/api/sites/{site['site_id']}/report"
    assert eventually(lambda: browser.call(report)["total_pageviews"] == 1)
    ticket = browser.call(f"/api/sites/{site['site_id']}/live-ticket", {})["token"]
    address = f"wss://localhost:{port}/ws/sites/{site['site_id']}?token={ticket}"
    viewer = Client(address, ssl_context=browser.trust)
    assert '"pageviews_today":1' in str(viewer.receive(timeout=10))
    assert program.stop() == 0
    viewer.thread.join(5)
    assert viewer.close_reason == 1001


def test_a_cookie_that_came_by_https_is_not_taken_by_plain_http(program: Program, port: int) -> None:
    browser = Browser(port)
    browser.call("/api/login", {"email": "owner@shop.example", "password": PASSWORD})
    (cookie,) = browser.cookies
    sent = {"Cookie": f"{cookie.name}={cookie.value}"}
    program.token = None
    with pytest.raises(urllib.error.HTTPError, match="401"):
        program.call("GET", "/api/me", headers=sent)


def test_a_file_that_is_no_certificate_stops_the_start(tmp_path: Path, port: int) -> None:
    refused = start(prepare(tmp_path / "data", port, cert="README.md"), "--port", "0")
    _, said = refused.communicate(timeout=TIMEOUT_S)
    assert refused.returncode == 2
    assert "ANALYTIQ_TLS_CERT" in said
    assert "Traceback" not in said


def test_a_port_for_https_in_use_is_said_with_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = start(prepare(tmp_path / "data", port), "--port", "0")
        _, said = refused.communicate(timeout=TIMEOUT_S)
    assert refused.returncode == 2
    assert f"Port {port} is in use" in said
    assert "ANALYTIQ_TLS_PORT" in said


def test_pages_with_https_are_said_to_be_served(tmp_path: Path) -> None:
    with running(prepare(tmp_path / "data", free_port())) as program:
        program.sign_up()
        assert program.call("GET", "/api/network")["for_https_pages"] is True
