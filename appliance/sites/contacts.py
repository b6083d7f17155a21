"""What was last heard from each website: enough to say why its events do not arrive.

In memory alone, and nothing of any visitor: when, and of an event that a website's settings leave out the
host of its page. A restart forgets it, which harms nobody.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from appliance.base.clock import Clock

Obstacle = Literal["wrong_key", "rejected", "limited", "bot", "excluded_host"]


@dataclass(frozen=True)
class Refusal:
    """The last event that was not counted for this reason; `host`: the page's, of an excluded one."""

    reason: Obstacle
    at: datetime
    host: str | None = None


@dataclass(frozen=True)
class Contact:
    """`script_at`: when a page of the website last got the script, where its browser said so; `stored_at`:
    when an event that counts was last acknowledged. Refusals are the newest first, one for each reason."""

    script_at: datetime | None
    stored_at: datetime | None
    refusals: list[Refusal]


@dataclass
class _Heard:
    script_at: datetime | None = None
    stored_at: datetime | None = None
    refusals: dict[Obstacle, Refusal] = field(default_factory=dict)


class Contacts:
    """Told of websites that there are, so that it never holds more than there are of those."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: dict[str, _Heard] = {}

    def of(self, site_id: str) -> Contact:
        heard = self._heard.get(site_id, _Heard())
        refusals = sorted(heard.refusals.copy().values(), key=lambda each: each.at, reverse=True)
        return Contact(heard.script_at, heard.stored_at, refusals)

    def script_sent(self, site_id: str) -> None:
        self._of(site_id).script_at = self._clock.now()

    def stored(self, site_id: str, at: datetime) -> None:
        self._of(site_id).stored_at = at

    def refused(self, site_id: str, reason: Obstacle, host: str | None = None) -> None:
        self._of(site_id).refusals[reason] = Refusal(reason, self._clock.now(), host)

    def forget(self, site_id: str) -> None:
        self._heard.pop(site_id, None)

    def _of(self, site_id: str) -> _Heard:
        return self._heard.setdefault(site_id, _Heard())
