"""The live connection on a real server: who may watch, and what is pushed when."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from simple_websocket import Client, ConnectionError
from wsproto.events import Ping

from tests.programs import Program, running
from tests.traffic import CHROME, GOOGLEBOT

PATIENCE_S = 2.0
"""A stored event shows in the push within two seconds."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("live") / "data") as started:
        started.sign_up()
        yield started


@pytest.fixture
def site(program: Program) -> dict[str, str]:
    made: dict[str, str] = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
    return made


class Browser:
    """Signed in by a cookie, as pages of the dashboard are."""

    def __init__(self, program: Program) -> None:
        self._url = program.url
        self._opener = build_opener(HTTPCookieProcessor())
        self.call("/api/login", email="owner@shop.example", password="correct horse battery")

    def call(self, path: str, **body: str) -> Any:
        headers = {"Content-Type": "application/json", "Origin": self._url}
        with self._opener.open(Request(self._url + path, json.dumps(body).encode(), headers)) as answer:
            return json.loads(answer.read() or b"null")

    def ticket(self, site: dict[str, str]) -> str:
        return str(self.call(f"/api/sites/{site['site_id']}/live-ticket")["token"])


def ticket(program: Program, site: dict[str, str]) -> str:
    return str(program.call("POST", f"/api/sites/{site['site_id']}/live-ticket", {})["token"])


def address(program: Program, site: dict[str, str], token: str) -> str:
    return f"{program.url.replace('http', 'ws', 1)}/ws/sites/{site['site_id']}?token={token}"


def connect(program: Program, site: dict[str, str], token: str | None = None, **headers: str) -> Client:
    viewer = Client(address(program, site, token or ticket(program, site)), headers=headers or None)
    # A message that comes together with the handshake lies in this client until something else comes.
    viewer.sock.send(viewer.ws.send(Ping()))
    return viewer


def message(viewer: Client, timeout_s: float = PATIENCE_S) -> Any:
    text = viewer.receive(timeout=timeout_s)
    assert text is not None, "nothing came in time"
    return json.loads(text)


def send(program: Program, site: dict[str, str], **more: object) -> None:
    event = {"event_type": "pageview", "path": "/boots", "visitor_id": "ann", "user_agent": CHROME, **more}
    headers = {"x-site-id": site["site_id"], "x-site-key": site["site_key"]}
    program.call("POST", "/ingest/event", event, headers)


def refusal(program: Program, site: dict[str, str], token: str, **headers: str) -> int:
    """The status of a refused upgrade."""
    with pytest.raises(ConnectionError) as refused:
        Client(address(program, site, token), headers=headers or None)
    return int(refused.value.status_code)


def test_the_first_message_comes_at_once_and_the_next_when_something_happened(
    program: Program, site: dict[str, str]
) -> None:
    viewer = connect(program, site)
    hello = message(viewer)
    assert hello["type"] == "hello"
    assert hello["data"]["current_summary"]["pageviews_today"] == 0
    send(program, site)
    update = message(viewer)
    assert update["type"] == "metrics_update"
    assert update["data"]["delta"] == {"visitors": 1, "pageviews": 1}
    assert update["data"]["current_summary"]["current_visitors"] == 1
    assert update["data"]["current_summary"]["visitors_today"] == 1
    (recent,) = update["data"]["recent"]
    assert (recent["event_type"], recent["path"], recent["source"]) == ("pageview", "/boots", "direct")
    viewer.close()


def test_the_first_message_tells_what_happened_before(program: Program, site: dict[str, str]) -> None:
    watching = connect(program, site)
    message(watching)
    send(program, site)
    send(program, site, event_type="leave")
    message(watching)
    later = connect(program, site)
    assert [event["event_type"] for event in message(later)["data"]["recent"]] == ["pageview"]
    for viewer in (watching, later):
        viewer.close()


def test_a_pushed_event_is_in_the_report_already(program: Program, site: dict[str, str]) -> None:
    viewer = connect(program, site)
    message(viewer)
    send(program, site)
    message(viewer)
    report = program.call("GET", f"/api/sites/{site['site_id']}/report")
    assert report["total_pageviews"] == 1
    viewer.close()


def test_many_events_are_told_in_few_messages_and_none_is_missing(
    program: Program, site: dict[str, str]
) -> None:
    viewer = connect(program, site)
    message(viewer)
    for _ in range(30):
        send(program, site)
    counted = messages = 0
    while counted < 30:
        counted += message(viewer)["data"]["delta"]["pageviews"]
        messages += 1
    assert counted == 30
    assert messages <= 10
    viewer.close()


def test_bots_and_other_sites_stir_nobody(program: Program, site: dict[str, str]) -> None:
    other = program.call("POST", "/api/sites", {"name": "Other", "url": "other.example"})
    viewer = connect(program, site)
    message(viewer)
    send(program, other)
    send(program, site, user_agent=GOOGLEBOT)
    assert viewer.receive(timeout=1.5) is None
    viewer.close()


def test_a_ticket_opens_one_connection(program: Program, site: dict[str, str]) -> None:
    token = ticket(program, site)
    viewer = connect(program, site, token)
    assert refusal(program, site, token) == 401
    viewer.close()


def test_a_ticket_is_for_its_own_site_only(program: Program, site: dict[str, str]) -> None:
    other = program.call("POST", "/api/sites", {"name": "Other", "url": "other.example"})
    assert refusal(program, other, ticket(program, site)) == 401


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_without_a_good_token_there_is_no_upgrade(program: Program, site: dict[str, str], token: str) -> None:
    assert refusal(program, site, token) == 401


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_a_foreign_page_is_refused_even_with_a_ticket(
    program: Program, site: dict[str, str], origin: str
) -> None:
    assert refusal(program, site, ticket(program, site), Origin=origin) == 403


def test_our_own_page_and_a_script_with_a_token_are_let_in(program: Program, site: dict[str, str]) -> None:
    assert program.token
    own_page = program.url.rpartition(":")[0]  # The test's client leaves the port out of its Host header.
    for viewer in (connect(program, site, Origin=own_page), connect(program, site, program.token)):
        assert message(viewer)["type"] == "hello"
        viewer.close()


def _is_closed(viewer: Client) -> bool:
    viewer.thread.join(5)
    return not viewer.connected


def test_a_view_is_closed_when_the_session_that_opened_it_ends(
    program: Program, site: dict[str, str]
) -> None:
    lost, kept = Browser(program), Browser(program)
    viewers = [connect(program, site, each.ticket(site)) for each in (lost, kept)]
    unused = lost.ticket(site)
    for viewer in viewers:
        message(viewer, timeout_s=10)
    lost.call("/api/logout")
    assert _is_closed(viewers[0])
    assert refusal(program, site, unused) == 401
    assert viewers[1].connected
    program.token = kept.call("/api/sessions/end-others")["token"]
    assert _is_closed(viewers[1])


def test_a_token_does_not_open_a_site_that_is_not_there(program: Program) -> None:
    assert program.token
    assert refusal(program, {"site_id": "site_0"}, program.token) == 404


def test_stopping_says_goodbye_to_every_viewer(tmp_path: Path) -> None:
    with running(tmp_path / "data") as own:
        own.sign_up()
        site = own.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
        viewers = [connect(own, site) for _ in range(5)]
        for viewer in viewers:
            message(viewer)
        assert own.stop() == 0
        for viewer in viewers:
            viewer.thread.join(5)
            assert viewer.close_reason == 1001
