"""The numbers over a range, each by its rule in docs/metrics.md."""

from datetime import date, datetime
from typing import Any

import pytest

from appliance.base import comparisons
from appliance.base.timerange import TimeRange
from appliance.reports.reports import Comparison, SiteReport, TopPages
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.traffic import CHROME, IPHONE, event, pageview, send

DAY = "2026-09-10"


def report(program: Runtime, site: Site, first: str = DAY, last: str | None = None) -> SiteReport:
    return program.reports.site_report(site, days(site, first, last))


def days(site: Site, first: str, last: str | None = None) -> TimeRange:
    return TimeRange(date.fromisoformat(first), date.fromisoformat(last or first), site.zone)


def top_pages(program: Runtime, site: Site, limit: int = 20) -> TopPages:
    return program.reports.top_pages(site, days(site, DAY), limit)


def test_the_event_of_the_plan_shows_in_the_report_of_its_days(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        {
            "site_id": alice.shop.site_id,
            "timestamp": "2025-09-17T12:29:40Z",
            "event_type": "pageview",
            "path": "/products/42",
            "title": "Product 42",
            "referrer": "https://google.com",
            "user_agent": "...",
            "viewport": {"width": 1366, "height": 768},
            "performance": {"load_ms": 1720},
            "session_id": "sess_98765",
            "visitor_id": "visitor_abcd1234",
            "custom": {"cart_value": 120},
        },
    )
    found = report(program, alice.shop, "2025-09-10", "2025-09-17")
    assert (found.unique_visitors, found.total_visitors, found.total_pageviews) == (1, 1, 1)
    assert found.date_range == "2025-09-10 to 2025-09-17"
    assert found.avg_loading_time_ms == 1720
    assert [(s.source, s.visitors, s.percent) for s in found.traffic_sources] == [("organic", 1, 100.0)]
    assert [(p.path, p.page_title, p.pageviews) for p in found.pages] == [("/products/42", "Product 42", 1)]


def test_an_empty_range_gives_zeros_and_empty_lists(program: Runtime, alice: Person) -> None:
    found = report(program, alice.shop)
    assert found.total_visitors == found.unique_visitors == found.total_pageviews == found.total_pages == 0
    assert found.bounce_rate_percent == found.avg_time_spent_on_site_sec == found.avg_loading_time_ms == 0
    assert found.new_vs_returning.new_percent == found.new_vs_returning.returning_percent == 0
    for shares in (found.traffic_sources, found.browsers, found.operating_systems, found.pages, found.goals):
        assert shares == []


def test_days_are_those_of_the_sites_zone(program: Runtime, alice: Person) -> None:
    """Berlin's 10 September ends at 22:00 UTC."""
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T21:59:59.999Z", visitor="ann"),
        pageview(f"{DAY}T22:00:00Z", visitor="ben"),
    )
    assert report(program, alice.shop, DAY).unique_visitors == 1
    assert report(program, alice.shop, "2026-09-11").unique_visitors == 1


