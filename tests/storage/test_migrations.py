"""Bringing a database file to the program's schema."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.base.errors import StartError
from appliance.base.paths import DataPaths, sql_files
from appliance.storage import migrations
from appliance.storage.database import Database, DatabaseError

NOW = datetime(2026, 9, 17, 12, 30, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(DataPaths(tmp_path))
    yield database
    database.close()


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of scripts for a schema of the test's own."""
    folder = tmp_path / "sql" / "migrations"
    folder.mkdir(parents=True)
    monkeypatch.setattr(migrations, "sql_files", lambda: tmp_path / "sql")
    return folder


def applied(database: Database) -> list[int]:
    return [version for (version,) in database.read("migrations.applied")]


def tables(database: Database) -> set[str]:
    rows = database._cursor().execute("SELECT table_name FROM information_schema.tables").fetchall()
    return {name for (name,) in rows}


def test_a_new_file_gets_the_whole_schema(database: Database) -> None:
    migrations.migrate(database, NOW)
    assert {"meta", "accounts", "sites", "raw_events", "visits", "page_facts"} <= tables(database)
    assert database.read("loading.batch") == [(0,)]


def test_the_programs_scripts_are_numbered_without_a_gap(database: Database) -> None:
    names = sorted(path.name for path in (sql_files() / "migrations").iterdir())
    migrations.migrate(database, NOW)
    assert applied(database) == [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def test_each_script_is_applied_once(database: Database, tmp_path: Path) -> None:
    migrations.migrate(database, NOW)
    with database.write() as transaction:
        transaction._cursor.execute("UPDATE meta SET batch = 7")
    database.close()
    reopened = Database(DataPaths(tmp_path))
    migrations.migrate(reopened, LATER)
    moments = reopened._cursor().execute("SELECT applied_at FROM schema_migrations").fetchall()
    assert {moment for (moment,) in moments} == {NOW.replace(tzinfo=None)}
    assert reopened.read("loading.batch") == [(7,)]
    reopened.close()


def test_what_is_missing_is_applied_in_order(database: Database, scripts: Path) -> None:
    (scripts / "0001_first.sql").write_text("CREATE TABLE first (a INTEGER);")
    migrations.migrate(database, NOW)
    (scripts / "0010_third.sql").write_text("ALTER TABLE second ADD COLUMN b INTEGER;")
    (scripts / "0002_second.sql").write_text("ALTER TABLE first RENAME TO second;")
    migrations.migrate(database, LATER)
    assert applied(database) == [1, 2, 10]
    assert tables(database) == {"schema_migrations", "second"}


def test_a_script_that_fails_leaves_nothing_and_is_tried_again(database: Database, scripts: Path) -> None:
    (scripts / "0001_good.sql").write_text("CREATE TABLE good (a INTEGER);")
    bad = scripts / "0002_bad.sql"
    bad.write_text("CREATE TABLE half (a INTEGER); INSERT INTO good VALUES (1); SELECT * FROM missing;")
    with pytest.raises(DatabaseError, match="missing"):
        migrations.migrate(database, NOW)
    assert applied(database) == [1]
    assert tables(database) == {"schema_migrations", "good"}
    bad.write_text("CREATE TABLE whole (a INTEGER);")
    migrations.migrate(database, NOW)
    assert applied(database) == [1, 2]


def test_a_file_of_a_newer_program_is_refused_and_left_untouched(database: Database) -> None:
    migrations.migrate(database, NOW)
    newer = {"version": 999, "now": NOW}
    with database.write() as transaction:
        transaction.run("migrations.record", newer)
    before = applied(database), tables(database)
    with pytest.raises(StartError, match=r"newer Analytiq \(schema 999.*install that version or a later one"):
        migrations.migrate(database, NOW)
    assert (applied(database), tables(database)) == before


def test_what_was_stored_before_privacy_rules_stays_readable(
    database: Database, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sql_files() / "migrations" / "0001_first_light.sql", scripts)
    migrations.migrate(database, NOW)
    site = "('site_a', 'acc_a', 'Shop', 'https://shop.example', 'hash', 1, '2026-09-17', 'UTC')"
    with database.write() as transaction:
        transaction._cursor.execute(f"INSERT INTO sites VALUES {site}")
    monkeypatch.undo()
    migrations.migrate(database, LATER)
    ((*_, parameters, allowed, excluded),) = database.read("sites.all")
    assert (parameters, allowed, excluded) == ([], [], [])


def test_who_had_an_account_before_there_were_roles_is_an_editor(
    database: Database, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(sql_files() / "migrations" / "0001_first_light.sql", scripts)
    migrations.migrate(database, NOW)
    with database.write() as transaction:
        for email, role in (("alice@shop.example", "owner"), ("bob@bakery.example", "member")):
            transaction._cursor.execute(
                f"INSERT INTO accounts VALUES ('{email}', '{email}', '', 'hash', '{role}', 1, '2026-09-17')"
            )
    monkeypatch.undo()
    migrations.migrate(database, LATER)
    assert [row[3] for row in database.read("people.all")] == ["owner", "editor"]
