"""Weekly and monthly numbers, handed to a real mail server: the dashboard's, once, until a link ends it."""

from dataclasses import replace
from datetime import datetime
from email.message import Message
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from werkzeug.test import Client

from appliance.base.config import Config
from appliance.jobs import mail_reports as job
from appliance.mail_reports import periods
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.mail.test_mail import Box, box, post, save, settings_of  # noqa: F401  (fixtures)
from tests.payloads import PAYLOADS
from tests.people import People, Person, share
from tests.traffic import pageview, send

MONDAY_AT_SEVEN = "2026-09-21T05:00:00Z"


@pytest.fixture
def settings(settings: Config) -> Config:
    """With an address that others know it by."""
    return replace(settings, public_url="https://stats.example")


@pytest.fixture
def reader(
    web: Client,
    alice: Person,
    post: Controller,  # noqa: F811
) -> Person:
    """Alice, who asks for the numbers of each week."""
    save(web, alice, settings_of(post))
    choose(web, alice, weekly=True)
    return alice


def choose(web: Client, person: Person, weekly: bool = False, monthly: bool = False) -> Any:
    path = f"/api/sites/{person.shop.site_id}/mail-reports"
    return web.patch(path, json={"weekly": weekly, "monthly": monthly}, headers=person.headers)


def second_reader(web: Client, program: Runtime, reader: Person, people: People) -> Person:
    """Charlie, of the same website."""
    share(program, reader.shop, people.charlie.account, "viewer")
    charlie = Person(program, people.charlie.account, reader.site)
    assert choose(web, charlie, weekly=True).status_code == 200
    return charlie


def parts(message: Message) -> tuple[str, str]:
    """Text and HTML."""
    text, html = (bytes(part.get_payload(decode=True)) for part in message.walk() if not part.is_multipart())
    return text.decode(), html.decode()


def link(message: Message) -> str:
    return urlsplit(str(message["List-Unsubscribe"]).strip("<>")).path


def test_the_week_comes_once_with_the_dashboards_numbers(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    box: Box,  # noqa: F811
) -> None:
    for number in range(3):
        send(program, reader.shop, pageview(clock.now(), visitor=f"v{number}", path="/boots"))
    clock.set("2026-09-21T04:59:00Z")
    job.run(program, clock.now())
    assert box.messages == []
    clock.set(MONDAY_AT_SEVEN)
    for _ in range(3):
        job.run(program, clock.now())
    (message,) = box.messages
    assert message["To"] == "alice@shop.example"
    assert message["Subject"] == "Alice's shoes: 3 visitors, 2026-09-14 to 2026-09-20"
    week = f"/api/sites/{reader.shop.site_id}/report?from=2026-09-14&to=2026-09-20"
    report = web.get(week, headers=reader.headers).get_json()
    text, html = parts(message)
    rows = [line.split() for line in text.splitlines()]
    assert ["Pageviews", str(report["total_pageviews"])] in rows
    assert ["3", "/boots"] in rows
    assert f"<b>{report['unique_visitors']}</b>" in html


def test_after_a_long_time_off_the_newest_week_alone_comes_with_the_change_against_the_one_before(
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    box: Box,  # noqa: F811
) -> None:
    send(program, reader.shop, pageview(clock.now()))
    clock.advance(days=7)
    send(program, reader.shop, pageview(clock.now(), visitor="a"), pageview(clock.now(), visitor="b"))
    clock.set("2026-09-30T12:00:00Z")
    job.run(program, clock.now())
    (message,) = box.messages
    assert "2026-09-21 to 2026-09-27" in message["Subject"]
    assert "+100 %" in parts(message)[0]


def test_what_the_server_refused_comes_later_and_once(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    post: Controller,  # noqa: F811
    box: Box,  # noqa: F811
) -> None:
    save(web, reader, settings_of(post, password="wrong-wrong"))
    clock.set(MONDAY_AT_SEVEN)
    job.run(program, clock.now())
    assert box.messages == []
    save(web, reader, settings_of(post))
    job.run(program, clock.now())
    job.run(program, clock.now())
    assert len(box.messages) == 1


@pytest.mark.parametrize(("refusal", "later"), [("550 No such mailbox", 0), ("450 Try again later", 1)])
def test_an_address_that_is_refused_keeps_no_other_report_back(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    people: People,
    box: Box,  # noqa: F811
    refusal: str,
    later: int,
) -> None:
    second_reader(web, program, reader, people)
    first, second = (
        next(person.account.email for person in (reader, people.charlie) if person.account.account_id == each)
        for each in (subscription.account_id for subscription in program.subscriptions.all())
    )
    box.refused[first] = refusal
    clock.set(MONDAY_AT_SEVEN)
    for _ in range(2):
        job.run(program, clock.now())
    assert [message["To"] for message in box.messages] == [second]
    box.refused.clear()
    job.run(program, clock.now())
    assert [message["To"] for message in box.messages[1:]] == [first] * later


