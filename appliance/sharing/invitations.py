"""Invitations: a link by which somebody gets an account, or more with the one they have.

The link is good for one use within seven days. What stands in it is random and is not kept, only its hash.
"""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from appliance.accounts import audit, roles
from appliance.accounts.accounts import Account, Accounts, email_faults
from appliance.accounts.audit import Action, Entry
from appliance.accounts.roles import Role
from appliance.base.clock import Clock
from appliance.base.errors import ConflictError, FieldError, ForbiddenError, InvalidError, NotFoundError
from appliance.sharing.access import Access
from appliance.storage.database import Database, Parameters, Row, Transaction

LIFETIME = timedelta(days=7)
MOST = 100
"""Open invitations of one account."""
MOST_SITES = 1000
Ask = Callable[[str, Parameters], list[Row]]
"""A named query, in a transaction or out of one."""
_NOT_YOURS = "This is no website of yours."
_GONE = "This invitation was used or revoked, or its seven days are over. Ask for another one."


@dataclass(frozen=True)
class InvitedTo:
    site_id: str
    name: str


@dataclass(frozen=True)
class Invitation:
    """`email`: whose it is; None: for whoever has the link. `sites`: as far as its maker still has them."""

    invitation_id: str
    role: Role
    email: str | None
    account_id: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    sites: list[InvitedTo]


