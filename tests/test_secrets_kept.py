"""What proves who somebody is, is written down nowhere: not in the log, the journal or the database."""

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyotp
import pytest

from tests.people import PASSWORD
from tests.programs import Program, running
from tests.traces import in_tables, on_disk, said
from tests.web.wire import Client, upgrade_headers

WRONG = "wrong-horse-battery"
SHARED = "a-password-for-a-link"
FORGED = "forged.by.somebody"
STEERING = "/sites/%0d%0a2026-09-17%20ERROR%20forged%1b%5b2J"


def test_no_secret_is_written_down_whoever_shows_it_where(tmp_path: Path) -> None:
    with running(tmp_path) as program:
        shown = _show_all(program)
        assert program.stop() == 0
        written = on_disk(tmp_path) + said(program)
    log = (tmp_path / "analytiq.log").read_text("utf-8")
    assert "changed the key of" in log
    assert [line for line in log.splitlines() if "forged" in json.loads(line)["message"]] == []
    assert "owner@shop.example" not in log
    written += in_tables(tmp_path)
    assert b"owner@shop.example" in written
    assert [what for what, secret in shown.items() if secret.encode() in written] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has access lists, which a folder hands down")
def test_what_is_written_is_for_its_owner_alone_also_in_a_folder_of_others(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir(mode=0o755)
    with running(folder) as program:
        _show_all(program)
        open_to_others = _open_to_others(folder)
        assert program.stop() == 0
    assert {path.name for path in folder.iterdir()} >= {"analytiq.duckdb", "analytiq.log", "secret.key"}
    assert open_to_others + _open_to_others(folder) == []


def _open_to_others(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.stat().st_mode & 0o077]


def _show_all(program: Program) -> dict[str, str]:
    """Every kind of secret once where it is right, and where nobody would put it; their names and texts."""
    program.sign_up()
    site = program.call("POST", "/api/sites", {"name": "Shop", "url": "https://shop.example"})
    path = f"/api/sites/{site['site_id']}"
    share = program.call("POST", f"{path}/shares", {"password": SHARED})
    ticket = program.call("POST", f"{path}/live-ticket", {})["token"]
    login = json.dumps({"email": "owner@shop.example", "password": PASSWORD})
    cookie = _ask(program, "POST", "/api/login", login)[1]["set-cookie"].partition("=")[2].partition(";")[0]
    key = program.call("POST", "/api/keys", {"name": "Checkout", "scope": "ingest"})["key"]
    app = program.call("POST", "/api/me/two-factor", {"current_password": PASSWORD})["secret"]
    code = pyotp.TOTP(app).now()
    codes = program.call("POST", "/api/me/two-factor/enable", {"code": code})["recovery_codes"]
    secrets = {
        "password": PASSWORD,
        "wrong password": WRONG,
        "link's password": SHARED,
        "site key": site["site_key"],
        "JWT": program.token or "",
        "forged JWT": FORGED,
        "cookie": cookie,
        "ticket": ticket,
        "link": share["url"].rpartition("/")[2],
        "API key": key,
        "app's secret": app,
        "recovery code": codes[0],
        "recovery code as it is stored": codes[1].replace("-", ""),
    }
    assert all(len(secret) > 10 for secret in secrets.values())
    for secret in secrets.values():
        _show(program, site, secret)
    for name in ("X-Site-Key: ", "Authorization: Bearer "):
        event = '{"event_type": "pageview"}'
        status, _, _ = _ask(
            program, "POST", "/ingest/event", event, f"X-Site-Id: {site['site_id']}", name + site["site_key"]
        )
        assert status == 200
    program.call("POST", f"{path}/rotate-key", {"grace_hours": 0})
    return secrets


def _show(program: Program, site: dict[str, str], secret: str) -> None:
    path, address = f"/api/sites/{site['site_id']}", f"?token={secret}&k={secret}"
    tries = [
        ("POST", "/api/login", json.dumps({"email": "owner@shop.example", "password": secret})),
        ("POST", "/api/login", json.dumps({"email": secret, "password": secret})),
        ("POST", "/api/shares/open", json.dumps({"token": secret, "password": secret})),
        ("POST", "/api/local/reset-password", "{"),
        ("POST", f"/ingest/event?site_id={site['site_id']}&k={secret}", "{"),
        ("POST", "/ingest/event", json.dumps({"event_type": 7, "site_id": secret, "site_key": secret})),
        ("GET", f"{path}/report{address}&from={secret}", ""),
        ("GET", f"{STEERING}{address}", ""),
    ]
    for method, target, body in tries:
        for header in (f"Authorization: Bearer {secret}", f"Cookie: analytiq_session={secret}"):
            assert _ask(program, method, target.replace(" ", "+"), body, header)[0] < 500
    socket = f"/ws/sites/{site['site_id']}?token={secret}".replace(" ", "+")
    assert _ask(program, "GET", socket, "", *upgrade_headers())[0] in (101, 401, 404)


def _ask(program: Program, method: str, target: str, body: str, *headers: str) -> tuple[int, Any, bytes]:
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Content-Type: application/json", *headers]
    with Client(urlsplit(program.url).port or 0) as client:
        client.send("\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode())
        return client.read_answer()
