"""From the journal into the database: exactly once, and one bad line takes no others with it."""

import json
import shutil
from pathlib import Path

import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from appliance.storage import statements
from appliance.storage.database import DatabaseError, Transaction
from appliance.visits import rollups
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import VISITOR, pageview, send, settle

NOON = "2026-09-10T12:00:00Z"


def accept(program: Runtime, person: Person, count: int) -> None:
    """Acknowledged, but not loaded."""
    credentials = Credentials(person.shop.site_id, person.key)
    body = json.dumps([pageview(NOON, f"/{n}") for n in range(count)]).encode()
    program.ingest.accept_bulk(body, False, credentials, VISITOR)


def paths(program: Runtime) -> list[str]:
    return [path for (path,) in rows(program, "SELECT path FROM raw_events ORDER BY seq")]


def test_a_loaded_batch_keeps_its_file_until_the_database_has_it_in_its_main_file(
    program: Runtime, alice: Person
) -> None:
    send(program, alice.shop, pageview(NOON))
    assert len(_files(program.config.paths.journal)) == 1
    program.checkpoints.run()
    assert _files(program.config.paths.journal) == []


def test_a_batch_that_was_committed_but_not_deleted_is_not_counted_again(
    settings: Config, clock: FrozenClock
) -> None:
    first = assembly.build(settings, clock)
    accept(first, People(first).alice, 2)
    (batch,) = first.journal.seal()
    copy = batch.path.with_suffix(".copy")
    shutil.copy(batch.path, copy)
    first.stop()
    copy.rename(batch.path)  # As if the program had died between the last checkpoint and the deletion.
    again = assembly.build(settings, clock)
    assert paths(again) == ["/0", "/1"]
    again.stop()
    assert _files(settings.paths.journal) == []


def test_what_was_acknowledged_but_not_loaded_is_counted_after_a_restart(
    settings: Config, clock: FrozenClock
) -> None:
    killed = assembly.build(settings, clock)
    accept(killed, People(killed).alice, 3)
    killed.database.close()  # All that a kill would do by itself: let go of the file.
    again = assembly.build(settings, clock)
    assert paths(again) == ["/0", "/1", "/2"]
    again.stop()


@pytest.mark.parametrize(
    ("good_part", "bad_part"),
    [(b'"ts":"2026-09-10', b'"ts":"2026-99-99'), (b'"event_type":', b'"event_tpye":')],
)
def test_a_line_that_cannot_be_stored_is_set_aside_and_the_others_are_stored(
    program: Runtime, alice: Person, good_part: bytes, bad_part: bytes
) -> None:
    accept(program, alice, 9)
    (batch,) = program.journal.seal()
    lines = batch.path.read_bytes().splitlines(keepends=True)
    bad = lines[4].replace(good_part, bad_part)
    batch.path.write_bytes(b"".join([*lines[:4], bad, *lines[5:]]))
    settle(program)
    assert paths(program) == [f"/{n}" for n in range(9) if n != 4]
    (kept,) = program.config.paths.set_aside.iterdir()
    assert kept.read_bytes() == bad
    assert program.set_aside.count == 1


def test_no_event_is_set_aside_for_a_fault_of_the_program(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(program, alice, 3)
    real = statements.sql

    def broken_sql(name: str) -> str:
        return real(name).replace("$batch::BIGINT", "'x'::BIGINT") if name == "loading.stage" else real(name)

    with monkeypatch.context() as broken:
        broken.setattr(statements, "sql", broken_sql)
        with pytest.raises(DatabaseError):
            settle(program)
    assert _files(program.config.paths.set_aside) == []
    settle(program)
    assert len(paths(program)) == 3


def test_a_failure_that_is_not_the_batchs_fault_keeps_the_batch(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(program, alice, 1)
    with monkeypatch.context() as broken:
        broken.setattr(rollups, "refresh", _fail)
        with pytest.raises(DatabaseError):
            settle(program)
        assert paths(program) == []
    settle(program)
    assert paths(program) == ["/0"]
    assert _files(program.config.paths.set_aside) == []


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.exists() else []


def _fail(_transaction: Transaction) -> None:
    raise DatabaseError("the disk is full")


@pytest.mark.parametrize(
    ("screen", "kept"),
    [
        ({"width": 390, "height": 844}, None),
        ({"width": 390.5, "height": 844}, {"width": 390.5, "height": 844}),
        ({"width": 390, "height": 844, "depth": 24}, {"width": 390, "height": 844, "depth": 24}),
    ],
)
def test_a_screen_is_kept_as_it_was_sent_where_its_column_does_not_say_all_of_it(
    program: Runtime, alice: Person, screen: dict[str, float], kept: dict[str, float] | None
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z", screen=screen))
    ((payload,),) = rows(program, "SELECT payload::JSON::VARCHAR FROM raw_events")
    assert json.loads(payload).get("screen") == kept