def test_unique_visitors_are_never_the_sum_of_days(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"), pageview("2026-09-11T10:00:00Z"))
    found = report(program, alice.shop, "2026-09-10", "2026-09-11")
    assert (found.unique_visitors, found.total_visitors) == (1, 2)


def test_a_visit_over_midnight_counts_where_it_starts_its_visitor_on_both_days(
    program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview("2026-09-10T21:55:00Z"), pageview("2026-09-10T22:05:00Z"))
    first, second = report(program, alice.shop, "2026-09-10"), report(program, alice.shop, "2026-09-11")
    assert (first.total_visitors, second.total_visitors) == (1, 0)
    assert (first.unique_visitors, second.unique_visitors) == (1, 1)
    assert (first.total_pageviews, second.total_pageviews) == (1, 1)


def test_sources_of_equal_size_stand_in_their_fixed_order(program: Runtime, alice: Person) -> None:
    referrers = ["https://facebook.com/", "https://blog.example/", "https://google.com/", None]
    send(program, alice.shop, *(_from(n, referrer) for n, referrer in enumerate(referrers)))
    assert [share.source for share in report(program, alice.shop).traffic_sources] == [
        "organic",
        "direct",
        "referral",
        "social",
    ]


def _from(number: int, referrer: str | None) -> dict[str, Any]:
    return pageview(f"{DAY}T10:00:00Z", visitor=f"v{number}", referrer=referrer)


def test_browsers_and_systems_are_those_of_the_visits_and_the_rest_is_other(
    program: Runtime, alice: Person
) -> None:
    agents = [CHROME, CHROME, IPHONE, "SomethingNew/1.0"]
    send(
        program,
        alice.shop,
        *(pageview(f"{DAY}T10:00:00Z", visitor=f"v{n}", user_agent=agent) for n, agent in enumerate(agents)),
    )
    found = report(program, alice.shop)
    assert [(b.name, b.percent) for b in found.browsers] == [
        ("Chrome", 50.0),
        ("Safari", 25.0),
        ("Other", 25.0),
    ]
    assert [(s.name, s.percent) for s in found.operating_systems] == [
        ("Windows", 50.0),
        ("iOS", 25.0),
        ("Other", 25.0),
    ]


def test_returning_visitors_were_seen_before_the_range_began(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview("2026-08-01T10:00:00Z", visitor="old"),
        pageview(f"{DAY}T10:00:00Z", visitor="old"),
        pageview(f"{DAY}T10:00:00Z", visitor="new"),
        pageview(f"{DAY}T18:00:00Z", visitor="new"),
        pageview(f"{DAY}T10:00:00Z", visitor=None),
    )
    shares = report(program, alice.shop).new_vs_returning
    assert (shares.new_percent, shares.returning_percent, shares.unrecognisable_percent) == (66.7, 33.3, 33.3)


def test_loading_times_outside_what_a_browser_can_mean_are_left_out(program: Runtime, alice: Person) -> None:
    times = [1000, 2000, 0, -5, 600_001]
    send(
        program,
        alice.shop,
        *(event("load", f"{DAY}T10:00:0{n}Z", performance={"load_ms": ms}) for n, ms in enumerate(times)),
    )
    found = report(program, alice.shop)
    assert found.avg_loading_time_ms == 1500
    assert (found.load_ms.p50, found.load_ms.p75, found.load_ms.p95) == (1500, 1750, 1950)


def test_of_two_titles_of_the_same_instant_a_page_shows_the_one_that_arrived_last(
    program: Runtime, alice: Person
) -> None:
    for title in ("First", "Second", "Third"):
        send(program, alice.shop, pageview(f"{DAY}T10:00:00Z", "/a", visitor=title, title=title))
    assert report(program, alice.shop).pages[0].page_title == "Third"
    assert top_pages(program, alice.shop).pages[0].page_title == "Third"


def test_a_page_shows_its_latest_title_and_unknown_time_as_null(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T10:00:00Z", "/a", title="Old"),
        pageview(f"{DAY}T10:00:10Z", "/a", title="New"),
        pageview(f"{DAY}T10:00:20Z", "/a", title=""),
        pageview(f"{DAY}T11:30:00Z", "/b"),
    )
    a, b = top_pages(program, alice.shop).pages
    assert (a.path, a.page_title, a.pageviews, a.visitors, a.avg_time_spent) == ("/a", "New", 3, 1, 10.0)
    assert (b.path, b.page_title, b.avg_time_spent, b.bounce_rate_percent) == ("/b", "", None, 100.0)


def test_pages_are_sorted_by_views_then_path_and_the_total_counts_all(
    program: Runtime, alice: Person
) -> None:
    paths = ["/c", "/b", "/b", "/a"]
    send(program, alice.shop, *(pageview(f"{DAY}T10:00:0{n}Z", path) for n, path in enumerate(paths)))
    found = top_pages(program, alice.shop, limit=2)
    assert [page.path for page in found.pages] == ["/b", "/a"]
    assert found.total == 3


def test_every_bucket_is_there_and_the_one_of_now_is_incomplete(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-15T10:00:00Z"), pageview("2026-09-17T10:00:00Z"))
    series = program.timeseries.series(
        alice.shop, days(alice.shop, "2026-09-14", "2026-09-17"), ["visitors", "bounce_rate"], "day"
    ).series
    assert [(p.t, p.value) for p in series["visitors"]] == [
        ("2026-09-14", 0),
        ("2026-09-15", 1),
        ("2026-09-16", 0),
        ("2026-09-17", 1),
    ]
    assert [p.incomplete for p in series["visitors"]] == [False, False, False, True]
    assert [p.value for p in series["bounce_rate"]] == [0, 100.0, 0, 100.0]


def test_a_night_of_25_hours_has_25_points_and_loses_nothing(
    program: Runtime, people: People, clock: FrozenClock
) -> None:
    shop = people.bob.shop  # New York: 01:30 happens twice on 1 November 2026.
    clock.set("2026-11-02T12:00:00Z")
    send(
        program,
        shop,
        pageview("2026-11-01T05:30:00Z", visitor="a"),
        pageview("2026-11-01T06:30:00Z", visitor="b"),
    )
    points = program.timeseries.series(shop, days(shop, "2026-11-01"), ["pageviews"], "hour").series[
        "pageviews"
    ]
    assert len(points) == 25
    assert [(p.t, p.value) for p in points if p.value] == [
        ("2026-11-01T01:00:00-04:00", 1),
        ("2026-11-01T01:00:00-05:00", 1),
    ]


def test_one_sites_numbers_hold_nothing_of_anothers(program: Runtime, alice: Person, people: People) -> None:
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z"))
    assert report(program, people.bob.shop).total_pageviews == 0
    assert top_pages(program, people.bob.shop).pages == []


@pytest.mark.parametrize(("minutes", "current"), [(4, 1), (6, 0)])
def test_current_visitors_had_an_event_in_the_last_five_minutes(
    program: Runtime, alice: Person, clock: FrozenClock, minutes: int, current: int
) -> None:
    send(program, alice.shop, pageview(clock.now()))
    clock.advance(minutes=minutes)
    assert report(program, alice.shop).current_visitors == current


def yesterday(program: Runtime, site: Site, now: str) -> Comparison | None:
    """What today is compared with at this moment."""
    span = days(site, "2026-09-11")
    compared = comparisons.earlier(span, "previous_period", datetime.fromisoformat(now))
    return program.reports.site_report(site, span, compared=compared).comparison


def test_a_day_under_way_is_held_against_the_day_before_up_to_the_same_time(
    program: Runtime, alice: Person
) -> None:
    times = ("2026-09-10T07:00:00Z", "2026-09-10T09:59:59Z", "2026-09-10T10:00:00Z", "2026-09-10T18:00:00Z")
    send(program, alice.shop, *(pageview(time, visitor=time) for time in times))
    found = yesterday(program, alice.shop, "2026-09-11T10:00:00Z")
    assert found
    assert (found.visits, found.unique_visitors, found.total_pageviews) == (2, 2, 2)
    assert (found.date_range, str(found.until)) == ("2026-09-10 to 2026-09-10", "2026-09-10 10:00:00+00:00")


def test_a_day_of_less_than_half_an_hour_is_held_against_nothing(program: Runtime, alice: Person) -> None:
    assert yesterday(program, alice.shop, "2026-09-10T22:29:59Z") is None
    assert yesterday(program, alice.shop, "2026-09-10T22:30:00Z")
