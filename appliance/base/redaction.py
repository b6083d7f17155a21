"""Takes out of a text what tells of a person or opens a door, wherever it comes from.

The last net, not the first: whoever writes to the log leaves such things out. But an error of a library may
quote what somebody sent.
"""

import ipaddress
import re

GONE = "[…]"
# Every repetition has an end, so that the time that it takes grows with the text and not with its square.

_EMAIL = re.compile(r"[^\s@\"'<>(),;:=]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_KEYS = re.compile(
    r"\b(?:aq_|pk_live_|sh_|sv_|vw_)[\w-]{8,}"  # of scripts, of websites, of share links
    r"|\beyJ[\w-]+\.[\w-]+\.[\w-]*"  # JWT
    r"|(?i:\b(?:bearer|basic))\s+[\w.~+/=-]{8,}"
)
_QUERY = re.compile(r"\?[\w.~%\[\]-]+=[^\s\"'<>)]*")
_MAYBE_ADDRESS = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,45})(?![\w:])"
)


def redacted(text: str) -> str:
    """Without e-mail addresses, keys, tokens, what follows the ? of an address, and IP addresses but those
    of the machine itself."""
    for pattern in (_KEYS, _QUERY, _EMAIL):
        text = pattern.sub(GONE, text)
    return _MAYBE_ADDRESS.sub(_without_address, text)


def _without_address(found: re.Match[str]) -> str:
    try:
        address = ipaddress.ip_address(found[0].rstrip("."))
    except ValueError:
        return found[0]  # a time, a version
    return found[0] if address.is_loopback or address.is_unspecified else GONE
