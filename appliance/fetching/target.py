"""An address (URL) that a person typed, taken apart; what no web address needs is refused."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlsplit

from appliance.base.errors import AnalytiqError

MAX_URL = 2048
_SAFE = "/%:@!$&'()*+,;=~-._?"
_PORTS = {"http": 80, "https": 443}


class RefusedError(AnalytiqError):
    """That address is not asked, and nothing was sent to it."""


@dataclass(frozen=True)
class Target:
    """`host` in ASCII, without brackets; `path` with what follows the `?`."""

    scheme: Literal["http", "https"]
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the header Host has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """Raises RefusedError."""
    if len(url) > MAX_URL:
        raise RefusedError(f"An address has at most {MAX_URL} characters.")
    # The standard library drops some of these silently; others read such an address differently.
    if not url.isprintable() or any(sign in url for sign in " \\"):
        raise RefusedError("This is no address: there are spaces or signs in it that none has.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RefusedError("This is no address, such as https://example.com/here.") from error
    if parts.scheme not in ("http", "https"):
        raise RefusedError("An address begins with https:// or http://.")
    if "@" in parts.netloc:
        raise RefusedError("User names and passwords do not belong into an address.")
    path = quote(parts.path or "/", _SAFE) + (f"?{quote(parts.query, _SAFE)}" if parts.query else "")
    scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    return Target(scheme, _host(parts.hostname or ""), _PORTS[scheme] if port is None else port, path)


def _host(name: str) -> str:
    if not name or "%" in name:
        raise RefusedError("The address names no machine, such as example.com.")
    if ":" in name:
        return name
    try:
        return name.removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError as error:
        raise RefusedError("The address names no machine, such as example.com.") from error
