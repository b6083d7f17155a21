"""Exact fractions until the very end, then half up."""

import math
from collections.abc import Sequence
from fractions import Fraction

Exact = Fraction | int


def half_up(value: Exact, places: int) -> float:
    """12.25 becomes 12.3 with one place."""
    scale = 10**places
    return float(Fraction(math.floor(Fraction(value) * scale + Fraction(1, 2)), scale))


def percent(part: int, whole: int) -> float:
    """One decimal; 0.0 of nothing."""
    return half_up(Fraction(100 * part, whole), 1) if whole else 0.0


def mean(values: Sequence[Exact]) -> Fraction | None:
    """None of no values."""
    return Fraction(sum(values)) / len(values) if values else None


def percentile(values: Sequence[Exact], share: Fraction) -> Fraction | None:
    """Interpolated linearly between the two neighbours; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return Fraction(ordered[below] + (ordered[above] - ordered[below]) * (place - below))


def whole(value: Exact | None) -> int:
    """Milliseconds as they are shown; nothing is 0."""
    return int(half_up(value, 0)) if value is not None else 0


def tenth(value: Exact | None) -> float:
    """Seconds as they are shown; nothing is 0."""
    return half_up(value, 1) if value is not None else 0.0
