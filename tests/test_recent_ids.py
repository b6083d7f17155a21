"""An event sent again is counted once, also when its copies arrive at the same moment."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from appliance.recent_ids import WINDOW, Key, RecentIds

NOW = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
KEY = ("site_a", uuid4())
WAIT_S = 10
"""Far longer than anything here takes; reached only when a thread waits for ever."""


def keys(count: int) -> list[Key]:
    return [("site_a", uuid4()) for _ in range(count)]


def at_once(count: int, work: Callable[[], set[Key]]) -> list[set[Key]]:
    """What so many threads get that begin at the same moment."""
    together = threading.Barrier(count)

    def run() -> set[Key]:
        together.wait(WAIT_S)
        return work()

    with ThreadPoolExecutor(count) as pool:
        return [future.result(WAIT_S) for future in [pool.submit(run) for _ in range(count)]]


def test_an_id_is_new_once() -> None:
    ids = RecentIds()
    assert ids.claim([KEY]) == {KEY}
    ids.settle({KEY}, True, NOW)
    assert ids.claim([KEY]) == set()


def test_the_same_id_of_another_site_is_new() -> None:
    ids = RecentIds()
    ids.settle(ids.claim([KEY]), True, NOW)
    other = ("site_b", KEY[1])
    assert ids.claim([KEY, other]) == {other}


def test_an_id_that_was_not_stored_may_come_again() -> None:
    ids = RecentIds()
    ids.settle(ids.claim([KEY]), False, NOW)
    assert ids.claim([KEY]) == {KEY}


def test_an_id_of_before_a_restart_is_not_new() -> None:
    ids = RecentIds()
    ids.remember(*KEY, NOW)
    assert ids.claim([KEY]) == set()


def test_an_id_repeated_in_one_request_is_claimed_once() -> None:
    assert RecentIds().claim([KEY, KEY]) == {KEY}


def test_of_fifty_copies_at_once_exactly_one_is_new() -> None:
    ids = RecentIds()
    stored: list[UUID] = []

    def send() -> set[Key]:
        new = ids.claim([KEY])
        stored.extend(event_id for _, event_id in new)
        # Whoever comes back, with news or without, finds the original on disk.
        assert stored == [KEY[1]]
        ids.settle(new, True, NOW)
        return new

    assert sorted(map(len, at_once(50, send))) == [0] * 49 + [1]


def test_a_copy_waits_until_the_original_is_settled() -> None:
    ids = RecentIds()
    original = ids.claim([KEY])
    with ThreadPoolExecutor(1) as pool:
        copy = pool.submit(ids.claim, [KEY])
        assert not _ends_in(copy.result, seconds=0.05)
        ids.settle(original, True, NOW)
        assert copy.result(WAIT_S) == set()


def test_a_waiting_copy_takes_over_when_the_original_fails() -> None:
    ids = RecentIds()
    original = ids.claim([KEY])
    with ThreadPoolExecutor(1) as pool:
        copy = pool.submit(ids.claim, [KEY])
        ids.settle(original, False, NOW)
        assert copy.result(WAIT_S) == {KEY}


def test_other_ids_do_not_wait() -> None:
    ids = RecentIds()
    ids.claim([KEY])
    other = keys(1)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ids.claim, other).result(WAIT_S) == set(other)


def test_bulk_requests_that_share_ids_crosswise_do_not_block_each_other() -> None:
    ids = RecentIds()
    shared = keys(20)
    orders = iter([shared, shared[::-1]] * 20)
    turn = threading.Lock()

    def send() -> set[Key]:
        with turn:
            order = next(orders)
        new = ids.claim([*order, *keys(1)])
        ids.settle(new, True, NOW)
        return new

    outcomes = at_once(40, send)
    assert sorted(len(new & set(shared)) for new in outcomes) == [0] * 39 + [20]
    assert sum(map(len, outcomes)) == 20 + 40


def test_ids_are_kept_for_48_hours_and_forgotten_within_a_quarter_of_a_day_more() -> None:
    ids = RecentIds()
    first, second, third = ([key] for key in keys(3))
    ids.settle(ids.claim(first), True, NOW)
    ids.settle(ids.claim(second), True, NOW + WINDOW)
    assert ids.claim(first) == set()
    ids.settle(ids.claim(third), True, NOW + WINDOW + timedelta(hours=6))
    assert ids.claim(first) == set(first)
    assert ids.claim([*second, *third]) == set()


def _ends_in(wait: Callable[[float], object], seconds: float) -> bool:
    try:
        wait(seconds)
    except TimeoutError:
        return False
    return True
