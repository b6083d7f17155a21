"""Personal details that a website sends without meaning to: found, taken out, and the event flagged.

Three things are taken out: e-mail addresses, numbers that can be payment cards (13 to 19 digits with a
valid check digit, ISO/IEC 7812), and the values of keys such as `password` or `access_token`. Every search
is linear in the length of the text, whatever it holds.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from appliance.events.events import RawEvent

MARK = "[removed]"
"""Stands where something was taken out."""

# A key is secret if one of its words is: `access_token`, `accessToken` and `user[token]` have `token`.
_SECRET_WORDS = frozenset({
    "apikey", "auth", "authorization", "authtoken", "bearer", "credential", "credentials", "csrf", "cvc",
    "cvv", "iban", "jsessionid", "jwt", "otp", "passcode", "passphrase", "passwd", "password", "passwort",
    "phpsessid", "pwd", "secret", "sess", "sessid", "session", "sessionid", "ssn", "token", "xsrf",
})  # fmt: skip
_SECRET_PAIRS = frozenset({("api", "key"), ("access", "key"), ("private", "key"), ("pass", "word")})
# Part of each of the above, so that most texts need no closer look.
_HINT = re.compile("pass|pwd|token|secret|auth|sess|key|ssn|iban|credential|bearer|srf|cvc|cvv|jwt|otp")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

_ENCODED = re.compile(r"%(?:25)*(40|20|2B|2D|3D|5B|5D)", re.IGNORECASE)
_LOGIN = re.compile(r"(?<=://)[^/?#\s@]*@")
_LOCAL = r"\w.+%'\-"
_EMAIL = re.compile(rf"(?<![{_LOCAL}])[{_LOCAL}]++@(?:[\w\-]++\.)+(?:xn--[\w\-]+|[^\W\d_]{{2,}})")
_PAIR = re.compile(r"(?<![\w.\-\[\]])([\w.\-\[\]]++)=([^&;#\s]+)")

# Begins with a set of digits, by which the search skips quickly; what it finds is looked at closely.
_MAYBE_CARD = re.compile(r"[2-9](?<![0-9].)(?<![0-9]\..)[0-9 +\-]{11,}[0-9]")
# Groups of at least three digits with a space, plus or dash between; no letter beside, no fraction's point.
_GROUPS = re.compile(r"(?<![^\W_])(?<![0-9]\.)[0-9]{3,}+(?:[ +\-][0-9]{3,}+)*(?![^\W_])")
# First digits that card networks use, by the number's length: dates in ms and most ids begin with 1.
_FIRST_DIGITS = {13: "4", 14: "3", 15: "3", **dict.fromkeys(range(16, 20), "2345689")}
_LEAST_CARD = 1e12
_NUMBERS = (int, float)
_DOUBLED = {str(digit): sum(divmod(2 * digit, 10)) for digit in range(10)}

# Names of columns whose text comes from the page, and of fields that are kept as they were sent.
_TEXTS = frozenset({
    "event_type", "path", "title", "referrer", "referrer_name", "language",
    "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content",
})  # fmt: skip
_AS_SENT = frozenset({"user_agent", "header_user_agent"})
_NOT_SECRET = frozenset({"session_id"})
_KNOWN = frozenset(RawEvent.model_fields) | {
    "query",
    "hash",
    "width",
    "height",
    "load_ms",
    "lcp_ms",
    "inp_ms",
    "cls",
}


class Stripped(NamedTuple):
    """An event without personal details; `found` says that there were some."""

    columns: dict[str, Any]
    payload: dict[str, Any]
    found: bool


def strip_event(columns: dict[str, Any], payload: dict[str, Any]) -> Stripped:
    """Without what is personal in the columns' texts and, the User-Agent aside, anywhere in the payload."""
    sent = {name: text for name, text in columns.items() if text and name in _TEXTS}
    if _is_plain(sent, payload):
        return Stripped(columns, payload, found=False)
    texts = {name: strip_text(text) for name, text in sent.items()}
    fields = {strip_text(name): _strip_field(name, value) for name, value in payload.items()}
    return Stripped({**columns, **texts}, fields, found=texts != sent or fields != payload)


