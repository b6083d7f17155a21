"""The numbers of a site by the values of one dimension: where visits came from, what was looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

from appliance.base.errors import FieldError, InvalidError
from appliance.base.timerange import Span
from appliance.events import metrics
from appliance.reports.facts import EVERYTHING, counted_in
from appliance.reports.filters import DIMENSIONS, Filter
from appliance.reports.past import Past
from appliance.reports.ranking import Ranking
from appliance.sites.sites import Site
from appliance.storage.database import Database


@dataclass(frozen=True)
class BreakdownRow:
    """For dimensions of visits, `percent` is of the visits that start in the range; for page, event and
    property it is of the visitors in the range."""

    value: str
    visitors: int
    visits: int
    pageviews: int
    percent: float


@dataclass(frozen=True)
class Breakdown:
    """The rows asked for; `total` counts all of them that what is searched for leaves."""

    dimension: str
    rows: list[BreakdownRow]
    total: int


class Breakdowns:
    def __init__(self, database: Database) -> None:
        self._past = Past(database)

    def rows(
        self,
        site: Site,
        span: Span,
        dimension: str,
        ranking: Ranking = EVERYTHING,
        filters: Sequence[Filter] = (),
    ) -> Breakdown:
        found = self._past.counted(site, span, filters, [dimension]).breakdown(dimension, ranking)
        rows = []
        for part in found.rows:
            share = getattr(part, counted_in(dimension))
            rows.append(BreakdownRow(*part, metrics.percent(share, found.whole)))
        return Breakdown(dimension, rows, found.total)


def parse_dimension(text: str | None) -> str:
    """Raises InvalidError."""
    if text not in DIMENSIONS:
        detail = f"{(text or '')[:40]!r} is not a dimension; there are {', '.join(DIMENSIONS)}."
        raise InvalidError("The dimension asked for does not exist.", [FieldError("dimension", detail)])
    return text
