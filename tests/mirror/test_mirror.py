"""The folder of Parquet files that other programs read."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from appliance.base import disk
from appliance.base.errors import UnavailableError
from appliance.jobs import daily
from appliance.mirror import mirror
from appliance.mirror.mirror import Mirror
from appliance.runtime import Runtime
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import GOOGLEBOT, event, pageview, send

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Zoë's mirror"


def refresh(program: Runtime, folder: Path) -> None:
    Mirror(program.database, folder).refresh()


def read(folder: Path, text: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as other:
        other.execute(f"SET file_search_path = '{str(folder).replace(chr(39), chr(39) * 2)}'")
        return other.execute(text).fetchall()


def written(folder: Path) -> dict[str, int]:
    """When each file was, in nanoseconds."""
    return {str(file.relative_to(folder)): file.stat().st_mtime_ns for file in folder.rglob("*.parquet")}


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def test_it_holds_what_the_program_counts_and_nothing_else(
    program: Runtime, alice: Person, folder: Path
) -> None:
    send(
        program,
        alice.shop,
        pageview("2026-09-09T23:50:00Z", "/boots"),
        event("purchase", "2026-09-10T00:05:00Z", custom={"price": 12.5}),
        pageview("2026-09-10T10:00:00Z", visitor="bob"),
        pageview("2026-09-10T11:00:00Z", visitor="robot", user_agent=GOOGLEBOT),
    )
    refresh(program, folder)
    assert read(
        folder, "SELECT event_type, path, year, month, site_id FROM 'events/**/*.parquet' ORDER BY ts"
    ) == [
        ("pageview", "/boots", 2026, "09", alice.shop.site_id),
        ("purchase", "/", 2026, "09", alice.shop.site_id),
        ("pageview", "/", 2026, "09", alice.shop.site_id),
    ]
    visits = "SELECT visit_id, pageviews, started_at FROM {} ORDER BY ALL"
    assert read(folder, visits.format("'visits/**/*.parquet'")) == rows(program, visits.format("visits"))
    # An event after midnight belongs to the visit of the day before.
    assert read(folder, "SELECT count(DISTINCT visit_id) FROM 'events/**/*.parquet'") == [(2,)]
    assert read(folder, "SELECT name, url FROM 'websites.parquet'") == [(alice.shop.name, alice.shop.url)]


def test_only_what_has_changed_is_written_again(program: Runtime, alice: Person, folder: Path) -> None:
    send(program, alice.shop, *(pageview(f"2026-09-{day:02}T10:00:00Z") for day in (8, 9, 10)))
    refresh(program, folder)
    before = written(folder)
    refresh(program, folder)
    assert written(folder) == before
    send(program, alice.shop, pageview("2026-09-09T10:10:00Z", "/late"))
    refresh(program, folder)
    place = f"site_id={alice.shop.site_id}/year=2026/month=09/2026-09-09.parquet"
    assert changed(before, written(folder)) == {f"events/{place}", f"visits/{place}"}
    assert read(folder, "SELECT sum(pageviews) FROM 'visits/**/*.parquet'") == [(4,)]
    (folder / f"events/{place}").unlink()
    (folder / mirror.NOTE).write_text("{")
    refresh(program, folder)
    assert read(folder, "SELECT count(*) FROM 'events/**/*.parquet'") == [(4,)]


def test_what_is_deleted_goes_from_it_too(program: Runtime, people: People, folder: Path) -> None:
    alice, bob = people.alice, people.bob
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    send(program, bob.shop, pageview("2026-09-10T10:00:00Z"))
    refresh(program, folder)
    (folder / "notes.txt").write_text("of the owner")
    program.sites.delete(bob.account.account_id, bob.shop.site_id, bob.shop.name)
    refresh(program, folder)
    assert read(folder, "SELECT DISTINCT site_id FROM 'events/**/*.parquet'") == [(alice.shop.site_id,)]
    assert {place.name for place in (folder / "visits").iterdir()} == {f"site_id={alice.shop.site_id}"}
    program.sites.delete(alice.account.account_id, alice.shop.site_id, alice.shop.name)
    refresh(program, folder)
    assert written(folder) == {}
    assert (folder / "notes.txt").read_text() == "of the owner"


def test_a_kill_leaves_whole_files(
    program: Runtime, alice: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    refresh(program, folder)
    send(program, alice.shop, pageview("2026-09-10T10:10:00Z"))

    class Killed(BaseException):
        pass

    def kill(*_: object) -> Path:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", kill)
        with pytest.raises(Killed):
            refresh(program, folder)
    assert read(folder, "SELECT count(*) FROM 'events/**/*.parquet'") == [(1,)]
    refresh(program, folder)
    assert read(folder, "SELECT count(*) FROM 'events/**/*.parquet'") == [(2,)]
    assert list(folder.rglob("*.new")) == []


def test_where_it_cannot_be_written_it_says_so(
    program: Runtime, alice: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    (tmp_path / "file").write_text("")
    with pytest.raises(UnavailableError, match="could not be written: Not a directory"):
        refresh(program, tmp_path / "file" / "mirror")
    monkeypatch.setattr(disk, "SPARED_BYTES", 2**63)
    with pytest.raises(UnavailableError, match=r"left for events, and \d+ MB are free.*can be read"):
        refresh(program, tmp_path / "mirror")


def test_every_query_of_the_guide_runs(program: Runtime, alice: Person, folder: Path) -> None:
    now = program.clock.now()
    for days in range(1, 40):
        at = now - timedelta(days=days)
        send(
            program,
            alice.shop,
            pageview(at, "/boots", url="https://shop.example/boots?utm_campaign=spring"),
            event("purchase", at + timedelta(seconds=30), custom={"price": days}),
        )
    daily.run(program, now)
    refresh(program, folder)
    queries = re.findall(r"```sql\n(.*?)```", (DOCS / "your-data.md").read_text("utf-8"), re.DOTALL)
    assert len(queries) >= 5
    for query in queries:
        assert read(folder, query), query
