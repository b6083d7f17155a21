"""What one process takes while another is the program, the next knows, before any of it is loaded."""

import json
import os
import signal
import socket
import sys
import time

import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.base.left_open import LeftOpen
from appliance.process import stand_in
from appliance.process.stand_in import StandIn
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import accept, event, pageview, settle

NOON = "2026-09-10T12:00:00Z"
ONE, TWO = ({"event_id": f"{number}0000000-0000-4000-8000-000000000000"} for number in (1, 2))


class Meanwhile:
    """The parts of a program that has ended, which go on taking events."""

    def __init__(self, settings: Config, clock: FrozenClock) -> None:
        self.parts = assembly.build(settings, clock)
        self.person: Person = People(self.parts).alice

    def begin(self) -> None:
        self.parts.stop()
        self.parts.journal.go_on(0)

    def end(self) -> StandIn:
        """As the next program finds it."""
        self.parts.journal.close()
        ours, theirs = socket.socketpair()
        theirs.sendall(json.dumps(self.parts.ledger.carried()).encode())
        theirs.close()
        return StandIn(LeftOpen(stand_in=ours.detach(), stand_in_pid=os.getpid()))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock("2026-09-17T23:50:00Z")


@pytest.fixture
def meanwhile(settings: Config, clock: FrozenClock) -> Meanwhile:
    return Meanwhile(settings, clock)


def test_an_event_that_was_taken_meanwhile_is_counted_once_and_its_copies_are_noted(
    settings: Config, clock: FrozenClock, meanwhile: Meanwhile
) -> None:
    parts, shop = meanwhile.parts, meanwhile.person.shop
    accept(parts, shop, pageview(NOON, "/1", **ONE))
    meanwhile.begin()
    assert accept(parts, shop, pageview(NOON, "/2", **TWO), pageview(NOON, "/1", **ONE)).duplicates == 1
    again = assembly.prepare(settings, clock)
    assembly.take_up(again, meanwhile.end())
    assert rows(again, "SELECT count(*) FROM raw_events") == [(1,)]  # The other is loaded later.
    assert accept(again, shop, pageview(NOON, "/2", **TWO), pageview(NOON, "/1", **ONE)).duplicates == 2
    settle(again)
    assert rows(again, "SELECT path FROM raw_events ORDER BY path") == [("/1",), ("/2",)]
    entered = dict(rows(again, "SELECT entry, sum(events)::INT FROM ledger GROUP BY entry"))
    assert (entered["received"], entered["duplicate"]) == (5, 3)
    again.stop()


def test_a_visit_that_began_meanwhile_goes_on_over_midnight(
    settings: Config, clock: FrozenClock, meanwhile: Meanwhile
) -> None:
    meanwhile.begin()
    accept(meanwhile.parts, meanwhile.person.shop, event("pageview", clock.now(), "/1", None))
    again = assembly.prepare(settings, clock)
    assembly.take_up(again, meanwhile.end())
    clock.advance(minutes=20)
    accept(again, meanwhile.person.shop, event("pageview", clock.now(), "/2", None))
    settle(again)
    assert rows(again, "SELECT count(DISTINCT visitor_id) FROM raw_events") == [(1,)]
    again.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such process")
def test_one_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stand_in, "PATIENCE_S", 0.2)
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(60)
        os._exit(0)
    theirs.close()
    found = StandIn(LeftOpen(stand_in=ours.detach(), stand_in_pid=pid))
    found.ask_to_end()
    assert found.wait() == []
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_where_there_is_no_other_process_what_was_noted_is_passed_on_all_the_same(
    settings: Config, clock: FrozenClock, meanwhile: Meanwhile
) -> None:
    parts, shop = meanwhile.parts, meanwhile.person.shop
    parts.settle()
    accept(parts, shop, pageview(NOON, "/1", **ONE), pageview(NOON, "/1", **ONE))
    parts.stop()
    again = assembly.prepare(settings, clock)
    assembly.take_up(again, StandIn(LeftOpen(stand_in=stand_in.told_by_nobody(parts.ledger.carried()))))
    settle(again)
    entered = dict(rows(again, "SELECT entry, sum(events)::INT FROM ledger GROUP BY entry"))
    assert (entered["received"], entered["duplicate"]) == (2, 1)
    again.stop()


@pytest.mark.parametrize("told", [b"", b"[[", b'{"of": "another version"}', b'[["site", 7]]'])
def test_one_that_ended_too_soon_or_tells_what_nobody_knows_stops_no_start(told: bytes) -> None:
    ours, theirs = socket.socketpair()
    theirs.sendall(told)
    theirs.close()
    assert StandIn(LeftOpen(stand_in=ours.detach(), stand_in_pid=os.getpid())).wait() == []


def test_a_line_that_was_never_acknowledged_is_no_event_that_came_before(
    settings: Config, clock: FrozenClock, meanwhile: Meanwhile
) -> None:
    parts, shop = meanwhile.parts, meanwhile.person.shop
    meanwhile.begin()
    accept(parts, shop, pageview(NOON, "/1", **ONE))
    found = meanwhile.end()
    (file,) = settings.paths.journal.glob("*.ndjson")
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    later = file.with_name(f"{int(file.stem) + 1:012d}.ndjson")
    later.write_bytes(file.read_bytes().replace(b"1000", b"2000", 1))
    again = assembly.prepare(settings, clock)
    assembly.take_up(again, found)
    assert accept(again, shop, pageview(NOON, "/1", **ONE)).duplicates == 0
    settle(again)
    assert rows(again, "SELECT path FROM raw_events") == [("/1",)]
    again.stop()
