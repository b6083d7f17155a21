"""Where an owner's alarms are posted to. The address is kept encrypted: often it is all that one needs to
post there in the owner's name. Its secret is told when it is made, and never again."""

import base64
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.base import encryption
from appliance.base.clock import Clock
from appliance.base.encryption import WrongKeyError
from appliance.base.errors import FieldError, InvalidError
from appliance.base.secret import Secret
from appliance.fetching.safe_fetch import FetchError, SafeFetch
from appliance.fetching.target import RefusedError
from appliance.storage.database import Database, Row

SECRET_MARK = "whsec_"  # noqa: S105  (what secrets of webhooks begin with)
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Webhook:
    """`own_network`: the owner allows that it leads to this machine or a private network. `since`: alarms
    noticed before are none of its business."""

    account_id: str
    url: str = field(repr=False)
    secret: str = field(repr=False)
    own_network: bool
    since: datetime


@dataclass(frozen=True)
class Delivery:
    """Of an alarm. `next_at`: when it is tried again; None: no more. `problem` None: it was taken."""

    site_id: str
    site_name: str
    kind: str
    began_at: datetime
    attempts: int
    tried_at: datetime
    next_at: datetime | None
    problem: str | None


class Webhooks:
    """One for each owner of this Analytiq, who gets the alarms of the websites that are theirs."""

    def __init__(self, database: Database, root: Secret, fetching: SafeFetch, clock: Clock) -> None:
        self._database = database
        self._key = root.derive("webhooks")
        self._fetching = fetching
        self._clock = clock

    def find(self, account_id: str) -> Webhook | None:
        row = self._database.read_one("webhooks.one", {"account_id": account_id})
        return self._webhook(row) if row else None

    def all(self) -> list[Webhook]:
        """Of those who are owners still."""
        found = map(self._webhook, self._database.read("webhooks.all"))
        return [webhook for webhook in found if webhook]

    def deliveries(self, account_id: str) -> list[Delivery]:
        """The last ten, newest first."""
        rows = self._database.read("webhooks.deliveries", {"account_id": account_id})
        return [Delivery(*row) for row in rows]

    def set(self, by: str, url: str, own_network: bool) -> Webhook:
        """Another address gets a secret of its own: that of before is nothing it should know. Raises
        InvalidError where it may not be asked."""
        self._check(url, own_network)
        before = self.find(by)
        is_same = before is not None and before.url == url
        secret = before.secret if before and is_same else _new_secret()
        since = before.since if before and is_same else self._clock.now()
        row = {
            "account_id": by,
            "address": self._sealed(by, url, secret),
            "own_network": own_network,
            "since": since,
        }
        with self._database.write() as transaction:
            if not is_same:
                transaction.run("webhooks.forget_deliveries", {"account_id": by})
            transaction.run("webhooks.put", row)
            detail = urlsplit(url).hostname or ""
            audit.enter(transaction, Entry(Action.WEBHOOK_CHANGED, self._clock.now(), by, None, detail))
        return Webhook(by, url, secret, own_network, since)

    def forget(self, by: str) -> None:
        with self._database.write() as transaction:
            transaction.run("webhooks.forget_deliveries", {"account_id": by})
            transaction.run("webhooks.forget", {"account_id": by})
            audit.enter(transaction, Entry(Action.WEBHOOK_CHANGED, self._clock.now(), by, None, "none"))

    def _check(self, url: str, own_network: bool) -> None:
        try:
            self._fetching.check(url, own_network)
        except (RefusedError, FetchError) as error:
            raise InvalidError("The webhook was not changed.", [FieldError("/url", str(error))]) from error

    def _sealed(self, account_id: str, url: str, secret: str) -> bytes:
        return encryption.encrypt(self._key, json.dumps([url, secret]).encode(), account_id)

    def _webhook(self, row: Row) -> Webhook | None:
        """None where the program's secret was lost and replaced: it has to be typed again."""
        account_id, address, own_network, since = row
        try:
            url, secret = json.loads(encryption.decrypt(self._key, address, account_id))
        except WrongKeyError:
            return None
        return Webhook(account_id, url, secret, own_network, since)


def _new_secret() -> str:
    return SECRET_MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode("ascii")
