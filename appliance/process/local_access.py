"""How the command line proves to the running program that it is used by the owner of the data directory.

The running program keeps a key in `instance.json`, which only the owner of the data directory can read, and
makes a new one at every start. A command signs with it; the key itself is never sent. What it signs is good
for half a minute and one request.
"""

import hashlib
import hmac
import secrets
import threading
from datetime import datetime, timedelta

from appliance.base.clock import Clock
from appliance.base.errors import UnauthenticatedError

LIFETIME = timedelta(seconds=30)


def proof(key: str, now: datetime) -> str:
    """For one request within LIFETIME of `now`."""
    return _signed(key, f"{now.timestamp():.0f}.{secrets.token_hex(16)}")


class LocalAccess:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._used: dict[str, datetime] = {}
        self.key = secrets.token_urlsafe(32)
        """For `instance.json`, and for no other place."""

    def admit(self, given: str) -> None:
        """Raises UnauthenticatedError for a proof that is forged, used or not of this half minute."""
        text, _, _ = given.rpartition(".")
        if not (given.isascii() and hmac.compare_digest(given, _signed(self.key, text))):
            raise UnauthenticatedError("This is for the command line on this program's own machine.")
        now = self._clock.now()
        age = abs(now.timestamp() - float(text.partition(".")[0]))
        with self._lock:
            self._used = {used: until for used, until in self._used.items() if until > now}
            if age > LIFETIME.total_seconds() or given in self._used:
                raise UnauthenticatedError("The command took too long or was repeated. Give it once more.")
            self._used[given] = now + 2 * LIFETIME


def _signed(key: str, text: str) -> str:
    return f"{text}.{hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()}"
