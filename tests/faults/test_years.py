"""Weeks of nights: what is dropped takes no number with it, and the file does not grow with what is gone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from appliance.backups import compaction
from appliance.base.config import Config
from appliance.jobs import backup, checkpoint, daily, hourly, ledger, retention
from appliance.jobs import compaction as compacting
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.faults import LONG
from tests.people import Person
from tests.queries import rows
from tests.traffic import pageview, send

pytestmark = pytest.mark.skipif(
    not LONG, reason="takes minutes; retention, backups and compaction have quick tests of their own"
)

DAYS = 60
KEPT = 30
EVENTS = 1000
"""Of a day."""
PAYS_FROM_BYTES = 2**20
"""Where compaction begins to pay: these files are small."""
AT_ONCE = 500


@pytest.fixture
def settings(settings: Config) -> Config:
    return replace(settings, raw_retention_days=KEPT, facts_retention_days=KEPT)


def test_after_weeks_of_nights_all_numbers_stand_and_the_file_is_as_large_as_what_it_holds(
    program: Runtime, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "PAYS_FROM_BYTES", PAYS_FROM_BYTES)
    finished: dict[Any, str] = {}
    for day in range(DAYS):
        _visit(program, alice, clock, day)
        clock.advance(days=1)
        _night(program, clock)
        found = _finished_days(program)
        assert {of: found[of] for of in finished} == finished
        finished = found
        assert ledger.run(program, clock.now()).endswith("no numbers differ.")
    ((kept,),) = rows(program, "SELECT count(DISTINCT ts::DATE) FROM raw_events")
    assert len(finished) >= DAYS - 1
    assert kept <= KEPT + 2  # a day goes as a whole, and is announced one run before
    space = program.compaction.space()
    live = max(space.bytes - space.free_bytes, PAYS_FROM_BYTES)
    print(f"{space.bytes} bytes, {space.free_bytes} of them free; backups: {len(program.backups.kept.all())}")
    assert space.bytes < 2 * live


def _visit(program: Runtime, alice: Person, clock: FrozenClock, day: int) -> None:
    begun = clock.now() - timedelta(hours=12)
    for first in range(0, EVENTS, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, EVENTS))
        sent = (
            pageview(begun + timedelta(seconds=10 * number), f"/{number % 40}", f"{day}-{number // 3}")
            for number in numbers
        )
        send(program, alice.shop, *sent)


def _night(program: Runtime, clock: FrozenClock) -> None:
    for job in (hourly, daily, retention, checkpoint, backup, compacting):
        job.run(program, clock.now())
    clock.advance(minutes=10)
    for job in (retention, checkpoint):
        job.run(program, clock.now())


def _finished_days(program: Runtime) -> dict[Any, str]:
    """Everything that the row of each says, by website and day."""
    found = rows(program, "SELECT site_id, day, made::VARCHAR FROM aggregated_metrics_daily AS made")
    return {(site_id, day): row for site_id, day, row in found}
