"""What an owner wants visitors to do: send a custom event, or look at a page. Counted over all of history."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast, get_args

from appliance.base.clock import Clock
from appliance.base.errors import FieldError, InvalidError, NotFoundError
from appliance.events.metrics import is_custom
from appliance.sites.sites import Site
from appliance.storage.database import Database, Row

Kind = Literal["event", "path"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MAX_GOALS = 100
MAX_NAME = 120
MAX_PATTERN = {"event": 120, "path": 2048}

_WILD = re.compile(r"\*\*|\*")


@dataclass(frozen=True)
class Goal:
    """`pattern`: a custom event's name, or a path in which * stands for all but / and ** for anything."""

    goal_id: str
    name: str
    kind: Kind
    pattern: str
    created_at: datetime

    @property
    def expression(self) -> str:
        """What the event's type equals, or the whole path matches: a regular expression of RE2."""
        return path_expression(self.pattern) if self.kind == "path" else self.pattern


def path_expression(pattern: str) -> str:
    literal = [re.escape(part) for part in _WILD.split(pattern)]
    wild = [".*" if found == "**" else "[^/]*" for found in _WILD.findall(pattern)]
    return "(?s)" + "".join(part for pair in zip(literal, [*wild, ""], strict=True) for part in pair)


class Goals:
    """Every query about goals names the site."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, site: Site) -> list[Goal]:
        """Oldest first."""
        return [_goal(row) for row in self._database.read("goals.all", {"site_id": site.site_id})]

    def create(self, site: Site, name: str, kind: str, pattern: str) -> Goal:
        """Raises InvalidError naming the fields at fault."""
        name, pattern = name.strip(), pattern.strip()
        present = self.of(site)
        _check(name, kind, pattern, present)
        goal = Goal(f"goal_{secrets.token_hex(8)}", name, cast(Kind, kind), pattern, self._clock.now())
        with self._database.write() as transaction:
            transaction.run("goals.insert", {**vars(goal), "site_id": site.site_id})
            transaction.run("goals.stale", {"site_id": site.site_id})
        return goal

    def draft(self, kind: str, pattern: str) -> Goal:
        """One that is not kept. Raises InvalidError naming the fields at fault."""
        pattern = pattern.strip()
        faults = _kind_and_pattern_faults(kind, pattern)
        if faults:
            raise InvalidError("There cannot be such a goal.", faults)
        return Goal("draft", "", cast(Kind, kind), pattern, self._clock.now())

    def delete(self, site: Site, goal_id: str) -> None:
        """No event is lost with it. Raises NotFoundError."""
        with self._database.write() as transaction:
            gone = transaction.run("goals.delete", {"site_id": site.site_id, "goal_id": goal_id})
            transaction.run("goals.stale", {"site_id": site.site_id})
        if not gone:
            raise NotFoundError("There is no such goal.")


def _check(name: str, kind: str, pattern: str, present: list[Goal]) -> None:
    faults: list[FieldError] = []
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        faults.append(FieldError("/name", f"Give the goal a name of at most {MAX_NAME} characters."))
    faults += _kind_and_pattern_faults(kind, pattern)
    if any((goal.kind, goal.pattern) == (kind, pattern) for goal in present):
        faults.append(FieldError("/pattern", "There is a goal for that already."))
    if len(present) >= MAX_GOALS:
        faults.append(FieldError("/name", f"There are {MAX_GOALS} goals already; delete one first."))
    if faults:
        raise InvalidError("The goal was not added: fields are wrong.", faults)


def _kind_and_pattern_faults(kind: str, pattern: str) -> list[FieldError]:
    if kind not in KINDS:
        return [FieldError("/kind", 'Choose "event" or "path".')]
    return _pattern_faults(kind, pattern)


def _pattern_faults(kind: str, pattern: str) -> list[FieldError]:
    most = MAX_PATTERN[kind]
    if not 0 < len(pattern) <= most or not pattern.isprintable():
        return [FieldError("/pattern", f"Write at most {most} characters.")]
    if kind == "path" and not pattern.startswith(("/", "*")):
        return [FieldError("/pattern", "A path begins with a slash, such as /thanks or /shop/**.")]
    if kind == "event" and not is_custom(pattern):
        detail = "Only custom events can be goals, such as signup; for a pageview choose its path."
        return [FieldError("/pattern", detail)]
    return []


def _goal(row: Row) -> Goal:
    return Goal(*row)
