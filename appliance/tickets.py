"""One-use tickets that open a live connection, so that no lasting token stands in an address."""

import secrets
import threading
from datetime import datetime, timedelta

from appliance.clock import Clock
from appliance.errors import UnauthenticatedError

LIFETIME = timedelta(seconds=60)


class Tickets:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[str, datetime]] = {}

    def issue(self, site_id: str) -> str:
        now = self._clock.now()
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._open = {t: entry for t, entry in self._open.items() if entry[1] > now}
            self._open[token] = (site_id, now + LIFETIME)
        return token

    def revoke(self, site_id: str) -> None:
        """Tickets of this site that nobody has used yet are good for nothing any more."""
        with self._lock:
            self._open = {token: entry for token, entry in self._open.items() if entry[0] != site_id}

    def redeem(self, token: str, site_id: str) -> None:
        """Raises UnauthenticatedError for a ticket that is unknown, used, expired or another site's."""
        with self._lock:
            issued_for, expires_at = self._open.pop(token, ("", self._clock.now()))
        if issued_for != site_id or expires_at <= self._clock.now():
            raise UnauthenticatedError("The live ticket is not valid any more. Ask for a new one.")
