"""Going back to a backup: what is there afterwards, and that nothing acknowledged is lost or doubled."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from appliance import assembly
from appliance.backups import contents, files
from appliance.backups.restoring import Progress
from appliance.base import disk, durable
from appliance.base.config import Config
from appliance.base.errors import ConflictError, InvalidError, UnauthenticatedError, UnavailableError
from appliance.base.paths import DataPaths
from appliance.storage import exchange
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows, state
from tests.traffic import accept, pageview, send, settle

IDS = [f"00000000-0000-4000-8000-0000000000{n:02}" for n in range(10)]


class Shop:
    """A program that can be started again, over data that stay."""

    def __init__(self, settings: Config, clock: FrozenClock) -> None:
        self.settings, self.clock = settings, clock
        self.program = assembly.build(settings, clock)
        self.alice: Person = People(self.program).alice

    def send(self, number: int) -> None:
        send(self.program, self.alice.shop, self.event(number))

    def accept(self, number: int) -> None:
        """Into the journal alone."""
        accept(self.program, self.alice.shop, self.event(number))

    def event(self, number: int) -> dict[str, object]:
        at = self.clock.now()
        return pageview(at, f"/{number}", visitor=f"v{number}", event_id=IDS[number])

    def back_up(self) -> Path:
        self.clock.advance(minutes=1)
        return self.program.backups.kept.file(self.program.backups.take("by hand"))

    def go_back(self, file: Path, word: str | None = None) -> None:
        self.clock.advance(minutes=1)
        self.program.restoring.go_back(file, "a test", word)

    def start_again(self) -> None:
        self.program.stop()
        self.program = assembly.build(self.settings, self.clock)

    @property
    def paths(self) -> list[str]:
        return [path for (path,) in rows(self.program, "SELECT path FROM raw_events ORDER BY path")]

    def is_well(self) -> bool:
        facts = self.program.health.facts(self.clock.now())
        check = self.program.ledger.check(self.clock.now())
        return not facts.recoveries and not check.differences and not exchange.is_due(self.settings.paths)


@pytest.fixture
def shop(settings: Config, clock: FrozenClock) -> Iterator[Shop]:
    opened = Shop(settings, clock)
    yield opened
    opened.program.stop()


def test_the_state_of_then_is_put_back_and_that_of_now_is_kept(shop: Shop) -> None:
    shop.send(1)
    file = shop.back_up()
    then = {name: held for name, held in state(shop.program).items() if name in ("visits", "sites", "ledger")}
    shop.send(2)
    shop.program.sites.create(shop.alice.account.account_id, "Another", "https://other.example", "UTC")
    shop.go_back(file)
    shop.start_again()
    assert {name: state(shop.program)[name] for name in then} == then
    assert shop.paths == ["/1"]
    newest, _ = shop.program.backups.kept.all()
    assert (newest.reason, newest.figures.events, newest.figures.sites) == ("before going back", 2, 2)
    assert shop.is_well()
    shop.go_back(shop.program.backups.kept.file(newest))
    shop.start_again()
    assert shop.paths == ["/1", "/2"]
    assert shop.is_well()


def test_how_far_it_is_is_told_step_by_step(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.send(1)
    file, told = shop.back_up(), []
    restoring, database = shop.program.restoring, shop.program.database
    bring_in, sums, copy = files.bring_in, contents._sums, database.copy

    def telling(work: Callable[..., Any]) -> Callable[..., Any]:
        def and_tell(*given: Any) -> Any:
            found = work(*given)
            told.append(restoring.under_way)
            return found

        return and_tell

    monkeypatch.setattr(files, "bring_in", telling(bring_in))
    monkeypatch.setattr(contents, "_sums", telling(sums))
    monkeypatch.setattr(database, "copy", telling(copy))
    assert restoring.under_way is None
    shop.go_back(file)
    assert restoring.under_way is None
    copying, *checking = [each for each in told if each and each.step != "keeping"]
    assert copying == Progress("copying", 1.0)
    shares = [each.share for each in checking if each.step == "checking"]
    assert len(set(shares)) > 10
    assert shares == sorted(shares)
    assert any(each and each.step == "keeping" and each.share > 0 for each in told)


def test_versions_of_the_script_that_pages_have_pinned_come_along(shop: Shop) -> None:
    kept = shop.settings.paths.scripts
    pinned = {f"00000000000000aa.js{suffix}": suffix.encode() for suffix in ("", ".br", ".gz")}
    kept.mkdir(exist_ok=True)
    for name, content in {**pinned, "note.txt": b"of somebody else"}.items():
        (kept / name).write_bytes(content)
    file = shop.back_up()
    shutil.rmtree(kept)
    shop.go_back(file)
    assert {file.name: file.read_bytes() for file in kept.iterdir()} == pinned


def test_a_backup_of_before_scripts_were_kept_in_them_is_gone_back_to(shop: Shop) -> None:
    shop.send(1)
    file = shop.back_up()
    with duckdb.connect(str(file)) as backup:
        backup.execute("ALTER TABLE backup DROP COLUMN scripts")
    shop.send(2)
    shop.go_back(file)
    shop.start_again()
    assert shop.paths == ["/1"]


def test_events_that_arrive_meanwhile_are_counted_in_the_state_that_was_put_back(shop: Shop) -> None:
    shop.send(1)
    file = shop.back_up()
    shop.send(2)
    shop.go_back(file)
    shop.accept(3)
    with pytest.raises(UnavailableError):
        settle(shop.program)  # it would go into the database that is replaced
    shop.start_again()
    assert shop.paths == ["/1", "/3"]
    shop.send(4)
    assert shop.paths == ["/1", "/3", "/4"]
    assert shop.is_well()


def test_what_the_other_state_holds_already_is_not_counted_again(shop: Shop) -> None:
    """Sent again by a browser that had no answer, while a state of before it was in place."""
    file = shop.back_up()
    shop.send(1)
    later = shop.back_up()
    shop.go_back(file)
    shop.start_again()
    assert shop.paths == []
    shop.go_back(later)
    shop.accept(1)
    shop.accept(2)
    shop.start_again()
    assert shop.paths == ["/1", "/2"]
    assert shop.is_well()


def test_a_batch_of_which_nothing_is_left_leaves_no_gap(shop: Shop) -> None:
    file = shop.back_up()
    shop.send(1)
    later = shop.back_up()
    shop.go_back(file)
    shop.start_again()
    shop.go_back(later)
    shop.accept(1)
    shop.start_again()
    shop.send(2)
    assert shop.paths == ["/1", "/2"]
    assert shop.is_well()


def test_everybody_signs_in_again_with_the_password_of_then(shop: Shop) -> None:
    file = shop.back_up()
    token = shop.alice.token
    shop.go_back(file)
    shop.start_again()
    assert rows(shop.program, "SELECT count(*) FROM sessions") == [(0,)]
    with pytest.raises(UnauthenticatedError):
        shop.program.bearer_tokens.account(token)
    (entry,) = [
        entry for entry in shop.program.audit.page(2**53 - 1, 10).entries if entry.action == "went_back"
    ]
    assert "By a test, to the backup of 2026-09-17" in entry.detail


def test_on_another_machine_the_keys_of_websites_go_on_working(
    shop: Shop, settings: Config, clock: FrozenClock, tmp_path: Path
) -> None:
    for number in range(5):
        shop.send(number)
    file, key = shop.back_up(), shop.alice.key
    other = Shop(replace(settings, data_dir=tmp_path / "other"), clock)
    other.send(7)
    other.go_back(file)
    other.accept(8)  # for a website that the backup does not know
    other.start_again()
    site = other.program.sites.by_id(shop.alice.shop.site_id)
    assert site is not None
    assert other.program.sites.key(site) == key
    assert {"/0", "/1", "/2", "/3", "/4"} <= set(other.paths)
    assert other.is_well()
    seqs = rows(other.program, "SELECT count(DISTINCT seq) = count(*) FROM raw_events")
    assert seqs == [(True,)]
    other.program.stop()


def test_cut_off_at_any_step_it_is_the_old_state_or_the_new(
    shop: Shop, clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The data directory is kept as each change of a name leaves it, and started from there."""
    shop.send(1)
    file = shop.back_up()
    shop.send(2)
    images: list[Path] = []

    def seen(change: Callable[..., None]) -> Callable[..., None]:
        def changed(*arguments: object) -> None:
            change(*arguments)
            images.append(Path(shutil.copytree(shop.settings.data_dir, tmp_path / f"image {len(images)}")))

        return changed

    for name in ("remove_file", "sync_folder", "write_file"):
        monkeypatch.setattr(exchange, name, seen(getattr(durable, name)))
    before = Path(shutil.copytree(shop.settings.data_dir, tmp_path / "before"))
    shop.go_back(file)
    shop.accept(3)
    shop.start_again()
    monkeypatch.undo()
    assert shop.paths == ["/1", "/3"]
    assert len(images) == 5
    for image in [before, *images]:
        found = assembly.build(replace(shop.settings, data_dir=image), clock)
        paths = {path for (path,) in rows(found, "SELECT path FROM raw_events")}
        found.stop()
        assert paths - {"/3"} == ({"/1", "/2"} if image == before else {"/1"})


