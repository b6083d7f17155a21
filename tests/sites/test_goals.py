"""Goals: what they may be, whose they are, and that they count over history."""

import re

import pytest

from appliance.base import timerange
from appliance.base.errors import InvalidError, NotFoundError
from appliance.reports.reports import SiteReport
from appliance.runtime import Runtime
from appliance.sites.goals import path_expression
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import pageview, send

DAY = "2026-09-17"


def report(program: Runtime, person: Person) -> SiteReport:
    span = timerange.today(person.shop.zone, program.clock.now())
    return program.reports.site_report(person.shop, span)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/thanks", "/thanks", True),
        ("/thanks", "/thanks/", False),
        ("/shop/*", "/shop/shoes", True),
        ("/shop/*", "/shop/shoes/red", False),
        ("/shop/**", "/shop/shoes/red", True),
        ("/shop/*/thanks", "/shop//thanks", True),
        ("/a.b+(c)", "/a.b+(c)", True),
        ("/a.b", "/aXb", False),
        ("/größe/* x", "/größe/7 x", True),
        ("**/done", "/a\n/done", True),
    ],
)
def test_a_star_stands_for_a_segment_and_two_for_anything(
    program: Runtime, pattern: str, path: str, matches: bool
) -> None:
    expression = path_expression(pattern)
    assert bool(re.fullmatch(expression, path)) is matches
    found = rows(program, "SELECT regexp_full_match($path, $pattern)", path=path, pattern=expression)
    assert found == [(matches,)]


def test_a_new_goal_counts_what_happened_before_it(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T10:00:00Z", "/thanks", visitor="a"),
        {**pageview(f"{DAY}T10:01:00Z", "/", visitor="a"), "event_type": "signup"},
        pageview(f"{DAY}T10:00:00Z", "/", visitor="b"),
    )
    assert report(program, alice).goals == []
    program.goals.create(alice.shop, "Bought", "path", "/thanks")
    program.goals.create(alice.shop, "Signed up", "event", "signup")
    program.goals.create(alice.shop, "Nobody", "event", "never")
    found = report(program, alice)
    numbers = [(goal.name, goal.conversions, goal.conversion_rate_percent) for goal in found.goals]
    assert numbers == [("Bought", 1, 50.0), ("Signed up", 1, 50.0), ("Nobody", 0, 0.0)]
    assert found.conversion_rate_percent == 50.0


@pytest.mark.parametrize(
    ("name", "kind", "pattern", "pointers"),
    [
        ("", "event", "signup", ["/name"]),
        ("Goal", "click", "signup", ["/kind"]),
        ("Goal", "event", "", ["/pattern"]),
        ("Goal", "event", "pageview", ["/pattern"]),
        ("Goal", "event", "scroll", ["/pattern"]),
        ("Goal", "event", "x" * 121, ["/pattern"]),
        ("Goal", "path", "thanks", ["/pattern"]),
        ("Goal", "path", "/" + "x" * 2048, ["/pattern"]),
        ("a\nb", "path", "/\x00", ["/name", "/pattern"]),
    ],
)
def test_what_can_never_be_reached_is_refused(
    program: Runtime, alice: Person, name: str, kind: str, pattern: str, pointers: list[str]
) -> None:
    with pytest.raises(InvalidError) as refusal:
        program.goals.create(alice.shop, name, kind, pattern)
    assert [field.pointer for field in refusal.value.fields] == pointers
    assert program.goals.of(alice.shop) == []


def test_a_preview_tells_what_the_goal_would_count_and_keeps_nothing(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T10:00:00Z", "/thanks/1", visitor="a"),
        pageview(f"{DAY}T10:01:00Z", "/thanks/2", visitor="a"),
        pageview(f"{DAY}T10:00:00Z", "/", visitor="b"),
    )
    span = timerange.today(alice.shop.zone, program.clock.now())
    found = program.reports.goal_preview(alice.shop, span, program.goals.draft("path", "/thanks/*"))
    assert (found.conversions, found.visitors, found.unique_visitors) == (2, 1, 2)
    assert found.conversion_rate_percent == 50.0
    nobody = program.reports.goal_preview(alice.shop, span, program.goals.draft("event", "never"))
    assert (nobody.conversions, nobody.visitors, nobody.unique_visitors) == (0, 0, 2)
    assert program.goals.of(alice.shop) == []


def test_a_preview_of_what_can_never_be_reached_is_refused(program: Runtime) -> None:
    with pytest.raises(InvalidError) as refusal:
        program.goals.draft("path", "thanks")
    assert [field.pointer for field in refusal.value.fields] == ["/pattern"]


def test_the_same_goal_twice_is_refused(program: Runtime, alice: Person) -> None:
    program.goals.create(alice.shop, "Bought", "path", "/thanks")
    with pytest.raises(InvalidError, match="not added"):
        program.goals.create(alice.shop, "Again", "path", "/thanks")


def test_a_goal_is_its_sites_alone(program: Runtime, people: People) -> None:
    goal = program.goals.create(people.alice.shop, "Bought", "path", "/thanks")
    assert program.goals.of(people.bob.shop) == []
    with pytest.raises(NotFoundError):
        program.goals.delete(people.bob.shop, goal.goal_id)
    program.goals.delete(people.alice.shop, goal.goal_id)
    assert program.goals.of(people.alice.shop) == []
