"""An alarm, and how its website's people are told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from appliance.process.notices import Notice
from appliance.sites.sites import Site

Kind = Literal["silence", "spike", "snippet"]


@dataclass(frozen=True)
class Alarm:
    """`began_at`: of the last event before a silence, the hour of a spike, or when a page was first seen
    without its snippet. `visits`: how many would have begun in the silence when it was noticed; how many
    began in the hour of the spike; none of a snippet."""

    site_id: str
    kind: Kind
    began_at: datetime
    noticed_at: datetime
    visits: int


def notice(alarm: Alarm, site: Site) -> Notice:
    if alarm.kind == "silence":
        return Notice(
            "site-silent",
            "warning",
            f"No events from {site.name}",
            f"At this time of the week about {alarm.visits} visits would have begun. What arrived before is "
            "all counted. Open the website: if it is up, look whether its pages still have the snippet, and "
            "test it on the page “Snippet”. This notice ends with the next event.",
            alarm.began_at,
        )
    if alarm.kind == "snippet":
        return Notice(
            "site-snippet",
            "warning",
            f"The snippet is gone from {site.name}",
            f"It was in the page {site.url}, and two looks in a row found none that works. No event has "
            "arrived since. What arrived before is all counted. Open the page “Snippet”: it says what is "
            "wrong, and has the code to put in again.",
            alarm.began_at,
        )
    began = alarm.began_at.astimezone(site.zone)
    return Notice(
        "site-spike",
        "warning",
        f"Many more visits than usual on {site.name}",
        f"{alarm.visits} visits began in the hour from {began:%H:%M}, more than four times what is usual "
        "then. All of them are counted. Look at Sources and Pages: a link somewhere, a campaign, or visits "
        "that no person makes.",
        alarm.began_at,
    )
