"""The second step at sign-in: setting it up, codes that work once, and the ways back in."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest
from werkzeug.test import Client, TestResponse

from appliance.runtime import Runtime
from tests.clocks import FrozenClock, limits_follow
from tests.people import PASSWORD, People, Person
from tests.queries import rows

HERE = "198.51.100.4"
CONFIRMED = {"current_password": PASSWORD}
PATH = "/api/me/two-factor"


@pytest.fixture(autouse=True)
def one_clock(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    limits_follow(clock, monkeypatch)


class App:
    """Somebody's authenticator, after it was set up and the codes were noted down."""

    def __init__(self, web: Client, person: Person, clock: FrozenClock) -> None:
        self._clock = clock
        begun = web.post(PATH, json=CONFIRMED, headers=person.headers).get_json()
        self.secret = begun["secret"]
        self._totp = pyotp.parse_uri(begun["uri"])
        answer = web.post(f"{PATH}/enable", json={"code": self.code()}, headers=person.headers)
        assert answer.status_code == 200
        self.recovery_codes: list[str] = answer.get_json()["recovery_codes"]

    def code(self, steps: int = 0) -> str:
        """What it shows, or will show after some steps of 30 seconds."""
        assert isinstance(self._totp, pyotp.TOTP)
        return self._totp.at(self._clock.now() + timedelta(seconds=30 * steps))

    def next_code(self) -> str:
        self._clock.advance(seconds=30)
        return self.code()


@pytest.fixture
def app(web: Client, alice: Person, clock: FrozenClock) -> App:
    return App(web, alice, clock)


def login(
    web: Client, person: Person, code: str | None = None, password: str = PASSWORD, address: str = HERE
) -> TestResponse:
    body: dict[str, Any] = {"email": person.account.email, "password": password}
    if code is not None:
        body["code"] = code
    return web.post("/api/login", json=body, environ_base={"REMOTE_ADDR": address})


def problem(answer: TestResponse) -> tuple[int, str]:
    return answer.status_code, answer.get_json()["type"]


NEEDED = (401, "/problems/second-factor")


def test_after_the_right_password_a_code_is_asked_for(web: Client, alice: Person, app: App) -> None:
    asked = login(web, alice)
    assert problem(asked) == NEEDED
    assert "Set-Cookie" not in asked.headers
    assert "token" not in asked.get_json()
    assert login(web, alice, app.next_code()).status_code == 200


def test_a_wrong_password_does_not_tell_that_there_is_a_second_step(
    web: Client, alice: Person, app: App
) -> None:
    assert problem(login(web, alice, password="a guess")) == (401, "/problems/not-signed-in")
    assert problem(login(web, alice, app.next_code(), "a guess")) == (401, "/problems/not-signed-in")


def test_a_code_works_once(web: Client, alice: Person, app: App) -> None:
    code = app.next_code()
    assert login(web, alice, code).status_code == 200
    assert problem(login(web, alice, code)) == NEEDED


def test_the_code_that_confirmed_the_set_up_signs_nobody_in(web: Client, alice: Person, app: App) -> None:
    assert problem(login(web, alice, app.code())) == NEEDED


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_fast_or_slow(
    web: Client, alice: Person, app: App, clock: FrozenClock, steps: int, good: bool
) -> None:
    clock.advance(minutes=10)
    assert (login(web, alice, app.code(steps)).status_code == 200) is good


def test_no_earlier_code_works_after_a_later_one(
    web: Client, alice: Person, app: App, clock: FrozenClock
) -> None:
    clock.advance(minutes=10)
    assert login(web, alice, app.code(1)).status_code == 200
    assert problem(login(web, alice, app.code())) == NEEDED


def test_codes_are_taken_as_people_type_them(web: Client, alice: Person, app: App) -> None:
    code = app.next_code()
    assert login(web, alice, f" {code[:3]} {code[3:]} ").status_code == 200
    assert login(web, alice, app.recovery_codes[0].upper().replace("-", " ")).status_code == 200


@pytest.mark.parametrize("code", ["", "000000", "not a code", "١٢٣٤٥٦", "\ud800", "9" * 5000])
def test_what_is_no_code_opens_nothing(web: Client, alice: Person, app: App, code: str) -> None:
    assert app.code() != code
    assert login(web, alice, code).status_code == 401


