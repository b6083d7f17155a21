"""Random logs: events as websites would send them, with the instants at which they arrive.

They crowd around what is hard: gaps of half an hour, midnights, nights when clocks change, events that come
late, twice, out of order or from a clock that runs fast.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st

# A zone, and an instant in UTC a little before something happens to its clock or calendar.
NIGHTS = (
    ("America/New_York", "2026-03-08T06:30:00Z"),
    ("America/New_York", "2026-11-01T05:10:00Z"),
    ("Europe/Lisbon", "2026-03-29T00:30:00Z"),
    ("Europe/Lisbon", "2026-10-25T00:10:00Z"),
    ("Europe/Berlin", "2026-10-24T21:40:00Z"),
    ("America/Havana", "2026-03-08T04:40:00Z"),
    ("Asia/Kathmandu", "2026-09-09T17:50:00Z"),
    ("Pacific/Kiritimati", "2026-09-10T09:40:00Z"),
    ("Europe/Berlin", "2026-08-31T21:45:00Z"),
    ("UTC", "2026-12-31T23:40:00Z"),
    ("UTC", "2028-02-28T23:50:00Z"),
)
ZONES = tuple(sorted({zone for zone, _ in NIGHTS}))

HALF_HOUR = timedelta(minutes=30)
MILLISECOND = timedelta(milliseconds=1)
STEPS = (
    *[timedelta(0)] * 3,
    MILLISECOND,
    timedelta(milliseconds=150),
    timedelta(seconds=20),
    timedelta(minutes=4),
    timedelta(minutes=12),
    timedelta(minutes=25),
    HALF_HOUR - MILLISECOND,
    HALF_HOUR,
    HALF_HOUR + MILLISECOND,
    timedelta(minutes=50),
    timedelta(hours=3),
    timedelta(hours=23),
    timedelta(days=8),
)
_MINUTE = timedelta(minutes=1)
# What chance alone seldom finds: (event type, time since the one before, session) of each event.
SCENES: tuple[tuple[tuple[str, timedelta, str | None], ...], ...] = (
    (("pageview", _MINUTE, None), ("impression", _MINUTE, None)),
    (("leave", _MINUTE, None), ("pageview", timedelta(0), None), ("scroll", _MINUTE, None)),
    (("pageview", _MINUTE, None), ("pageview", _MINUTE, None), ("leave", _MINUTE, None)),
    (("pageview", _MINUTE, None), ("leave", timedelta(0), None), ("pageview", timedelta(0), None)),
    (("pageview", _MINUTE, "s1"), ("pageview", _MINUTE * 35, None), ("pageview", _MINUTE, "s2")),
    (("pageview", _MINUTE, "s1"), ("pageview", _MINUTE, "s2"), ("pageview", _MINUTE, "s1")),
)
# From happening to arriving; negative where the visitor's clock runs fast (skew beyond 10 minutes).
DELAYS = (
    *[timedelta(0)] * 4,
    *[timedelta(seconds=1)] * 3,
    timedelta(minutes=5),
    timedelta(hours=3),
    timedelta(hours=40),
    -timedelta(minutes=4),
    -timedelta(minutes=10),
    -timedelta(minutes=10) - MILLISECOND,
    -timedelta(hours=2),
)
REPEATS = (timedelta(0), timedelta(seconds=2), timedelta(hours=5), timedelta(hours=47))

_MOZILLA = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
_CHROME = f"{_MOZILLA} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
AGENTS = (
    _CHROME,
    f"{_CHROME} Edg/140.0.0.0",
    f"{_CHROME} OPR/120.0.0.0",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1",
    "SomethingNew/1.0",
)
BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"

PATHS = ("/", "/boots", "/shop/boots/thanks", "/shop/boots/red/thanks", "/blog")
EVENT_TYPES = (
    *["pageview"] * 5,
    "route_change",
    *["load"] * 2,
    *["leave"] * 4,
    "scroll",
    "click",
    "signup",
    "purchase",
    *["impression"] * 2,
)
REFERRERS = (
    "https://www.google.com/",
    "https://blog.example/post",
    "https://facebook.com/",
    "https://shop.example/",
)
CAMPAIGNS = (
    "utm_source=letter&utm_medium=email&utm_campaign=autumn",
    "utm_source=google&utm_medium=cpc&utm_term=boots&utm_content=red",
    "gclid=abc",
)
PROPERTIES: tuple[dict[str, Any], ...] = ({"plan": "pro"}, {"plan": "free", "items": 2}, {"gift": True})


@dataclass(frozen=True)
class Sent:
    """One event on its way. `site` is 0 or 1."""

    site: int
    arrival: datetime
    address: str
    user_agent: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Log:
    """Each of `batches` is loaded before the next arrives; `now` is when one asks."""

    zones: tuple[str, str]
    batches: list[list[Sent]]
    now: datetime


@dataclass(frozen=True)
class Person:
    """With an id of the browser's, or (`visitor_id` None) known by address and User-Agent alone."""

    visitor_id: str | None
    address: str
    user_agent: str


