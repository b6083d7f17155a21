"""Web vitals over a range: how soon, how promptly and how steadily pages showed, as browsers measured it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from appliance.base.timerange import Span
from appliance.events import metrics
from appliance.events.metrics import Rating
from appliance.reports.filters import Filter, Selection
from appliance.reports.past import Past
from appliance.sites.sites import Site
from appliance.storage.database import Database


@dataclass(frozen=True)
class Vital:
    """Percentiles over the `measured` pageviews, interpolated linearly: whole milliseconds, of layout shifts
    three decimals. `rating` is that of `p75`."""

    measured: int
    p50: float
    p75: float
    p95: float
    rating: Rating


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Largest Contentful Paint, Interaction to Next Paint, Cumulative Layout Shift; null: of no pageview."""

    lcp_ms: Vital | None
    inp_ms: Vital | None
    cls: Vital | None


@dataclass(frozen=True, kw_only=True)
class PageVitals(Measured):
    path: str


@dataclass(frozen=True, kw_only=True)
class SiteVitals(Measured):
    """`pages`, those that were measured most often first. `since`: earlier days of the range are left out,
    because only their sums are kept; null: none are."""

    pages: list[PageVitals]
    since: date | None


class Vitals:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._past = Past(database)

    def of(self, site: Site, span: Span, limit: int, filters: Sequence[Filter] = ()) -> SiteVitals:
        """With at most `limit` pages. Raises InvalidError for filters over days whose visits are gone."""
        return self._database.at_one_moment(lambda: self._of(site, span, limit, filters))

    def _of(self, site: Site, span: Span, limit: int, filters: Sequence[Filter]) -> SiteVitals:
        gone_before = self._past.reaches(site, span, filters)
        start = min(gone_before or span.start, span.end)
        kept = Selection(self._database, site, filters)
        (_, *whole), *pages = kept.read("reports.vitals", start, span.end, limit=limit)
        return SiteVitals(
            **_measured(whole),
            pages=[PageVitals(path=path, **_measured(told)) for path, *told in pages],
            since=self._past.first_day(site) if gone_before else None,
        )


def _measured(told: Sequence[Any]) -> dict[str, Vital | None]:
    """(how many were measured, percentiles) of each vital in turn."""
    lcp, lcp_told, inp, inp_told, shifts, shifts_told = told
    return {
        "lcp_ms": _vital("lcp_ms", lcp, [metrics.nearest(value) for value in lcp_told or ()]),
        "inp_ms": _vital("inp_ms", inp, [metrics.nearest(value) for value in inp_told or ()]),
        "cls": _vital("cls", shifts, [metrics.nearest(value / 10) / 1000 for value in shifts_told or ()]),
    }


def _vital(name: str, measured: int, percentiles: Sequence[float]) -> Vital | None:
    if not percentiles:
        return None
    p50, p75, p95 = percentiles
    return Vital(measured, p50, p75, p95, metrics.rating(name, p75))
