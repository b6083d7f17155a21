"""Under which addresses websites can reach this program, as far as this machine can tell."""

import ipaddress
import json
import os
import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from appliance.base.config import Config
from appliance.process import instance

Reach = Literal["public", "network", "this machine"]

PROBE_S = 3.0
# Addresses that documentation alone uses (RFC 5737, RFC 3849). Nothing is sent to them: the system is only
# asked which of its own addresses it would send from.
_SOMEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


@dataclass(frozen=True)
class Address:
    """`secure`: pages with https may send to it, which browsers refuse for http ("mixed content").

    `answers`: whether this program answered there, asked from this machine; None before it was asked. A
    firewall or router may keep others out all the same.
    """

    url: str
    reach: Reach
    secure: bool
    answers: bool | None = None


def addresses(config: Config) -> list[Address]:
    """The best first, none of them asked yet."""
    found = [Address(config.public_url, "public", _is_secure(config.public_url))] if config.public_url else []
    noted = instance.announced(config.paths)
    port = (urlsplit(noted.url).port if noted else None) or config.port
    for host in _hosts(config.host):
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        reach: Reach = "this machine" if _is_loopback(host) else "network"
        found.append(Address(url, reach, secure=False))
    return found


def serves_https_pages(config: Config, found: list[Address]) -> bool:
    """Whether pages with https may send here: to one of these, or by the program's own certificate, under the
    names that it is for."""
    return config.tls_cert is not None or any(address.secure for address in found)


def probed(found: list[Address]) -> list[Address]:
    """The same, each asked; takes PROBE_S seconds at most, or the time of the system's resolver."""
    with ThreadPoolExecutor(max_workers=max(1, len(found))) as pool:
        answers = pool.map(_answers, [address.url for address in found])
    return [replace(address, answers=answer) for address, answer in zip(found, answers, strict=True)]


def _hosts(listening_on: str) -> list[str]:
    if listening_on not in ("0.0.0.0", "::"):
        return [listening_on]
    wanted = _SOMEWHERE if listening_on == "::" else _SOMEWHERE[:1]
    return [*(own for family, far in wanted if (own := _own_address(family, far))), "127.0.0.1"]


def _own_address(family: socket.AddressFamily, far: str) -> str | None:
    """The one that this machine uses in its network; None without a network."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asking:
            asking.connect((far, 9))
            own = str(asking.getsockname()[0])
    except OSError:
        return None
    return None if _is_loopback(own) else own


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_secure(url: str) -> bool:
    return urlsplit(url).scheme == "https"


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=PROBE_S) as reply:  # noqa: S310  (from the settings)
            return bool(json.loads(reply.read(10_000))["pid"] == os.getpid())
    except (OSError, ValueError, KeyError, TypeError):
        return False
