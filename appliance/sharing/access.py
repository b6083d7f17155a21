"""Whose website it is and with whom it is shared: the one answer to who may do what with it."""

import threading
from dataclasses import dataclass, replace
from datetime import datetime

from appliance.accounts import audit, roles
from appliance.accounts.accounts import Account
from appliance.accounts.audit import Action, Entry
from appliance.accounts.roles import GivenRole, Role
from appliance.base.clock import Clock
from appliance.base.errors import NotFoundError
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database, Transaction


@dataclass(frozen=True)
class Guest:
    """Somebody with whom a site is shared. `role`: what they are of it, if their account's role allows."""

    account_id: str
    email: str
    name: str
    role: GivenRole
    given_at: datetime


class Access:
    """Asks memory, never the database: what is taken away is closed to the very next request."""

    def __init__(self, database: Database, sites: Sites, clock: Clock) -> None:
        self._database = database
        self._sites = sites
        self._clock = clock
        self._changing = threading.Lock()
        self._given: dict[tuple[str, str], GivenRole] = {}
        self.refresh()

    def refresh(self) -> None:
        """After `give`, once its transaction is committed."""
        with self._changing:
            rows = self._database.read("access.all")
            self._given = {(site_id, account_id): role for site_id, account_id, role in rows}

    def site(self, account: Account, site_id: str, need: Role) -> Site:
        """Raises NotFoundError, the same for a site that is not shared with the account as for none, or
        ForbiddenError where the account is less than `need` of it."""
        site = self._sites.present(site_id)
        roles.require_of_site(self.role(account, site), need)
        return site

    def role(self, account: Account, site: Site) -> Role:
        """What the account is of the site. Raises NotFoundError: it has nothing to do with it."""
        if site.owner_user_id == account.account_id:
            return "owner"
        given = self._given.get((site.site_id, account.account_id))
        if given is None:
            raise NotFoundError("There is no such site.")
        return roles.lesser(account.role, given)

    def reaches(self, account_id: str, site_id: str) -> bool:
        """Whether the account may at least look at the site."""
        site = self._sites.by_id(site_id)
        return site is not None and (site.owner_user_id == account_id or (site_id, account_id) in self._given)

    def sites_of(self, account: Account) -> list[tuple[Site, Role]]:
        """The account's own and those shared with it, oldest first, with what it is of each."""
        own: list[tuple[Site, Role]] = [(site, "owner") for site in self._sites.owned_by(account.account_id)]
        given = self._given.copy().items()
        mine = ((site_id, role) for (site_id, whose), role in given if whose == account.account_id)
        shared = ((self._sites.by_id(site_id), role) for site_id, role in mine)
        found = own + [(site, roles.lesser(account.role, role)) for site, role in shared if site]
        return sorted(found, key=lambda entry: (entry[0].created_at, entry[0].site_id))

    def guests(self, site: Site) -> list[Guest]:
        """With whom it is shared, in the order of their addresses."""
        return [Guest(*row) for row in self._database.read("access.guests", {"site_id": site.site_id})]

    def change(self, by: Account, site: Site, account_id: str, role: GivenRole) -> Guest:
        """Raises NotFoundError where the site is not shared with that account."""
        with self._changing:
            with self._database.write() as transaction:
                guest = _guest(transaction, site, account_id)
                transaction.run("access.change", {**_key(site, account_id), "role": role})
                detail = f"{guest.email}: {guest.role} → {role}."
                self._enter(transaction, Action.ACCESS_CHANGED, by, site, detail)
            self._given[site.site_id, account_id] = role
        return replace(guest, role=role)

    def take(self, by: Account, site: Site, account_id: str) -> None:
        """Raises NotFoundError where the site is not shared with that account."""
        with self._changing:
            with self._database.write() as transaction:
                guest = _guest(transaction, site, account_id)
                transaction.run("access.take", _key(site, account_id))
                self._enter(transaction, Action.ACCESS_TAKEN, by, site, f"{guest.email}, {guest.role}.")
            self._given.pop((site.site_id, account_id), None)

    def give(self, transaction: Transaction, account_id: str, site_ids: list[str], role: Role) -> None:
        """Let the account have sites that are not its own, from `refresh` on. What it has of one already does
        not become less."""
        given: GivenRole = "viewer" if role == "viewer" else "editor"
        row = {"account_id": account_id, "site_ids": site_ids, "role": given, "given_at": self._clock.now()}
        transaction.run("access.give", row)

    def transfer(self, by: Account, site: Site, email: str) -> None:
        """As Sites.transfer; whoever gets it is a guest no longer."""
        with self._changing:
            heir = self._sites.transfer(by.account_id, site.site_id, email).owner_user_id
            self._given.pop((site.site_id, heir), None)

    def _enter(self, transaction: Transaction, action: Action, by: Account, site: Site, detail: str) -> None:
        audit.enter(transaction, Entry(action, self._clock.now(), by.account_id, site.site_id, detail))


def _guest(transaction: Transaction, site: Site, account_id: str) -> Guest:
    rows = transaction.run("access.guests", {"site_id": site.site_id})
    for guest in (Guest(*row) for row in rows):
        if guest.account_id == account_id:
            return guest
    raise NotFoundError("This website is not shared with such an account.")


def _key(site: Site, account_id: str) -> dict[str, str]:
    return {"site_id": site.site_id, "account_id": account_id}
