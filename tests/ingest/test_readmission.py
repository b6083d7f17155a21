"""Quarantined events count as if nothing had been, once the rules let them."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import crawleruseragents
import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.base.timerange import TimeRange
from appliance.events.enrichment import agents
from appliance.ingest import readmission
from appliance.ingest.ledger import Sums
from appliance.ingest.loading import Loaded
from appliance.ingest.readmission import Readmission
from appliance.ingest.senders import Credentials
from appliance.jobs import readmission as job
from appliance.runtime import Runtime
from appliance.sites.site_settings import Changes
from appliance.storage.database import DatabaseError, Transaction
from appliance.visits import rollups
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import CHROME, GOOGLEBOT, VISITOR, event, pageview, send, settle

STAGING = "https://staging.shop.example/"
SHOP = "https://www.shop.example/"

Rules = Callable[[str], None]


@pytest.fixture
def bots_are(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rules]:
    """Another version of the list of bots: every User-Agent with this word in it."""

    def replace_list(word: str) -> None:
        monkeypatch.setattr(crawleruseragents, "is_crawler", lambda user_agent: word in user_agent)
        monkeypatch.setattr(crawleruseragents, "CRAWLER_USER_AGENTS_DATA", [{"pattern": word}])
        forget()

    def forget() -> None:
        for cached in (agents.describe, agents.is_bot, agents.bot_rules):
            cached.cache_clear()

    replace_list("Googlebot")
    yield replace_list
    monkeypatch.undo()
    forget()


def exclude(program: Runtime, person: Person, *hosts: str) -> None:
    changes = Changes(excluded_hosts=hosts)
    program.sites.update(person.account.account_id, person.shop.site_id, changes)


def run(program: Runtime) -> None:
    job.run(program, program.clock.now())


def reasons(program: Runtime, person: Person) -> list[str | None]:
    found = of_site(program, person, "SELECT bot_reason FROM raw_events WHERE site_id = $site ORDER BY seq")
    return [reason for (reason,) in found]


def facts(program: Runtime, person: Person) -> list[list[Any]]:
    """Visits and page facts, without ids: those of unrecognised visitors are of one site only."""
    return [
        of_site(
            program,
            person,
            f"SELECT COLUMNS(lambda c: c NOT IN ('site_id', 'visit_id', 'visitor_id', 'seq')) FROM {table} "
            "WHERE site_id = $site ORDER BY ALL",
        )
        for table in ("visits", "page_facts")
    ]


def of_site(program: Runtime, person: Person, sql: str) -> list[Any]:
    return rows(program, sql, site=person.shop.site_id)


def total(program: Runtime, person: Person) -> Sums:
    now = program.clock.now()
    first = (now - timedelta(days=60)).date()
    return program.ledger.days(person.shop, TimeRange(first, now.date(), person.shop.zone)).total


def is_balanced(program: Runtime, person: Person) -> bool:
    return total(program, person).balanced and program.ledger.check(program.clock.now()).differences == 0


def mixed_traffic() -> list[dict[str, Any]]:
    """Visits over two hosts: what is quarantined stands before, between and after what counts."""
    hosts = [STAGING, SHOP, STAGING, SHOP, SHOP, STAGING]
    times = ["10:00:00", "10:10:00", "10:35:00", "11:00:00", "12:00:00", "12:30:00"]
    days = ["2026-09-15", "2026-09-17"]
    return [
        pageview(f"{day}T{time}Z", f"/{number}", visitor, url=f"{host}{number}")
        for day in days
        for visitor in ("ann", "ben", None)
        for number, (host, time) in enumerate(zip(hosts, times, strict=True))
    ] + [event("leave", "2026-09-17T10:00:30Z", "/0", "ann", url=f"{STAGING}0", engaged_ms=30_000)]


def test_what_a_shorter_list_admits_counts_as_if_it_had_never_been_left_out(
    program: Runtime, people: People
) -> None:
    alice, bob = people.alice, people.bob
    exclude(program, alice, "*.shop.example")
    send(program, alice.shop, *mixed_traffic())
    send(program, bob.shop, *mixed_traffic())
    assert facts(program, alice) != facts(program, bob)
    exclude(program, alice)
    run(program)
    assert reasons(program, alice) == [None] * len(mixed_traffic())
    assert facts(program, alice) == facts(program, bob)
    assert total(program, alice) == total(program, bob)
    assert is_balanced(program, alice)


def test_what_is_still_left_out_stays_out(program: Runtime, alice: Person) -> None:
    exclude(program, alice, "localhost", "staging.shop.example")
    urls = ["http://localhost/", STAGING]
    send(program, alice.shop, *(pageview("2026-09-17T12:00:00Z", url=url) for url in urls))
    exclude(program, alice, "localhost")
    run(program)
    assert reasons(program, alice) == ["excluded_host", None]
    assert total(program, alice).ignored == {"excluded_host": 1}
    assert is_balanced(program, alice)


def test_a_longer_list_applies_to_new_events_only(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", url=STAGING))
    exclude(program, alice, "staging.shop.example")
    run(program)
    send(program, alice.shop, pageview("2026-09-17T12:01:00Z", url=STAGING))
    assert reasons(program, alice) == [None, "excluded_host"]


def test_the_lists_of_one_site_bring_nothing_of_anothers_back(program: Runtime, people: People) -> None:
    for person in (people.alice, people.bob):
        exclude(program, person, "staging.shop.example")
        send(program, person.shop, pageview("2026-09-17T12:00:00Z", url=STAGING))
    exclude(program, people.alice)
    run(program)
    assert reasons(program, people.alice) == [None]
    assert reasons(program, people.bob) == ["excluded_host"]


def test_a_better_list_of_bots_brings_back_who_is_none(
    program: Runtime, alice: Person, bots_are: Rules
) -> None:
    bots_are("o")
    by_header = {"event_type": "pageview", "custom": {"price": 59.9, "note": None, "tags": True}}
    send(program, alice.shop, by_header, pageview("2026-09-17T12:00:00Z"))
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", user_agent=GOOGLEBOT))
    assert reasons(program, alice) == ["bot"] * 3
    bots_are("Googlebot")
    run(program)
    assert reasons(program, alice) == [None, None, "bot"]
    assert total(program, alice).ignored == {"bot": 1}
    assert is_balanced(program, alice)
    assert rows(program, "SELECT count(*) FROM visits") == [(2,)]


def test_the_evidence_against_a_bot_is_destroyed_when_it_is_none(
    program: Runtime, alice: Person, bots_are: Rules
) -> None:
    bots_are("Chrome")
    details: dict[str, Any] = {"custom": {"price": 59.9, "note": None, "big": 2**53}, "more": [None, {}]}
    send(program, alice.shop, {"event_type": "pageview", **details})
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", user_agent="Chromebot"))
    bots_are("Chromebot")
    run(program)
    payloads = rows(program, "SELECT payload::JSON::VARCHAR FROM raw_events ORDER BY seq")
    kept, evidence = (json.loads(payload) for (payload,) in payloads)
    assert kept == details
    assert evidence["header_user_agent"] == CHROME


def test_a_bot_that_is_none_is_held_against_the_list_of_hosts(
    program: Runtime, alice: Person, bots_are: Rules
) -> None:
    bots_are("Chrome")
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", url=STAGING))
    bots_are("Googlebot")
    exclude(program, alice, "staging.shop.example")
    run(program)
    assert reasons(program, alice) == ["excluded_host"]
    assert total(program, alice) == Sums(1, 0, 0, {"excluded_host": 1}, 0, 0, balanced=True)
    assert is_balanced(program, alice)


def test_without_evidence_a_bot_stays_one(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", user_agent=GOOGLEBOT))
    with program.database.write() as transaction:
        transaction._cursor.execute("UPDATE raw_events SET payload = NULL")
    run(program)
    assert reasons(program, alice) == ["bot"]


def test_events_that_were_under_way_when_the_list_changed_are_brought_back_too(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    exclude(program, alice, "staging.shop.example")
    body = json.dumps([pageview("2026-09-17T12:00:00Z", url=STAGING)]).encode()
    program.ingest.accept_bulk(body, False, Credentials(alice.shop.site_id, alice.key), VISITOR)
    exclude(program, alice)
    run(program)
    settle(program)
    assert reasons(program, alice) == ["excluded_host"]
    clock.advance(seconds=60)
    run(program)
    assert reasons(program, alice) == [None]


def test_once_done_nothing_is_looked_at_until_the_rules_change(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    exclude(program, alice, "staging.shop.example")
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", url=STAGING))
    run(program)
    clock.advance(seconds=60)
    run(program)
    before = rows(program, "SELECT * FROM readmissions")
    clock.advance(days=1)
    run(program)
    assert rows(program, "SELECT * FROM readmissions") == before
    exclude(program, alice)
    run(program)
    assert reasons(program, alice) == [None]


def test_much_is_done_in_small_pieces(
    program: Runtime, people: People, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readmission, "CHUNK", 4)
    monkeypatch.setattr(readmission, "CHUNKS_PER_RUN", 2)
    alice, bob = people.alice, people.bob
    exclude(program, alice, "staging.shop.example")
    for _ in range(2):
        send(program, alice.shop, *mixed_traffic())
        send(program, bob.shop, *mixed_traffic())
        clock.advance(days=1)
    exclude(program, alice)
    left: list[int] = []
    for _ in range(5):
        run(program)
        left.append(sum(reason is not None for reason in reasons(program, alice)))
    assert left == [30, 22, 14, 6, 0]
    assert facts(program, alice) == facts(program, bob)
    assert is_balanced(program, alice)


def test_what_fails_half_way_leaves_whole_days_and_is_finished_later(
    program: Runtime, people: People, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = people.alice, people.bob
    exclude(program, alice, "staging.shop.example")
    for _ in range(3):
        send(program, alice.shop, *mixed_traffic())
        send(program, bob.shop, *mixed_traffic())
        clock.advance(days=1)
    exclude(program, alice)
    refresh, calls = rollups.refresh, []

    def fail_the_second_time(transaction: Transaction) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise DatabaseError("the disk is full")
        refresh(transaction)

    with monkeypatch.context() as broken:
        broken.setattr(rollups, "refresh", fail_the_second_time)
        with pytest.raises(DatabaseError):
            run(program)
    out = [reason is not None for reason in reasons(program, alice)]
    day = len(mixed_traffic())
    assert (sum(out[:day]), sum(out[day : 2 * day]), sum(out[2 * day :])) == (0, 19, 19)
    assert is_balanced(program, alice)
    run(program)
    assert facts(program, alice) == facts(program, bob)
    assert is_balanced(program, alice)


def test_a_restart_goes_on_and_runs_twice_without_harm(settings: Config, clock: FrozenClock) -> None:
    first = assembly.build(settings, clock)
    alice = People(first).alice
    exclude(first, alice, "staging.shop.example")
    send(first, alice.shop, *mixed_traffic())
    exclude(first, alice)
    first.stop()
    again = assembly.build(settings, clock)
    for _ in range(2):
        run(again)
        assert reasons(again, alice) == [None] * len(mixed_traffic())
        assert total(again, alice).stored == len(mixed_traffic())
        assert is_balanced(again, alice)
    again.stop()


def test_who_watches_is_told(program: Runtime, alice: Person) -> None:
    told: list[Loaded] = []
    own = Readmission(program.database, program.ledger, program.sites, told.append)
    exclude(program, alice, "staging.shop.example")
    send(program, alice.shop, pageview("2026-09-17T12:00:00Z", url=STAGING))
    own.run(program.clock.now())
    assert told == []
    exclude(program, alice)
    own.run(program.clock.now())
    assert told == [{alice.shop.site_id: []}]
