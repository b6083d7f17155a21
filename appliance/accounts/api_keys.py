"""Keys for scripts, each for one purpose: to read reports, to send events, or for a monitor.

A key is shown once, when it is made; only its hash is kept. All are held in memory, because events wait for
no database. A key goes on when its owner's password changes, until it is revoked.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.base.clock import Clock
from appliance.base.errors import FieldError, InvalidError, NotFoundError, UnauthenticatedError
from appliance.storage.database import Database, Transaction

PREFIX = "aq_"
MAX_NAME = 120
MOST_PER_ACCOUNT = 100

Scope = Literal["read", "ingest", "metrics"]


@dataclass(frozen=True)
class ApiKey:
    """`site_id` None: for every site that the account may use so."""

    key_id: str
    account_id: str
    name: str
    scope: Scope
    site_id: str | None
    created_at: datetime
    last_used_at: datetime | None = None


class ApiKeys:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._unwritten: set[str] = set()
        self._known = {key_hash: ApiKey(*row) for key_hash, *row in database.read("api_keys.all")}

    def make(self, account_id: str, name: str, scope: Scope, site_id: str | None) -> tuple[ApiKey, str]:
        """The key's entry, and the key itself for this once. Raises InvalidError."""
        name = name.strip()
        self._check(account_id, name)
        text = PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(secrets.token_hex(8), account_id, name, scope, site_id, self._clock.now())
        with self._database.write() as transaction:
            transaction.run("api_keys.insert", {**vars(key), "key_hash": _digest(text)})
            self._enter(transaction, Action.API_KEY_MADE, key)
        with self._lock:
            self._known[_digest(text)] = key
        return key, text

    def of(self, account_id: str) -> list[ApiKey]:
        """The account's, oldest first."""
        mine = [key for key in self._known.copy().values() if key.account_id == account_id]
        return sorted(mine, key=lambda key: (key.created_at, key.key_id))

    def revoke(self, account_id: str, key_id: str) -> None:
        """It works no more from now on. Raises NotFoundError, the same for another's key as for none."""
        row = {"key_id": key_id, "account_id": account_id}
        with self._lock:
            found = [digest for digest, key in self._known.items() if vars(key).items() >= row.items()]
            if not found:
                raise NotFoundError("There is no such API key; it may have been revoked already.")
            key = self._known.pop(found[0])
        with self._database.write() as transaction:
            transaction.run("api_keys.delete", row)
            self._enter(transaction, Action.API_KEY_REVOKED, key)

    def use(self, text: str, scope: Scope) -> ApiKey:
        """Raises UnauthenticatedError for a key that is unknown, revoked or for something else."""
        digest = _digest(text)
        with self._lock:
            key = self._known.get(digest)
            if key is None or key.scope != scope:
                raise UnauthenticatedError(_REFUSALS[scope])
            key = self._known[digest] = replace(key, last_used_at=self._clock.now())
            self._unwritten.add(digest)
        return key

    def settle(self) -> None:
        """Write down when keys were last used."""
        with self._lock:
            used = {digest: self._known[digest] for digest in self._unwritten & self._known.keys()}
        if used:
            row = {
                "key_ids": [key.key_id for key in used.values()],
                "times": [key.last_used_at for key in used.values()],
            }
            with self._database.write() as transaction:
                transaction.run("api_keys.used", row)
            with self._lock:
                self._unwritten.difference_update(used)

    def _enter(self, transaction: Transaction, action: Action, key: ApiKey) -> None:
        detail = f"{key.name}, {key.scope}."
        audit.enter(transaction, Entry(action, self._clock.now(), key.account_id, key.site_id, detail))

    def _check(self, account_id: str, name: str) -> None:
        if not 1 <= len(name) <= MAX_NAME:
            wanted = f"Say in 1 to {MAX_NAME} characters what it is for."
            raise InvalidError("The API key was not made.", [FieldError("/name", wanted)])
        if len(self.of(account_id)) >= MOST_PER_ACCOUNT:
            too_many = f"You have {MOST_PER_ACCOUNT} keys. Revoke one that nobody needs any more."
            raise InvalidError("The API key was not made.", [FieldError("/name", too_many)])


_REFUSALS: dict[Scope, str] = {
    "read": "The API key is unknown, was revoked, or is not for reading reports.",
    "ingest": "The API key is unknown, was revoked, or is not for sending events. Nothing was stored.",
    "metrics": "The API key is unknown, was revoked, or is not for monitoring.",
}


def is_key(text: str) -> bool:
    return text.startswith(PREFIX)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
