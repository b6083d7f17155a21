"""What is kept of an event: without what is personal, and without an id where the visitor wants none."""

import json
import urllib.error
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base.config import Config
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from tests.clocks import FrozenClock
from tests.mmdb import mmdb
from tests.people import People, Person
from tests.programs import Program, running
from tests.queries import rows
from tests.traces import in_tables, on_disk, said
from tests.traffic import CHROME, VISITOR, pageview, send, settle, visitor_id

NOW = "2026-09-17T12:30:00Z"
ADDRESS = "203.0.113.77"
AGENT = CHROME.replace("140", "141.7.77")
EMAIL = "alice.private@mail.example"
CARD = "4111 1111 1111 1111"
REFUSED = visitor_id("somebody who refused")
SESSION = visitor_id("a session of somebody who refused")
TRACES = (
    ADDRESS,
    "141.7.77",
    EMAIL,
    "alice.private",
    CARD,
    CARD.replace(" ", ""),
    REFUSED,
    SESSION,
    "hunter2",
)
GPC = {"Sec-GPC": "1"}
DNT = {"DNT": "1"}


def post(web: Client, person: Person, event: dict[str, Any], **headers: str) -> int:
    query = {"site_id": person.shop.site_id, "k": person.key}
    sent = {"User-Agent": CHROME, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return web.post(
        "/ingest/event", data=json.dumps(event).encode(), query_string=query, headers=sent,
        environ_base={"REMOTE_ADDR": ADDRESS},
    ).status_code  # fmt: skip


def payload(program: Runtime) -> dict[str, Any]:
    """Of the only event."""
    (found,) = payloads(program)
    return found


def payloads(program: Runtime) -> list[dict[str, Any]]:
    return [json.loads(text) for (text,) in rows(program, "SELECT payload::JSON::VARCHAR FROM raw_events")]


def test_personal_details_are_taken_out_everywhere_and_the_event_is_flagged(
    program: Runtime, alice: Person
) -> None:
    event = pageview(
        NOW,
        f"/welcome/{EMAIL}",
        title=f"Welcome {EMAIL}",
        url=f"https://www.shop.example/welcome/{EMAIL}?utm_term={EMAIL}",
        referrer=f"https://mail.example/read/{EMAIL}",
        custom={"note": f"paid with {CARD}", "password": "hunter2", "monkey": "stays"},
        form={"fields": [EMAIL]},
    )
    send(program, alice.shop, event)
    columns = rows(program, "SELECT path, title, referrer, utm_term, pii_stripped FROM raw_events")
    mark = "[removed]"
    path = f"/welcome/{mark}"
    assert columns == [(path, f"Welcome {mark}", f"https://mail.example/read/{mark}", mark, True)]
    kept = payload(program)
    assert kept["url"] == f"https://www.shop.example{path}?utm_term={mark}"
    assert kept["custom"] == {"note": f"paid with {mark}", "password": mark, "monkey": "stays"}
    assert kept["form"] == {"fields": [mark]}


def test_an_event_without_any_is_not_flagged(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOW, "/a", custom={"seats": 3}))
    assert rows(program, "SELECT pii_stripped FROM raw_events") == [(False,)]


def test_personal_details_of_a_page_are_taken_out_of_every_event_on_it(
    program: Runtime, alice: Person
) -> None:
    seen = pageview(NOW, url=f"https://www.shop.example/welcome/{EMAIL}", title=f"Welcome {EMAIL}")
    send(program, alice.shop, seen, {**seen, "event_type": "leave"}, pageview(NOW, "/a"))
    found = rows(program, "SELECT event_type, title, pii_stripped FROM raw_events ORDER BY seq")
    title = "Welcome [removed]"
    assert found == [("pageview", title, True), ("leave", title, True), ("pageview", None, False)]
    urls = [kept.get("url") for kept in payloads(program)]
    assert urls == ["https://www.shop.example/welcome/[removed]"] * 2 + [None]


def test_one_page_is_another_sites_own_and_keeps_what_that_allows(
    program: Runtime, alice: Person, people: People
) -> None:
    bob = people.bob
    changes = Changes(allowed_parameters=["q"])
    bakery = program.sites.update(bob.account.account_id, bob.shop.site_id, changes)
    there = "https://bakery.example/bread?q=rye"
    seen = pageview(NOW, url=there, referrer="https://www.shop.example/")
    for site in (alice.shop, bakery):
        send(program, site, seen)
    found = rows(program, "SELECT site_id, channel, payload::JSON->>'url' FROM raw_events ORDER BY seq")
    assert found == [
        (alice.shop.site_id, "Direct", "https://bakery.example/bread"),
        (bakery.site_id, "Referral", there),
    ]


