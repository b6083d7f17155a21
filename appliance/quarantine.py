"""Events that are kept but counted nowhere, and why: `raw_events.bot_reason` holds the reason."""

from typing import Literal

from appliance.sites import Site

Reason = Literal["bot", "excluded_host"]


def reason(site: Site, hostname: str | None, is_bot: bool) -> Reason | None:
    """Why an event counts nowhere; None when it counts. What a server sends without a page has no host."""
    if is_bot:
        return "bot"
    return "excluded_host" if hostname and not site.admits(hostname) else None
