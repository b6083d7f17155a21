"""Web vitals: what browsers measured of pageviews, by the rules in docs/metrics.md."""

import json
from datetime import date
from typing import Any

import pytest

from appliance.base.timerange import TimeRange
from appliance.reports import filters
from appliance.reports.vitals import SiteVitals
from appliance.runtime import Runtime
from tests.people import Person
from tests.traffic import CHROME, IPHONE, event, pageview, send

DAY = date(2026, 9, 10)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


def vitals(program: Runtime, person: Person, kept: str | None = None) -> SiteVitals:
    span = TimeRange(DAY, DAY, person.shop.zone)
    return program.vitals.of(person.shop, span, 20, filters.parse(kept))


def left(at: str, path: str = "/", agent: str = CHROME, **told: float) -> dict[str, Any]:
    return event("leave", f"2026-09-10T{at}Z", path=path, user_agent=agent, vitals=told)


def viewed(at: str, path: str = "/", agent: str = CHROME) -> dict[str, Any]:
    return pageview(f"2026-09-10T{at}Z", path=path, user_agent=agent)


def test_a_pageview_has_the_worst_that_its_farewells_tell(program: Runtime, alice: Person) -> None:
    """A page that is looked at again tells once more what was measured since."""
    send(
        program,
        alice.shop,
        viewed("10:00:00"),
        left("10:01:00", lcp_ms=1200, inp_ms=40, cls=0.31),
        left("10:02:00", inp_ms=90, cls=0.02),
    )
    found = vitals(program, alice)
    assert found.lcp_ms and found.inp_ms and found.cls
    assert (found.lcp_ms.p75, found.inp_ms.p75, found.cls.p75) == (1200, 90, 0.31)
    assert (found.lcp_ms.measured, found.lcp_ms.rating) == (1, "good")
    assert (found.inp_ms.rating, found.cls.rating) == ("good", "poor")


def test_pages_have_their_own_and_the_most_measured_comes_first(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        *(viewed("10:00:00", "/boots"), left("10:01:00", "/boots", lcp_ms=5000)),
        *(viewed("10:02:00", "/boots"), left("10:03:00", "/boots", lcp_ms=3000)),
        *(viewed("10:04:00", "/"), left("10:05:00", "/", lcp_ms=1000)),
    )
    found = vitals(program, alice)
    assert [(page.path, page.lcp_ms and page.lcp_ms.p50) for page in found.pages] == [
        ("/boots", 4000),
        ("/", 1000),
    ]
    assert found.lcp_ms and (found.lcp_ms.measured, found.lcp_ms.p50) == (3, 3000)
    only = vitals(program, alice, json.dumps([["entry_page", "is", ["/other"]]]))
    assert (only.lcp_ms, only.pages) == (None, [])


@pytest.mark.parametrize(("agent", "moved"), [(CHROME, 0.0), (FIREFOX, None), (IPHONE, None)])
def test_nothing_moved_where_the_browser_would_have_told_it(
    program: Runtime, alice: Person, agent: str, moved: float | None
) -> None:
    """Others never measure it: their pages would all seem to stand still."""
    send(program, alice.shop, viewed("10:00:00", agent=agent), left("10:01:00", agent=agent, lcp_ms=900))
    found = vitals(program, alice)
    assert found.lcp_ms
    assert (found.cls and found.cls.p75) == moved


def test_what_cannot_have_been_measured_is_left_out(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, viewed("10:00:00"), left("10:01:00", lcp_ms=-1, inp_ms=600_001, cls=1e9))
    found = vitals(program, alice)
    assert (found.lcp_ms, found.inp_ms, found.cls, found.pages) == (None, None, None, [])
