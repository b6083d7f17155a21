"""The documented proxies in front of the real program: what browsers get through them."""

import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.programs import Program, running
from tests.traffic import CHROME
from tests.web.stage import eventually
from tests.web.test_https import FILES, PASSWORD, Browser, free_port
from tests.web.test_tls import ON_LINUX, TlsClient
from tests.web.wire import Client as Wire

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
NGINX, CADDY = (shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") for name in ("nginx", "caddy"))
PER_MINUTE = 5

Behind = tuple[Program, int]
"""The program with the documented settings, and the port of the proxy in front of it."""


def documented(language: str, changes: dict[str, str]) -> str:
    """The example of this language, with what only fits the reader's own machine replaced."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", DOCUMENTED, re.DOTALL)
    text = str(found)
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return text


def nginx(folder: Path, port: int, upstream: str) -> list[str]:
    example = documented(
        "nginx",
        {
            "server 127.0.0.1:8585": f"server {upstream}",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "listen [::]:443 ssl;": "",
            "/etc/letsencrypt/live/stats.example.com/fullchain.pem": str(FILES / "first.crt"),
            "/etc/letsencrypt/live/stats.example.com/privkey.pem": str(FILES / "first.key"),
            "/var/log/nginx/error.log": str(folder / "error.log"),
        },
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "\n".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder / 'pid'}; error_log {folder / 'error.log'};\n"
        f"events {{}}\nhttp {{\n{temporary}\n{example}}}\n"
    )
    return [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, upstream: str) -> list[str]:
    pair = f"{FILES / 'first.crt'} {FILES / 'first.key'}"
    example = documented(
        "caddy",
        {
            "stats.example.com {": f"https://localhost:{port} {{\ntls {pair}",
            "127.0.0.1:8585": upstream,
        },
    )
    (folder / "Caddyfile").write_text(f"{{\nadmin off\nauto_https disable_redirects\n}}\n{example}")
    return [str(CADDY), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


PROXIES = [
    pytest.param(nginx, id="nginx", marks=pytest.mark.skipif(not NGINX, reason="nginx is not installed")),
    pytest.param(caddy, id="caddy", marks=pytest.mark.skipif(not CADDY, reason="caddy is not installed")),
]


@contextmanager
def proxied(
    folder: Path, command: Callable[[Path, int, str], list[str]], **settings: object
) -> Iterator[Behind]:
    port, data_dir = free_port(), folder / "data"
    data_dir.mkdir()
    settings = {"public_url": f"https://localhost:{port}", "trusted_proxies": "127.0.0.1", **settings}
    text = "\n".join(f"{name} = {json.dumps(value)}" for name, value in settings.items())
    (data_dir / "analytiq.toml").write_text(text)
    with running(data_dir) as program:
        program.sign_up()
        environ = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        proxy = subprocess.Popen(
            command(folder, port, program.url.removeprefix("http://")),
            env=environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert eventually(lambda: is_open(port), timeout_s=20)
            yield program, port
        finally:
            proxy.terminate()
            proxy.wait(10)


def is_open(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module", params=PROXIES)
def behind(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Behind]:
    folder = tmp_path_factory.mktemp("proxied")
    with proxied(folder, request.param, ingest_limit_per_ip=PER_MINUTE) as program_and_port:
        yield program_and_port


def test_signing_in_counting_and_looking_work_through_a_proxy(behind: Behind) -> None:
    _, port = behind
    browser = Browser(port)
    browser.call("/api/login", {"email": "owner@shop.example", "password": PASSWORD})
    (cookie,) = browser.cookies
    assert cookie.secure
    with TlsClient(port, host=f"localhost:{port}") as client:
        status, headers, body = client.get("/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b'<div id="root">' in body
    site = browser.call("/api/sites", {"name": "Shop", "url": "shop.example"})
    assert f"https://localhost:{port}/analytics.js" in site["snippet"]
    ticket = browser.call(f"/api/sites/{site['site_id']}/live-ticket", {})["token"]
    address = f"/ws/sites/{site['site_id']}?token={ticket}"
    with TlsClient(port, host=f"localhost:{port}") as viewer:
        assert viewer.upgrade(address, f"Origin: https://localhost:{port}") == 101
        assert b'"hello"' in viewer.read_frame()[1]
        key = {"x-site-id": site["site_id"], "x-site-key": site["site_key"]}
        event = {"event_type": "pageview", "path": "/", "user_agent": CHROME}
        assert browser.call("/ingest/event", event, **key) == {"status": "ok"}
        assert b'"pageviews":1' in viewer.read_frame()[1]


@ON_LINUX
def test_each_visitor_has_a_limit_of_their_own_whatever_they_write_of_themselves(behind: Behind) -> None:
    program, port = behind
    direct = int(program.url.rpartition(":")[2])
    site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})

    def send(source: str, number: int, secure: bool = True) -> int:
        forged = f"X-Forwarded-For: 203.0.113.{number}"
        key = f"x-site-id: {site['site_id']}\r\nx-site-key: {site['site_key']}"
        body = json.dumps({"event_type": "pageview", "path": "/", "user_agent": CHROME})
        head = f"POST /ingest/event HTTP/1.1\r\nHost: localhost:{port}\r\n{forged}\r\n{key}"
        with TlsClient(port, source=source) if secure else Wire(direct, source=source) as client:
            client.send(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
            return int(client.read_answer()[0])

    sent = [send("127.0.0.2", number) for number in range(PER_MINUTE + 3)]
    assert sent[:PER_MINUTE] == [200] * PER_MINUTE
    assert 429 in sent
    assert send("127.0.0.3", 0) == 200
    # Past the proxy, by a machine that is none: what it forwards is not believed either.
    sent = [send("127.0.0.4", number, secure=False) for number in range(PER_MINUTE + 3)]
    assert sent[:PER_MINUTE] == [200] * PER_MINUTE
    assert 429 in sent


@pytest.mark.skipif(not NGINX, reason="nginx is not installed")
def test_a_proxy_with_the_documented_settings_writes_no_link_down(tmp_path: Path) -> None:
    """Not even where it has to say that the program does not answer."""
    with proxied(tmp_path, nginx) as (program, port):
        site_id = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})["site_id"]
        token = program.call("POST", f"/api/sites/{site_id}/shares", {})["token"]
        browser = Browser(port)
        browser.call(f"/api/sites/{site_id}/report?token={token}")
        program.kill()
        with pytest.raises((urllib.error.HTTPError, ssl.SSLError)):
            browser.call(f"/api/sites/{site_id}/report?token={token}")
    data_dir = program.data_dir
    written = [path for path in tmp_path.rglob("*") if path.is_file() and data_dir not in path.parents]
    assert token not in "".join(path.read_text("utf-8", "replace") for path in written)
