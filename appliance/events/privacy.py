"""Visitors without a stored id, or who want none used: a keyed hash under a salt destroyed after 48 hours.

The salt changes every UTC day. Yesterday's is tried first while a visit is under way, so that a visit over
midnight stays one; once the salt is gone nobody, the program included, can tell whose hash it was.
"""

import hashlib
import threading
from datetime import datetime, timedelta
from uuid import UUID

from appliance.events.events import UUID_TEXT, RawEvent
from appliance.events.salts import Salts

VISIT_GAP = timedelta(minutes=30)

# As websites, consent banners and browsers write it.
_YES = frozenset({"true", "1", "yes", "granted"})
_NO = frozenset({"false", "0", "no", "denied"})
_ANSWERS = _YES | _NO
_WORD_TYPES = (str, int)


def refuses_ids(event: RawEvent, browser_refuses: bool) -> bool:
    """Whether no stored id may be used for this event. What the visitor said on the site goes first.

    `browser_refuses`: the request came with Global Privacy Control or Do Not Track.
    """
    consent = event.consent.get("analytics") if isinstance(event.consent, dict) else event.consent
    answer = _word(consent)
    if answer in _ANSWERS:
        return answer in _NO
    return browser_refuses or _word(event.do_not_track) in _YES


def without_ids(event: RawEvent) -> RawEvent:
    return event.model_copy(update={"visitor_id": None, "session_id": None})


class Pseudonyms:
    """UUIDs in place of ids that the browser or server chose: a keyed hash, unless the id is a UUID itself.

    Without the key nobody can tell a stored id from a guessed one, such as a customer's number.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, site_id: str, text: str) -> str:
        # 32 digits without hyphens may be the plain hash of an e-mail address.
        uuid = text.lower()
        return uuid if UUID_TEXT.fullmatch(uuid) else str(_hash(self._key, site_id, text))


class CookielessVisitors:
    """Derives visitor ids from site, IP address and User-Agent. Neither of them is ever written."""

    def __init__(self, salts: Salts) -> None:
        self._salts = salts
        self._lock = threading.Lock()
        self._last_seen: dict[UUID, datetime] = {}

    def remember(self, visitor: UUID, seen_at: datetime) -> None:
        """A visit that was under way before a restart."""
        self._last_seen[visitor] = seen_at

    def identify(self, site_id: str, address: str, user_agent: str, now: datetime) -> UUID:
        today = now.date()
        with self._lock:
            earlier = self._salts.known(today - timedelta(days=1))
            if earlier:
                known = _hash(earlier, site_id, address, user_agent)
                if now - self._last_seen.get(known, datetime.min.replace(tzinfo=now.tzinfo)) <= VISIT_GAP:
                    self._last_seen[known] = now
                    return known
            visitor = _hash(self._salts.of(today), site_id, address, user_agent)
            if (now + VISIT_GAP).date() > today:  # only a visit that midnight may interrupt is looked for
                self._last_seen[visitor] = now
            return visitor

    def destroy_old(self, now: datetime) -> None:
        """Forget the salts of days that ended more than a day ago, and visits that are over."""
        with self._lock:
            self._salts.forget_before(now.date() - timedelta(days=1))
            self._last_seen = {v: at for v, at in self._last_seen.items() if now - at <= VISIT_GAP}


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, _WORD_TYPES) else ""


def _hash(key: bytes, *parts: str) -> UUID:
    text = "\0".join(parts).encode()
    return UUID(bytes=hashlib.blake2b(text, key=key, digest_size=16).digest())
