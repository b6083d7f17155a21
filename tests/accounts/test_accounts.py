"""Making accounts, checking passwords, and tokens that cannot be forged."""

import base64
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from appliance.accounts.accounts import TOKEN_LIFETIME, Account, Accounts, SignUp
from appliance.base.errors import (
    AnalytiqError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    UnauthenticatedError,
)
from appliance.base.secret import Secret
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import PASSWORD, Person
from tests.queries import rows

FORM = SignUp("alice@shop.example", PASSWORD, "Alice", "", local=True)
FROM_ELSEWHERE = replace(FORM, local=False)


@pytest.fixture
def closed(program: Runtime, clock: FrozenClock) -> Accounts:
    """The accounts of a program with its sign-up closed, as it is by default; nobody has one yet."""
    return Accounts(program.database, program.secret, clock, signup_open=False)


def test_the_first_account_is_the_owner_and_the_next_an_editor(program: Runtime) -> None:
    accounts = program.accounts
    assert accounts.first_run
    assert accounts.sign_up(FORM).role == "owner"
    assert not accounts.first_run
    assert accounts.sign_up(replace(FORM, email="bob@bakery.example")).role == "editor"


def test_after_the_first_account_sign_up_is_closed(closed: Accounts) -> None:
    assert closed.signup_open
    closed.sign_up(FORM)
    assert not closed.signup_open
    with pytest.raises(ForbiddenError, match="Ask the owner"):
        closed.sign_up(replace(FORM, email="bob@bakery.example"))


def test_of_twenty_sign_ups_at_once_one_is_the_owner(closed: Accounts, program: Runtime) -> None:
    def sign_up(number: int) -> str:
        try:
            return closed.sign_up(replace(FORM, email=f"person{number}@shop.example")).role
        except ForbiddenError:
            return "refused"

    with ThreadPoolExecutor(20) as pool:
        outcomes = Counter(pool.map(sign_up, range(20)))
    assert outcomes == {"owner": 1, "refused": 19}
    assert rows(program, "SELECT role FROM accounts") == [("owner",)]


def test_the_first_account_from_elsewhere_needs_the_setup_code(closed: Accounts) -> None:
    assert closed.setup_code is not None
    wrong = f"{(int(closed.setup_code) + 1) % 10**8:08d}"
    for code in ("", wrong, closed.setup_code[:-1], "ümläut"):
        with pytest.raises(ForbiddenError, match="setup code"):
            closed.sign_up(replace(FROM_ELSEWHERE, setup_code=code))
    assert closed.first_run
    assert closed.sign_up(replace(FROM_ELSEWHERE, setup_code=closed.setup_code)).role == "owner"


def test_there_is_no_setup_code_once_somebody_has_an_account(
    closed: Accounts, program: Runtime, clock: FrozenClock
) -> None:
    closed.sign_up(FORM)
    restarted = Accounts(program.database, program.secret, clock, signup_open=False)
    assert restarted.setup_code is None
    with pytest.raises(ForbiddenError):
        restarted.sign_up(replace(FROM_ELSEWHERE, email="bob@bakery.example"))


def test_an_address_has_one_account_whatever_its_case(program: Runtime) -> None:
    program.accounts.sign_up(FORM)
    for email in (FORM.email, "Alice@SHOP.example", " alice@shop.example "):
        with pytest.raises(ConflictError):
            program.accounts.sign_up(replace(FORM, email=email))


def test_a_form_that_cannot_be_used_is_refused_by_field(program: Runtime) -> None:
    wrong: list[tuple[str, Any]] = [
        ("email", ""),
        ("email", "alice"),
        ("email", "@shop.example"),
        ("email", "alice@shop@example"),
        ("email", "al ice@shop.example"),
        ("email", "a" * 250 + "@b.example"),
        ("password", "seven77"),
        ("password", "p" * 1025),
        ("password", "ö" * 513),
        ("name", "n" * 121),
    ]
    for field, value in wrong:
        with pytest.raises(InvalidError) as caught:
            program.accounts.sign_up(replace(FORM, **{field: value}))
        assert [fault.pointer for fault in caught.value.fields] == [f"/{field}"]
    assert program.accounts.first_run


def test_the_longest_password_is_taken(program: Runtime) -> None:
    program.accounts.sign_up(replace(FORM, password="p" * 1024))
    program.accounts.authenticate(FORM.email, "p" * 1024)


