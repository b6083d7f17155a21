"""One-use tickets that open a live connection, so that no lasting token stands in an address."""

import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.base.clock import Clock
from appliance.base.errors import UnauthenticatedError

LIFETIME = timedelta(seconds=60)


@dataclass(frozen=True)
class Holder:
    """By what somebody is signed in: what they open stays open as long as that stands.

    `session_id` is None for a token.
    """

    account_id: str
    token_version: int
    session_id: str | None = None


class Tickets:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[str, Holder, datetime]] = {}

    def issue(self, site_id: str, holder: Holder) -> str:
        now = self._clock.now()
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._open = {t: entry for t, entry in self._open.items() if entry[2] > now}
            self._open[token] = (site_id, holder, now + LIFETIME)
        return token

    def redeem(self, token: str, site_id: str) -> Holder:
        """Who asked for it. Raises UnauthenticatedError for one that is unknown, used, expired or another
        site's."""
        with self._lock:
            found = self._open.pop(token, None)
        if found:
            issued_for, holder, expires_at = found
            if issued_for == site_id and expires_at > self._clock.now():
                return holder
        raise UnauthenticatedError("The live ticket is not valid any more. Ask for a new one.")
