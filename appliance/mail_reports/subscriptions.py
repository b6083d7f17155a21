"""Who gets which website's numbers, and the links that end it without signing in."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import date

from appliance.base.clock import Clock
from appliance.base.errors import NotFoundError
from appliance.base.secret import Secret
from appliance.mail_reports import periods
from appliance.mail_reports.periods import FREQUENCIES, Frequency
from appliance.sites.sites import Site
from appliance.storage.database import Database

_ID_BYTES = 16
_PROOF_CHARACTERS = 32


@dataclass(frozen=True)
class Subscription:
    """`sent_until`: the last day of the newest week or month that is dealt with."""

    subscription_id: str
    account_id: str
    site_id: str
    frequency: Frequency
    sent_until: date


class Subscriptions:
    def __init__(self, database: Database, root: Secret, clock: Clock) -> None:
        self._database = database
        self._key = root.derive("links that end mail reports")
        self._clock = clock

    def all(self) -> list[Subscription]:
        return [Subscription(*row) for row in self._database.read("mail_reports.all")]

    def of(self, account_id: str) -> set[tuple[str, Frequency]]:
        """Website's id and frequency of each."""
        return set(self._database.read("mail_reports.of_account", {"account_id": account_id}))

    def choose(self, account_id: str, site: Site, wanted: set[Frequency]) -> None:
        """Those and no others. The first report is of the week or month under way."""
        now = self._clock.now()
        with self._database.write() as transaction:
            for frequency in FREQUENCIES:
                row = {"account_id": account_id, "site_id": site.site_id, "frequency": frequency}
                if frequency not in wanted:
                    transaction.run("mail_reports.take", row)
                    continue
                row["subscription_id"] = secrets.token_hex(_ID_BYTES)
                until = periods.ended(frequency, site.zone, now).last
                transaction.run("mail_reports.put", {**row, "sent_until": until})

    def note(self, subscription: Subscription, before: date, until: date) -> bool:
        """Whether this was the one to note it: what is noted is sent by nobody else."""
        row = {"subscription_id": subscription.subscription_id, "before": before, "until": until}
        with self._database.write() as transaction:
            return bool(transaction.run("mail_reports.note", row))

    def end(self, subscription_id: str) -> None:
        with self._database.write() as transaction:
            transaction.run("mail_reports.end", {"subscription_id": subscription_id})

    def token(self, subscription: Subscription) -> str:
        """What ends it; nobody who was not sent it can make it."""
        return f"{subscription.subscription_id}-{self._proof(subscription.subscription_id)}"

    def named_by(self, token: str) -> str:
        """The id in it, whether or not it was ended already. Raises NotFoundError."""
        subscription_id, _, proof = token.partition("-")
        if not hmac.compare_digest(proof.encode(), self._proof(subscription_id).encode()):
            raise NotFoundError("This link ends no e-mail. Open it as it stands in the e-mail.")
        return subscription_id

    def _proof(self, subscription_id: str) -> str:
        return hmac.new(self._key, subscription_id.encode(), "sha256").hexdigest()[:_PROOF_CHARACTERS]
