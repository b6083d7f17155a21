"""Events that are kept but counted nowhere, and why: `raw_events.bot_reason` holds the reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from appliance.base.timerange import TimeRange
from appliance.sites.sites import Site
from appliance.storage.database import Database

Reason = Literal["bot", "excluded_host"]

MOST_FREQUENT = 100
"""So many agents and hosts are told at most."""


def reason(site: Site, hostname: str | None, is_bot: bool) -> Reason | None:
    """Why an event counts nowhere; None when it counts. What a server sends without a page has no host."""
    if is_bot:
        return "bot"
    return "excluded_host" if hostname and not site.admits(hostname) else None


@dataclass(frozen=True)
class ReasonCount:
    """`last_seen`: when the latest of them arrived, here and below."""

    reason: Reason
    events: int
    last_seen: datetime


@dataclass(frozen=True)
class AgentCount:
    """`user_agent` is None where the event named none and the header's was not kept."""

    user_agent: str | None
    reason: Reason
    events: int
    last_seen: datetime


@dataclass(frozen=True)
class HostCount:
    hostname: str
    events: int
    last_seen: datetime


@dataclass(frozen=True)
class QuarantineReport:
    """Highest first; `reasons` is complete, `agents` and `hosts` are the most frequent ones.

    `hosts` are those of excluded hosts' events.
    """

    events: int
    reasons: list[ReasonCount]
    agents: list[AgentCount]
    hosts: list[HostCount]


class Quarantine:
    def __init__(self, database: Database) -> None:
        self._database = database

    def report(self, site: Site, span: TimeRange) -> QuarantineReport:
        """What arrived in `span` and was left out."""
        arrived = {"site_id": site.site_id, "since": span.start, "until": span.end}
        most = {**arrived, "limit": MOST_FREQUENT}
        reasons = [ReasonCount(*row) for row in self._database.read("quarantine.reasons", arrived)]
        return QuarantineReport(
            events=sum(entry.events for entry in reasons),
            reasons=reasons,
            agents=[AgentCount(*row) for row in self._database.read("quarantine.agents", most)],
            hosts=[HostCount(*row) for row in self._database.read("quarantine.hosts", most)],
        )
