"""Backups over HTTP, for an owner."""

import signal
from collections.abc import Iterator

import pytest
from werkzeug.test import Client as WebClient

from appliance.runtime import Runtime
from appliance.storage import exchange
from tests.people import PASSWORD, Person
from tests.traffic import pageview, send


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Whether the program was told to end: these tests must not."""
    signals: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)
    yield signals


def test_one_is_made_and_listed_with_what_is_in_it(program: Runtime, web: WebClient, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    made = web.post("/api/backups", json={}, headers=alice.headers)
    assert made.status_code == 201
    send(program, alice.shop, pageview("2026-09-11T10:00:00Z"))
    found = web.get("/api/backups", headers=alice.headers).json
    assert found is not None
    assert found["backups"] == [made.json]
    assert (found["backups"][0]["figures"]["visits"], found["now"]["visits"]) == (1, 2)
    assert found["under_way"] is None
    assert found["failure"] is None


def test_going_back_asks_for_the_password_and_starts_anew(
    program: Runtime, web: WebClient, alice: Person, ended: list[int]
) -> None:
    name = program.backups.take("by hand").name
    path = f"/api/backups/{name}/restore"
    wrong = web.post(path, json={"current_password": "guessed"}, headers=alice.headers)
    assert (wrong.status_code, ended, exchange.is_due(program.config.paths)) == (403, [], False)
    right = web.post(path, json={"current_password": PASSWORD}, headers=alice.headers)
    assert (right.status_code, ended) == (204, [signal.SIGTERM])
    assert exchange.is_due(program.config.paths)


@pytest.mark.parametrize("name", ["2026-09-17T12-30-00Z", "unfinished"])
def test_a_backup_that_is_not_there_is_not_gone_back_to(
    web: WebClient, alice: Person, ended: list[int], name: str
) -> None:
    found = web.post(
        f"/api/backups/{name}/restore", json={"current_password": PASSWORD}, headers=alice.headers
    )
    assert found.status_code == 404
    assert ended == []
