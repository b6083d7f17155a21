"""Data of earlier versions: brought up to date with a backup before, or left as they were."""

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from appliance import assembly
from appliance.base import disk
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.base.paths import DataPaths, sql_files
from appliance.jobs import ledger as count_again
from appliance.process import notices
from appliance.storage import migrations
from appliance.support import examination
from tests.clocks import FrozenClock
from tests.data import NOW, releases, unpack
from tests.data.make import report_of
from tests.people import People
from tests.queries import rows, state
from tests.traffic import pageview, send


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the schema's scripts, to which a newer version adds some."""
    folder = Path(shutil.copytree(sql_files() / "migrations", tmp_path / "sql" / "migrations"))
    monkeypatch.setattr(migrations, "sql_files", lambda: tmp_path / "sql")
    return folder


@pytest.fixture
def used(settings: Config, clock: FrozenClock) -> Config:
    """With an event in it, as the version before leaves it."""
    program = assembly.build(settings, clock)
    send(program, People(program).alice.shop, pageview("2026-09-10T10:00:00Z"))
    program.stop()
    return settings


@pytest.mark.parametrize("release", releases(), ids=lambda release: release.name)
def test_data_of_a_released_version_give_the_same_report(
    release: Path, settings: Config, tmp_path: Path
) -> None:
    data = tmp_path / "released"
    data.mkdir()
    report = unpack(release, data)
    assert DataPaths(data).write_ahead_log.stat().st_size > 0  # nobody has replayed it
    program = assembly.build(replace(settings, data_dir=data), FrozenClock(NOW))
    (shop,) = program.sites.all()
    found = report_of(program, shop)
    assert {name: found[name] for name in report} == report  # a later version may tell more
    assert program.ledger.check(program.clock.now()).differences == 0
    (told,) = [each.detail for each in examination.examine(program, serving=False) if each.slug == "ledger"]
    assert "counted again since the data has its present form (2026-09-17): 1 of 1." in told
    program.stop()


def test_after_an_upgrade_every_day_is_counted_again_and_what_differs_is_told(
    used: Config, clock: FrozenClock, scripts: Path
) -> None:
    """A script that touches an event of long ago, which no hourly check would look at."""
    clock.advance(days=5)
    program = assembly.build(used, clock)
    assert count_again.run(program, clock.now()) == "1 day was counted again; no numbers differ."
    assert count_again.run(program, clock.now()) == "0 days were counted again; no numbers differ."
    program.stop()
    (scripts / "9000_bots.sql").write_text("UPDATE raw_events SET bot_reason = 'bot';")
    program = assembly.build(used, clock)
    assert count_again.run(program, clock.now()) == "1 day was counted again; 2 numbers differ."
    assert "ledger-unbalanced" in [notice.slug for notice in notices.of(program.health.facts(clock.now()))]
    program.stop()


def test_the_present_schema_is_among_the_released_data() -> None:
    assert releases()[-1].name <= f"schema-{migrations.newest():04d}.tar.xz"


def test_a_backup_is_made_before_the_form_of_the_data_changes(
    used: Config, clock: FrozenClock, scripts: Path
) -> None:
    (scripts / "9000_colour.sql").write_text("ALTER TABLE sites ADD COLUMN colour VARCHAR DEFAULT 'red';")
    program = assembly.build(used, clock)
    assert rows(program, "SELECT colour FROM sites") == [("red",)]
    (made,) = program.backups.kept.all()
    assert (made.reason, made.schema, made.figures.events) == (
        "before an upgrade",
        migrations_before(9000),
        1,
    )
    assert program.backups.newest == made
    program.stop()
    again = assembly.build(used, clock)
    assert again.backups.kept.all() == [made]
    again.stop()


def test_a_new_program_makes_no_backup_of_nothing(settings: Config, clock: FrozenClock) -> None:
    program = assembly.build(settings, clock)
    assert program.backups.kept.all() == []
    program.stop()


@pytest.mark.parametrize(
    "script",
    [
        "ALTER TABLE sites ADD COLUMN colour VARCHAR; SELECT * FROM missing;",
        "DELETE FROM raw_events;",
    ],
    ids=["fails", "loses events"],
)
def test_what_goes_wrong_leaves_the_data_as_they_were(
    used: Config, clock: FrozenClock, scripts: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = assembly.build(used, clock)
    before = {name: held for name, held in state(program).items() if name != "backup"}
    program.stop()
    (scripts / "9000_good.sql").write_text("CREATE TABLE half_way (a INTEGER);")
    (scripts / "9001_bad.sql").write_text(script)
    with pytest.raises(StartError, match=r"could not be brought .* put back as it was.*version that you had"):
        assembly.build(used, clock)
    monkeypatch.undo()
    program = assembly.build(used, clock)
    found = {name: held for name, held in state(program).items() if name != "backup"}
    assert found == before
    program.stop()


def test_without_a_backup_nothing_is_changed(
    used: Config, clock: FrozenClock, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scripts / "9000_colour.sql").write_text("ALTER TABLE sites ADD COLUMN colour VARCHAR;")
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    with pytest.raises(StartError, match=r"no backup could be made.*nothing was changed: .* MB are free"):
        assembly.build(used, clock)
    with duckdb.connect(str(used.paths.database)) as database:
        found = database.execute("SELECT max(version) FROM schema_migrations").fetchall()
    assert found == [(migrations_before(9000),)]


def migrations_before(number: int) -> int:
    found = (int(path.name[:4]) for path in (sql_files() / "migrations").iterdir())
    return max(version for version in found if version < number)
