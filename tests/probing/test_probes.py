"""A real web server with a page, and what looks at it see; and the alarm when the snippet is gone."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from werkzeug.test import Client

from appliance.accounts.roles import GivenRole
from appliance.fetching.safe_fetch import BYTES
from appliance.jobs import guardian, probing
from appliance.probing.page import look as look_at
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person, share
from tests.receivers import Receiver, receiver
from tests.traffic import pageview, send


@pytest.fixture
def page() -> Iterator[Receiver]:
    with receiver() as receiving:
        receiving.headers = {"Content-Type": "text/html"}
        yield receiving


@pytest.fixture
def owner(program: Runtime, alice: Person, page: Receiver) -> Person:
    """With a website on loopback, which the first look allows."""
    alice.site = program.sites.create(alice.account.account_id, "Shoes", page.url, None)
    return alice


def code(owner: Person, **changes: str) -> str:
    values = {"src": "http://stats.example/analytics.js", "id": owner.shop.site_id, "key": owner.key}
    values.update(changes)
    script = 'src="{src}" data-site-id="{id}" data-site-key="{key}"'.format(**values)
    return f"<!doctype html><head><SCRIPT {script} async defer></SCRIPT></head>"


def look(web: Client, owner: Person, **body: bool) -> Any:
    path = f"/api/sites/{owner.shop.site_id}/probe"
    return web.post(path, json=body, headers=owner.headers).get_json()


def seen(web: Client, owner: Person, page: Receiver, html: str) -> tuple[str, str]:
    page.body = html.encode()
    found = look(web, owner, own_network=True)
    return found["finding"], found["detail"]


def test_the_page_has_the_snippet_or_what_it_has_instead(
    web: Client, owner: Person, page: Receiver, people: People
) -> None:
    snippet = code(owner)
    assert seen(web, owner, page, snippet) == ("found", "")
    assert seen(web, owner, page, f"<!-- {snippet} -->") == ("missing", "")
    assert seen(web, owner, page, "<p>{snippet} for " + owner.shop.site_id) == ("missing", "")
    by_manager = f'<script>s.setAttribute("data-site-id", "{owner.shop.site_id}")</script>'
    assert seen(web, owner, page, by_manager) == ("found", "")
    assert seen(web, owner, page, code(owner, key="pk_live_0")) == ("other_key", "")
    assert seen(web, owner, page, code(people.bob)) == ("other_key", "")
    meta = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self'\">"
    assert seen(web, owner, page, meta + snippet) == ("forbidden", "script-src http://stats.example")
    page.headers = {"Content-Security-Policy": "connect-src 'self'"}
    assert seen(web, owner, page, snippet) == ("forbidden", "connect-src http://stats.example")
    page.status = 500
    assert seen(web, owner, page, snippet) == ("unreachable", "It answers with status 500.")
    page.status, page.headers = 301, {"Location": "http://other.example/"}
    assert seen(web, owner, page, "") == ("elsewhere", "other.example")
    page.headers = {"Location": "/"}
    assert seen(web, owner, page, "") == ("unreachable", "More than 5 redirects.")


UNREADABLE = "An address or a number in what it answers cannot be read."


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<![\n", ("missing", "")),
        ("<![what[", ("missing", "")),
        (f"<p title='&#{'9' * 5000};'>", ("unreachable", UNREADABLE)),
    ],
)
def test_a_page_that_cannot_be_read_is_a_finding_like_any_other(
    web: Client, owner: Person, page: Receiver, html: str, found: tuple[str, str]
) -> None:
    assert seen(web, owner, page, html) == found


def test_what_is_no_address_is_a_finding_like_any_other(web: Client, owner: Person, page: Receiver) -> None:
    assert seen(web, owner, page, code(owner, src="https://[")) == ("unreachable", UNREADABLE)
    page.status, page.headers = 302, {"Location": "http://[elsewhere"}
    assert seen(web, owner, page, "") == ("unreachable", UNREADABLE)


@pytest.mark.parametrize("part", ["<a", "</a ", "<!--", "<?", "<a x='"])
def test_a_page_of_what_is_never_closed_is_read_once_and_not_from_each_sign_on(part: str) -> None:
    """It took minutes, in which no other job ran."""
    html = part * (BYTES // len(part))
    reading = Thread(target=look_at, args=("https://shop.example/", html, "", "id", bool), daemon=True)
    reading.start()
    reading.join(30)
    assert not reading.is_alive()


def test_only_an_owner_allows_that_the_own_network_is_asked(
    web: Client, program: Runtime, owner: Person, page: Receiver, people: People
) -> None:
    assert look(web, owner)["finding"] == "private"
    role: GivenRole = "editor"
    share(program, owner.shop, people.charlie.account, role)
    charlie = Person(program, people.charlie.account, owner.site)
    refused = web.post(
        f"/api/sites/{owner.shop.site_id}/probe", json={"own_network": True}, headers=charlie.headers
    )
    assert refused.status_code == 403
    assert page.connections == 0
    assert look(web, owner, own_network=True)["finding"] == "missing"
    assert look(web, charlie)["finding"] == "missing"


def days(program: Runtime, clock: FrozenClock, number: int) -> None:
    for _ in range(number):
        clock.advance(days=1)
        probing.run(program, clock.now())
        guardian.run(program, clock.now())


def alarms(program: Runtime, owner: Person) -> list[str]:
    return [alarm.kind for alarm in program.guardian.alarms({owner.shop.site_id})]


def test_an_alarm_begins_with_the_second_look_without_it_and_ends_when_it_is_back(
    web: Client, program: Runtime, owner: Person, page: Receiver, clock: FrozenClock
) -> None:
    snippet = code(owner)
    seen(web, owner, page, snippet)
    page.body = b""
    days(program, clock, 1)
    assert alarms(program, owner) == []
    page.status = 503
    days(program, clock, 1)
    page.status = 200
    assert alarms(program, owner) == []
    days(program, clock, 1)
    assert alarms(program, owner) == ["snippet"]
    notices = web.get("/api/notices", headers=owner.headers).get_json()["notices"]
    assert "The snippet is gone from Shoes" in [notice["title"] for notice in notices]
    page.body = snippet.encode()
    days(program, clock, 1)
    assert alarms(program, owner) == []


def test_no_alarm_for_what_was_never_seen_or_sends_all_the_same(
    web: Client, program: Runtime, owner: Person, page: Receiver, clock: FrozenClock
) -> None:
    seen(web, owner, page, "")
    days(program, clock, 3)
    assert alarms(program, owner) == []
    seen(web, owner, page, code(owner))
    page.body = b""
    days(program, clock, 2)
    assert alarms(program, owner) == ["snippet"]
    send(program, owner.shop, pageview(clock.now()))
    guardian.run(program, clock.now())
    assert alarms(program, owner) == []


def test_a_page_is_looked_at_once_a_day(
    web: Client, program: Runtime, owner: Person, page: Receiver, clock: FrozenClock
) -> None:
    seen(web, owner, page, "")
    for _ in range(24):
        clock.advance(hours=1)
        probing.run(program, clock.now())
    assert page.connections == 2
