"""Rounding and folding, held against exact arithmetic."""

import math
from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from appliance.events import metrics

COUNTS = st.integers(0, 10**12)
SOME = st.integers(1, 10**9)


def half_up(value: Fraction, decimals: int) -> Fraction:
    scale = 10**decimals
    return Fraction(math.floor(value * scale + Fraction(1, 2)), scale)


@settings(deadline=None)  # other work on the machine is no fault
@given(part=COUNTS, whole=SOME)
@example(part=1, whole=2000)
@example(part=3, whole=2000)
@example(part=1, whole=16)
def test_a_percentage_has_one_decimal_rounded_half_up(part: int, whole: int) -> None:
    assert metrics.percent(part, whole) == float(half_up(Fraction(100 * part, whole), 1))


@settings(deadline=None)
@given(total=COUNTS, count=SOME, unit=st.sampled_from([1, 1000]))
@example(total=250, count=1, unit=1000)
@example(total=50, count=1, unit=1000)
def test_a_mean_in_tenths_is_rounded_half_up(total: int, count: int, unit: int) -> None:
    assert metrics.tenths(total, count, unit) == float(half_up(Fraction(total, count * unit), 1))


@settings(deadline=None)
@given(total=COUNTS, count=SOME)
@example(total=500, count=1)
@example(total=2500, count=1)
@example(total=1499, count=1)
def test_a_whole_mean_is_rounded_half_up(total: int, count: int) -> None:
    assert metrics.whole(total, count) == half_up(Fraction(total, 1000 * count), 0)


@settings(deadline=None)
@given(st.floats(0, 2**52))
@example(0.5)
@example(2.5)
@example(0.49999999999999994)
def test_the_nearest_number_is_rounded_half_up(value: float) -> None:
    assert metrics.nearest(value) == half_up(Fraction(value), 0)


def test_nothing_of_nothing_is_zero() -> None:
    assert metrics.percent(0, 0) == 0.0
    assert metrics.tenths(0, 0) == 0.0
    assert metrics.whole(0, 0) == 0


def test_the_largest_comes_first_and_equals_in_the_known_order() -> None:
    counts = [("direct", 2), ("paid", 2), ("organic", 2), ("social", 5)]
    assert metrics.folded(counts, metrics.SOURCES) == [
        ("social", 5),
        ("organic", 2),
        ("direct", 2),
        ("paid", 2),
    ]


def test_unknown_names_are_added_up_as_other_and_nothing_is_lost() -> None:
    counts = [("Opera", 2), ("Chrome", 3), ("Vivaldi", 1), ("Other", 1)]
    assert metrics.folded(counts, metrics.REPORT_BROWSERS) == [("Other", 4), ("Chrome", 3)]


def test_rows_of_zero_are_left_out() -> None:
    assert metrics.folded([("direct", 0), ("paid", 1)], metrics.SOURCES) == [("paid", 1)]
    assert metrics.folded([], metrics.SOURCES) == []


def test_nineteen_channels_fold_into_five_sources() -> None:
    by_source = {
        source: {channel for channel, folded in metrics.CHANNEL_SOURCE.items() if folded == source}
        for source in metrics.SOURCES
    }
    assert {source: len(channels) for source, channels in by_source.items()} == {
        "organic": 3,
        "direct": 1,
        "referral": 7,
        "social": 1,
        "paid": 7,
    }
    assert by_source["organic"] == {"Organic Shopping", "Organic Video", "Organic Search"}
    assert by_source["social"] == {"Organic Social"}
    assert len(metrics.CHANNEL_SOURCE) == 19
