"""The machine's clock is set, forwards and back, while events arrive."""

import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.faults import LONG
from tests.faults.load import event, post
from tests.faults.machine import shim
from tests.faults.shop import Shop

DAY, MINUTE = 86_400, 60
JUMPS = (DAY, -DAY, -5 * MINUTE, -DAY, DAY, 5 * MINUTE)
FAR_JUMPS = (3 * DAY, -3 * DAY, -10 * DAY, 10 * DAY)
"""Further than the 48 hours for which copies are known at least."""
STAY_S = 5.0 if LONG else 0.5


@pytest.mark.parametrize("jumps", [JUMPS, FAR_JUMPS], ids=["by a day", "far"])
def test_events_are_neither_lost_nor_doubled_when_the_clock_jumps(
    shop: Shop, tmp_path: Path, jumps: tuple[int, ...]
) -> None:
    seen = [0]
    early = [event(shop.chance) for _ in range(100)]
    with shim(tmp_path) as machine:
        with shop.open() as program, shop.load(program, clients=6):
            for seconds in jumps:
                time.sleep(STAY_S)
                machine.move_clock(seconds)
                connection = shop.connect(program)
                assert post(connection, "/ingest/bulk", shop.key, early, shop.log) == 200
                connection.close()
                seen.append(len(shop.log.acknowledged))
            time.sleep(STAY_S)
        with shop.open() as program:
            connection = shop.connect(program)
            assert post(connection, "/ingest/bulk", shop.key, early, shop.log) == 200
            connection.close()
            shop.end_and_check(program)
    assert all(before < after for before, after in pairwise(seen))
    assert set(shop.log.statuses) == {200}
