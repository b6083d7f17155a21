"""An event sent again is counted once, also when its copies arrive at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from appliance.recent_ids import WINDOW, Key, RecentIds, key

NOW = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
ID = str(uuid4())
KEY = key("site_a", ID)
WAIT_S = 10
"""Far longer than anything here takes; reached only when a thread waits for ever."""


def keys(count: int) -> list[Key]:
    return [key("site_a", str(uuid4())) for _ in range(count)]


def claimed(ids: RecentIds, *wanted: Key) -> set[Key]:
    """What is new, of ids that nobody else is storing."""
    new, others = ids.claim(wanted, _unexpected)
    assert others == 0
    return new


def stored(ids: RecentIds, *wanted: Key, at: datetime = NOW) -> set[Key]:
    new = claimed(ids, *wanted)
    ids.settle(new, True, at)
    return new


def test_an_id_is_new_once() -> None:
    ids = RecentIds()
    assert stored(ids, KEY) == {KEY}
    assert stored(ids, KEY) == set()


def test_the_same_id_of_another_site_is_new() -> None:
    ids = RecentIds()
    stored(ids, KEY)
    other = key("site_b", ID)
    assert claimed(ids, KEY, other) == {other}


def test_an_id_that_was_not_stored_may_come_again() -> None:
    ids = RecentIds()
    ids.settle(claimed(ids, KEY), False, NOW)
    assert claimed(ids, KEY) == {KEY}


def test_an_id_of_before_a_restart_is_not_new() -> None:
    ids = RecentIds()
    ids.remember(KEY, NOW)
    assert claimed(ids, KEY) == set()


def test_an_id_repeated_in_one_request_is_claimed_once() -> None:
    assert claimed(RecentIds(), KEY, KEY) == {KEY}


def test_copies_are_told_when_the_original_is_stored_and_not_before() -> None:
    ids = RecentIds()
    told: list[bool] = []
    original = claimed(ids, KEY)
    assert [ids.claim([KEY], told.append) for _ in range(3)] == [(set(), 1)] * 3
    assert told == []
    ids.settle(original, True, NOW)
    assert told == [True] * 3
    assert claimed(ids, KEY) == set()


def test_copies_are_told_when_the_original_fails_and_may_come_again() -> None:
    ids = RecentIds()
    told: list[bool] = []
    original = claimed(ids, KEY)
    ids.claim([KEY], told.append)
    ids.settle(original, False, NOW)
    assert told == [False]
    assert claimed(ids, KEY) == {KEY}


def test_of_fifty_copies_at_once_exactly_one_is_new_and_all_others_are_told() -> None:
    ids = RecentIds()
    together = threading.Barrier(50)
    told: list[bool] = []

    def send() -> int:
        together.wait(WAIT_S)
        new, _ = ids.claim([KEY], told.append)
        ids.settle(new, True, NOW)
        return len(new)

    with ThreadPoolExecutor(50) as pool:
        found = [future.result(WAIT_S) for future in [pool.submit(send) for _ in range(50)]]
    assert sorted(found) == [0] * 49 + [1]
    assert all(told)


def test_bulk_requests_that_share_ids_get_each_of_them_once() -> None:
    ids = RecentIds()
    shared = keys(20)
    told: list[bool] = []
    first, _ = ids.claim([*shared[:10], *keys(1)], told.append)
    second, others = ids.claim([*reversed(shared), *keys(1)], told.append)
    assert (len(first & set(shared)), len(second & set(shared)), others) == (10, 10, 10)
    ids.settle(first, True, NOW)
    ids.settle(second, True, NOW)
    assert told == [True] * 10


def test_ids_are_kept_for_48_hours_and_forgotten_within_a_quarter_of_a_day_more() -> None:
    ids = RecentIds()
    first, second, third = (bytes(2) + key[2:] for key in keys(3))  # in one place
    stored(ids, first)
    stored(ids, second, at=NOW + WINDOW)
    assert claimed(ids, first) == set()
    stored(ids, third, at=NOW + WINDOW + timedelta(hours=6))
    assert claimed(ids, second, third) == set()
    assert claimed(ids, first) == {first}


def test_keys_that_only_seem_to_be_there_are_new() -> None:
    """The end of one and the beginning of the next, as they stand side by side, are no key."""
    ids = RecentIds()
    first, second = b"\x00\x00" + bytes(range(14)), b"\x00\x00" + bytes(range(50, 64))
    stored(ids, first)
    stored(ids, second)
    for between in range(256):
        side_by_side = first[2:] + bytes([between]) + second[2:]
        for cut in range(1, 15):
            seeming = b"\x00\x00" + side_by_side[cut : cut + 14]
            assert claimed(ids, seeming) == {seeming}
    assert claimed(ids, first, second) == set()


def test_a_clock_that_jumps_ahead_and_back_forgets_no_id_of_the_last_48_hours() -> None:
    ids = RecentIds()
    ahead, now = (bytes(2) + key[2:] for key in keys(2))
    stored(ids, ahead, at=NOW + timedelta(days=365))
    stored(ids, now)
    stored(ids, *keys(1), at=NOW + timedelta(hours=47))
    assert claimed(ids, ahead, now) == set()


def test_a_hundred_thousand_ids_are_all_known_and_no_others() -> None:
    ids = RecentIds()
    known, others = keys(100_000), keys(100_000)
    stored(ids, *known)
    assert claimed(ids, *known) == set()
    assert claimed(ids, *others) == set(others)


def _unexpected(_stored: bool) -> None:
    raise AssertionError("nobody else was storing it")