def strip_text(text: str) -> str:
    """Text, an address or a part of one. Signs that stand there as %40 or %20 are seen through."""
    plain = _ENCODED.sub(lambda found: chr(int(found[1], 16)), text) if "%" in text else text
    clean = plain
    if "@" in clean:
        clean = _EMAIL.sub(MARK, _LOGIN.sub("", clean))
    clean = _GROUPS.sub(_without_cards, clean)
    if "=" in clean:
        clean = _PAIR.sub(lambda found: f"{found[1]}={MARK}" if is_secret(found[1]) else found[0], clean)
    return text if clean == plain else clean


def strip_value(value: Any) -> Any:
    """Any JSON value; in objects the values of secret keys go too."""
    if isinstance(value, str):
        return strip_text(value)
    if isinstance(value, dict):
        return {strip_text(key): _strip_item(key, item) for key, item in value.items()}
    if isinstance(value, list):
        return [strip_value(item) for item in value]
    return MARK if isinstance(value, _NUMBERS) and _is_card_number(value) else value


def is_secret(key: str) -> bool:
    """By whole words: `user_token` and `apiKey` are, `monkey` and `author` are not."""
    if not _HINT.search(key.lower()):
        return False
    words = [word.lower() for word in _WORD.findall(key)]
    return not _SECRET_WORDS.isdisjoint(words) or not _SECRET_PAIRS.isdisjoint(pairwise(words))


def _strip_field(name: str, value: Any) -> Any:
    if name in _AS_SENT:
        return value
    return strip_value(value) if name in _NOT_SECRET else _strip_item(name, value)


def _strip_item(key: str, item: Any) -> Any:
    # true, false, null and an empty text give nothing away.
    if isinstance(item, bool) or item is None or item == "":
        return item
    return MARK if is_secret(key) else strip_value(item)


def _is_plain(columns: dict[str, str], payload: dict[str, Any]) -> bool:
    """Whether there is nothing in an event that needs a closer look; most have nothing.

    One look at all texts together, a line each, costs less than one at each of them.
    """
    texts = list(columns.values())
    if not _collect([{name: value for name, value in payload.items() if name not in _AS_SENT}], texts):
        return False
    together = "\n".join(texts)
    if "@" in together or "%" in together or _MAYBE_CARD.search(together):
        return False
    return "=" not in together or not any(_HINT.search(text.lower()) for text in texts if "=" in text)


def _collect(values: Iterable[Any], texts: list[str]) -> bool:
    """Add all texts in the values to `texts`, and keys with a = behind. False if a number may be a card's."""
    for value in values:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, dict):
            texts.extend([f"{key}=" for key in value if key not in _KNOWN])
            if not _collect(value.values(), texts):
                return False
        elif isinstance(value, _NUMBERS):
            if value >= _LEAST_CARD:
                return False
        elif value and not _collect(value, texts):
            return False
    return True


def _without_cards(found: re.Match[str]) -> str:
    """The groups of digits without each stretch of them that is a card; the signs between stay."""
    groups = re.split(r"([ +\-])", found[0])
    kept, place = "", 0
    while place < len(groups):
        length = _card_at(groups[place : place + 11 : 2])
        kept += MARK if length else groups[place]
        place += 2 * max(1, length)
        kept += groups[place - 1] if place < len(groups) else ""
    return kept


def _card_at(groups: list[str]) -> int:
    """How many of the groups, from the first on, make a card; 0 if none do."""
    counts = [count for count, digits in enumerate(accumulate(groups), 1) if _is_card(digits)]
    return counts[-1] if counts else 0


def _is_card(digits: str) -> bool:
    if digits[0] not in _FIRST_DIGITS.get(len(digits), ""):
        return False
    total = sum(map(int, digits[::-2])) + sum(_DOUBLED[digit] for digit in digits[-2::-2])
    return total % 10 == 0


def _is_card_number(number: float) -> bool:
    return _LEAST_CARD <= number < 1e19 and number == int(number) and _is_card(str(int(number)))
