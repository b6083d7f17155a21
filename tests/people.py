"""Alice owns the first site, Bob another, Charlie has an account and no site."""

from dataclasses import dataclass, replace
from functools import cached_property

from appliance.accounts.accounts import Account, SignUp
from appliance.accounts.roles import GivenRole
from appliance.runtime import Runtime
from appliance.sites.sites import Site

PASSWORD = "correct horse battery"


@dataclass
class Person:
    program: Runtime
    account: Account
    site: Site | None = None

    @property
    def token(self) -> str:
        return self.program.bearer_tokens.issue(self.account)

    @property
    def headers(self) -> dict[str, str]:
        """Of an API call in this person's name."""
        return {"Authorization": f"Bearer {self.token}"}

    @property
    def shop(self) -> Site:
        assert self.site is not None
        return self.site

    @property
    def key(self) -> str:
        return self.program.sites.key(self.shop)


class People:
    def __init__(self, program: Runtime) -> None:
        self._program = program

    @cached_property
    def alice(self) -> Person:
        person = self._person("alice@shop.example")
        site = self._program.sites.create(
            person.account.account_id, "Alice's shoes", "https://www.shop.example", "Europe/Berlin"
        )
        return replace(person, site=site)

    @cached_property
    def bob(self) -> Person:
        _ = self.alice  # The owner comes first.
        person = self._person("bob@bakery.example")
        site = self._program.sites.create(
            person.account.account_id, "Bob's bread", "https://bakery.example", "America/New_York"
        )
        return replace(person, site=site)

    @cached_property
    def charlie(self) -> Person:
        _ = self.alice
        return self._person("charlie@nowhere.example")

    def _person(self, email: str) -> Person:
        return Person(
            self._program, self._program.accounts.sign_up(SignUp(email, PASSWORD, "", "", local=True))
        )


def share(program: Runtime, site: Site, account: Account, role: GivenRole) -> None:
    """Let the account have the site, as an accepted invitation does."""
    with program.database.write() as transaction:
        program.access.give(transaction, account.account_id, [site.site_id], role)
    program.access.refresh()
