"""Tokens: whom they stand for, until when, and which are refused."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from appliance.accounts.accounts import Account, Accounts
from appliance.accounts.bearer_tokens import TOKEN_LIFETIME, BearerTokens
from appliance.base.errors import AnalytiqError, UnauthenticatedError
from appliance.base.secret import Secret
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import Person


def test_a_token_stands_for_its_account_until_it_expires(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    token = alice.token
    clock.advance(seconds=TOKEN_LIFETIME.total_seconds() - 1)
    assert program.bearer_tokens.account(token) == alice.account
    clock.advance(seconds=1)
    with pytest.raises(UnauthenticatedError, match="expired"):
        program.bearer_tokens.account(token)


def test_a_token_survives_a_restart(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    restarted = BearerTokens(Accounts(program.database, clock, signup_open=False), program.secret, clock)
    assert restarted.account(alice.token) == alice.account


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
    assert program.bearer_tokens.account(token) == alice.account


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
            program.bearer_tokens.account(_signed(forged, key_of(program), {"alg": "HS256", "typ": "JWT"}))


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
            program.bearer_tokens.account(token)


def test_raising_the_token_version_ends_what_was_issued(program: Runtime, alice: Person) -> None:
    token = alice.token
    with program.database.write() as transaction:
        transaction._cursor.execute("UPDATE accounts SET token_version = 2")
    assert program.accounts.by_id(alice.account.account_id, 1) is None
    with pytest.raises(AnalytiqError, match="Sign in again"):
        program.bearer_tokens.account(token)


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
