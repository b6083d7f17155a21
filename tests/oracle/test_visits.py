"""Visits, page times and bounces, worked out by hand."""

from dataclasses import replace
from fractions import Fraction

from tests.oracle.events import Event
from tests.oracle.stories import arrived, did, instant, viewed
from tests.oracle.visits import Visit, cut_visits


def lengths(*events: Event) -> list[int]:
    """How many events each visit has."""
    return [len(visit.events) for visit in cut_visits(arrived(*events))]


def visit(*events: Event) -> Visit:
    (only,) = cut_visits(arrived(*events))
    return only


def times(*events: Event) -> list[Fraction | None]:
    return [time for _, time in visit(*events).page_times]


def test_exactly_thirty_minutes_still_belong() -> None:
    assert lengths(viewed("10:00:00"), viewed("10:30:00")) == [2]


def test_a_millisecond_more_cuts() -> None:
    assert lengths(viewed("10:00:00"), viewed("10:30:00.001")) == [1, 1]


def test_what_counts_is_the_gap_between_neighbours_not_the_length() -> None:
    assert lengths(viewed("10:00"), did("scroll", "10:30"), viewed("11:00"), viewed("11:30")) == [4]


def test_s1_s2_s1_is_three_visits() -> None:
    sessions = ["s1", "s2", "s1"]
    assert lengths(*(viewed(f"10:0{n}", session_id=s) for n, s in enumerate(sessions))) == [1, 1, 1]


def test_a_missing_session_never_cuts_and_hides_no_change() -> None:
    sessions = [None, "s1", None, "s1", None, "s2"]
    assert lengths(*(viewed(f"10:0{n}", session_id=s) for n, s in enumerate(sessions))) == [5, 1]


def test_after_a_gap_the_session_of_before_is_forgotten() -> None:
    """Otherwise the 11:05 event would be cut from the 11:00 one, which has no session to change from."""
    events = [viewed("10:00", session_id="s1"), viewed("11:00"), viewed("11:05", session_id="s2")]
    assert lengths(*events) == [1, 2]


def test_order_is_of_what_happened_then_of_receipt_then_of_arrival() -> None:
    late = replace(viewed("10:00", "/first"), received_at=instant("18:00"))
    tie = replace(viewed("10:10", "/third"), received_at=instant("10:12"))
    early = replace(viewed("10:10", "/second"), received_at=instant("10:11"))
    same = replace(viewed("10:10", "/fourth"), received_at=instant("10:12"))
    found = visit(tie, early, late, same)
    assert [event.path for event in found.events] == ["/first", "/second", "/third", "/fourth"]


def test_a_late_event_between_two_visits_joins_them() -> None:
    assert lengths(viewed("10:00"), viewed("10:50")) == [1, 1]
    assert lengths(viewed("10:00"), viewed("10:50"), viewed("10:25")) == [3]


def test_visitors_and_sites_are_kept_apart_and_bots_make_no_visit() -> None:
    other_site = replace(viewed("10:00"), site="bakery")
    bot = viewed("10:00", visitor="crawler", is_bot=True)
    assert lengths(viewed("10:00"), viewed("10:00", visitor="ben"), other_site, bot) == [1, 1, 1]


def test_a_page_lasts_until_the_next_one_and_the_last_until_the_last_event() -> None:
    assert times(viewed("10:00"), viewed("10:02", "/b"), did("scroll", "10:02:30")) == [120, 30]


def test_the_time_of_a_last_page_with_nothing_after_it_is_unknown() -> None:
    assert times(viewed("10:00"), did("scroll", "10:00")) == [None]


def test_two_pageviews_at_once_leave_no_time_for_the_first() -> None:
    assert times(viewed("10:00"), viewed("10:00", "/b")) == [0, None]


def test_engaged_times_of_leaves_are_summed_and_go_before_the_gap() -> None:
    events = [
        viewed("10:00", "/a"),
        did("leave", "10:01", "/a", engaged_ms=5_000),
        did("leave", "10:03", "/a", engaged_ms=1_500),
        viewed("10:04", "/b"),
    ]
    assert times(*events) == [Fraction(13, 2), None]


def test_a_leave_that_reports_no_time_leaves_the_gap() -> None:
    assert times(viewed("10:00"), did("leave", "10:01")) == [60]
    assert times(viewed("10:00"), did("leave", "10:01", engaged_ms=0)) == [0]


def test_a_leave_belongs_to_the_latest_pageview_of_its_path() -> None:
    """/a 10:00 lasts until /b (60), /b until /a (60); the second /a has 7 of its own."""
    events = [viewed("10:00", "/a"), viewed("10:01", "/b"), viewed("10:02", "/a")]
    assert times(*events, did("leave", "10:03", "/a", engaged_ms=7_000)) == [60, 60, 7]


def test_a_leave_at_the_very_time_of_its_pageview_belongs_to_it_even_if_it_arrived_before() -> None:
    assert times(did("leave", "10:00", engaged_ms=2_000), viewed("10:00")) == [2]


def test_a_leave_before_any_pageview_belongs_to_none() -> None:
    """Its 9 seconds are nobody's: the page lasts until the scroll, 30 seconds."""
    events = [did("leave", "09:59", engaged_ms=9_000), viewed("10:00"), did("scroll", "10:00:30")]
    assert times(*events) == [30]


def test_a_leave_belongs_to_a_pageview_of_its_path_only_and_without_one_to_one_without() -> None:
    assert times(viewed("10:00", "/a"), did("leave", "10:01", "/b", engaged_ms=9_000)) == [60]
    assert times(viewed("10:00", None), did("leave", "10:01", None, engaged_ms=9_000)) == [9]


def test_engaged_time_of_anything_but_a_leave_says_nothing() -> None:
    assert times(viewed("10:00"), did("scroll", "10:01", engaged_ms=9_000)) == [60]


def test_a_leave_after_the_visit_was_cut_belongs_to_none() -> None:
    first, second = cut_visits(arrived(viewed("10:00"), did("leave", "11:00", engaged_ms=9_000)))
    assert [time for _, time in first.page_times] == [None]
    assert second.page_times == []
    assert second.seconds == 0


def test_a_bounce_is_one_pageview_and_nothing_interactive() -> None:
    assert visit(viewed("10:00")).is_bounce
    assert visit(
        viewed("10:00"), did("load", "10:01"), did("leave", "10:02"), did("click", "10:03")
    ).is_bounce
    assert not visit(viewed("10:00"), viewed("10:01")).is_bounce
    assert not visit(viewed("10:00"), did("route_change", "10:01", "/b")).is_bounce
    assert not visit(viewed("10:00"), did("signup", "10:01")).is_bounce


def test_a_custom_event_that_says_it_is_not_interactive_leaves_a_bounce() -> None:
    assert visit(viewed("10:00"), did("impression", "10:01", interactive=False)).is_bounce
    assert not visit(viewed("10:00"), did("impression", "10:01", interactive=True)).is_bounce
    assert visit(viewed("10:00"), did("scroll", "10:01", interactive=True)).is_bounce


def test_a_visit_without_a_pageview_is_no_bounce_and_has_no_entry() -> None:
    found = visit(did("signup", "10:00", "/api"))
    assert not found.is_bounce
    assert (found.entry_page, found.exit_page) == (None, None)


def test_entry_and_exit_are_the_first_and_last_pageview() -> None:
    found = visit(
        did("click", "09:59", "/x"), viewed("10:00", "/a"), viewed("10:01", "/b"), did("leave", "10:02")
    )
    assert (found.entry_page, found.exit_page) == ("/a", "/b")
