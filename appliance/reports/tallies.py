"""Numbers of a day in a form that can be kept, and added up when its visits are gone.

Sums of visits, pageviews, times and conversions stay exact. Visitors of several days are added up, so that
whoever came on two days counts twice; percentiles come from loading times kept to two digits.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from operator import attrgetter
from typing import Self

from appliance.reports.facts import (
    EVERYTHING,
    SHARED,
    Conversions,
    Counted,
    Facts,
    Head,
    Page,
    Pages,
    Part,
    Parts,
    ShareCounts,
    View,
    counted_in,
)
from appliance.reports.filters import DIMENSIONS
from appliance.reports.ranking import Ranking
from appliance.sites.goals import Goal

PERCENTILES = (0.5, 0.75, 0.95)

GoalKey = tuple[str, str]
"""What a goal could be made of: its kind, and an event's name or a path."""


@dataclass
class Tally(Counted):
    """`load_times`: how many by milliseconds; `breakdowns`: by dimension and value; `goals`: (conversions,
    visitors) of everything that a goal could count, by kind and name, so that one made later counts too."""

    visitors: int = 0
    unrecognisable: int = 0
    returned: int = 0
    visits: int = 0
    bounces: int = 0
    page_time_ms: int = 0
    pageviews: int = 0
    loads: int = 0
    load_us: int = 0
    load_times: dict[float, int] = field(default_factory=dict)
    by_path: dict[str, Page] = field(default_factory=dict)
    breakdowns: dict[str, dict[str, Part]] = field(default_factory=dict)
    goals: dict[GoalKey, tuple[int, int]] = field(default_factory=dict)
    exact: bool = False

    @classmethod
    def of(cls, facts: Facts, dimensions: Iterable[str] = DIMENSIONS) -> Self:
        """Everything there is to know of a span; its breakdowns by `dimensions` only."""
        head = facts.head()
        return cls(
            head.visitors,
            head.unrecognisable,
            facts.returning(),
            head.visits,
            head.bounces,
            head.page_time_ms,
            head.pageviews,
            head.loads,
            head.load_us,
            dict(facts.read("aggregates.load_times")),
            {page.path: page for page in facts.pages().rows},
            {
                name: {part.value: part for part in parts}
                for name, parts in facts.breakdowns(dimensions).items()
            },
            goals_of(facts),
        )

    def add(self, later: "Tally") -> None:
        """A span after this one."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(later, name))
        for ms, count in later.load_times.items():
            self.load_times[ms] = self.load_times.get(ms, 0) + count
        for path, page in later.by_path.items():
            known = self.by_path.get(path)
            self.by_path[path] = _page_sum(known, page) if known else page
        for dimension, parts in later.breakdowns.items():
            sums = self.breakdowns.setdefault(dimension, {})
            for value, part in parts.items():
                known_part = sums.get(value)
                sums[value] = _part_sum(known_part, part) if known_part else part
        for key, (conversions, visitors) in later.goals.items():
            before = self.goals.get(key, (0, 0))
            self.goals[key] = (before[0] + conversions, before[1] + visitors)

    def head(self) -> Head:
        percentiles = (
            [percentile(self.load_times, share) for share in PERCENTILES] if self.load_times else None
        )
        return Head(
            self.visitors,
            self.unrecognisable,
            self.visits,
            self.bounces,
            self.page_time_ms,
            self.pageviews,
            len(self.by_path),
            self.loads,
            self.load_us,
            percentiles,
        )

    def returning(self) -> int:
        return self.returned

    def conversions(self, goals: list[Goal]) -> Conversions:
        return conversions(self.goals, goals, self.visitors) if goals else {}

    def shares(self) -> ShareCounts:
        return tuple([(part.value, part.visits) for part in self._parts(dimension)] for dimension in SHARED)

    def pages(self, limit: int) -> Pages:
        rows = sorted(self.by_path.values(), key=lambda page: (-page.pageviews, page.path))
        return Pages(rows[:limit], len(rows))

    def viewed(self, limit: int) -> list[View]:
        return [
            View(page.path, page.title, page.pageviews, page.timed, page.page_time_ms)
            for page in self.pages(limit).rows
        ]

    def breakdown(self, dimension: str, ranking: Ranking = EVERYTHING) -> Parts:
        sought = ranking.search.lower()
        rows = [part for part in self._parts(dimension) if sought in part.value.lower()]
        rows.sort(key=attrgetter("value"))
        counted = counted_in(dimension)
        rows.sort(key=attrgetter(ranking.sort or counted), reverse=ranking.order == "desc")
        shown = rows[ranking.offset : ranking.offset + ranking.limit]
        return Parts(shown, len(rows), getattr(self, counted))

    def _parts(self, dimension: str) -> Iterable[Part]:
        return self.breakdowns.get(dimension, {}).values()


_SUMS = (
    "visitors", "unrecognisable", "returned", "visits", "bounces", "page_time_ms",
    "pageviews", "loads", "load_us",
)  # fmt: skip


def goals_of(facts: Facts) -> dict[GoalKey, tuple[int, int]]:
    rows = facts.read("aggregates.goals")
    return {(kind, name): (conversions, visitors) for kind, name, conversions, visitors in rows}


def conversions(done: Mapping[GoalKey, tuple[int, int]], goals: list[Goal], most: int) -> Conversions:
    """By goal and of all together. Visitors are those of each event and path added up, at most `most`."""
    found: dict[str | None, list[GoalKey]] = {
        goal.goal_id: [key for key in done if _completes(goal, *key)] for goal in goals
    }
    found[None] = list(dict.fromkeys(key for keys in found.values() for key in keys))
    return {
        goal_id: (sum(done[key][0] for key in keys), min(most, sum(done[key][1] for key in keys)))
        for goal_id, keys in found.items()
    }


def percentile(counts: Mapping[float, int], share: float) -> float:
    """Interpolated linearly between the values at both sides, as the database does; of at least one value."""
    values = sorted(counts)
    ends = list(accumulate(counts[value] for value in values))
    place = share * (ends[-1] - 1)
    below = int(place)
    low, high = (
        next(value for value, end in zip(values, ends, strict=True) if end > at)
        for at in (below, min(below + 1, ends[-1] - 1))
    )
    return low + (high - low) * (place - below)


def _completes(goal: Goal, kind: str, name: str) -> bool:
    if goal.kind != kind:
        return False
    return name == goal.pattern if kind == "event" else re.fullmatch(goal.expression, name) is not None


def _page_sum(earlier: Page, later: Page) -> Page:
    sums = (one + other for one, other in zip(earlier[2:], later[2:], strict=True))
    return Page(earlier.path, later.title or earlier.title, *sums)


def _part_sum(earlier: Part, later: Part) -> Part:
    return Part(earlier.value, *(one + other for one, other in zip(earlier[1:], later[1:], strict=True)))
