"""What the owner is told when something is wrong: each kind of trouble, made for real."""

import json
import os
import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base.config import Config
from appliance.jobs import daily, ledger
from appliance.process import notices as notices_
from appliance.process.health import STALLED_S
from appliance.runtime import Runtime
from appliance.storage.database import DeadDatabaseError
from appliance.support import examination
from appliance.web import create_app
from tests.aggregates.test_aggregates import spoil
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.queries import rows
from tests.traffic import CHROME, pageview, send, settle
from tests.web.stage import eventually

Disk = namedtuple("Disk", "total used free")
NOON = "2026-09-17T12:00:00Z"
HEADERS_BYTES = 3 * 4096


@pytest.fixture(autouse=True)
def roomy_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the disk of this machine is like."""
    _leave_free(monkeypatch, 50 * 10**9)


def _leave_free(monkeypatch: pytest.MonkeyPatch, bytes_: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Disk(10**11, 10**11 - bytes_, bytes_))


def notices(web: Client, person: Person) -> list[dict[str, Any]]:
    answer = web.get("/api/notices", headers=person.headers)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.get_json()["notices"]
    return found


def health(web: Client) -> tuple[int, str]:
    answer = web.get("/healthz")
    return answer.status_code, answer.get_json()["status"]


def post(web: Client, person: Person) -> int:
    """Send one event as a page does; the status that it is answered with."""
    event = {"event_type": "pageview", "path": "/", "user_agent": CHROME}
    keys = {"x-site-id": person.shop.site_id, "x-site-key": person.key}
    return web.post("/ingest/event", data=json.dumps(event), headers=keys).status_code


def restarted(settings: Config, clock: FrozenClock, person: Person) -> tuple[Runtime, Client, Person]:
    program = assembly.build(settings, clock)
    web = Client(create_app(program), use_cookies=False)
    return program, web, Person(program, person.account, person.site)


def block(folder: Path) -> None:
    """Nothing can be written there, not even by root, until `unblock`."""
    folder.rename(folder.with_suffix(".away"))
    folder.touch()


def unblock(folder: Path) -> None:
    folder.unlink()
    folder.with_suffix(".away").rename(folder)


def damage(database_file: Path) -> None:
    """Everything after the headers, which an open database has read already."""
    with database_file.open("r+b") as file:
        file.seek(HEADERS_BYTES)
        file.write(os.urandom(database_file.stat().st_size - HEADERS_BYTES))


def test_all_is_well(web: Client, program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOON))
    ledger.run(program, program.clock.now())
    assert notices(web, alice) == []
    assert health(web) == (200, "ok")


def test_sums_that_cannot_be_made_are_told_after_the_third_failure(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    send(program, alice.shop, *(pageview("2026-09-10T10:00:00Z", visitor=name) for name in ("ann", "ben")))
    spoil(program, alice.shop, "2026-09-10")
    for _ in range(2):
        daily.run(program, clock.now())
        assert notices(web, alice) == []
        clock.advance(minutes=10)
    daily.run(program, clock.now())
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["title"]) == ("rows-not-made", "The sums of 1 day cannot be made")
    assert alice.shop.name not in notice["detail"]
    assert health(web) == (200, "warning")
    rows(program, "UPDATE visits SET page_time_ms = 0")
    clock.advance(hours=6)
    daily.run(program, clock.now())
    assert notices(web, alice) == []


def test_strangers_are_told_nothing(web: Client) -> None:
    assert web.get("/api/notices").status_code == 401


def test_a_journal_that_cannot_be_written_is_told_and_ends_by_itself(
    web: Client, program: Runtime, alice: Person
) -> None:
    block(program.config.paths.journal)
    assert post(web, alice) == 503
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("journal-unwritable", "error")
    assert "Not a directory; 50.0 GB free" in notice["detail"]
    assert datetime.fromisoformat(notice["since"]) <= program.clock.now()
    assert health(web) == (503, "stalled")
    assert web.get("/healthz").get_json()["journal"]["writable"] is False
    unblock(program.config.paths.journal)
    assert eventually(lambda: notices(web, alice) == [])
    assert health(web) == (200, "ok")
    assert post(web, alice) == 200


def test_a_damaged_database_is_told_while_reports_cannot_be_made(
    settings: Config, clock: FrozenClock, program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(NOON))
    program.stop()
    again, web, owner = restarted(settings, clock, alice)
    assert web.get("/api/me", headers=owner.headers).status_code == 200
    damage(settings.paths.database)
    assert web.get(f"/api/sites/{owner.shop.site_id}/report", headers=owner.headers).status_code == 503
    (notice,) = notices(web, owner)
    assert (notice["slug"], notice["severity"]) == ("database-damaged", "error")
    assert "New events are still taken and kept" in notice["detail"]
    assert "backup" in notice["detail"]
    assert health(web) == (200, "warning")
    assert post(web, owner) == 200
    assert "1 batch waits safely in the journal" in notices(web, owner)[0]["detail"]
    again.stop()


def test_a_database_that_cannot_be_opened_again_leaves_whoever_is_signed_in_the_notices(
    web: Client, program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(NOON))
    assert notices(web, alice) == []
    browser = Client(web.application)
    browser.post("/api/login", json={"email": alice.account.email, "password": PASSWORD})
    main = program.config.paths.database
    whole = main.read_bytes()
    rows(program, "SET debug_checkpoint_abort = 'before_header'")
    with pytest.raises(DeadDatabaseError):
        program.checkpoints.run()
    main.write_bytes(b"no database")
    assert post(web, alice) == 200
    with pytest.raises(DeadDatabaseError):
        settle(program)
    assert web.get("/api/me", headers=alice.headers).status_code == 200
    assert browser.get("/api/me").status_code == 200
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("database-closed", "error")
    assert "1 batch waits safely in the journal" in notice["detail"]
    main.write_bytes(whole)
    settle(program)
    assert notices(web, alice) == []
    assert rows(program, "SELECT count(*) FROM raw_events") == [(2,)]


def test_without_a_database_nobody_gets_in_who_was_not_in_before(
    web: Client, program: Runtime, people: People
) -> None:
    unseen = people.bob.headers
    rows(program, "SET debug_checkpoint_abort = 'before_header'")
    with pytest.raises(DeadDatabaseError):
        program.checkpoints.run()
    whole = program.config.paths.database.read_bytes()
    program.config.paths.database.write_bytes(b"no database")
    answer = web.get("/api/notices", headers=unseen)
    assert answer.status_code == 503
    assert "Events are safe" in answer.get_json()["detail"]
    program.config.paths.database.write_bytes(whole)


def test_events_that_wait_for_a_minute_are_told(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    assert post(web, alice) == 200
    (batch,) = program.config.paths.journal.iterdir()
    written = clock.now().timestamp()
    os.utime(batch, (written, written))
    clock.advance(seconds=STALLED_S - 1)
    assert notices(web, alice) == []
    assert health(web) == (200, "ok")
    clock.advance(seconds=121)
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("events-waiting", "error")
    assert "any for 3 minutes" in notice["detail"]
    assert notice["since"] == "2026-09-17T12:30:00Z"
    assert health(web) == (503, "stalled")
    settle(program)
    assert notices(web, alice) == []


def killed_with_an_unreadable_log(
    settings: Config, clock: FrozenClock, tmp_path: Path, batches: int
) -> tuple[Config, Person]:
    """The directory of a program with so many batches in its write-ahead log, all zeros after its head."""
    killed = assembly.build(settings, clock)
    owner = People(killed).alice
    killed.checkpoints.run()
    for number in range(batches):
        send(killed, owner.shop, pageview(NOON, f"/{number}"))
    copy = Config(**{**vars(settings), "data_dir": tmp_path / "killed"})
    shutil.copytree(settings.data_dir, copy.data_dir)
    killed.stop()
    log = copy.paths.write_ahead_log
    content = log.read_bytes()
    log.write_bytes(content[:100] + bytes(len(content) - 100))
    return copy, owner


def test_a_log_that_was_put_aside_is_told_for_a_week_with_how_much_the_journal_had(
    settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    config, alice = killed_with_an_unreadable_log(settings, clock, tmp_path, batches=3)
    again, web, owner = restarted(config, clock, alice)
    (notice,) = notices(web, owner)
    (aside,) = config.paths.unreadable_logs()
    assert (notice["slug"], notice["severity"]) == ("log-put-aside", "warning")
    assert f"kept as {aside.name}" in notice["detail"]
    assert "3 batches were loaded again from the journal" in notice["detail"]
    assert health(web) == (200, "warning")
    again.stop()
    third, web, owner = restarted(config, clock, alice)
    assert [notice["slug"] for notice in notices(web, owner)] == ["log-put-aside"]
    clock.advance(days=7)
    assert notices(web, owner) == []
    third.stop()


def test_batches_that_nobody_has_are_told_until_the_note_is_deleted(
    settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    config, alice = killed_with_an_unreadable_log(settings, clock, tmp_path, batches=3)
    first, second, _ = sorted(config.paths.journal.iterdir())
    first.unlink()
    second.unlink()
    again, web, owner = restarted(config, clock, alice)
    (notice,) = notices(web, owner)
    assert (notice["slug"], notice["severity"]) == ("events-lost", "error")
    assert notice["title"] == "2 batches of events cannot be found"
    assert "1 batch was loaded again from the journal" in notice["detail"]
    (note,) = config.paths.recoveries()
    assert note.name in notice["detail"]
    clock.advance(days=30)
    assert notices(web, owner) == [notice]
    note.unlink()
    assert notices(web, owner) == []
    again.stop()


def test_a_main_file_put_back_from_a_backup_gets_what_the_journal_holds(
    settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    """The way that the notice of a damaged database tells. The log beside it belongs to the newer file."""
    program = assembly.build(settings, clock)
    owner = People(program).alice
    send(program, owner.shop, pageview(NOON, "/backed-up"))
    program.checkpoints.run()
    backup = settings.paths.database.read_bytes()
    send(program, owner.shop, pageview(NOON, "/too-late-for-both"))
    program.checkpoints.run()
    send(program, owner.shop, pageview(NOON, "/in-the-journal"))
    copy = Config(**{**vars(settings), "data_dir": tmp_path / "killed"})
    shutil.copytree(settings.data_dir, copy.data_dir)
    program.stop()
    copy.paths.database.write_bytes(backup)
    again, web, owner = restarted(copy, clock, owner)
    assert rows(again, "SELECT path FROM raw_events ORDER BY path") == [("/backed-up",), ("/in-the-journal",)]
    assert [notice["title"] for notice in notices(web, owner)] == ["1 batch of events cannot be found"]
    again.stop()


def test_events_set_aside_are_told_by_number(web: Client, program: Runtime, alice: Person) -> None:
    for _ in range(3):
        assert post(web, alice) == 200
    (batch,) = program.journal.seal()
    lines = batch.path.read_bytes().splitlines(keepends=True)
    batch.path.write_bytes(
        b"".join([lines[0], *(line.replace(b'"ts":"20', b'"ts":"x') for line in lines[1:])])
    )
    settle(program)
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("events-set-aside", "warning")
    assert notice["title"] == "2 events could not be counted"
    assert health(web) == (200, "warning")
    (kept,) = program.config.paths.set_aside.iterdir()
    kept.unlink()
    assert notices(web, alice) == []


def test_a_ledger_that_does_not_balance_is_told_with_its_day(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    send(program, alice.shop, pageview(NOON))
    clock.advance(days=1)
    send(program, alice.shop, pageview(clock.now()))
    rows(program, "DELETE FROM raw_events")
    ledger.run(program, clock.now())
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("ledger-unbalanced", "error")
    assert "On 18 September 2026 and 1 day before (UTC) 2 numbers differ" in notice["detail"]
    assert health(web) == (200, "warning")


def test_a_disk_with_little_room_is_told_before_it_is_full(
    web: Client, program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave_free(monkeypatch, 21 * 10**9)
    assert notices(web, alice) == []
    _leave_free(monkeypatch, 19 * 10**9)
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("disk-filling", "warning")
    assert "81% of the disk" in notice["detail"]
    _leave_free(monkeypatch, 500 * 10**6)
    (notice,) = notices(web, alice)
    assert (notice["slug"], notice["severity"]) == ("disk-low", "warning")
    assert "500 MB are left" in notice["detail"]
    (found,) = [each for each in examination.examine(program, serving=False) if each.slug == "disk"]
    assert (found.verdict, found.todo) == ("look", notice["detail"])
    assert health(web) == (200, "warning")
    block(program.config.paths.journal)
    assert post(web, alice) == 503
    assert [notice["slug"] for notice in notices(web, alice)] == ["journal-unwritable"]
    unblock(program.config.paths.journal)


def test_a_budget_that_is_nearly_spent_is_told(program: Runtime) -> None:
    health = replace(program.health, budget_bytes=10**9)

    def told() -> list[notices_.Notice]:
        return notices_.of(health.facts(program.clock.now()))

    assert told() == []
    with (program.config.data_dir / "large").open("wb") as file:
        file.truncate(1200 * 10**6)
    (notice,) = told()
    assert (notice.slug, notice.severity) == ("budget-filling", "warning")
    assert notice.detail.startswith("1.2 GB of 1.0 GB.")


def test_the_worst_comes_first(
    web: Client, program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave_free(monkeypatch, 0)
    send(program, alice.shop, pageview(NOON))
    rows(program, "DELETE FROM raw_events")
    ledger.run(program, program.clock.now())
    assert [notice["severity"] for notice in notices(web, alice)] == ["error", "warning"]
