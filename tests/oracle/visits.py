"""Cutting a visitor's events into visits, and what a visit says about time, bounce, entry and exit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from tests.oracle.events import Event

GAP = timedelta(minutes=30)
"""Neighbours exactly this far apart still belong together."""


@dataclass(frozen=True)
class Visit:
    """Events of one visitor on one site, in order; at least one."""

    events: tuple[Event, ...]

    @property
    def first(self) -> Event:
        return self.events[0]

    @property
    def start(self) -> datetime:
        return self.first.ts

    @property
    def visitor_id(self) -> str:
        return self.first.visitor_id

    @property
    def pageviews(self) -> list[Event]:
        return [event for event in self.events if event.is_pageview]

    @property
    def is_bounce(self) -> bool:
        interactive = [event for event in self.events if event.is_interactive]
        return len(self.pageviews) == 1 and not interactive

    @property
    def entry_page(self) -> str | None:
        return self.pageviews[0].path if self.pageviews else None

    @property
    def exit_page(self) -> str | None:
        return self.pageviews[-1].path if self.pageviews else None

    @property
    def page_times(self) -> list[tuple[Event, Fraction | None]]:
        """Each pageview with its seconds; None where they are unknown."""
        return [(pageview, page_time(self, place)) for place, pageview in enumerate(self.pageviews)]

    @property
    def seconds(self) -> Fraction:
        """The sum of the known page times."""
        return sum((time for _, time in self.page_times if time is not None), Fraction(0))


def cut_visits(events: Sequence[Event]) -> list[Visit]:
    """All visits in all of these events. Bots make none."""
    found: list[Visit] = []
    counted = [event for event in events if not event.is_bot]
    for key in sorted({(event.site, event.visitor_id) for event in counted}):
        own = [event for event in counted if (event.site, event.visitor_id) == key]
        found += _cut(sorted(own, key=lambda event: event.order))
    return found


def _cut(ordered: Sequence[Event]) -> list[Visit]:
    visits: list[list[Event]] = []
    session: str | None = None
    for event in ordered:
        gap = bool(visits) and event.ts - visits[-1][-1].ts > GAP
        changed = session is not None and event.session_id is not None and event.session_id != session
        if not visits or gap or changed:
            visits.append([])
            session = None
        visits[-1].append(event)
        session = event.session_id or session
    return [Visit(tuple(visit)) for visit in visits]


def page_time(visit: Visit, place: int) -> Fraction | None:
    """Seconds spent on the visit's pageview at `place`, counted from 0."""
    pageview = visit.pageviews[place]
    engaged = [
        leave.engaged_ms
        for leave in visit.events
        if leave.event_type == "leave" and leave.engaged_ms is not None and left_by(visit, leave) == pageview
    ]
    if engaged:
        return Fraction(sum(engaged), 1000)
    if place + 1 < len(visit.pageviews):
        return seconds(visit.pageviews[place + 1].ts - pageview.ts)
    last = visit.events[-1]
    if last.ts > pageview.ts:
        return seconds(last.ts - pageview.ts)
    return None


VITALS = ("lcp_ms", "inp_ms", "cls")


def worst(visit: Visit, pageview: Event, vital: str) -> Fraction | None:
    """Of what the leave events of a pageview tell."""
    told = [
        Fraction(str(getattr(leave, vital)))
        for leave in visit.events
        if leave.event_type == "leave"
        and getattr(leave, vital) is not None
        and left_by(visit, leave) == pageview
    ]
    return max(told, default=None)


def left_by(visit: Visit, leave: Event) -> Event | None:
    """The latest pageview of the leave's path whose time is the leave's or earlier; none is one too."""
    candidates = [
        pageview for pageview in visit.pageviews if pageview.path == leave.path and pageview.ts <= leave.ts
    ]
    return candidates[-1] if candidates else None


def seconds(span: timedelta) -> Fraction:
    return Fraction(span // timedelta(microseconds=1), 1_000_000)
