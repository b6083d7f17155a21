"""What goes after its time, and that no number goes with it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client as WebClient

from appliance import assembly
from appliance.base.config import Config
from appliance.base.errors import InvalidError
from appliance.ingest.senders import Credentials
from appliance.jobs import retention
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from appliance.storage.database import Transaction
from appliance.visits import rollups
from tests.aggregates.test_aggregates import answers, days, walks
from tests.clocks import FrozenClock
from tests.people import Person
from tests.queries import rows
from tests.traffic import GOOGLEBOT, VISITOR, pageview, send

FACTS = ("visits", "page_facts", "event_facts")


@pytest.fixture
def settings(settings: Config) -> Config:
    return replace(settings, raw_retention_days=30, facts_retention_days=60)


def drop(program: Runtime, clock: FrozenClock) -> None:
    """As the job does in two runs: it announces what it drops, and drops it a minute later."""
    retention.run(program, clock.now())
    clock.advance(minutes=1)
    retention.run(program, clock.now())


def raw(program: Runtime) -> list[str]:
    """When the raw events happened."""
    return [f"{ts:%m-%d %H:%M}" for (ts,) in rows(program, "SELECT ts FROM raw_events ORDER BY ts")]


def facts(program: Runtime) -> list[Any]:
    return [sorted(map(repr, rows(program, f"FROM {name}"))) for name in FACTS]


def refusal(program: Runtime, site: Site, stamp: str) -> InvalidError | None:
    outcome = send(program, site, pageview(stamp, visitor="late"))
    assert outcome.accepted + len(outcome.rejected) == 1
    return InvalidError("", outcome.rejected[0].errors) if outcome.rejected else None


def test_a_day_goes_when_all_its_events_arrived_long_enough_ago(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-10T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-11T10:00:00Z"), pageview("2026-09-10T11:00:00Z"))
    clock.set("2026-10-12T12:00:01Z")
    drop(program, clock)
    assert raw(program) == []
    assert facts(program) != [[], [], []]


@pytest.mark.parametrize(("until", "left"), [("2026-10-12T11:58:59Z", 3), ("2026-10-12T12:00:01Z", 0)])
def test_the_last_arrival_of_a_day_decides(
    program: Runtime, alice: Person, clock: FrozenClock, until: str, left: int
) -> None:
    clock.set("2026-09-10T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"), pageview("2026-09-10T10:00:00Z"))
    clock.set("2026-09-12T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-10T11:00:00Z"))
    clock.set(until)
    drop(program, clock)
    assert len(raw(program)) == left


def test_no_number_goes_with_raw_events(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    clock.set("2026-09-10T12:00:00Z")
    send(
        program,
        alice.shop,
        *walks(21, "2026-09-01T00:00:00Z", hours=200),
        pageview(clock.now(), visitor=None),
    )
    span = days(alice.shop, "2026-08-31", "2026-09-10")
    clock.set("2026-10-20T12:00:00Z")
    before, kept = answers(program, alice.shop, span), facts(program)
    drop(program, clock)
    assert raw(program) == []
    assert facts(program) == kept
    assert answers(program, alice.shop, span) == before
    assert program.ledger.check(clock.now()).differences == 0


def test_what_a_later_event_could_join_stays_until_the_next_day_goes(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    """Days begin at 22:00 UTC. The next day has an event that arrived later, so it stays for now."""
    clock.set("2026-09-10T22:30:00Z")
    for stamp, visitor in (("21:29:59", "ann"), ("21:30:00", "ben"), ("10:00:00", "cleo")):
        send(program, alice.shop, pageview(f"2026-09-10T{stamp}Z", visitor=visitor))
    send(program, alice.shop, pageview("2026-09-10T21:50:00Z", user_agent=GOOGLEBOT))
    clock.set("2026-09-15T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-11T10:00:00Z"))
    clock.set("2026-10-11T12:00:00Z")
    drop(program, clock)
    assert raw(program) == ["09-10 21:30", "09-11 10:00"]
    send(program, alice.shop, pageview("2026-09-10T22:00:00Z", visitor="ben"))
    joined = "SELECT started_at, ended_at, pageviews FROM visits WHERE pageviews = 2"
    assert [row[2] for row in rows(program, joined)] == [2]
    clock.set("2026-11-15T12:00:00Z")
    drop(program, clock)
    assert raw(program) == []


def test_a_visitor_who_comes_back_after_all_that_time_keeps_the_visits_of_then(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    """One batch with events of the same visitor before and after the dropped days spans them all."""
    clock.set("2026-09-10T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-05T10:00:00Z"), pageview("2026-09-05T10:01:00Z"))
    clock.set("2026-10-20T12:00:00Z")
    drop(program, clock)
    kept = facts(program)
    send(program, alice.shop, pageview("2026-09-01T10:00:00Z"), pageview("2026-10-20T10:00:00Z"))
    assert all(set(old) <= set(new) for old, new in zip(kept, facts(program), strict=True))
    assert rows(program, "SELECT count(*), sum(pageviews) FROM visits") == [(3, 4)]


def test_an_event_of_a_sealed_day_is_refused_and_entered_as_such(
    web: WebClient, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    clock.set("2026-09-10T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-05T10:00:00Z"))
    clock.set("2026-10-20T12:00:00Z")
    drop(program, clock)
    query = {"site_id": alice.shop.site_id, "k": alice.key}
    answer = web.post("/ingest/event", json=pageview("2026-09-05T11:00:00Z"), query_string=query)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/timestamp"]
    assert "not stored" in answer.get_json()["detail"]
    bulk = [pageview("2026-09-05T11:00:00Z"), pageview("2026-10-20T11:00:00Z")]
    found = web.post("/ingest/bulk", json=bulk, query_string=query).get_json()
    assert (found["accepted"], [each["index"] for each in found["rejected"]]) == (1, [0])
    program.loader.load_pending()
    ledger = program.ledger.days(alice.shop, days(alice.shop, "2026-10-20"))
    assert (ledger.total.rejected, ledger.total.stored) == (2, 1)
    assert program.ledger.check(clock.now()).differences == 0


@pytest.mark.parametrize(
    ("stamp", "refused"),
    [
        ("2026-09-04T21:29:59.999Z", False),
        ("2026-09-04T21:30:00Z", True),
        ("2026-09-05T22:29:59.999Z", True),
        ("2026-09-05T22:30:00Z", False),
    ],
)
def test_the_day_and_half_an_hour_around_it_are_refused_also_after_a_restart(
    settings: Config, clock: FrozenClock, tmp_path: Path, stamp: str, refused: bool
) -> None:
    clock.set("2026-09-10T12:00:00Z")
    program = assembly.build(settings, clock)
    site = program.sites.create("alice", "Shoes", "shop.example", "Europe/Berlin")
    send(program, site, pageview("2026-09-05T10:00:00Z"))
    clock.set("2026-10-20T12:00:00Z")
    drop(program, clock)
    for _ in range(2):
        assert (refusal(program, site, stamp) is not None) == refused
        program.stop()
        program = assembly.build(settings, clock)
    program.stop()
    assert tmp_path in settings.data_dir.parents


def test_an_event_that_was_let_in_before_is_loaded_and_counted(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    """It arrives in the last moment, and the day is not dropped."""
    clock.set("2026-09-10T12:00:00Z")
    send(program, alice.shop, pageview("2026-09-05T10:00:00Z"))
    clock.set("2026-10-20T12:00:00Z")
    credentials = Credentials(alice.shop.site_id, alice.key)
    body = b'{"event_type": "pageview", "timestamp": "2026-09-05T11:00:00Z"}'
    program.ingest.accept(body, credentials, VISITOR)
    drop(program, clock)
    assert raw(program) == ["09-05 10:00", "09-05 11:00"]
    retention.run(program, clock.now())
    assert refusal(program, alice.shop, "2026-09-05T12:00:00Z") is None


def test_rebuilt_from_raw_events_everything_is_what_it_was(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    """Facts of dropped days are left alone, others are derived again."""
    clock.set("2026-09-10T12:00:00Z")
    send(program, alice.shop, *walks(23, "2026-09-01T00:00:00Z", hours=150))
    clock.set("2026-10-08T12:00:00Z")
    send(program, alice.shop, *walks(25, "2026-10-01T00:00:00Z", hours=150))
    clock.set("2026-10-20T12:00:00Z")
    drop(program, clock)
    kept = facts(program)
    program.database._cursor().execute("UPDATE visits SET pageviews = 99 WHERE started_at > '2026-10-01'")
    assert facts(program) != kept
    rollups.rebuild(program.database)
    assert facts(program) == kept
    assert len(raw(program)) < sum(len(each) for each in kept[1:])


class KilledError(BaseException):
    """Nothing that runs afterwards may matter."""


@pytest.fixture
def twins(settings: Config, clock: FrozenClock, tmp_path: Path) -> Iterator[list[Runtime]]:
    """The same program twice, with the same events."""
    clock.set("2026-09-10T12:00:00Z")
    made = []
    for name in ("one", "other"):
        program = assembly.build(replace(settings, data_dir=tmp_path / name), clock)
        site = program.sites.create("alice", "Shoes", "shop.example", "Europe/Berlin")
        send(program, site, *walks(27, "2026-09-01T00:00:00Z", hours=100, events=60))
        made.append(program)
    yield made
    for program in made:
        program.stop()


@pytest.mark.parametrize("steps", range(0, 9, 2))
def test_killed_at_any_statement_nothing_is_dropped_twice_or_half(
    twins: list[Runtime], clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    one, other = twins
    clock.set("2026-10-20T12:00:00Z")
    run, left = Transaction.run, [steps]

    def killed(self: Transaction, name: str, parameters: Any = None) -> Any:
        left[0] -= name.startswith("retention.")
        if left[0] < 0:
            raise KilledError
        return run(self, name, parameters)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "run", killed)
        with pytest.raises(KilledError):
            drop(other, clock)
    for program in twins:
        drop(program, clock)
    dropped = "SELECT day, entry, reason, events FROM ledger_dropped ORDER BY ALL"
    assert [raw(program) for program in twins] == [[], []]
    assert rows(one, dropped) == rows(other, dropped) != []
    assert other.ledger.check(clock.now()).differences == 0