def test_personal_details_in_a_parameter_that_is_not_kept_are_flagged_too(
    program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(NOW, url=f"https://www.shop.example/?mail={EMAIL}"))
    assert rows(program, "SELECT pii_stripped FROM raw_events") == [(True,)]
    assert payload(program)["url"] == "https://www.shop.example/"


def test_parameters_are_read_for_the_channel_and_then_forgotten(program: Runtime, alice: Person) -> None:
    page = "?utm_campaign=sale&gclid=Cj0K&q=shoes"
    event = pageview(
        NOW, url=f"https://www.shop.example/{page}#reviews", query=page, hash="#reviews",
        referrer="https://www.google.com/search?q=shoes+for+alice",
    )  # fmt: skip
    send(program, alice.shop, event)
    found = rows(program, "SELECT channel, utm_campaign, referrer FROM raw_events")
    assert found == [("Paid Search", "sale", "https://www.google.com/search")]
    kept = payload(program)
    assert kept["url"] == "https://www.shop.example/?utm_campaign=sale"
    assert (kept["query"], kept["hash"]) == ("?utm_campaign=sale", "")


def test_an_internal_referrer_is_cut_as_well(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOW, referrer="https://shop.example/search?q=shoes"))
    assert payload(program)["referrer"] == "https://shop.example/search"


def test_a_site_keeps_the_parameters_that_it_allows(settings: Config, clock: FrozenClock) -> None:
    before = assembly.build(settings, clock)
    alice = People(before).alice
    assert alice.shop.allowed_parameters == frozenset()
    with before.database.write() as transaction:
        transaction._cursor.execute("UPDATE sites SET allowed_parameters = ['Size', 'token']")
    before.stop()
    program = assembly.build(settings, clock)
    event = pageview(NOW, url="https://www.shop.example/?size=42&q=shoes&token=hunter2", query="?SIZE=42&q=x")
    send(program, program.sites.present(alice.shop.site_id), event)
    kept = payload(program)
    program.stop()
    assert kept["url"] == "https://www.shop.example/?size=42&token=[removed]"
    assert kept["query"] == "?SIZE=42"


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        (GPC, {}),
        (DNT, {}),
        ({}, {"do_not_track": "1"}),
        ({}, {"do_not_track": True}),
        ({}, {"do_not_track": "yes"}),
        ({}, {"consent": False}),
        ({}, {"consent": {"analytics": False}}),
        (GPC, {"consent": None, "do_not_track": None}),
        ({}, {"consent": "denied"}),
    ],
)
def test_who_refuses_is_counted_without_a_stored_id(
    web: Client, program: Runtime, alice: Person, headers: dict[str, str], fields: dict[str, Any]
) -> None:
    for session in (SESSION, "sess_98765"):
        event = {**pageview(NOW), "visitor_id": REFUSED, "session_id": session, **fields}
        assert post(web, alice, event, **headers) == 200
    settle(program)
    found = rows(program, "SELECT DISTINCT cookieless, session_id, visitor_id::VARCHAR FROM raw_events")
    ((cookieless, kept_session, visitor),) = found
    assert (cookieless, kept_session) == (True, None)
    assert visitor != REFUSED
    written = rows(program, "SELECT payload::JSON::VARCHAR FROM raw_events")
    assert not [text for (text,) in written if "sess_98765" in text or REFUSED in text or SESSION in text]
    assert rows(program, "SELECT pageviews FROM visits") == [(2,)]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {}),
        ({"Sec-GPC": "0", "DNT": "0"}, {"do_not_track": "unspecified"}),
        (GPC, {"consent": True}),
        (DNT, {"consent": {"analytics": True}, "do_not_track": "1"}),
        ({}, {"consent": {"marketing": False}}),
        ({}, {"consent": ["?"], "do_not_track": {"a": 1}}),
    ],
)
def test_who_does_not_refuse_or_says_yes_here_keeps_the_id(
    web: Client, program: Runtime, alice: Person, headers: dict[str, str], fields: dict[str, Any]
) -> None:
    assert post(web, alice, {**pageview(NOW), **fields}, **headers) == 200
    settle(program)
    assert rows(program, "SELECT cookieless, visitor_id::VARCHAR FROM raw_events") == [
        (False, visitor_id("ann"))
    ]


