"""The audit log: what is entered, with whose names, and what goes when."""

from datetime import timedelta

import pytest

from appliance.accounts import audit
from appliance.accounts.accounts import SignUp
from appliance.accounts.audit import KEPT, MAX_DETAIL, NEWEST, Action, AuditEntry, Entry
from appliance.base.errors import AnalytiqError
from appliance.jobs import audit as forgetting
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from appliance.storage.database import DatabaseError
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.queries import rows

NEW = "a better battery"
ADDRESS = "198.51.100.4"


def entered(program: Runtime) -> list[AuditEntry]:
    """All there is, oldest first."""
    return program.audit.page(NEWEST, 1000).entries[::-1]


def actions(program: Runtime) -> list[str]:
    return [entry.action.value for entry in entered(program)]


def enter(program: Runtime, action: Action = Action.SIGNED_IN, **fields: str) -> None:
    with program.database.write() as transaction:
        audit.enter(transaction, Entry(action, program.clock.now(), **fields))


def test_an_account_is_followed_from_its_first_day(program: Runtime, alice: Person) -> None:
    account = alice.account
    program.sign_in.authenticate(account.email, PASSWORD, None, ADDRESS)
    changed = program.accounts.change_password(account.account_id, NEW)
    program.accounts.reset_password(account.email, PASSWORD)
    made, _, *rest = entered(program)
    assert (made.action, made.account_id, made.email) == ("signed_up", account.account_id, account.email)
    assert [(entry.action, entry.email) for entry in rest] == [
        ("signed_in", account.email),
        ("password_changed", changed.email),
        ("password_reset", None),
    ]
    assert account.email in rest[-1].detail


def test_a_site_is_followed_under_the_name_that_it_had(program: Runtime, alice: Person) -> None:
    by, site = alice.account.account_id, alice.shop
    program.sites.update(by, site.site_id, Changes(name="Boots", excluded_hosts=["localhost"]))
    program.sites.rotate_key(by, site.site_id, timedelta(hours=24))
    program.sites.delete(by, site.site_id, "Boots")
    told = [(entry.action, entry.site_name, entry.detail) for entry in entered(program) if entry.site_id]
    assert told == [
        ("site_made", "Alice's shoes", ""),
        ("site_changed", "Alice's shoes", "Changed: name, excluded hosts."),
        ("site_key_changed", "Boots", "The key of before works until 2026-09-18 12:30 UTC."),
        ("site_deleted", "Boots", ""),
    ]
    assert {entry.email for entry in entered(program)} == {alice.account.email}
    assert {entry.at for entry in entered(program)} == {program.clock.now()}


def test_what_was_refused_is_not_entered(program: Runtime, alice: Person) -> None:
    before = actions(program)
    account, form = alice.account, SignUp("alice@shop.example", PASSWORD, "", "", local=True)
    for refused in (
        lambda: program.accounts.sign_up(form),
        lambda: program.sign_in.authenticate(account.email, "wrong", None, ADDRESS),
        lambda: program.accounts.change_password(account.account_id, "short"),
        lambda: program.accounts.reset_password(account.email, "short"),
        lambda: program.sites.create(account.account_id, "", "", None),
        lambda: program.sites.delete(account.account_id, alice.shop.site_id, "another name"),
    ):
        with pytest.raises(AnalytiqError):
            refused()
    assert actions(program) == before


def test_neither_the_change_nor_its_entry_stays_without_the_other(program: Runtime, alice: Person) -> None:
    with program.database.write() as transaction:
        transaction._cursor.execute("ALTER TABLE audit RENAME TO elsewhere")
    with pytest.raises(DatabaseError):
        program.accounts.change_password(alice.account.account_id, NEW)
    assert program.accounts.authenticate(alice.account.email, PASSWORD) == alice.account
    with program.database.write() as transaction:
        transaction._cursor.execute("ALTER TABLE elsewhere RENAME TO audit")
        transaction._cursor.execute("ALTER TABLE ledger_differences RENAME TO elsewhere")
    before = actions(program)
    with pytest.raises(DatabaseError):
        program.sites.delete(alice.account.account_id, alice.shop.site_id, alice.shop.name)
    assert actions(program) == before


def test_who_is_to_mend_the_database_gets_in_although_that_cannot_be_entered(
    program: Runtime, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with program.database.write() as transaction:
        transaction._cursor.execute("ALTER TABLE audit RENAME TO elsewhere")
    assert program.sign_in.authenticate(alice.account.email, PASSWORD, None, ADDRESS) == alice.account
    assert "not in the audit log" in caplog.text


def test_entries_are_read_page_by_page_while_others_come(program: Runtime) -> None:
    for number in range(5):
        enter(program, detail=str(number))
    first = program.audit.page(NEWEST, 2)
    enter(program, detail="late")
    assert first.next
    second = program.audit.page(first.next, 2)
    assert second.next
    last = program.audit.page(second.next, 2)
    told = [[entry.detail for entry in page.entries] for page in (first, second, last)]
    assert told == [["4", "3"], ["2", "1"], ["0"]]
    assert last.next is None


def test_entries_go_after_two_years_or_beyond_their_number(
    program: Runtime, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(program, detail="old")
    clock.advance(seconds=KEPT.total_seconds())
    for number in range(4):
        enter(program, detail=str(number))
    forgetting.run(program, clock.now())
    assert [entry.detail for entry in entered(program)] == ["old", "0", "1", "2", "3"]
    forgetting.run(program, clock.now() + timedelta(seconds=1))
    assert [entry.detail for entry in entered(program)] == ["0", "1", "2", "3"]
    monkeypatch.setattr(audit, "MOST", 3)
    forgetting.run(program, clock.now())
    assert [entry.detail for entry in entered(program)] == ["1", "2", "3"]
    enter(program, detail="next")
    assert len({entry.id for entry in entered(program)}) == 4


def test_no_entry_holds_a_secret(program: Runtime, people: People, alice: Person) -> None:
    site, token = alice.shop, alice.token
    old = alice.key
    changed, _ = program.sites.rotate_key(alice.account.account_id, site.site_id, timedelta(hours=1))
    program.accounts.change_password(alice.account.account_id, NEW)
    _ = people.bob
    kept = str(rows(program, "SELECT * FROM audit"))
    assert site.site_id in kept
    for secret in (PASSWORD, NEW, old, program.sites.key(changed), token, "argon2"):
        assert secret.removeprefix("pk_live_") not in kept


def test_a_long_detail_is_cut(program: Runtime) -> None:
    enter(program, detail="d" * 5000)
    assert entered(program)[0].detail == "d" * MAX_DETAIL


def test_an_unknown_account_or_site_is_entered_by_its_id(program: Runtime) -> None:
    enter(program, by="gone", site_id="site_gone")
    (entry,) = entered(program)
    assert (entry.account_id, entry.email, entry.site_id, entry.site_name) == (
        "gone",
        None,
        "site_gone",
        None,
    )