def test_the_right_password_opens_whatever_the_case_of_the_address(program: Runtime, alice: Person) -> None:
    assert program.accounts.authenticate(" Alice@Shop.Example", PASSWORD) == alice.account


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(program: Runtime, alice: Person) -> None:
    answers = set()
    for email, password in [
        (alice.account.email, PASSWORD.upper()),
        (alice.account.email, ""),
        (alice.account.email, "p" * 5000),
        ("nobody@shop.example", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
    ]:
        with pytest.raises(UnauthenticatedError) as caught:
            program.accounts.authenticate(email, password)
        answers.add(str(caught.value))
    assert len(answers) == 1


@pytest.mark.usefixtures("alice")
def test_passwords_are_not_kept(program: Runtime) -> None:
    ((kept,),) = rows(program, "SELECT password_hash FROM accounts")
    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


def test_a_token_stands_for_its_account_until_it_expires(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    token = alice.token
    clock.advance(seconds=TOKEN_LIFETIME.total_seconds() - 1)
    assert program.accounts.by_token(token) == alice.account
    clock.advance(seconds=1)
    with pytest.raises(UnauthenticatedError, match="expired"):
        program.accounts.by_token(token)


def test_a_token_survives_a_restart(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    restarted = Accounts(program.database, program.secret, clock, signup_open=False)
    assert restarted.by_token(alice.token) == alice.account


def claims(account: Account, now: datetime, **changes: object) -> dict[str, Any]:
    """What a token holds; a change to None leaves the claim out."""
    whole = {
        "iss": "analytiq",
        "aud": "analytiq-api",
        "sub": account.account_id,
        "tv": account.token_version,
        "iat": now,
        "exp": now + timedelta(hours=1),
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def key_of(program: Runtime) -> bytes:
    return program.secret.derive("tokens")


def test_a_token_made_with_the_programs_key_is_valid(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    token = jwt.encode(claims(alice.account, clock.now()), key_of(program), "HS256")
    assert program.accounts.by_token(token) == alice.account


WRONG_CLAIMS: list[tuple[str, object]] = [
    ("aud", "another-api"),
    ("aud", None),
    ("iss", "another-program"),
    ("iss", None),
    ("exp", None),
    ("exp", "never"),
    ("exp", 0),
    ("sub", None),
    ("sub", "f" * 32),
    ("tv", None),
    ("tv", 0),
    ("tv", 2),
    ("tv", "two"),
    ("tv", [1]),
]


def test_a_token_with_another_claim_is_refused(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    for name, value in WRONG_CLAIMS:
        forged = claims(alice.account, clock.now(), **{name: value})
        with pytest.raises(UnauthenticatedError, match="Sign in again"):
            program.accounts.by_token(_signed(forged, key_of(program), {"alg": "HS256", "typ": "JWT"}))


def test_a_token_of_another_key_or_algorithm_is_refused(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    honest = claims(alice.account, clock.now())
    edited = alice.token.split(".")
    edited[1] = _base64(json.dumps({**jwt.decode(alice.token, options={"verify_signature": False}), "tv": 2}))
    for token in (
        jwt.encode(honest, Secret("another secret").derive("tokens"), "HS256"),
        jwt.encode(honest, program.secret.derive("site keys"), "HS256"),
        jwt.encode(honest, key_of(program) * 2, "HS512"),
        jwt.encode(honest, "", "none"),
        jwt.encode(honest, rsa.generate_private_key(65537, 2048), "RS256"),
        alice.token.rpartition(".")[0] + ".",
        ".".join(edited),
        "",
        "a.b.c",
        "ümläut",
        alice.key,
    ):
        with pytest.raises(UnauthenticatedError, match="not valid"):
            program.accounts.by_token(token)


def test_raising_the_token_version_ends_what_was_issued(program: Runtime, alice: Person) -> None:
    token = alice.token
    with program.database.write() as transaction:
        transaction._cursor.execute("UPDATE accounts SET token_version = 2")
    assert program.accounts.by_id(alice.account.account_id, 1) is None
    with pytest.raises(AnalytiqError, match="Sign in again"):
        program.accounts.by_token(token)


def _signed(payload: dict[str, Any], key: bytes, header: dict[str, str]) -> str:
    """Past the library's own checks of what it signs."""
    text = json.dumps(payload, default=lambda instant: int(instant.timestamp())).encode()
    return jwt.api_jws.encode(text, key, header["alg"], header)


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def test_a_change_made_while_an_account_is_first_looked_at_is_not_forgotten(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    account_id, read = alice.account.account_id, program.database.read_one

    def read_and_change(*asked: Any) -> Any:
        row = read(*asked)
        monkeypatch.undo()
        program.accounts.rename(account_id, "Alicia")
        return row

    monkeypatch.setattr(program.database, "read_one", read_and_change)
    program.accounts.find(account_id)
    found = program.accounts.find(account_id)
    assert found
    assert found.name == "Alicia"
