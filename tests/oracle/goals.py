"""Which events complete a goal."""

from collections.abc import Sequence

from tests.oracle.events import Event, Goal


def completes(event: Event, goal: Goal) -> bool:
    """A path goal is completed by a pageview, an event goal by the custom event of that name."""
    if goal.kind == "event":
        return event.is_custom and event.event_type == goal.pattern
    return event.is_pageview and event.path is not None and path_matches(goal.pattern, event.path)


def completes_any(event: Event, goals: Sequence[Goal]) -> bool:
    return any(completes(event, goal) for goal in goals)


def path_matches(pattern: str, path: str) -> bool:
    """`**` stands for any characters, `*` for any but a slash (none at all too), others for themselves."""
    if pattern == "":
        return path == ""
    if pattern.startswith("**"):
        return any(path_matches(pattern[2:], path[cut:]) for cut in range(len(path) + 1))
    if pattern.startswith("*"):
        segment = path.split("/")[0]
        return any(path_matches(pattern[1:], path[cut:]) for cut in range(len(segment) + 1))
    return path.startswith(pattern[0]) and path_matches(pattern[1:], path[1:])
