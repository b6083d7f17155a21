"""Browsers that are signed in, each by a random token in its cookie. Only the token's hash is kept, so that
a stolen database opens nothing.

They are held in memory, so that whoever is signed in stays so while the database cannot be read, and no
request waits for it.
"""

import hashlib
import logging
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from appliance.accounts import audit
from appliance.accounts.accounts import Account
from appliance.accounts.audit import Action, Entry
from appliance.base.clock import Clock
from appliance.base.errors import NotFoundError
from appliance.storage.database import Database, DatabaseError, Row

log = logging.getLogger(__name__)

IDLE = timedelta(hours=12)
LIFETIME = timedelta(days=30)
MOST_PER_ACCOUNT = 500
"""The one that was idle for longest makes room for another; scripts that sign in often make many."""

PATIENCE_S = 1.0
"""So long a sign-in waits for others who write, twice: a compaction may take minutes."""

Place = Literal["this machine", "network"]


@dataclass(frozen=True)
class Device:
    """What somebody signs in with, in words for people; no address and no whole User-Agent."""

    browser: str
    os: str
    place: Place


@dataclass(frozen=True)
class Session:
    """`session_id` is the token's hash: it names the session and does not open it."""

    session_id: str
    account_id: str
    token_version: int
    created_at: datetime
    last_seen_at: datetime
    device: Device

    def has_ended(self, now: datetime) -> bool:
        return now - self.last_seen_at >= IDLE or now - self.created_at >= LIFETIME

    def is_of(self, account: Account) -> bool:
        return (self.account_id, self.token_version) == (account.account_id, account.token_version)


class Sessions:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._unwritten: set[str] = set()
        self._unsaved: dict[str, dict[str, object]] = {}
        self._known = {row[0]: _session(row) for row in database.read("sessions.all")}

    def open(self, account: Account, device: Device) -> str:
        """The token of a new session. If it cannot be written down now, it is by a later `settle`; until then
        it would end with the program."""
        token, now = secrets.token_urlsafe(32), self._clock.now()
        session = Session(digest(token), account.account_id, account.token_version, now, now, device)
        replaced = [old.session_id for old in self.of(account)[MOST_PER_ACCOUNT - 1 :]]
        row = {**vars(session), **vars(device), "replaced": replaced}
        try:
            with self._database.write(PATIENCE_S) as transaction:
                transaction.run("sessions.insert", row)
        except DatabaseError as error:
            log.warning("A session is written down later: %s", error)
            with self._lock:
                self._unsaved[session.session_id] = row
        with self._lock:
            for session_id in replaced:
                self._known.pop(session_id, None)
            self._known[session.session_id] = session
        return token

    def find(self, token: str) -> Session | None:
        """The session of that token, if it goes on; it is seen by that."""
        session_id, now = digest(token), self._clock.now()
        with self._lock:
            session = self._known.get(session_id)
            if session is None or session.has_ended(now):
                return None
            session = self._known[session_id] = replace(session, last_seen_at=now)
            self._unwritten.add(session_id)
        return session

    def goes_on(self, session_id: str) -> bool:
        session = self._known.get(session_id)
        return session is not None and not session.has_ended(self._clock.now())

    def of(self, account: Account) -> list[Session]:
        """Those that go on, the last seen first."""
        now = self._clock.now()
        with self._lock:
            mine = [s for s in self._known.values() if s.is_of(account) and not s.has_ended(now)]
        return sorted(mine, key=lambda session: session.last_seen_at, reverse=True)

    def end(self, account_id: str, session_id: str, why: Action | None = None) -> None:
        """`why` goes into the audit log. Raises NotFoundError, the same for another's session as for none."""
        with self._lock:
            session = self._known.get(session_id)
            if session is None or session.account_id != account_id:
                raise NotFoundError("There is no such session; it may have ended already.")
            del self._known[session_id]
        with self._database.write() as transaction:
            transaction.run("sessions.delete", {"session_id": session_id, "account_id": account_id})
            if why:
                detail = f"{session.device.browser} on {session.device.os}."
                audit.enter(transaction, Entry(why, self._clock.now(), account_id, detail=detail))

    def settle(self, now: datetime) -> None:
        """Write down who was seen, and forget what has ended."""
        with self._database.write() as transaction:
            with self._lock:  # not before its turn: a session may end while it waits for that
                seen = {key: self._known[key].last_seen_at for key in self._unwritten & self._known.keys()}
                unsaved = {key: row for key, row in self._unsaved.items() if key in self._known}
            for row in unsaved.values():
                transaction.run("sessions.insert", row)
            transaction.run("sessions.seen", {"session_ids": list(seen), "times": list(seen.values())})
            since = {"idle_since": now - IDLE, "begun_since": now - LIFETIME}
            ended = {session_id for (session_id,) in transaction.run("sessions.forget", since)}
        with self._lock:
            self._unwritten.difference_update(seen)
            self._unsaved = {
                key: row for key, row in self._unsaved.items() if key in self._known and key not in unsaved
            }
            self._known = {
                key: session
                for key, session in self._known.items()
                if key not in ended and not session.has_ended(now)
            }


def _session(row: Row) -> Session:
    session_id, account_id, token_version, created_at, last_seen_at, *device = row
    return Session(session_id, account_id, token_version, created_at, last_seen_at, Device(*device))


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
