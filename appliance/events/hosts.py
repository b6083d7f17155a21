"""Lists of hosts as an owner writes them: `shop.example`, and `*.shop.example` for every host below it.

`www.` is ignored on both sides, so `shop.example` stands for `www.shop.example` too, and `*.shop.example` for
neither of the two. International names are compared in the form that browsers send (`xn--...`).
"""

import ipaddress
import re
from collections.abc import Collection

MAX_HOST = 253
"""Characters; no name is longer, and what is longer costs no time."""

_WILD = "*."
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")


def matches(host: str, listed: Collection[str]) -> bool:
    """`listed` holds entries as `normal` returns them."""
    if len(host) > MAX_HOST:
        return False
    name = _plain(host)
    return name in listed or any(_WILD + parent in listed for parent in _parents(name))


def normal(entry: str) -> str | None:
    """An entry of a list in the one form it is kept in; None when it names no host."""
    text = entry.strip()
    if len(text) > MAX_HOST:
        return None
    wild = _WILD if text.startswith(_WILD) else ""
    name = _plain(text.removeprefix(_WILD).removeprefix("[").removesuffix("]"))
    if _is_address(name):
        return None if wild else name
    return wild + name if _NAME.fullmatch(name) else None


def _plain(host: str) -> str:
    """In lower case and ASCII, without `www.` and a last dot."""
    name = host.lower().removesuffix(".").removeprefix("www.")
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _parents(name: str) -> list[str]:
    """`b.c` and `c` of `a.b.c`."""
    labels = name.split(".")
    return [".".join(labels[start:]) for start in range(1, len(labels))]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
