"""Times of each site whose events are refused, because the raw events of then are gone or about to go."""

from bisect import bisect_right
from datetime import datetime, timedelta

from appliance.storage.database import Database

ANNOUNCED = timedelta(minutes=1)
"""So long events are refused before those of that time go: what was let in before is loaded by then."""

Span = tuple[datetime, datetime]
"""From the first to before the second instant."""


class Sealed:
    """Asked for every event, so it stands in memory; the table `sealed_days` has what is kept of it."""

    def __init__(self, database: Database) -> None:
        self._kept: dict[str, list[Span]] = {}
        self._announced: dict[str, dict[str, dict[Span, datetime]]] = {}
        self._refused: dict[str, list[Span]] = {}
        for site_id, start, end in database.read("sealed.spans"):
            self._kept.setdefault(site_id, []).append((start, end))
        for site_id, spans in self._kept.items():
            self._kept[site_id] = _merged(spans)
            self._merge(site_id)

    def refuses(self, site_id: str, instant: datetime) -> bool:
        spans = self._refused.get(site_id)
        return spans is not None and _around(spans, instant) is not None

    def announce(self, site_id: str, what: str, wanted: list[Span], now: datetime) -> list[Span]:
        """Refuse events of these spans from now on, and of others announced before for `what` no more, unless
        they are kept. Returns those that have been refused for long enough."""
        announced = self._announced.setdefault(site_id, {})
        before = announced.get(what, {})
        kept = self._kept.get(site_id, [])
        known, youngest = _merged([*kept, *before]), max(before.values(), default=now)
        announced[what] = {
            span: before.get(span, youngest if _contains(known, span) else now) for span in wanted
        }
        self._merge(site_id)
        return [
            span for span, at in announced[what].items() if now - at >= ANNOUNCED or _contains(kept, span)
        ]

    def keep(self, site_id: str, span: Span) -> None:
        """What was announced stands in the table now."""
        self._kept[site_id] = _merged([*self._kept.get(site_id, []), span])
        self._merge(site_id)

    def covers(self, site_id: str, span: Span) -> bool:
        """Whether all of it is kept sealed already."""
        return _contains(self._kept.get(site_id, []), span)

    def around(self, site_id: str, span: Span) -> Span:
        """All that is refused without a gap when `span` is sealed too."""
        merged = _merged([*self._kept.get(site_id, []), span])
        return _around(merged, span[0]) or span

    def _merge(self, site_id: str) -> None:
        announced = [span for spans in self._announced.get(site_id, {}).values() for span in spans]
        self._refused[site_id] = _merged([*self._kept.get(site_id, []), *announced])


def _merged(spans: list[Span]) -> list[Span]:
    """In order, those that meet or overlap made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _contains(merged: list[Span], span: Span) -> bool:
    found = _around(merged, span[0])
    return found is not None and span[1] <= found[1]


def _around(spans: list[Span], instant: datetime) -> Span | None:
    place = bisect_right(spans, instant, key=lambda span: span[0]) - 1
    return spans[place] if place >= 0 and instant < spans[place][1] else None
