"""Where a visit came from: the referrer's or campaign's name, and one of nineteen channels.

The order of the rules is that of Google Analytics 4's default channel group, as docs/metrics.md gives it.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, urlsplit

from appliance.events.bodies import clean_text

_PAID_MEDIUM = re.compile(r"(.*cp.*|ppc|retargeting|paid.*)")
_SHOPPING_CAMPAIGN = re.compile(r"(.*(([^a-df-z]|^)shop|shopping).*)")
_COUNTRY_DOMAIN = re.compile(r"((co|com|ne)\.)?[a-z]{2}|cat")
_DISPLAY = {"display", "banner", "expandable", "interstitial", "cpm"}
_SOCIAL = {"social", "social-network", "social-media", "sm", "social network", "social media"}
_EMAIL = {"email", "e-mail", "e_mail", "e mail", "newsletter"}
_CAMPAIGN_FIELD = re.compile(r"utm_|gclid=|msclkid=", re.IGNORECASE)
_UTM = ("source", "medium", "campaign", "term", "content")


@dataclass(frozen=True)
class Campaign:
    """The utm_* parameters and click ids of an event's address; None where missing."""

    source: str | None = None
    medium: str | None = None
    campaign: str | None = None
    term: str | None = None
    content: str | None = None
    gclid: bool = False
    msclkid: bool = False


@dataclass(frozen=True)
class Traffic:
    """`name` of who sent the visit (Google, a host, a utm_source); None when nobody did."""

    name: str | None
    channel: str


@dataclass(frozen=True)
class _Facts:
    """Everything the rules look at, in lower case."""

    name: str | None
    kind: str | None
    source: str
    medium: str
    campaign: str
    gclid: bool
    msclkid: bool

    @property
    def paid(self) -> bool:
        return bool(_PAID_MEDIUM.fullmatch(self.medium))

    @property
    def shopping(self) -> bool:
        return self.kind == "shopping" or bool(_SHOPPING_CAMPAIGN.fullmatch(self.campaign))


# First match wins.
_CHANNELS: tuple[tuple[str, Callable[[_Facts], bool]], ...] = (
    ("Cross-network", lambda f: "cross-network" in f.campaign),
    ("Paid Shopping", lambda f: f.shopping and f.paid),
    (
        "Paid Search",
        lambda f: (
            (f.kind == "search" and f.paid)
            or (f.name == "Google" and f.gclid)
            or (f.name == "Bing" and f.msclkid)
        ),
    ),
    ("Paid Social", lambda f: f.kind == "social" and f.paid),
    ("Paid Video", lambda f: f.kind == "video" and f.paid),
    ("Display", lambda f: f.medium in _DISPLAY),
    ("Paid Other", lambda f: f.paid),
    ("Organic Shopping", lambda f: f.shopping),
    ("Organic Social", lambda f: f.kind == "social" or f.medium in _SOCIAL),
    ("Organic Video", lambda f: f.kind == "video" or "video" in f.medium),
    ("AI Assistants", lambda f: f.kind == "ai"),
    ("Organic Search", lambda f: f.kind == "search" or f.medium == "organic"),
    ("Email", lambda f: f.kind == "email" or f.source in _EMAIL or f.medium in _EMAIL),
    ("Affiliates", lambda f: f.medium == "affiliate"),
    ("Audio", lambda f: f.medium == "audio"),
    ("SMS", lambda f: f.source == "sms" or f.medium == "sms"),
    (
        "Mobile Push",
        lambda f: f.medium.endswith("push") or "mobile" in f.medium or "notification" in f.medium,
    ),
    ("Referral", lambda f: f.medium in {"referral", "app", "link"} or f.name is not None),
)


def campaign_of(url: str | None) -> Campaign:
    """What the address of the page says about the campaign that led to it."""
    query = url.partition("#")[0].partition("?")[2] if url else ""
    return _campaign(query) if _CAMPAIGN_FIELD.search(query) else _NO_CAMPAIGN


def classify(referrer: str | None, campaign: Campaign, own_hosts: frozenset[str]) -> Traffic:
    """Name and channel of an event; a referrer on one of the site's own hosts counts as none."""
    return _classify(external_host(referrer, own_hosts), campaign)


def bare_host(host: str) -> str:
    return host.lower().removeprefix("www.")


@lru_cache(maxsize=8192)
def external_host(referrer: str | None, own_hosts: frozenset[str]) -> str | None:
    """Host of a referrer outside the site, without `www.`."""
    if not referrer:
        return None
    try:
        host = urlsplit(referrer).hostname
    except ValueError:
        return None
    return bare_host(host) if host and bare_host(host) not in own_hosts else None


_NO_CAMPAIGN = Campaign()


@lru_cache(maxsize=8192)
def _campaign(query: str) -> Campaign:
    try:
        values = {
            name.lower(): clean_text(found[0]).strip()[:300]
            for name, found in parse_qs(query, max_num_fields=200).items()
        }
    except ValueError:
        return _NO_CAMPAIGN
    source, medium, campaign, term, content = (values.get(f"utm_{name}") or None for name in _UTM)
    clicks = {name: bool(values.get(name)) for name in ("gclid", "msclkid")}
    return Campaign(source, medium, campaign, term, content, **clicks)


@lru_cache(maxsize=8192)
def _classify(host: str | None, campaign: Campaign) -> Traffic:
    name, kind = _known(campaign.source or host)
    facts = _Facts(
        name=name,
        kind=kind,
        source=(campaign.source or "").lower(),
        medium=(campaign.medium or "").lower(),
        campaign=(campaign.campaign or "").lower(),
        gclid=campaign.gclid,
        msclkid=campaign.msclkid,
    )
    channel = next((name for name, rule in _CHANNELS if rule(facts)), "Direct")
    return Traffic(name, channel)


def _known(origin: str | None) -> tuple[str | None, str | None]:
    """(display name, kind) of a host or utm_source; the longest known host it ends in wins."""
    if origin is None:
        return None, None
    table = _sources()
    wanted = bare_host(origin)
    labels = wanted.split(".")
    # A lone last label is a top-level domain (.hn, .yt), no alias, unless it is all there is.
    for start in range(max(1, len(labels) - 1)):
        found = table.get(".".join(labels[start:]))
        if found:
            return found
    # google.de, google.co.uk, yandex.ru: the brand is the label before the country's.
    for start, label in enumerate(labels[:-1]):
        found = table.get(f"{label}.*")
        if found and _COUNTRY_DOMAIN.fullmatch(".".join(labels[start + 1 :])):
            return found
    return origin, None


@cache
def _sources() -> dict[str, tuple[str, str]]:
    """Host or alias, lower case, to (name, kind)."""
    text = (files("appliance.events.enrichment") / "sources.toml").read_text("utf-8")
    return {
        key: (name, kind)
        for kind, names in tomllib.loads(text).items()
        for name, keys in names.items()
        for key in (*keys, name.lower())
    }
