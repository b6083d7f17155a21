"""Links that sign the program's own window in: each for half a minute and one use."""

import secrets
import threading
from datetime import datetime, timedelta

from appliance.base.clock import Clock
from appliance.base.errors import UnauthenticatedError

LIFETIME = timedelta(seconds=30)


class SignInLinks:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._open: dict[str, tuple[str, datetime]] = {}

    def issue(self, account_id: str) -> str:
        now = self._clock.now()
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._open = {t: entry for t, entry in self._open.items() if entry[1] > now}
            self._open[token] = (account_id, now + LIFETIME)
        return token

    def redeem(self, token: str) -> str:
        """The id of the account. Raises UnauthenticatedError for one that is unknown, used or expired."""
        with self._lock:
            account_id, until = self._open.pop(token, ("", self._clock.now()))
        if until <= self._clock.now():
            raise UnauthenticatedError("This link was used or is too old. Open the window again, or sign in.")
        return account_id
