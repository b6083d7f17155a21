"""The dashboard's files, as browsers fetch them."""

import gzip
import os
import re
from urllib.parse import quote

import pytest
from werkzeug.test import Client as WebClient

from appliance.base.paths import dashboard_files
from appliance.runtime import Runtime
from appliance.sharing.shares import NewShare
from appliance.web import create_app
from tests.pages import help_pages, pages
from tests.people import People
from tests.web.stage import serving
from tests.web.wire import Client


def link(program: Runtime) -> str:
    alice = People(program).alice
    share = program.shares.create(alice.account.account_id, alice.shop, NewShare())
    return program.shares.token(share) or ""


@pytest.mark.parametrize("path", pages() + help_pages())
def test_every_address_of_the_dashboard_gives_its_page(web: WebClient, program: Runtime, path: str) -> None:
    ids = {"siteId": "site_1", "token": link(program), "page": "metrics"}
    answer = web.get(re.sub(r":(\w+)", lambda found: ids[found[1]], path))
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("accepted", "coding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", None)]
)
def test_scripts_come_compressed_as_the_browser_can_read_them(
    web: WebClient, accepted: str, coding: str | None
) -> None:
    """What each form unpacks to is what stands on the disk; it is kept by whatever stands between."""
    names = re.findall(r"/assets/[\w.-]+\.js", web.get("/").text)
    assert names
    for name in names:
        with web.get(name, headers={"Accept-Encoding": accepted}) as answer:
            assert answer.headers.get("Content-Encoding") == coding
            assert (answer.mimetype, answer.headers["Vary"]) == ("text/javascript", "Accept-Encoding")
            sent = answer.data
        plain = (dashboard_files() / name.lstrip("/")).read_bytes()
        assert len(sent) < len(plain) or not coding
        if coding == "gzip":
            assert gzip.decompress(sent) == plain


def test_an_address_that_is_no_page_is_not_found_in_the_callers_own_form(web: WebClient) -> None:
    person = web.get("/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
    program = web.get("/nowhere", headers={"Accept": "*/*"})
    assert (person.status_code, person.mimetype) == (404, "text/html")
    assert (program.status_code, program.mimetype) == (404, "application/problem+json")


def test_nothing_outside_the_dashboards_files_is_served(program: Runtime) -> None:
    """However `..` or an absolute path is written that server, framework or system may see through."""
    secret = program.config.paths.secret
    up = os.path.relpath(secret, dashboard_files() / "assets")
    ways = [
        up,
        up.replace("..", "%2e%2e"),
        up.replace("..", "%252e%252e"),
        up.replace("..", "%c0%ae%c0%ae"),
        up.replace("..", "..;"),
        up.replace("/", "%2f"),
        up.replace("/", "%5c"),
        up.replace("/", "\\"),
        up.replace("../", "....//"),
        f"{up}%00.js",
        f"x/../{up}",
        str(secret),
        quote(str(secret), safe=""),
        f"/{secret}",
        f"file://{secret}",
    ]
    assert secret.read_bytes()
    with serving(create_app(program)) as server:
        for way in ways:
            for place in ("", "assets/", "share/", "api/", "sites/"):
                with Client(server.port, host="localhost") as client:
                    status, _, body = client.get(f"/{place}{way}")
                assert status in (308, 400, 401, 404), way
                assert secret.read_bytes() not in body, way
