"""How a day's tally stands in a row of `aggregated_metrics_daily`."""

import json
from typing import Any

from appliance.reports.facts import Page, Part
from appliance.reports.tallies import GoalKey, Tally
from appliance.storage.database import Row

_SUMS = {
    "visitors": "unique_visitors",
    "unrecognisable": "unrecognisable_visitors",
    "returned": "returning_visitors",
    "visits": "total_visitors",
    "bounces": "bounces",
    "page_time_ms": "page_time_ms",
    "pageviews": "total_pageviews",
    "loads": "loads",
    "load_us": "load_us",
}


def columns(tally: Tally) -> dict[str, Any]:
    """Values by column, all that `tally_of` needs."""
    return {
        **{column: getattr(tally, name) for name, column in _SUMS.items()},
        "load_times": json.dumps(sorted(tally.load_times.items())),
        "pages": json.dumps([page._asdict() for page in tally.pages(len(tally.by_path)).rows]),
        "breakdowns": json.dumps(
            {name: {part.value: part[1:] for part in tally.breakdown(name).rows} for name in tally.breakdowns}
        ),
        "goals": goals_text(tally.goals),
    }


def tally_of(row: Row) -> Tally:
    """From a row of past.days.sql: the columns in the order of `columns`."""
    *sums, load_times, pages, breakdowns, goals = row
    return Tally(
        **dict(zip(_SUMS, sums, strict=True)),
        load_times=dict(json.loads(load_times)),
        by_path={page["path"]: Page(**page) for page in json.loads(pages)},
        breakdowns={
            name: {value: Part(value, *counts) for value, counts in parts.items()}
            for name, parts in json.loads(breakdowns).items()
        },
        goals=goals_from(goals),
    )


def goals_text(goals: dict[GoalKey, tuple[int, int]]) -> str:
    return json.dumps([[*key, *counts] for key, counts in sorted(goals.items())])


def goals_from(text: str) -> dict[GoalKey, tuple[int, int]]:
    return {(kind, name): (conversions, visitors) for kind, name, conversions, visitors in json.loads(text)}