def test_files_waiting_in_the_journal_are_numbered_after_what_the_backup_holds(tmp_path: Path) -> None:
    paths = DataPaths(tmp_path)
    paths.journal.mkdir()
    number = exchange.first_batch(held=5, others=7)
    for batch in (4, 6, 7, 9):
        (paths.journal / f"{batch:012d}.ndjson").write_text(str(batch))
    assert exchange.skipped_batches(paths) == 0
    exchange.commit(paths, exchange.Note(5, number))
    # Who goes on writing meanwhile begins behind those, whose numbers are about to change.
    (paths.journal / f"{10 + exchange.skipped_batches(paths):012d}.ndjson").write_text("10")
    for _ in range(2):  # as after a kill
        exchange.carry_out(paths)
    held = {int(file.stem) - number: file.read_text() for file in paths.journal.iterdir()}
    assert held == {4 - number: "4", 1: "6", 2: "7", 4: "9", 5: "10"}


@pytest.mark.parametrize("content", [b"", b"a letter to my aunt", bytes(100_000)])
def test_a_file_that_is_no_backup_changes_nothing(shop: Shop, tmp_path: Path, content: bytes) -> None:
    shop.send(1)
    (tmp_path / "file").write_bytes(content)
    refused(shop, tmp_path / "file", "damaged, or no backup of Analytiq")


