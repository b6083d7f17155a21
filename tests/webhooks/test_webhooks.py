"""Alarms posted to a real web server: signed as the documentation checks it, each once, never elsewhere."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base.config import Config
from appliance.guardian.alarms import Alarm
from appliance.jobs import guardian as job
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.receivers import Receiver, receiver

HOUR = timedelta(hours=1)
DOCUMENTED = Path(__file__).parents[2] / "docs" / "operations.md"


@pytest.fixture
def listener() -> Iterator[Receiver]:
    with receiver() as receiving:
        yield receiving


@pytest.fixture
def is_genuine() -> Callable[[str, Mapping[str, str], bytes, float], bool]:
    """The check as it stands in the documentation."""
    (code,) = re.findall(r"```python\n(.*?def is_genuine.*?)```", DOCUMENTED.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  (our own page)
    check: Callable[[str, Mapping[str, str], bytes, float], bool] = names["is_genuine"]
    return check


def silence(program: Runtime, site: Site) -> None:
    """Noticed a moment ago."""
    now = program.clock.now()
    with program.database.write() as transaction:
        transaction.run("guardian.begin", vars(Alarm(site.site_id, "silence", now - HOUR, now, 16)))


def save(web: Client, person: Person, url: str, own_network: bool = True) -> Any:
    return web.patch("/api/webhook", json={"url": url, "own_network": own_network}, headers=person.headers)


def state(web: Client, person: Person) -> Any:
    return web.get("/api/webhook", headers=person.headers).get_json()


def test_a_test_is_signed_as_the_documentation_checks_it(
    web: Client, alice: Person, clock: FrozenClock, listener: Receiver, is_genuine: Callable[..., bool]
) -> None:
    secret = save(web, alice, f"{listener.url}/alarms?team=7").get_json()["secret"]
    listener.status = 204
    answer = web.post("/api/webhook/test", json={}, headers=alice.headers)
    assert answer.get_json() == {"status": 204}
    (post,) = listener.received
    now = clock.now().timestamp()
    assert post.path == "/alarms?team=7"
    assert is_genuine(secret, post.headers, post.body, now)
    assert not is_genuine(secret, post.headers, post.body + b" ", now)
    assert not is_genuine(secret, {**post.headers, "webhook-timestamp": str(int(now) + 1)}, post.body, now)
    assert not is_genuine(secret, {**post.headers, "webhook-id": "other"}, post.body, now)
    assert not is_genuine(secret, post.headers, post.body, now + 301)


def test_the_secret_is_told_once_and_another_address_gets_another(
    web: Client, program: Runtime, alice: Person, listener: Receiver, settings: Config, clock: FrozenClock
) -> None:
    first = save(web, alice, listener.url).get_json()["secret"]
    assert save(web, alice, listener.url).get_json()["secret"] is None
    other = save(web, alice, f"{listener.url}/other").get_json()["secret"]
    assert other not in (None, first)
    told = str(state(web, alice)) + str(rows(program, "SELECT * FROM webhooks"))
    assert other not in told
    assert "/other" not in str(rows(program, "SELECT * FROM webhooks, audit"))
    program.stop()
    again = assembly.build(settings, clock)
    webhook = again.webhooks.find(alice.account.account_id)
    assert webhook is not None
    assert (webhook.url, webhook.secret) == (f"{listener.url}/other", other)
    again.stop()


def test_the_own_network_needs_the_owners_leave_to_save_and_to_test(
    web: Client, alice: Person, listener: Receiver
) -> None:
    refused = save(web, alice, listener.url, own_network=False)
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/url"
    assert state(web, alice)["url"] is None
    assert web.post("/api/webhook/test", json={}, headers=alice.headers).status_code == 409
    assert listener.connections == 0


def test_an_alarm_is_posted_once_to_the_owner_of_its_website(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    alice: Person,
    people: People,
    listener: Receiver,
) -> None:
    with receiver() as bobs:
        program.people.change_role(alice.account, people.bob.account.account_id, "owner")
        save(web, people.bob, bobs.url)
        save(web, alice, listener.url)
        silence(program, alice.shop)
        for _ in range(3):
            job.run(program, clock.now())
            clock.advance(minutes=10)
        (post,) = listener.received
        assert b'"type": "alarm.silence"' in post.body
        assert b'"title": "No events from Alice\'s shoes"' in post.body
        assert post.headers["webhook-id"].startswith("alarm_")
        (delivery,) = state(web, alice)["deliveries"]
        assert (delivery["attempts"], delivery["problem"], delivery["next_at"]) == (1, None, None)
        assert bobs.connections == 0


def test_what_is_not_taken_is_posted_again_after_longer_and_longer_and_at_last_given_up(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    alice: Person,
    listener: Receiver,
) -> None:
    save(web, alice, listener.url)
    listener.status = 500
    silence(program, alice.shop)
    for attempt, minutes in enumerate((5, 15, 60, 180, 480, 9999), 1):
        job.run(program, clock.now())
        clock.advance(minutes=minutes - 1)
        job.run(program, clock.now())
        assert listener.connections == attempt
        clock.advance(minutes=1)
    assert len({post.headers["webhook-id"] for post in listener.received}) == 1
    (delivery,) = state(web, alice)["deliveries"]
    assert (delivery["attempts"], delivery["next_at"]) == (6, None)
    assert delivery["problem"] == "It answered 500 instead of a 2xx."


def test_an_alarm_of_before_is_not_posted_to_a_new_address(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    alice: Person,
    listener: Receiver,
) -> None:
    silence(program, alice.shop)
    clock.advance(minutes=1)
    save(web, alice, listener.url)
    job.run(program, clock.now())
    assert listener.connections == 0


def test_who_is_no_owner_any_more_gets_none(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    alice: Person,
    people: People,
    listener: Receiver,
) -> None:
    save(web, alice, listener.url)
    bob = people.bob.account
    program.people.change_role(alice.account, bob.account_id, "owner")
    program.people.change_role(bob, alice.account.account_id, "editor")
    silence(program, alice.shop)
    job.run(program, clock.now())
    assert listener.connections == 0
    program.people.change_role(bob, alice.account.account_id, "owner")
    assert web.delete("/api/webhook", headers=alice.headers).status_code == 204
    job.run(program, clock.now())
    assert listener.connections == 0
    assert rows(program, "SELECT * FROM webhooks") == []


def test_a_redirect_is_said_to_be_one(web: Client, alice: Person, listener: Receiver) -> None:
    with receiver() as target:
        save(web, alice, listener.url)
        listener.status, listener.headers = 307, {"Location": target.url}
        answer = web.post("/api/webhook/test", json={}, headers=alice.headers)
        assert answer.status_code == 503
        assert "redirect (307)" in answer.get_json()["detail"]
        assert target.connections == 0
