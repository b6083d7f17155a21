"""The HTML that a website's owner pastes, in its variants."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from appliance.sites.scripts import Script


@dataclass(frozen=True)
class Variants:
    """One of them goes into the pages' head.

    `plain` counts with ids that are stored; `cookieless` stores nothing; `consent` is cookieless until the
    visitor agrees, and brings a banner; `pinned` names one version of the script by its hash. `noscript` may
    stand in a page's body beside any of them.
    """

    plain: str
    cookieless: str
    consent: str
    pinned: str
    noscript: str


def variants(base_url: str, site_id: str, site_key: str, whole: Script) -> Variants:
    """`base_url` is where the program is reached, without a slash at its end."""
    site = {"data-site-id": site_id, "data-site-key": site_key}
    latest = {"src": f"{base_url}/analytics.js", **site}
    banner = {"src": f"{base_url}/consent.js"}
    pinned = {"src": f"{base_url}/analytics.{whole.hash}.js", **site, "integrity": whole.integrity}
    return Variants(
        plain=_script(latest),
        cookieless=_script({**latest, "data-mode": "cookieless"}),
        consent=_script({**latest, "data-consent": "required"}) + "\n" + _script(banner),
        pinned=_script({**pinned, "crossorigin": "anonymous"}),
        noscript=_pixel(f"{base_url}/ingest/pixel.gif?{urlencode({'site_id': site_id, 'k': site_key})}"),
    )


def _script(attributes: dict[str, str]) -> str:
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return f"<script {written} async defer></script>"


def _pixel(address: str) -> str:
    return (
        f'<noscript><img src="{escape(address)}" alt="" width="1" height="1" '
        'referrerpolicy="no-referrer-when-downgrade"></noscript>'
    )