PEOPLE = (
    Person("ann", "203.0.113.1", AGENTS[0]),
    Person("ben", "203.0.113.1", AGENTS[4]),
    Person(str(uuid.UUID(int=7)), "203.0.113.2", AGENTS[3]),
    Person(None, "203.0.113.3", AGENTS[0]),
    Person(None, "203.0.113.3", AGENTS[1]),
    Person("crawler", "203.0.113.4", BOT),
)


@st.composite
def logs(draw: st.DrawFn) -> Log:
    zone, night = draw(st.sampled_from(NIGHTS))
    begin = datetime.fromisoformat(night)
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5))
    walked = [each for person in people for each in draw(_walk(person, begin))]
    sent = _numbered(walked) + draw(_repeats(_numbered(walked)))
    sent.sort(key=lambda each: each.arrival)
    later = draw(
        st.sampled_from([timedelta(0), timedelta(minutes=2), timedelta(minutes=5), timedelta(hours=9)])
    )
    return Log((zone, draw(st.sampled_from(ZONES))), draw(_batches(sent)), sent[-1].arrival + later)


@st.composite
def _walk(draw: st.DrawFn, person: Person, begin: datetime) -> list[Sent]:
    """One person's way over one site, of a few pages in one session for the most part."""
    site = draw(st.sampled_from([0, 0, 0, 1]))
    instant = begin + draw(
        st.sampled_from([timedelta(0), HALF_HOUR, -timedelta(days=1), timedelta(minutes=75)])
    )
    pages = draw(st.lists(st.sampled_from([*PATHS, None]), min_size=1, max_size=2))
    found = []
    for event_type, step, session in draw(st.one_of(_steps(), st.sampled_from(SCENES))):
        instant += step
        body = draw(bodies(event_type, draw(st.sampled_from(pages)), session))
        found.append(draw(_sent(site, person, instant, body)))
    return found


@st.composite
def _steps(draw: st.DrawFn) -> list[tuple[str, timedelta, str | None]]:
    """Anything at any time, in one session for the most part."""
    usual = draw(st.sampled_from([None, "s1"]))
    event_types, sessions = st.sampled_from(EVENT_TYPES), st.sampled_from([usual] * 5 + [None, "s2"])
    return draw(st.lists(st.tuples(event_types, st.sampled_from(STEPS), sessions), min_size=1, max_size=8))


@st.composite
def _sent(draw: st.DrawFn, site: int, person: Person, instant: datetime, body: dict[str, Any]) -> Sent:
    arrival = instant + draw(st.sampled_from(DELAYS))
    # Seldom another browser: for a visitor with an id the same visit, for one without somebody else.
    agent = draw(st.sampled_from([person.user_agent] * 9 + [AGENTS[5]]))
    if draw(_one_in(12)):
        arrival = instant  # A server's event, which leaves its time to us.
    else:
        body["timestamp"] = draw(_stamp(instant))
    if person.visitor_id is not None:
        body["visitor_id"] = person.visitor_id
    return Sent(site, arrival, person.address, agent, body)


