"""The accounts of this Analytiq, for the owners who manage them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from appliance.accounts import audit
from appliance.accounts.accounts import Account, Accounts
from appliance.accounts.audit import Action, Entry
from appliance.accounts.roles import GivenRole, Role, covers
from appliance.base.clock import Clock
from appliance.base.errors import ConflictError, NotFoundError
from appliance.storage.database import Database, Transaction


@dataclass(frozen=True)
class GuestSite:
    site_id: str
    name: str
    role: GivenRole


@dataclass(frozen=True)
class Person:
    """`sites_owned`: how many websites are theirs. `shared`: those that whoever asks shares with them; what
    others share stays between them."""

    account_id: str
    email: str
    name: str
    role: Role
    created_at: datetime
    sites_owned: int
    shared: list[GuestSite]


@dataclass(frozen=True)
class _Standing:
    email: str
    role: Role
    sites_owned: int
    other_owners: int


class People:
    """Whoever calls is an owner of this Analytiq; the door sees to that."""

    def __init__(self, database: Database, accounts: Accounts, clock: Clock) -> None:
        self._database = database
        self._accounts = accounts
        self._clock = clock

    def all(self, asking: Account) -> list[Person]:
        """In the order in which they came."""
        shared: dict[str, list[GuestSite]] = defaultdict(list)
        for account_id, *site in self._database.read("people.guests_of", {"owner": asking.account_id}):
            shared[account_id].append(GuestSite(*site))
        return [Person(*(*row, shared[row[0]])) for row in self._database.read("people.all")]

    def change_role(self, by: Account, account_id: str, role: Role) -> None:
        """Raises NotFoundError or ConflictError; then nothing was changed."""
        with self._database.write() as transaction:
            person = _standing(transaction, account_id)
            _check_stays_an_owner(person, role)
            if role == "viewer":
                _check_owns_nothing(person, "was not made a viewer, who only looks at others' websites")
            transaction.run("people.change_role", {"account_id": account_id, "role": role})
            if not covers(role, person.role):
                transaction.run("people.revoke_invitations", {"account_id": account_id})
            detail = f"{person.email}: {person.role} → {role}."
            self._enter(transaction, Action.ROLE_CHANGED, by, detail)
        self._accounts.look_again(account_id)

    def remove(self, by: Account, account_id: str) -> None:
        """Its sessions and tokens end with it. Raises NotFoundError or ConflictError."""
        with self._database.write() as transaction:
            person = _standing(transaction, account_id)
            _check_stays_an_owner(person, None)
            _check_owns_nothing(person, "was not removed")
            self._enter(transaction, Action.ACCOUNT_REMOVED, by, f"{person.email}, {person.role}.")
            transaction.run("people.revoke_invitations", {"account_id": account_id})
            transaction.run("people.remove", {"account_id": account_id})
        self._accounts.look_again(account_id)

    def _enter(self, transaction: Transaction, action: Action, by: Account, detail: str) -> None:
        audit.enter(transaction, Entry(action, self._clock.now(), by.account_id, detail=detail))


def _standing(transaction: Transaction, account_id: str) -> _Standing:
    rows = transaction.run("people.one", {"account_id": account_id})
    if not rows:
        raise NotFoundError("There is no such account.")
    return _Standing(*rows[0])


def _check_stays_an_owner(person: _Standing, role: Role | None) -> None:
    if person.role == "owner" and role != "owner" and not person.other_owners:
        raise ConflictError(
            f"{person.email} is the last owner of this Analytiq and stays it: nobody else could manage it. "
            "Nothing was changed; make somebody else an owner first."
        )


def _check_owns_nothing(person: _Standing, refusal: str) -> None:
    if person.sites_owned:
        count = "a website" if person.sites_owned == 1 else f"{person.sites_owned} websites"
        raise ConflictError(
            f"{person.email} {refusal}: {count} would be left without an owner. Nothing was changed; let "
            "them be transferred to somebody else or deleted first."
        )