def test_each_recovery_code_works_once(web: Client, alice: Person, app: App) -> None:
    assert len(set(app.recovery_codes)) == 10
    assert login(web, alice, app.recovery_codes[3]).status_code == 200
    assert problem(login(web, alice, app.recovery_codes[3])) == NEEDED
    state = web.get(PATH, headers=alice.headers).get_json()
    assert state == {"enabled": True, "recovery_codes_left": 9}


def test_new_recovery_codes_replace_the_old_ones(web: Client, alice: Person, app: App) -> None:
    answer = web.post(f"{PATH}/recovery-codes", json=CONFIRMED, headers=alice.headers)
    assert problem(login(web, alice, app.recovery_codes[0])) == NEEDED
    assert login(web, alice, answer.get_json()["recovery_codes"][0]).status_code == 200


def test_codes_are_guessed_no_faster_than_passwords_wherever_from(
    web: Client, alice: Person, app: App
) -> None:
    """Who guesses codes knows the password, so that nobody else can keep the owner out by it."""
    answers = [login(web, alice, "000000", address=f"203.0.{n}.1").status_code for n in range(100)]
    assert answers == [401] * 10 + [429] * 90
    assert login(web, alice, app.next_code()).status_code == 200, "30 seconds later"


@pytest.mark.usefixtures("app")
def test_without_the_password_it_is_neither_set_up_nor_switched_off(
    web: Client, alice: Person, people: People
) -> None:
    wrong = {"current_password": "a guess"}
    assert web.post(PATH, json=wrong, headers=people.bob.headers).status_code == 403
    for method, path in (("DELETE", PATH), ("POST", f"{PATH}/recovery-codes")):
        assert web.open(path, method=method, json=wrong, headers=alice.headers).status_code == 403
    assert problem(login(web, alice)) == NEEDED
    assert web.get(PATH, headers=people.bob.headers).get_json()["enabled"] is False


def test_it_asks_for_nothing_until_a_code_has_confirmed_it(web: Client, alice: Person) -> None:
    web.post(PATH, json=CONFIRMED, headers=alice.headers)
    assert login(web, alice).status_code == 200
    wrong = web.post(f"{PATH}/enable", json={"code": "000000"}, headers=alice.headers)
    assert (wrong.status_code, wrong.get_json()["errors"][0]["pointer"]) == (422, "/code")
    assert login(web, alice).status_code == 200


def test_beginning_again_gives_another_secret_until_it_is_on(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    first = web.post(PATH, json=CONFIRMED, headers=alice.headers).get_json()["secret"]
    app = App(web, alice, clock)
    assert app.secret != first
    assert web.post(PATH, json=CONFIRMED, headers=alice.headers).status_code == 409
    assert (
        web.post(f"{PATH}/enable", json={"code": app.next_code()}, headers=alice.headers).status_code == 409
    )
    assert login(web, alice, app.code()).status_code == 200


@pytest.mark.usefixtures("app")
def test_switched_off_the_password_is_enough_again(web: Client, program: Runtime, alice: Person) -> None:
    assert web.delete(PATH, json=CONFIRMED, headers=alice.headers).status_code == 204
    assert login(web, alice).status_code == 200
    assert rows(program, "SELECT count(*) FROM recovery_codes") == [(0,)]


def test_a_stolen_database_holds_neither_secret_nor_codes(program: Runtime, app: App) -> None:
    kept = str(rows(program, "SELECT * FROM two_factor, recovery_codes"))
    assert app.secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in app.recovery_codes)


def test_what_is_encrypted_for_one_account_is_nothing_to_another(
    web: Client, program: Runtime, alice: Person, people: People, clock: FrozenClock, app: App
) -> None:
    """Somebody who can write to the database, and puts their own app in another's place."""
    bobs = App(web, people.bob, clock)
    with program.database.write() as transaction:
        transaction._cursor.execute(
            "UPDATE two_factor SET secret = (SELECT secret FROM two_factor WHERE account_id = $bob) "
            "WHERE account_id = $alice",
            {"bob": people.bob.account.account_id, "alice": alice.account.account_id},
        )
    answer = login(web, alice, bobs.next_code())
    assert answer.status_code == 503
    assert "reset-password" in answer.get_json()["detail"]
    assert login(web, alice, app.recovery_codes[0]).status_code == 200
