"""Random questions about a log: which site, which days or hours, which filters."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tests.oracle.filters import DIMENSIONS, Filter
from tests.oracle.logs import Log
from tests.oracle.ranges import Days, Hours

OPERATORS = ("is", "is not", "contains", "does not contain")
MOMENT = timedelta(microseconds=1)
COMPARISONS = ("previous_period", "previous_year")

# Values that events of `logs` have, some that they do not have, and parts of them.
VALUES = {
    "page": ("/", "/boots", "boots", "thanks", "/nowhere"),
    "source": ("organic", "direct", "referral", "social", "paid", "o"),
    "channel": ("Direct", "Organic Search", "Paid Search", "Email", "Referral", "Organic"),
    "referrer": ("Google", "blog.example", "letter", "Facebook", "o"),
    "utm_source": ("letter", "google", "e"),
    "utm_medium": ("email", "cpc", "c"),
    "utm_campaign": ("autumn", "u"),
    "utm_term": ("boots", "o"),
    "utm_content": ("red", "e"),
    "country": ("DE", "US", "U"),
    "language": ("de", "en-US", "en"),
    "browser": ("Chrome", "Edge", "Opera", "Firefox", "e"),
    "os": ("Windows", "Linux", "iOS", "i"),
    "device": ("desktop", "mobile", "t"),
    "screen": ("390x844", "1366x768", "x"),
    "event": ("pageview", "leave", "signup", "purchase", "p"),
    "property": ("plan=pro", "plan=free", "items=2", "gift=true", "plan"),
}
VALUES["entry_page"] = VALUES["exit_page"] = VALUES["page"]


@dataclass(frozen=True)
class Question:
    """`site` is 0 or 1."""

    site: int
    days: Days | Hours
    granularity: str
    compare: str
    dimension: str
    filters: tuple[Filter, ...]
    search: str
    sort: str
    order: str


@st.composite
def questions(draw: st.DrawFn, log: Log) -> Question:
    site = draw(st.sampled_from([0, 0, 0, 1]))
    granularity = draw(st.sampled_from(["hour", "hour", "day", "week", "month"]))
    zone = ZoneInfo(log.zones[site])
    first = draw(st.sampled_from(_dates(log, site))) + timedelta(days=draw(st.sampled_from([0, 0, 0, -1, 1])))
    lengths = {"hour": [0, 0, 1, 3], "day": [0, 1, 9, 30], "week": [0, 6, 30], "month": [0, 40, 380]}
    last = first + timedelta(days=draw(st.sampled_from(lengths[granularity])))
    days: list[Days | Hours] = [Days(first, last, zone)] * 2
    return Question(
        site,
        draw(st.sampled_from([*days, *_hours(log, site)])),
        granularity,
        draw(st.sampled_from(COMPARISONS)),
        draw(st.sampled_from(DIMENSIONS)),
        tuple(draw(st.lists(_filters(), max_size=2))),
        draw(st.sampled_from(["", "", "O", "boots", "DE", "nowhere"])),
        draw(st.sampled_from(["value", "visitors", "visits", "pageviews"])),
        draw(st.sampled_from(["asc", "desc"])),
    )


def _hours(log: Log, site: int) -> list[Hours]:
    """The last ones, and those up to what happened there early and late."""
    zone = ZoneInfo(log.zones[site])
    arrivals = sorted(each.arrival for batch in log.batches for each in batch if each.site == site)
    return [Hours(instant, zone) for instant in (log.now + MOMENT, *arrivals[:1], *arrivals[-1:])]


@st.composite
def _filters(draw: st.DrawFn) -> Filter:
    dimension = draw(st.sampled_from(DIMENSIONS))
    values = draw(st.lists(st.sampled_from(VALUES[dimension]), min_size=1, max_size=2, unique=True))
    return dimension, draw(st.sampled_from(OPERATORS)), values


def _dates(log: Log, site: int) -> list[date]:
    """Local days on which something happened or arrived there, and today."""
    sent = [each for batch in log.batches for each in batch if each.site == site]
    stamps = [each.body["timestamp"] for each in sent if "timestamp" in each.body]
    instants = [log.now, *(each.arrival for each in sent), *map(datetime.fromisoformat, stamps)]
    return sorted({instant.astimezone(ZoneInfo(log.zones[site])).date() for instant in instants})
