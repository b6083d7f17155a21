"""DELETE /api/sites/{site_id}: what goes, what stays, and what still arrives for a site that is gone."""

import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance.jobs import deleted_sites
from appliance.reports.live import CLOSING
from appliance.runtime import Runtime
from appliance.sites.sites import Sites
from appliance.storage.database import DatabaseError
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import GOOGLEBOT, event, pageview, send, settle

NOW = "2026-09-17T12:30:00Z"
REMEMBERED = {"deleted_sites", "audit"}
"""What may name a deleted site: the one keeps others from naming it again, the other tells who deleted it."""


def delete(web: Client, person: Person, body: Any) -> TestResponse:
    return web.delete(f"/api/sites/{person.shop.site_id}", json=body, headers=person.headers)


def delete_by_name(web: Client, person: Person) -> None:
    assert delete(web, person, {"confirm": person.shop.name}).status_code == 204


def post(web: Client, person: Person) -> int:
    credentials = {"x-site-id": person.shop.site_id, "x-site-key": person.key}
    return web.post("/ingest/event", json=pageview(NOW), headers=credentials).status_code


def tables(program: Runtime) -> list[str]:
    """Every table that names a site."""
    found = rows(
        program,
        "SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_name) "
        "WHERE column_name = 'site_id' AND table_type = 'BASE TABLE'",
    )
    return sorted({name for (name,) in found} - REMEMBERED)


def fill(program: Runtime, table: str, site_id: str) -> None:
    """A row of this site, with some value in every column that must have one."""
    columns = rows(
        program,
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $name "
        "AND is_nullable = 'NO' AND column_name <> 'site_id' ORDER BY ordinal_position",
        name=table,
    )
    some = {
        "VARCHAR": "gen_random_uuid()",
        "VARCHAR[]": "[]",
        "UUID": "gen_random_uuid()",
        "TIMESTAMP": "now()",
        "DATE": "today()",
        "INTEGER": "hash($site_id) % 1000000000",
    }
    values = [f"CAST({some.get(kind, '1')} AS {kind})" for _, kind in columns]
    names = ", ".join(["site_id", *(name for name, _ in columns)])
    with program.database.write() as transaction:
        transaction._cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(['$site_id', *values])}",
            {"site_id": site_id},
        )


def counts(program: Runtime, site_id: str) -> dict[str, int]:
    """Rows of the site in every table that has any."""
    found = {
        table: rows(program, f"SELECT count(*) FROM {table} WHERE site_id = $site_id", site_id=site_id)[0][0]
        for table in tables(program)
    }
    return {table: count for table, count in found.items() if count}


