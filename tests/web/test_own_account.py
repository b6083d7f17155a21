"""PATCH /api/me and POST /api/me/password: what changes, and whose sessions end."""

from typing import Any

import pytest
from werkzeug.test import Client

from tests.people import PASSWORD, People, Person

NEW = "a better battery"
CHANGE = {"current_password": PASSWORD, "new_password": NEW}
SAME_ORIGIN = {"Origin": "http://localhost"}


def browser(web: Client, person: Person) -> Client:
    """Another one, in which that person is signed in."""
    signed_in = Client(web.application)
    body = {"email": person.account.email, "password": PASSWORD}
    assert signed_in.post("/api/login", json=body).status_code == 200
    return signed_in


def login(web: Client, person: Person, password: str) -> int:
    return web.post("/api/login", json={"email": person.account.email, "password": password}).status_code


def test_a_name_is_changed_and_answered(web: Client, alice: Person, people: People) -> None:
    answer = web.patch("/api/me", json={"name": " Alice "}, headers=alice.headers)
    assert answer.status_code == 200
    assert answer.get_json()["user"]["name"] == "Alice"
    assert web.get("/api/me", headers=alice.headers).get_json() == answer.get_json()
    assert web.get("/api/me", headers=people.bob.headers).get_json()["user"]["name"] == ""


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": 7}, "/name"),
        ({"name": "n" * 121}, "/name"),
        ({"name": "x", "role": "owner"}, "/role"),
    ],
)
def test_what_is_no_name_of_mine_changes_nothing(web: Client, alice: Person, body: Any, pointer: str) -> None:
    answer = web.patch("/api/me", json=body, headers=alice.headers)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == [pointer]
    user = web.get("/api/me", headers=alice.headers).get_json()["user"]
    assert (user["name"], user["role"]) == ("", "owner")


def test_a_new_password_ends_every_other_session_and_token(
    web: Client, alice: Person, people: People
) -> None:
    asking, other, token = browser(web, alice), browser(web, alice), alice.headers
    bobs = browser(web, people.bob)
    assert asking.post("/api/me/password", json=CHANGE, headers=SAME_ORIGIN).status_code == 200
    assert asking.get("/api/me").status_code == 200
    assert other.get("/api/me").status_code == 401
    assert web.get("/api/me", headers=token).status_code == 401
    assert bobs.get("/api/me").status_code == 200
    assert [login(web, alice, password) for password in (PASSWORD, NEW)] == [401, 200]


def test_the_asking_session_goes_on_under_a_new_id(web: Client, alice: Person) -> None:
    asking = browser(web, alice)
    before = asking.get_cookie("analytiq_session")
    assert asking.post("/api/me/password", json=CHANGE, headers=SAME_ORIGIN).status_code == 200
    assert before
    stolen = {"Cookie": f"analytiq_session={before.value}"}
    assert web.get("/api/me", headers=stolen).status_code == 401


def test_a_script_goes_on_with_the_token_in_the_answer_and_gets_no_cookie(web: Client, alice: Person) -> None:
    answer = web.post("/api/me/password", json=CHANGE, headers=alice.headers)
    token = answer.get_json()["token"]
    assert web.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_wrong_current_password_is_refused_at_its_field_and_ends_nothing(
    web: Client, alice: Person
) -> None:
    asking, other = browser(web, alice), browser(web, alice)
    wrong = {**CHANGE, "current_password": PASSWORD.upper()}
    answer = asking.post("/api/me/password", json=wrong, headers=SAME_ORIGIN)
    assert answer.status_code == 403
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/current_password"]
    assert [caller.get("/api/me").status_code for caller in (asking, other)] == [200, 200]
    assert login(web, alice, PASSWORD) == 200


@pytest.mark.parametrize("new", ["seven77", "p" * 1025, "ö" * 513])
def test_a_password_that_cannot_be_used_is_refused_at_its_field(web: Client, alice: Person, new: str) -> None:
    body = {**CHANGE, "new_password": new}
    answer = web.post("/api/me/password", json=body, headers=alice.headers)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/new_password"]
    assert login(web, alice, PASSWORD) == 200


def test_passwords_are_tried_no_faster_here_than_at_the_login(web: Client, alice: Person) -> None:
    wrong = {**CHANGE, "current_password": "wrong"}
    codes = [web.post("/api/me/password", json=wrong, headers=alice.headers).status_code for _ in range(11)]
    assert codes == [403] * 10 + [429]
    assert login(web, alice, PASSWORD) == 429


def test_a_foreign_page_cannot_change_the_password(web: Client, alice: Person) -> None:
    asking = browser(web, alice)
    foreign = {"Origin": "https://evil.example"}
    assert asking.post("/api/me/password", json=CHANGE, headers=foreign).status_code == 403
    assert login(web, alice, PASSWORD) == 200