def test_what_was_handed_over_whole_and_not_confirmed_is_not_sent_again(
    program: Runtime,
    clock: FrozenClock,
    reader: Person,  # noqa: ARG001
    box: Box,  # noqa: F811
) -> None:
    box.hangs_up = True
    clock.set(MONDAY_AT_SEVEN)
    for _ in range(2):
        job.run(program, clock.now())
    assert len(box.messages) == 1


def test_after_a_clock_that_was_far_ahead_the_next_week_comes(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    box: Box,  # noqa: F811
) -> None:
    choose(web, reader, weekly=True, monthly=True)
    for now in ("2036-01-01T12:00:00Z", "2026-09-17T12:00:00Z"):
        clock.set(now)
        job.run(program, clock.now())
    box.messages.clear()
    for now in ("2026-09-20T12:00:00Z", MONDAY_AT_SEVEN, "2026-10-01T12:00:00Z"):
        clock.set(now)
        job.run(program, clock.now())
    spans = [message["Subject"].partition(", ")[2] for message in box.messages]
    month, week = "2026-09-01 to 2026-09-30", "2026-09-21 to 2026-09-27"
    assert spans == ["2026-09-14 to 2026-09-20", month, week]


def test_what_is_noted_as_sent_is_sent_by_nobody_else(program: Runtime, reader: Person) -> None:
    (subscription,) = program.subscriptions.all()
    assert subscription.account_id == reader.account.account_id
    until = periods.before("weekly", subscription.sent_until, reader.shop.zone).last
    assert program.subscriptions.note(subscription, subscription.sent_until, until)
    assert not program.subscriptions.note(subscription, subscription.sent_until, until)


def test_the_link_in_it_ends_it_without_signing_in_and_no_other_link_does(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    box: Box,  # noqa: F811
) -> None:
    clock.set(MONDAY_AT_SEVEN)
    job.run(program, clock.now())
    (message,) = box.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<https://stats.example/")
    path = link(message)
    assert web.get(path).status_code == 200
    forged = path[:-1] + ("0" if path[-1] != "0" else "1")
    assert web.post(forged).status_code == 404
    assert len(program.subscriptions.all()) == 1
    for _ in range(2):
        assert web.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert program.subscriptions.all() == []
    shown = web.get("/api/mail/reports", headers=reader.headers).get_json()
    assert shown["sites"][0]["weekly"] is False


def test_whoever_lost_the_website_gets_none(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    people: People,
    box: Box,  # noqa: F811
) -> None:
    charlie = second_reader(web, program, reader, people)
    choose(web, reader)
    program.access.take(reader.account, reader.shop, charlie.account.account_id)
    clock.set(MONDAY_AT_SEVEN)
    job.run(program, clock.now())
    assert box.messages == []
    assert program.subscriptions.all() == []


class Elements(HTMLParser):
    """What a mail program would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_what_strangers_send_stays_text(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    reader: Person,
    monkeypatch: pytest.MonkeyPatch,
    box: Box,  # noqa: F811
) -> None:
    monkeypatch.setattr("appliance.mail_reports.dispatch.ROWS", len(PAYLOADS))
    name = PAYLOADS[-1][:100]
    path = f"/api/sites/{reader.shop.site_id}"
    assert web.patch(path, json={"name": name}, headers=reader.headers).status_code == 200
    for payload in PAYLOADS:
        send(program, reader.shop, pageview(clock.now(), path=f"/{payload}", title=payload))
    clock.set(MONDAY_AT_SEVEN)
    job.run(program, clock.now())
    elements = Elements()
    elements.feed(parts(box.messages[0])[1])
    assert name in elements.texts
    assert elements.tags == {
        "html", "head", "meta", "title", "body", "table", "tr", "td", "h1", "p", "b", "a",
    }  # fmt: skip
    assert elements.attributes <= {
        "lang", "charset", "style", "role", "width", "cellpadding", "cellspacing", "bgcolor", "align", "href",
    }  # fmt: skip
    assert all(address.startswith("https://stats.example/") for address in elements.addresses)


@pytest.mark.parametrize(
    ("frequency", "now", "span"),
    [
        ("weekly", "2026-09-17T12:00:00Z", "2026-09-07 to 2026-09-13"),
        ("weekly", "2026-09-21T05:00:00Z", "2026-09-14 to 2026-09-20"),
        ("monthly", "2026-10-01T04:59:00Z", "2026-08-01 to 2026-08-31"),
        ("monthly", "2026-10-01T05:00:00Z", "2026-09-01 to 2026-09-30"),
        ("monthly", "2027-01-09T12:00:00Z", "2026-12-01 to 2026-12-31"),
    ],
)
def test_weeks_and_months_are_whole_ones_of_the_websites_days(
    frequency: periods.Frequency, now: str, span: str, alice: Person
) -> None:
    assert str(periods.ended(frequency, alice.shop.zone, datetime.fromisoformat(now))) == span
