"""The vocabulary of numbers: channels and their fold, limits of time, rounding.

docs/metrics.md defines them in words; SQL files compute them; this module holds what both need.
"""

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, get_args

Source = Literal["organic", "direct", "referral", "social", "paid"]
SOURCES: tuple[Source, ...] = get_args(Source)
"""The report's sources, in the order that breaks ties."""

CHANNEL_SOURCE: dict[str, Source] = {
    "Cross-network": "paid",
    "Paid Shopping": "paid",
    "Paid Search": "paid",
    "Paid Social": "paid",
    "Paid Video": "paid",
    "Display": "paid",
    "Paid Other": "paid",
    "Organic Shopping": "organic",
    "Organic Social": "social",
    "Organic Video": "organic",
    "AI Assistants": "referral",
    "Organic Search": "organic",
    "Email": "referral",
    "Affiliates": "referral",
    "Audio": "referral",
    "SMS": "referral",
    "Mobile Push": "referral",
    "Referral": "referral",
    "Direct": "direct",
}
"""The nineteen channels, and the report's source that each is counted under."""

_NOT_CUSTOM = frozenset({"pageview", "route_change", "load", "leave", "scroll", "click", "error", "vitals"})
"""Pageviews and passive events; the database's macros is_pageview and is_passive name the same."""

CURRENT = timedelta(minutes=5)
"""A visitor with an event in this time is a current visitor."""

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far ahead of ours a client's clock may be; beyond it the time of arrival counts."""

REPORT_SYSTEMS = ("Windows", "MacOS", "Linux", "Android", "iOS")
REPORT_BROWSERS = ("Chrome", "Safari", "Firefox", "Edge")
OTHER = "Other"

Rating = Literal["good", "needs improvement", "poor"]
VITAL_LIMITS = {"lcp_ms": (2500, 4000), "inp_ms": (200, 500), "cls": (0.1, 0.25)}
"""Up to the first is good, above the second poor: web.dev/articles/defining-core-web-vitals-thresholds."""


def is_custom(event_type: str) -> bool:
    return event_type not in _NOT_CUSTOM


def percent(part: int, whole: int) -> float:
    """Share in percent with one decimal, rounded half up; 0.0 of nothing."""
    if whole == 0:
        return 0.0
    return (2000 * part + whole) // (2 * whole) / 10


def tenths(total: int, count: int, unit: int = 1) -> float:
    """Mean of `total / unit` over `count` with one decimal, rounded half up; 0.0 of nothing."""
    divisor = count * unit
    if divisor == 0:
        return 0.0
    return (20 * total + divisor) // (2 * divisor) / 10


def whole(total_thousandths: int, count: int) -> int:
    """Mean, without decimals, of values summed in thousandths; rounded half up, 0 of nothing."""
    divisor = 1000 * count
    if divisor == 0:
        return 0
    return (2 * total_thousandths + divisor) // (2 * divisor)


def nearest(value: float) -> int:
    """Rounded half up."""
    below = math.floor(value)
    return below + (value - below >= 0.5)  # value + 0.5 would be rounded itself


def rating(vital: str, value: float) -> Rating:
    good, poor = VITAL_LIMITS[vital]
    if value <= good:
        return "good"
    return "poor" if value > poor else "needs improvement"


def folded(counts: Sequence[tuple[str, int]], known: Sequence[str]) -> list[tuple[str, int]]:
    """Counts by name with every name not in `known` added up as Other; largest first, then as in `known`."""
    order = {name: place for place, name in enumerate((*known, OTHER))}
    sums: dict[str, int] = {}
    for name, count in counts:
        key = name if name in order else OTHER
        sums[key] = sums.get(key, 0) + count
    return sorted(((n, c) for n, c in sums.items() if c), key=lambda row: (-row[1], order[row[0]]))