def test_an_id_that_is_no_uuid_is_kept_under_a_name_that_only_the_secret_gives(
    settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    """The columns alone tell the visits apart; nothing that is written tells whose they are."""
    ids = {"visitor_id": "customer-471108150007", "session_id": "8a6e08042bd04672b79dd97027f9071a"}
    kept = []
    for folder in ("one", "another"):
        program = assembly.build(replace(settings, data_dir=tmp_path / folder), clock)
        site = People(program).alice.shop
        send(program, site, {**pageview(NOW), **ids}, {**pageview(NOW), **ids})
        (found,) = rows(program, "SELECT DISTINCT visitor_id::VARCHAR, session_id::VARCHAR FROM raw_events")
        kept.append(found)
        assert not {"visitor_id", "session_id"} & payloads(program)[0].keys()
        program.stop()
        for written in (on_disk(tmp_path / folder), in_tables(tmp_path / folder)):
            assert b"471108150007" not in written
            assert ids["session_id"].encode() not in written.replace(b"-", b"")
    assert not set(kept[0]) & set(kept[1])


def test_an_address_gives_its_country_and_is_written_nowhere(
    settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    folder = tmp_path / "with-countries"
    folder.mkdir()
    (folder / "country.mmdb").write_bytes(mmdb({"9.9.0.0/16": {"country_code": "JP"}}))
    program = assembly.build(replace(settings, data_dir=folder), clock)
    alice = People(program).alice
    berlin = {**pageview(NOW), "timezone": "Europe/Berlin"}
    for address, event in (
        ("9.9.77.153", berlin),
        ("9.8.77.153", berlin),
        ("192.168.77.153", berlin),
        ("9.9.77.153", {**berlin, "user_agent": "Somebody/1.0"}),
    ):
        send(program, alice.shop, event, client=replace(VISITOR, address=address))
    found = rows(program, "SELECT country FROM raw_events ORDER BY seq")
    assert found == [("JP",), ("DE",), ("DE",), ("DE",)]
    program.stop()
    assert b"77.153" not in on_disk(folder) + in_tables(folder)


def test_client_hints_of_the_same_browser_say_more_than_its_user_agent(
    web: Client, program: Runtime, alice: Person
) -> None:
    hints = {"Sec-CH-UA": '"Brave";v="140"', "Sec-CH-UA-Platform": '"Chrome OS"', "Sec-CH-UA-Mobile": "?0"}
    events = [
        {**pageview(NOW), "user_agent": None},
        pageview(NOW),
        {**pageview(NOW), "user_agent": AGENT},  # of another browser than the one that sends
    ]
    assert [post(web, alice, event, **hints) for event in events] == [200] * 3
    settle(program)
    assert rows(program, "SELECT browser, os FROM raw_events ORDER BY seq") == [
        ("Brave", "Chrome OS"),
        ("Brave", "Chrome OS"),
        ("Chrome", "Windows"),
    ]


def test_nothing_personal_is_anywhere_in_the_data_directory(tmp_path: Path) -> None:
    """Neither of events that were taken nor of requests that were refused; not after a crash either."""
    (tmp_path / "analytiq.toml").write_text('trusted_proxies = "127.0.0.1"\ningest_limit_per_ip = "9"\n')
    with running(tmp_path) as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "https://shop.example"})
        _send_all_sorts(program, site)
        program.kill()
        assert b"a text that stays" in on_disk(tmp_path)
        assert _traces(on_disk(tmp_path) + said(program)) == []
    with running(tmp_path) as program:
        assert program.stop() == 0
        assert _traces(on_disk(tmp_path) + said(program)) == []
    stored = in_tables(tmp_path)
    assert b"a text that stays" in stored
    assert _traces(stored) == []


def _send_all_sorts(program: Program, site: dict[str, str]) -> None:
    good = {
        "event_type": "signup",
        "title": f"Welcome {EMAIL}",
        "url": f"https://shop.example/{CARD}?mail={EMAIL}#{EMAIL}",
        "referrer": f"https://mail.example/?to={EMAIL}",
        "custom": {"note": "a text that stays", "card": CARD, "password": "hunter2"},
        "form": [EMAIL],
    }
    ids = {"visitor_id": REFUSED, "session_id": SESSION}
    statuses = [
        _send(program, site, good),
        _send(program, site, {**good, **ids}, **GPC),
        _send(program, site, {**good, **ids, "consent": False}),
        _send(program, site, {**good, **ids, "timestamp": EMAIL}),
        _send(program, site, {**good, **ids, "site_id": EMAIL}),
        _send(program, {**site, "site_key": EMAIL}, good),
        _send(program, site, [good]),
        _send(program, site, good, Content_Encoding="gzip"),
    ]
    assert statuses == [200, 200, 200, 422, 400, 403, 400, 415]
    assert 429 in [_send(program, site, good) for _ in range(20)]


def _send(program: Program, site: dict[str, str], event: object, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    sent |= {"User-Agent": AGENT, "X-Forwarded-For": ADDRESS}
    sent |= {"X-Site-Id": site["site_id"], "X-Site-Key": site["site_key"]}
    try:
        program.call("POST", "/ingest/event", event, sent)
    except urllib.error.HTTPError as refusal:
        return refusal.code
    return 200


def _traces(content: bytes) -> list[str]:
    return [
        trace for trace in TRACES if trace.encode() in content or trace.replace("-", "").encode() in content
    ]
