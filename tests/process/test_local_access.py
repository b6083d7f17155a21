"""The proof that a command may read the data directory: good for half a minute and one request."""

import pytest
from werkzeug.test import Client

from appliance.base.errors import UnauthenticatedError
from appliance.process.local_access import LocalAccess, proof
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import PASSWORD, Person


@pytest.fixture
def access(clock: FrozenClock) -> LocalAccess:
    return LocalAccess(clock)


def test_a_proof_is_good_once(access: LocalAccess, clock: FrozenClock) -> None:
    given = proof(access.key, clock.now())
    access.admit(given)
    for _ in range(2):
        with pytest.raises(UnauthenticatedError, match="repeated"):
            access.admit(given)
        clock.advance(seconds=20)


def test_each_proof_is_another(access: LocalAccess, clock: FrozenClock) -> None:
    for _ in range(3):
        access.admit(proof(access.key, clock.now()))


@pytest.mark.parametrize(("age_s", "good"), [(30, True), (31, False), (-30, True), (-31, False)])
def test_a_proof_is_good_for_half_a_minute(
    access: LocalAccess, clock: FrozenClock, age_s: int, good: bool
) -> None:
    given = proof(access.key, clock.now())
    clock.advance(seconds=age_s)
    if good:
        access.admit(given)
    else:
        with pytest.raises(UnauthenticatedError, match="too long"):
            access.admit(given)


def test_a_forged_proof_is_refused(access: LocalAccess, clock: FrozenClock) -> None:
    honest = proof(access.key, clock.now())
    of_before = proof(LocalAccess(clock).key, clock.now())  # the key of an earlier start
    for given in ("", ".", "a.b.c", "ümläut.x.y", of_before, f"9{honest}", honest[:-1], access.key):
        with pytest.raises(UnauthenticatedError, match="command line"):
            access.admit(given)


def test_without_a_proof_nobody_resets_a_password(web: Client, program: Runtime, alice: Person) -> None:
    body = {"email": alice.account.email, "new_password": "a better battery"}
    for headers in ({}, alice.headers, {"Authorization": f"Bearer {program.local_access.key}"}):
        assert web.post("/api/local/reset-password", json=body, headers=headers).status_code == 401
    assert program.accounts.authenticate(alice.account.email, PASSWORD) == alice.account
