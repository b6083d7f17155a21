"""Making accounts, checking passwords, and tokens that cannot be forged."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from appliance.accounts.accounts import Accounts, SignUp
from appliance.base.errors import (
    ConflictError,
    ForbiddenError,
    InvalidError,
    UnauthenticatedError,
)
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import PASSWORD, Person
from tests.queries import rows

FORM = SignUp("alice@shop.example", PASSWORD, "Alice", "", local=True)
FROM_ELSEWHERE = replace(FORM, local=False)


@pytest.fixture
def closed(program: Runtime, clock: FrozenClock) -> Accounts:
    """The accounts of a program with its sign-up closed, as it is by default; nobody has one yet."""
    return Accounts(program.database, clock, signup_open=False)


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
    restarted = Accounts(program.database, clock, signup_open=False)
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
