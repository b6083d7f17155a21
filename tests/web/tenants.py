"""Accounts that know nothing of each other, each with one of everything that has an id."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from werkzeug.test import Client

from appliance.accounts import sessions
from appliance.accounts.accounts import Account, SignUp
from appliance.accounts.sessions import Device
from appliance.runtime import Runtime
from appliance.sharing.shares import NewShare
from appliance.sharing.tickets import Holder
from appliance.sites.sites import Site
from tests.people import PASSWORD, Person, share

SITE_NAME = "Shoes"
FIRST = "tenant1@shop.example"
"""The address of the first tenant."""


@dataclass(frozen=True)
class Tenant:
    """`ids` by the name that they have in the paths and bodies of routes. `guest`: has access to the site as
    an editor, owns none, and is another owner of this Analytiq, which gives them nothing more."""

    person: Person
    guest: Person
    ids: dict[str, str]
    address: str

    @property
    def holder(self) -> Holder:
        account = self.person.account
        return Holder(account.account_id, account.token_version)

    def browser(self, web: Client) -> Client:
        """Signed in by cookie."""
        signed_in = Client(web.application)
        body = {"email": self.person.account.email, "password": PASSWORD}
        answer = signed_in.post("/api/login", json=body, environ_base={"REMOTE_ADDR": self.address})
        assert answer.status_code == 200
        return signed_in


def tenants(program: Runtime) -> Iterator[Tenant]:
    """As many as are wanted; the first is the owner of this Analytiq."""
    return (_tenant(program, number) for number in count(1))


def missing(identity: str) -> str:
    """One of the same form that nothing has."""
    kind, mark, tail = identity.rpartition("_")
    return kind + mark + "0" * len(tail)


def _tenant(program: Runtime, number: int) -> Tenant:
    name = f"tenant{number}"
    account = program.accounts.sign_up(SignUp(f"{name}@shop.example", PASSWORD, "", "", local=True))
    site = program.sites.create(account.account_id, SITE_NAME, f"https://{name}.example", "Europe/Berlin")
    goal = program.goals.create(site, "Paid", "event", "purchase")
    link = program.shares.create(account.account_id, site, NewShare())
    session = program.sessions.open(account, Device("Firefox", "Linux", "network"))
    key, _ = program.api_keys.make(account.account_id, "Nightly", "ingest", None)
    guest = _guest(program, account, site, f"guest{number}")
    invited, _ = program.invitations.make(account, "viewer", [site.site_id], None)
    _, invite_token = program.invitations.make(guest, "editor", [], None)
    ids = {
        "site_id": site.site_id,
        "goal_id": goal.goal_id,
        "share_id": link.share_id,
        "session_id": sessions.digest(session),
        "key_id": key.key_id,
        "account_id": guest.account_id,
        "invitation_id": invited.invitation_id,
        "invite_token": invite_token,
        "upload_id": program.uploads.begin(site, 1, program.clock.now()),
        "import_id": "999",
    }
    address = f"198.51.{number}.4"
    return Tenant(Person(program, account, site), Person(program, guest, site), ids, address)


def _guest(program: Runtime, host: Account, site: Site, name: str) -> Account:
    account = program.accounts.sign_up(SignUp(f"{name}@shop.example", PASSWORD, "", "", local=True))
    program.people.change_role(host, account.account_id, "owner")
    share(program, site, account, "editor")
    return replace(account, role="owner")