def test_nothing_of_a_deleted_site_is_left_in_any_table(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    bob = people.bob
    for site in (alice.shop, bob.shop):
        for table in tables(program):
            if table != "sites":
                fill(program, table, site.site_id)
    before = counts(program, bob.shop.site_id)
    assert (
        set(counts(program, alice.shop.site_id)) == set(tables(program)) >= {"raw_events", "goals", "ledger"}
    )
    delete_by_name(web, alice)
    assert counts(program, alice.shop.site_id) == {}
    assert counts(program, bob.shop.site_id) == before


def test_a_deleted_site_is_not_there_any_more_also_after_a_restart(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    delete_by_name(web, alice)
    assert web.get(f"/api/sites/{alice.shop.site_id}", headers=alice.headers).status_code == 404
    assert web.get("/api/sites", headers=alice.headers).get_json() == {"sites": []}
    assert delete(web, alice, {"confirm": alice.shop.name}).status_code == 404
    assert Sites(program.database, program.secret, clock).all() == []


@pytest.mark.parametrize("body", [{}, {"confirm": ""}, {"confirm": "alice's shoes"}, {"confirm": 7}])
def test_without_its_name_a_site_stays(web: Client, program: Runtime, alice: Person, body: Any) -> None:
    send(program, alice.shop, pageview(NOW))
    answer = delete(web, alice, body)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/confirm"]
    assert program.sites.present(alice.shop.site_id) == alice.shop
    assert rows(program, "SELECT count(*) FROM raw_events") == [(1,)]


def test_events_for_a_deleted_site_are_refused_at_once(web: Client, alice: Person) -> None:
    credentials = {"x-site-id": alice.shop.site_id, "x-site-key": alice.key}
    assert web.post("/ingest/event", json=pageview(NOW), headers=credentials).status_code == 200
    delete_by_name(web, alice)
    assert web.post("/ingest/event", json=pageview(NOW), headers=credentials).status_code == 403
    by_key = {"Authorization": f"Bearer {alice.key}"}
    assert web.post("/ingest/event", json=pageview(NOW), headers=by_key).status_code == 403


def test_what_waits_in_the_journal_for_a_deleted_site_is_stored_nowhere_and_holds_up_nobody(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    for person in (alice, people.bob):
        credentials = {"x-site-id": person.shop.site_id, "x-site-key": person.key}
        for sent in (pageview(NOW), event("signup", NOW), pageview(NOW, user_agent=GOOGLEBOT)):
            assert web.post("/ingest/event", json=sent, headers=credentials).status_code in (200, 202)
    delete_by_name(web, alice)
    settle(program)
    assert program.journal.pending == 0
    assert counts(program, alice.shop.site_id) == {}
    bobs = people.bob.shop.site_id
    assert rows(program, "SELECT site_id, count(*) FROM raw_events GROUP BY ALL") == [(bobs, 3)]
    assert program.ledger.check(program.clock.now()).differences == 0


def test_what_was_under_way_for_a_deleted_site_is_removed_by_the_job(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    program.ledger.note_rejected(alice.shop.site_id, 3, clock.now())
    delete_by_name(web, alice)
    program.ledger.write_down()
    program.goals.create(alice.shop, "Paid", "event", "purchase")
    assert counts(program, alice.shop.site_id) == {"goals": 1, "ledger": 1}
    deleted_sites.run(program, clock.now() + timedelta(hours=1))
    assert counts(program, alice.shop.site_id) == {}


def spoil(program: Runtime) -> None:
    """Make what the journal holds such that it cannot be loaded, and load."""
    (batch,) = program.journal.seal()
    batch.path.write_bytes(batch.path.read_bytes().replace(b'"ts":"2026', b'"ts":"when'))
    settle(program)


def sites_set_aside(program: Runtime) -> list[str]:
    files = program.config.paths.set_aside.iterdir()
    return [json.loads(line)["site_id"] for file in files for line in file.read_bytes().splitlines()]


def test_events_set_aside_go_with_their_site_and_others_stay(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    for person in (alice, people.bob):
        assert post(web, person) == 200
    spoil(program)
    assert sites_set_aside(program) == [alice.shop.site_id, people.bob.shop.site_id]
    delete_by_name(web, alice)
    assert sites_set_aside(program) == [people.bob.shop.site_id]
    assert program.health.facts(program.clock.now()).set_aside == 1


def test_events_set_aside_after_the_deletion_are_removed_by_the_job(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    assert post(web, alice) == 200
    delete_by_name(web, alice)
    spoil(program)
    assert sites_set_aside(program) == [alice.shop.site_id]
    deleted_sites.run(program, clock.now() + timedelta(days=3))
    assert list(program.config.paths.set_aside.iterdir()) == []


def test_a_site_is_deleted_also_when_what_was_set_aside_cannot_be_removed(
    web: Client, program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert post(web, alice) == 200
    spoil(program)

    def fail(_path: Path, missing_ok: bool) -> None:  # noqa: ARG001
        raise PermissionError("read-only")

    with monkeypatch.context() as read_only:
        read_only.setattr(Path, "unlink", fail)
        delete_by_name(web, alice)
    assert sites_set_aside(program) == [alice.shop.site_id]
    deleted_sites.run(program, program.clock.now())
    assert list(program.config.paths.set_aside.iterdir()) == []


def test_open_views_of_a_deleted_site_end(web: Client, program: Runtime, alice: Person) -> None:
    viewer, _ = program.live.open(alice.shop)
    delete_by_name(web, alice)
    late, _ = program.live.open(alice.shop)
    assert viewer.next(0) is CLOSING
    assert late.next(0) is CLOSING


def test_a_removal_that_fails_leaves_the_site_as_it_was(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    send(program, alice.shop, pageview(NOW))
    with program.database.write() as transaction:
        transaction._cursor.execute("ALTER TABLE ledger_differences RENAME TO elsewhere")
    with pytest.raises(DatabaseError):
        program.sites.delete(alice.account.account_id, alice.shop.site_id, alice.shop.name)
    assert program.sites.authenticate(alice.shop.site_id, alice.key) == alice.shop
    assert Sites(program.database, program.secret, clock).all() == [alice.shop]
    assert rows(program, "SELECT count(*) FROM raw_events") == [(1,)]


def test_the_log_tells_who_deleted_what_and_no_secret(
    web: Client, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        delete_by_name(web, alice)
    assert alice.shop.site_id in caplog.text
    assert alice.account.account_id in caplog.text
    assert alice.key not in caplog.text
