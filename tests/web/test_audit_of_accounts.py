"""What the owner reads of sessions, second steps, keys and guessed passwords."""

from typing import Any

import pyotp
import pytest
from werkzeug.test import Client

from appliance.runtime import Runtime
from tests.clocks import FrozenClock, limits_follow
from tests.people import PASSWORD, Person
from tests.queries import rows

SAME_ORIGIN = {"Origin": "http://localhost"}
CONFIRMED = {"current_password": PASSWORD}
TWO_FACTOR = "/api/me/two-factor"


@pytest.fixture(autouse=True)
def one_clock(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    limits_follow(clock, monkeypatch)


def told(web: Client, owner: Person) -> list[tuple[str, str | None, str]]:
    """Action, by whom and detail, oldest first, after the making of the owner and the site."""
    entries: list[dict[str, Any]] = web.get("/api/audit", headers=owner.headers).get_json()["entries"]
    return [(entry["action"], entry["email"], entry["detail"]) for entry in entries[::-1]][2:]


def signed_in(web: Client, person: Person, **more: str) -> Client:
    browser = Client(web.application)
    body = {"email": person.account.email, "password": PASSWORD, **more}
    assert browser.post("/api/login", json=body).status_code == 200
    return browser


def test_the_life_of_sessions_and_keys(web: Client, alice: Person) -> None:
    mine, other = signed_in(web, alice), signed_in(web, alice)
    (theirs,) = [
        entry["id"] for entry in other.get("/api/sessions").get_json()["sessions"] if entry["current"]
    ]
    mine.delete(f"/api/sessions/{theirs}", json={}, headers=SAME_ORIGIN)
    key = mine.post("/api/keys", json={"name": "Nightly", "scope": "read"}, headers=SAME_ORIGIN).get_json()
    mine.delete(f"/api/keys/{key['id']}", json={}, headers=SAME_ORIGIN)
    mine.post("/api/sessions/end-others", json={}, headers=SAME_ORIGIN)
    mine.post("/api/logout", json={}, headers=SAME_ORIGIN)
    fresh = Person(alice.program, alice.program.accounts.authenticate(alice.account.email, PASSWORD))
    assert [(action, email) for action, email, _ in told(web, fresh)] == [
        (action, alice.account.email)
        for action in (
            "signed_in",
            "signed_in",
            "session_ended",
            "api_key_made",
            "api_key_revoked",
            "session_ended",
            "signed_out",
        )
    ]


def test_the_life_of_a_second_step(web: Client, program: Runtime, alice: Person, clock: FrozenClock) -> None:
    begun = web.post(TWO_FACTOR, json=CONFIRMED, headers=alice.headers).get_json()
    code = pyotp.TOTP(begun["secret"]).at(clock.now())
    enabled = web.post(f"{TWO_FACTOR}/enable", json={"code": code}, headers=alice.headers).get_json()
    signed_in(web, alice, code=enabled["recovery_codes"][0])
    web.post(f"{TWO_FACTOR}/recovery-codes", json=CONFIRMED, headers=alice.headers)
    for _ in range(2):  # The second time there is nothing to switch off.
        web.delete(TWO_FACTOR, json=CONFIRMED, headers=alice.headers)
    assert [action for action, _, _ in told(web, alice)] == [
        "two_factor_on",
        "recovery_code_used",
        "signed_in",
        "recovery_codes_made",
        "two_factor_off",
    ]
    kept = str(rows(program, "SELECT * FROM audit"))
    assert not any(secret in kept for secret in (begun["secret"], *enabled["recovery_codes"]))


def test_guessing_is_told_once_and_no_more_than_once_a_minute(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    """And what somebody took for an address, their password perhaps, is not repeated."""
    for number, email in enumerate((alice.account.email, "a password", "another")):
        for _ in range(12):
            body = {"email": email, "password": "a guess"}
            web.post("/api/login", json=body, environ_base={"REMOTE_ADDR": f"203.0.{number}.1"})
        clock.advance(seconds=61 if number == 0 else 0)
    assert told(web, alice) == [
        ("sign_ins_failed", None, f"10 in a row as {alice.account.email}."),
        ("sign_ins_failed", None, "10 in a row as somebody who has no account."),
    ]