class Invitations:
    def __init__(self, database: Database, accounts: Accounts, access: Access, clock: Clock) -> None:
        self._database = database
        self._accounts = accounts
        self._access = access
        self._clock = clock

    def make(self, by: Account, role: Role, site_ids: list[str], email: str | None) -> tuple[Invitation, str]:
        """The invitation, and what stands in its link and is told this once.

        Only an owner of this Analytiq invites without a website, or makes another owner. Raises
        ForbiddenError, InvalidError or ConflictError.
        """
        email = email.strip().lower() if email and email.strip() else None
        self._check(by, role, site_ids, email)
        token = secrets.token_urlsafe(16)
        now = self._clock.now()
        row = {
            "invitation_id": f"inv_{secrets.token_hex(16)}",
            "token_hash": _hash(token),
            "account_id": by.account_id,
            "role": role,
            "email": email,
            "made_at": now,
            "expires_at": now + LIFETIME,
            "site_ids": sorted(set(site_ids)),
        }
        with self._database.write() as transaction:
            transaction.run("invitations.drop_expired", {"now": now})
            transaction.run("invitations.insert", row)
            (made,) = _found(transaction.run("invitations.by_token", row | {"now": now}), transaction.run)
            self._enter(transaction, Action.INVITATION_MADE, by.account_id, _told(made))
        return made, token

    def open(self, by: Account) -> list[Invitation]:
        """What the account has made and nobody has used, newest first."""
        asked = {"now": self._clock.now(), "account_id": by.account_id}
        return _found(self._database.read("invitations.all", asked), self._database.read)

    def revoke(self, by: Account, invitation_id: str) -> None:
        """Raises NotFoundError for one that is not the account's, as for one that is not there."""
        asked = {"invitation_id": invitation_id, "account_id": by.account_id}
        with self._database.write() as transaction:
            gone = transaction.run("invitations.delete", asked)
            if not gone:
                raise NotFoundError("There is no such invitation.")
            role, email = gone[0]
            detail = f"{email or 'Anybody'}, {role}."
            self._enter(transaction, Action.INVITATION_REVOKED, by.account_id, detail)

    def show(self, token: str) -> Invitation:
        """Raises NotFoundError, the same for one that was used as for one that never was."""
        asked = {"token_hash": _hash(token), "now": self._clock.now()}
        found = _found(self._database.read("invitations.by_token", asked), self._database.read)
        if not found:
            raise NotFoundError(_GONE)
        return found[0]

    def accept(self, token: str, email: str, password: str, name: str) -> Account:
        """Make an account by it; of many who try at once, one. Raises NotFoundError, InvalidError or
        ConflictError; then the invitation is as good as before."""
        invitation = self.show(token)
        _check_address(invitation, email)
        new = self._accounts.prepare(email, password, name, invitation.role)
        with self._database.write() as transaction:
            invitation = self._use(transaction, token)
            account = self._accounts.insert(transaction, new)
            self._let_in(transaction, invitation, account)
        self._access.refresh()
        return account

    def join(self, token: str, account: Account) -> Account:
        """Give an account that there is what the invitation gives; it never becomes less by that.

        Raises NotFoundError, ForbiddenError or ConflictError; then the invitation is as good as before.
        """
        with self._database.write() as transaction:
            invitation = self._use(transaction, token)
            if invitation.email not in (None, account.email):
                raise ForbiddenError(
                    f"This invitation is for {invitation.email}, and you are signed in as {account.email}. "
                    "Nothing was changed; sign out first, then open the link again."
                )
            if invitation.account_id == account.account_id:
                raise ConflictError("You made this invitation yourself. It is still good: send its link on.")
            role = roles.greater(account.role, invitation.role)
            transaction.run("people.change_role", {"account_id": account.account_id, "role": role})
            self._let_in(transaction, invitation, account)
        self._access.refresh()
        self._accounts.look_again(account.account_id)
        return replace(account, role=role)

    def _use(self, transaction: Transaction, token: str) -> Invitation:
        asked = {"token_hash": _hash(token), "now": self._clock.now()}
        found = _found(transaction.run("invitations.by_token", asked), transaction.run)
        if not found:
            raise NotFoundError(_GONE)
        transaction.run("invitations.use", {"invitation_id": found[0].invitation_id})
        return found[0]

    def _let_in(self, transaction: Transaction, invitation: Invitation, account: Account) -> None:
        sites = [site.site_id for site in invitation.sites]
        self._access.give(transaction, account.account_id, sites, invitation.role)
        detail = f"From {invitation.made_by}. {_told(invitation)}"
        self._enter(transaction, Action.INVITATION_USED, account.account_id, detail)

    def _enter(self, transaction: Transaction, action: Action, by: str, detail: str) -> None:
        audit.enter(transaction, Entry(action, self._clock.now(), by, detail=detail))

    def _check(self, by: Account, role: Role, site_ids: list[str], email: str | None) -> None:
        roles.require(by.role, "editor" if role != "owner" else "owner")
        if by.role != "owner" and not site_ids:
            raise InvalidError(
                "Nobody was invited: no website was chosen.",
                [FieldError("/sites", "Choose the websites of yours that the invitation is for.")],
            )
        faults = [FieldError(f"/sites/{n}", _NOT_YOURS) for n in self._foreign(by, site_ids)]
        faults += email_faults(email) if email else []
        if faults:
            raise InvalidError("Nobody was invited: fields are wrong.", faults)
        if len(self.open(by)) >= MOST:
            raise ConflictError(
                f"Nobody was invited: {MOST} invitations of yours are open. Revoke one that is not needed."
            )

    def _foreign(self, by: Account, site_ids: list[str]) -> list[int]:
        """Where in the list stand websites that are not the account's own."""
        own = {site.site_id for site, role in self._access.sites_of(by) if role == "owner"}
        return [number for number, site_id in enumerate(site_ids) if site_id not in own]


def _found(rows: list[Row], ask: Ask) -> list[Invitation]:
    sites: dict[str, list[InvitedTo]] = defaultdict(list)
    for invitation_id, *site in ask("invitations.sites", {"invitation_ids": [row[0] for row in rows]}):
        sites[invitation_id].append(InvitedTo(*site))
    return [Invitation(*(*row, sites[row[0]])) for row in rows]


def _told(invitation: Invitation) -> str:
    """For the audit log."""
    sites = ", ".join(site.name for site in invitation.sites)
    return f"{invitation.email or 'Anybody'}, {invitation.role}{f' of {sites}' if sites else ''}."


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _check_address(invitation: Invitation, email: str) -> None:
    if invitation.email not in (None, email.strip().lower()):
        detail = f"This invitation is for {invitation.email}."
        raise InvalidError("The account was not made: fields are wrong.", [FieldError("/email", detail)])
