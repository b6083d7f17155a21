"""What is kept of a page's address: its place, its campaign, and the parameters that the site allows."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

_REMEMBERED = 2048
"""Addresses anywhere in an event may be longer, and would fill the memory."""

_CAMPAIGN = "utm_"
_ROUTES = ("/", "!/")
_NUMBERS = (int, float)
_SCHEMES = ("https://", "http://")
# What is no address, and what a website sends on purpose.
_OTHERS = frozenset({"user_agent", "header_user_agent", "timezone", "screen", "viewport", "custom"})


def kept_payload(payload: Mapping[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """An event's fields, whose addresses hold no more than is kept of them.

    `allowed` holds names of parameters in lower case, here and below.
    """
    return {
        name: value if name in _OTHERS else _kept_field(name, value, allowed)
        for name, value in payload.items()
    }


def kept(url: str | None, allowed: frozenset[str]) -> str | None:
    """An address without the other parameters; the part behind # only where it is a page's route."""
    if url is None or not ("?" in url or "#" in url):
        return url
    return _known(url, allowed) if len(url) <= _REMEMBERED else _kept(url, allowed)


def _kept(url: str, allowed: frozenset[str]) -> str:
    address, _, fragment = url.partition("#")
    place, _, query = address.partition("?")
    return place + kept_query(query, allowed) + kept_hash(fragment, allowed)


_known = lru_cache(maxsize=2048)(_kept)


def kept_query(query: str, allowed: frozenset[str]) -> str:
    """With a ? before it, or empty."""
    if not query:
        return ""
    pairs = [pair for pair in query.removeprefix("?").split("&") if _is_kept(pair, allowed)]
    return "?" + "&".join(pairs) if pairs else ""


def kept_hash(fragment: str, allowed: frozenset[str]) -> str:
    """With a # before it, or empty: `#/cart` is a page of a single-page app, `#top` a place on one."""
    route, _, query = fragment.removeprefix("#").partition("?")
    return f"#{route}{kept_query(query, allowed)}" if route.startswith(_ROUTES) else ""


def _kept_field(name: str, value: Any, allowed: frozenset[str]) -> Any:
    if name == "query":
        return kept_query(value, allowed) if isinstance(value, str) else None
    if name == "hash":
        return kept_hash(value, allowed) if isinstance(value, str) else None
    return kept(value, allowed) if name in ("url", "referrer") else _kept_within(value, allowed)


def _kept_within(value: Any, allowed: frozenset[str]) -> Any:
    if isinstance(value, str):
        return kept(value, allowed) if value.startswith(_SCHEMES) else value
    if isinstance(value, dict):
        return {
            key: item if isinstance(item, _NUMBERS) else _kept_within(item, allowed)
            for key, item in value.items()
        }
    return [_kept_within(item, allowed) for item in value] if isinstance(value, list) else value


def _is_kept(pair: str, allowed: frozenset[str]) -> bool:
    if pair.startswith(_CAMPAIGN):
        return True
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name.startswith(_CAMPAIGN) or name in allowed
