"""Guessing passwords: how far one gets, what one learns of who has an account, and who is kept out by it."""

from collections import Counter
from typing import Any

import pytest
from argon2 import PasswordHasher
from werkzeug.test import Client, TestResponse

from appliance.runtime import Runtime
from tests.clocks import FrozenClock, limits_follow
from tests.people import PASSWORD, Person

ATTACKER = "203.0.113.66"
HOME = "198.51.100.4"


@pytest.fixture(autouse=True)
def one_clock(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    limits_follow(clock, monkeypatch)


def login(web: Client, email: str, password: str, address: str) -> TestResponse:
    body = {"email": email, "password": password}
    return web.post("/api/login", json=body, environ_base={"REMOTE_ADDR": address})


def test_of_a_hundred_guesses_ten_are_heard_and_the_owner_gets_in_from_elsewhere(
    web: Client, alice: Person
) -> None:
    email = alice.account.email
    answers = [login(web, email, f"guess {n}", f"203.0.113.{n}") for n in range(100)]
    assert Counter(answer.status_code for answer in answers) == {401: 10, 429: 90}
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers[10:])
    assert login(web, email, PASSWORD, ATTACKER).status_code == 429
    assert login(web, email, PASSWORD, HOME).status_code == 200


@pytest.mark.parametrize("address", ["127.0.0.1", ATTACKER])
def test_a_patient_attacker_gets_four_guesses_an_hour_in_the_end(
    web: Client, alice: Person, clock: FrozenClock, address: str
) -> None:
    heard = []
    for _ in range(24 * 12):
        clock.advance(minutes=5)
        heard.append(login(web, alice.account.email, "a guess", address).status_code == 401)
    assert sum(heard[-12:]) == 4
    assert sum(heard) < 110
    assert login(web, alice.account.email, PASSWORD, HOME).status_code == 200
    clock.advance(minutes=15)
    assert login(web, alice.account.email, PASSWORD, address).status_code == 200, "never locked for good"


def test_one_account_guessed_at_closes_no_other_to_the_same_neighbours(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    for _ in range(10):
        login(web, "nobody@shop.example", "a guess", ATTACKER)
    clock.advance(minutes=2)
    assert login(web, "nobody@shop.example", "a guess", ATTACKER).status_code == 401
    assert login(web, alice.account.email, PASSWORD, ATTACKER).status_code == 200


def test_a_known_and_an_unknown_account_get_the_same_answers_for_the_same_work(
    web: Client, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work is counted where the time goes: a hash of one set of parameters is as long as another."""
    verified: list[str] = []
    verify = PasswordHasher.verify

    def counted(hasher: PasswordHasher, hash_: str, password: str) -> bool:
        verified.append(hash_.rpartition("$")[0].rpartition("$")[0])  # algorithm and parameters
        return verify(hasher, hash_, password)

    monkeypatch.setattr(PasswordHasher, "verify", counted)

    def tell(email: str) -> list[tuple[Any, ...]]:
        told = []
        for step in range(12):
            verified.clear()
            answer = login(web, email, "a guess", ATTACKER)
            problem = {**answer.get_json(), "instance": ""}
            told.append((answer.status_code, problem, answer.headers.get("Retry-After"), *verified))
            if step == 9:
                clock.advance(seconds=90)
        return told

    known = tell(alice.account.email)
    clock.advance(minutes=30)
    assert tell("nobody@shop.example") == known
    assert [len(told) for told in known[:10]] == [4] * 10


def test_a_stolen_session_guesses_the_password_no_faster(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    """And what is guessed at the login counts here, too."""
    for _ in range(10):
        login(web, alice.account.email, "a guess", ATTACKER)
    clock.advance(minutes=2)
    assert login(web, alice.account.email, "a guess", ATTACKER).status_code == 401
    body = {"current_password": PASSWORD, "new_password": "a better battery"}
    answer = web.post(
        "/api/me/password", json=body, headers=alice.headers, environ_base={"REMOTE_ADDR": ATTACKER}
    )
    assert answer.status_code == 429


def test_what_was_guessed_is_in_no_log(
    web: Client, program: Runtime, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    for password in ("a telling guess", PASSWORD):
        login(web, alice.account.email, password, ATTACKER)
    assert not any(secret in caplog.text for secret in ("telling guess", PASSWORD, ATTACKER))
    assert program.accounts.by_id(alice.account.account_id, 1)