@st.composite
def bodies(draw: st.DrawFn, event_type: str, path: str | None, session: str | None) -> dict[str, Any]:
    """An event without its time and visitor."""
    body: dict[str, Any] = {"event_type": event_type}
    if session is not None:
        body["session_id"] = session
    if path is not None:
        body["url"] = f"https://www.shop.example{path}" + draw(_query())
    optional: dict[str, st.SearchStrategy[Any]] = {
        "title": st.sampled_from(["", "Shoes", "Boots"]),
        "referrer": st.sampled_from(REFERRERS),
        "language": st.sampled_from(["de", "en-US"]),
        "timezone": st.sampled_from(["Europe/Berlin", "America/New_York"]),
        "screen": st.sampled_from([{"width": 390, "height": 844}, {"width": 1366, "height": 768}]),
    }
    for name, values in optional.items():
        if draw(_one_in(2)):
            body[name] = draw(values)
    return body | draw(_particulars(event_type))


@st.composite
def _particulars(draw: st.DrawFn, event_type: str) -> dict[str, Any]:
    if event_type in ("load", "pageview") and draw(_one_in(2)):
        return {
            "performance": {"load_ms": draw(st.sampled_from([0, 100, 101, 1720, 333.5, 600_000, 600_001]))}
        }
    if event_type in ("leave", "scroll") and not draw(_one_in(4)):
        return {"engaged_ms": draw(st.sampled_from([0, 50, 149, 3_000, 60_050]))} | draw(_vitals())
    if event_type == "impression":
        return {"interactive": draw(st.sampled_from([False, False, True]))}
    if event_type in ("signup", "purchase") and draw(_one_in(2)):
        return {"custom": draw(st.sampled_from(PROPERTIES))}
    return {}


@st.composite
def _vitals(draw: st.DrawFn) -> dict[str, Any]:
    values: dict[str, list[float]] = {
        "lcp_ms": [0, 1_200.5, 2_500, 2_501, 600_001],
        "inp_ms": [16, 200, 504],
        "cls": [0, 0.0504, 0.1005, 0.25, 1.3],
    }
    told = {name: draw(st.sampled_from(some)) for name, some in values.items() if draw(_one_in(2))}
    return {"vitals": told} if told else {}


@st.composite
def _query(draw: st.DrawFn) -> str:
    return "?" + draw(st.sampled_from(CAMPAIGNS)) if draw(_one_in(5)) else ""


@st.composite
def _stamp(draw: st.DrawFn, instant: datetime) -> str:
    if draw(_one_in(8)):
        return (instant + timedelta(hours=2)).isoformat(timespec="milliseconds").replace("+00:00", "+02:00")
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@st.composite
def _repeats(draw: st.DrawFn, sent: list[Sent]) -> list[Sent]:
    """Some of them once more, under the same `event_id`."""
    known = [each for each in sent if "event_id" in each.body]
    again = draw(st.lists(st.sampled_from(known), max_size=3)) if known else []
    return [replace(each, arrival=each.arrival + draw(st.sampled_from(REPEATS))) for each in again]


@st.composite
def _batches(draw: st.DrawFn, sent: list[Sent]) -> list[list[Sent]]:
    """Cut anywhere. Seldom two change places: then the server's own clock is set back between them."""
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(sent) - 1)), max_size=4)))
    found = [sent[begin:end] for begin, end in pairwise([0, *cuts, len(sent)]) if begin < end]
    if len(found) > 1 and draw(_one_in(4)):
        found[0], found[1] = found[1], found[0]
    return found


def _numbered(sent: list[Sent]) -> list[Sent]:
    """Two in three get an `event_id`."""
    return [
        replace(each, body={**each.body, "event_id": str(uuid.UUID(int=number + 1))}) if number % 3 else each
        for number, each in enumerate(sent)
    ]


def _one_in(count: int) -> st.SearchStrategy[bool]:
    return st.integers(1, count).map(lambda number: number == count)
