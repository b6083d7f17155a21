"""An event sent again is counted once, also when its copies arrive at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from secrets import token_bytes
from uuid import uuid4

from appliance.ingest.recent_ids import KEPT, WINDOW, Key, RecentIds
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import Person
from tests.traffic import pageview, send

NOW = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
KEY: Key = bytes(range(10))
QUARTER = timedelta(hours=6)
WAIT_S = 10
"""Far longer than anything here takes; reached only when a thread waits for ever."""


def keys(count: int) -> list[Key]:
    return [token_bytes(len(KEY)) for _ in range(count)]


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
    ids, event_id = RecentIds(), str(uuid4())
    known, other = (ids.key(site_id, event_id) for site_id in ("site_a", "site_b"))
    stored(ids, known)
    assert claimed(ids, known, other) == {other}


def test_nobody_can_tell_beforehand_which_ids_will_lie_together() -> None:
    event_id = str(uuid4())
    assert len({RecentIds().key("site_a", event_id)[:2] for _ in range(10)}) > 1


def test_an_id_that_was_not_stored_may_come_again() -> None:
    ids = RecentIds()
    ids.settle(claimed(ids, KEY), False, NOW)
    assert claimed(ids, KEY) == {KEY}


def test_ids_of_earlier_runs_are_not_new(program: Runtime, alice: Person) -> None:
    sent = [str(uuid4()) for _ in range(300)]
    send(program, alice.shop, *(pageview(NOW, event_id=each) for each in sent))
    ids = RecentIds()
    ids.recall(program.database)
    assert claimed(ids, *(ids.key(alice.shop.site_id, each) for each in sent)) == set()
    other = ids.key(alice.shop.site_id, str(uuid4()))
    assert claimed(ids, other) == {other}


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


def stored_each_quarter(ids: RecentIds, since: datetime, until: datetime) -> dict[datetime, Key]:
    """One key in each quarter of a day from `since` to `until`, all in one place."""
    times = [since + number * QUARTER for number in range((until - since) // QUARTER + 1)]
    quarters = dict(zip(times, (bytes(2) + key[2:] for key in keys(len(times))), strict=True))
    for at, wanted in quarters.items():
        stored(ids, wanted, at=at)
    return quarters


def test_ids_are_known_for_48_hours_and_forgotten_twelve_later() -> None:
    ids = RecentIds()
    arrived = stored_each_quarter(ids, NOW, NOW + 10 * WINDOW)
    last = max(arrived)
    assert claimed(ids, *(key for at, key in arrived.items() if at >= last - WINDOW)) == set()
    old = {key for at, key in arrived.items() if at < last - WINDOW - 2 * QUARTER}
    assert claimed(ids, *old) == old
    assert ids.since is not None
    assert last - WINDOW - 2 * QUARTER <= ids.since <= last - WINDOW


def test_a_clock_that_is_wrong_by_days_for_a_while_makes_no_id_of_48_hours_new() -> None:
    for jump in (timedelta(days=3), timedelta(days=-3), timedelta(days=4000)):
        ids = RecentIds()
        before = stored_each_quarter(ids, NOW, NOW + WINDOW)
        (meanwhile,) = keys(1)
        stored(ids, meanwhile, at=NOW + WINDOW + jump)
        assert claimed(ids, *before.values()) == set()
        (after,) = keys(1)
        stored(ids, after, at=NOW + WINDOW)
        assert claimed(ids, meanwhile, after, *before.values()) == set()
        assert ids.since is not None
        assert ids.since <= NOW


def test_of_earlier_runs_the_quarters_that_began_last_are_known_whatever_the_clock_said(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    sent: list[str] = []
    for days in (4000, *[0] * KEPT):
        clock.advance(days=days)
        sent.append(str(uuid4()))
        send(program, alice.shop, pageview(clock.now(), event_id=sent[-1]))
        clock.advance(days=-days, hours=6)
    ids = RecentIds()
    ids.recall(program.database)
    first, *others = (ids.key(alice.shop.site_id, each) for each in sent)
    assert claimed(ids, first, *others) == {first}


def test_keys_that_only_seem_to_be_there_are_new() -> None:
    """The end of one and the beginning of the next, as they stand side by side, are no key."""
    ids = RecentIds()
    first, second = b"\x00\x00" + bytes(range(8)), b"\x00\x00" + bytes(range(50, 58))
    stored(ids, first)
    stored(ids, second)
    for between in range(256):
        side_by_side = first[2:] + bytes([between]) + second[2:]
        for cut in range(1, 9):
            seeming = b"\x00\x00" + side_by_side[cut : cut + 8]
            assert claimed(ids, seeming) == {seeming}
    assert claimed(ids, first, second) == set()


def test_a_clock_that_jumps_ahead_and_back_forgets_no_id_of_the_last_48_hours() -> None:
    ids = RecentIds()
    ahead, now = keys(2)
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