def test_a_database_that_is_no_backup_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "file")) as other:
        other.execute("CREATE TABLE raw_events AS SELECT 1 AS seq")
    refused(shop, tmp_path / "file", "no backup that Analytiq has made")


def test_a_backup_that_was_damaged_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    shop.send(1)
    whole = shop.back_up().read_bytes()
    for share in (0.1, 0.3, 0.5, 0.9):
        place = int(len(whole) * share)
        damaged = whole[:place] + bytes(64) + whole[place + 64 :]
        if damaged == whole:
            continue
        (tmp_path / "file").write_bytes(damaged)
        try:
            shop.program.restoring.preview(tmp_path / "file")
        except InvalidError:
            refused(shop, tmp_path / "file", "Nothing was changed")
    (tmp_path / "file").write_bytes(whole[: len(whole) // 2])
    refused(shop, tmp_path / "file", "Nothing was changed")


def test_a_backup_that_lacks_rows_changes_nothing(shop: Shop) -> None:
    shop.send(1)
    file = shop.back_up()
    with duckdb.connect(str(file)) as backup:
        backup.execute("DELETE FROM raw_events")
    with pytest.raises(UnavailableError, match=r"not whole: raw_events differ.*nothing was changed"):
        shop.program.restoring.preview(file)


def test_a_backup_of_a_newer_program_changes_nothing(shop: Shop) -> None:
    with shop.program.database.write() as transaction:
        transaction.run("migrations.record", {"version": 999, "now": shop.clock.now()})
    file = shop.back_up()
    shop.program.database._cursor().execute("DELETE FROM schema_migrations WHERE version = 999")
    refused(shop, file, "newer Analytiq")


def test_an_encrypted_backup_needs_its_passphrase(shop: Shop, tmp_path: Path) -> None:
    shop.send(1)
    files.export(shop.back_up(), tmp_path / "sealed", "open sesame")
    refused(shop, tmp_path / "sealed", "give its passphrase")
    with pytest.raises(InvalidError, match="passphrase is wrong"):
        shop.program.restoring.preview(tmp_path / "sealed", "sesame")
    shop.send(2)
    prospect = shop.program.restoring.preview(tmp_path / "sealed", "open sesame")
    assert (prospect.then.events, prospect.now.events) == (1, 2)
    shop.go_back(tmp_path / "sealed", "open sesame")
    shop.start_again()
    assert shop.paths == ["/1"]


def test_without_room_nothing_is_begun(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    file = shop.back_up()
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    with pytest.raises(UnavailableError, match=r"needs .* MB are free. Nothing was changed"):
        shop.go_back(file)


def test_if_the_present_cannot_be_kept_it_goes_on(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    file = shop.back_up()

    def fails(reason: str) -> None:
        raise UnavailableError(f"No {reason}.", 1)

    with monkeypatch.context() as failing:
        failing.setattr(shop.program.backups, "take", fails)
        with pytest.raises(UnavailableError, match="No before going back"):
            shop.go_back(file)
    shop.send(1)
    shop.start_again()
    assert shop.paths == ["/1"]


def test_after_one_is_agreed_no_other_is(shop: Shop) -> None:
    file = shop.back_up()
    shop.go_back(file)
    with pytest.raises(ConflictError, match="Another backup is being put back"):
        shop.go_back(file)


def refused(shop: Shop, file: Path, why: str) -> None:
    before = shop.paths
    with pytest.raises(InvalidError, match=why):
        shop.program.restoring.preview(file)
    with pytest.raises(InvalidError, match=why):
        shop.go_back(file)
    shop.start_again()
    assert shop.paths == before
