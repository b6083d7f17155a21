"""Imports: times kept, nothing counted twice, bad lines told by their number, and all of it taken back."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance import assembly
from appliance.base import disk
from appliance.base.config import Config
from appliance.base.errors import ConflictError, NotFoundError
from appliance.base.timerange import TimeRange
from appliance.imports.records import COMMAND_LINE, Import
from appliance.reports.exports import Wanted
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import event, pageview, send, visitor_id

DAY = "2026-09-10"

HEADER = "ts,event_type,visitor_id,cookieless,channel,browser,os,device"
TABLES = ("raw_events", "visits", "page_facts", "event_facts", "arrivals")


def line(at: str, path: str = "/", visitor: str = "ann", **more: Any) -> dict[str, Any]:
    """As the export has it."""
    fields = {"ts": at, "event_type": "pageview", "visitor_id": visitor_id(visitor), "cookieless": False}
    page = {"path": path, "channel": "Direct", "browser": "Chrome", "os": "Linux", "device": "desktop"}
    return {**fields, **page, **more}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def written(folder: Path, lines: Sequence[dict[str, Any] | str], name: str = "events.ndjson") -> Path:
    file = folder / name
    texts = (each if isinstance(each, str) else json.dumps(each) for each in lines)
    file.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return file


def imported(program: Runtime, person: Person, file: Path) -> Import:
    return program.imports.run(person.shop, file, file.name, COMMAND_LINE)


def exported(program: Runtime, person: Person, into: Path, format_: Any = "json") -> Path:
    span = TimeRange(date(2026, 9, 1), date(2026, 9, 20), person.shop.zone)
    with program.exports.make(Wanted(person.shop, span, (), "events", format_)) as file:
        into.write_bytes(file.read())
    return into


def derived(program: Runtime) -> list[list[str]]:
    """Events and all that follows from them."""
    ledger = rows(program, "SELECT day, entry, events FROM ledger")
    return [
        sorted(map(str, found)) for found in (ledger, *(rows(program, f"FROM {name}") for name in TABLES))
    ]


def times(program: Runtime) -> list[str]:
    return [str(ts) for (ts,) in rows(program, "SELECT ts FROM raw_events ORDER BY seq")]


def test_events_are_counted_on_their_own_days_and_the_import_tells_of_them(
    program: Runtime, alice: Person, folder: Path
) -> None:
    file = written(folder, [line("2024-02-03T23:30:00Z"), line("2024-02-05T10:00:00.123456Z", "/boots")])
    done = imported(program, alice, file)
    assert (done.state, done.source, done.lines, done.stored) == ("done", "analytiq", 2, 2)
    assert (done.first_day, done.last_day) == (date(2024, 2, 4), date(2024, 2, 5))  # in Berlin
    assert times(program) == ["2024-02-03 23:30:00", "2024-02-05 10:00:00.123456"]
    span = TimeRange(date(2024, 2, 4), date(2024, 2, 4), alice.shop.zone)
    assert program.reports.site_report(alice.shop, span).total_pageviews == 1
    assert program.ledger.check(program.clock.now()).differences == 0
    (entry,) = [each for each in program.audit.page(10**6, 9).entries if each.action == "imported"]
    assert entry.detail == "1: events.ndjson"


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_what_the_site_has_already_is_not_counted_again(
    program: Runtime, alice: Person, folder: Path, format_: str
) -> None:
    twice = event("click", f"{DAY}T10:00:01Z")
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z", title="=1+1"), twice, twice)
    file = exported(program, alice, folder / "events", format_)
    done = imported(program, alice, file)
    assert (done.state, done.stored, done.duplicates) == ("done", 0, 3)
    program.database._cursor().execute("DELETE FROM raw_events WHERE seq % 16777216 = 3")
    again = imported(program, alice, file)
    assert (again.stored, again.duplicates) == (1, 2)


def test_a_line_that_cannot_be_read_is_told_and_takes_no_other_with_it(
    program: Runtime, alice: Person, folder: Path
) -> None:
    at = f"{DAY}T10:00:00Z"
    file = written(
        folder,
        [
            line(at),
            "{nothing",
            line(at, channel="Telepathy"),
            line("10 September 2026"),
            line("2026-10-10T10:00:00Z"),
            line(at, payload={"custom": {"a": {"b": 1}}}),
            '"\udcff"'.encode("utf-8", "surrogatepass").decode("latin-1"),
            line(at, "/last", "bea"),
        ],
    )
    done = imported(program, alice, file)
    assert (done.stored, done.refused) == (2, 6)
    told = {each.line: each.reason for each in done.refused_lines}
    assert told[2] == "is not valid JSON"
    assert told[3] == "channel: is none of the channels"
    assert told[4].startswith("ts: write the time as in RFC 3339")
    assert told[5] == "ts: lies in the future"
    assert told[6].startswith("payload: property 'a' must be")
    assert list(told) == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is no export of events"),
        (b"name,age\nann,7\n", "is no export of events"),
        (b"x" * 3_000_000, "goes on and on"),
        (b"x" * 200_000 + b",age\nann,7\n", "is no export of events"),
        (f"{HEADER}\n".encode("utf-16") + b"a", "cut off or damaged"),
        (f'{HEADER}\n"'.encode() + b"\n" * 20_000, "goes on"),
    ],
)
def test_what_is_no_file_of_events_is_refused_as_a_whole(
    program: Runtime, alice: Person, folder: Path, content: bytes, problem: str
) -> None:
    file = folder / "file"
    file.write_bytes(content)
    failed = imported(program, alice, file)
    assert failed.state == "failed"
    assert failed.problem
    assert problem in failed.problem
    assert times(program) == []
    assert list(program.config.paths.imports.iterdir()) == []


def test_what_no_fault_was_foreseen_for_ends_the_import_and_tells_of_it(
    program: Runtime, alice: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(folder, [line(f"{DAY}T10:00:00Z")])
    monkeypatch.setattr("appliance.imports.imports.islice", None)
    program.imports.begin(alice.shop, file, file.name, COMMAND_LINE, is_ours=True)
    program.imports.wait()
    (failed,) = program.imports.of(alice.shop)
    assert failed.state == "failed"
    assert failed.problem
    assert "by a fault of this program" in failed.problem
    assert not file.exists()


def test_the_csv_of_a_spreadsheet_is_read_too(program: Runtime, alice: Person, folder: Path) -> None:
    """Semicolons between the values, UTF-16, and a title over two lines."""
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z", title="Grüße"))
    names, values = exported(program, alice, folder / "events", "csv").read_text("utf-8").splitlines()
    titled = values.replace("Grüße", '"Grüße\nund mehr"').replace(",", ";").replace("10:00:00", "11:00:00")
    (folder / "events").write_text(f"{names.replace(',', ';')}\n{titled}\n", encoding="utf-16")
    done = imported(program, alice, folder / "events")
    assert (done.stored, done.refused_lines) == (1, [])
    assert rows(program, "SELECT title FROM raw_events WHERE import_id = 1") == [("Grüße und mehr",)]


def test_personal_details_in_a_file_are_not_written_down(
    program: Runtime, alice: Person, folder: Path
) -> None:
    file = written(folder, [line(f"{DAY}T10:00:00Z", title="Mail to ann@shop.example")])
    imported(program, alice, file)
    assert rows(program, "SELECT title, pii_stripped FROM raw_events") == [("Mail to [removed]", True)]


def test_days_whose_numbers_are_final_are_refused_before_anything_is_stored(
    program: Runtime, alice: Person, folder: Path, clock: FrozenClock
) -> None:
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z"))
    for minutes in (0, 2):
        program.raw_retention.run(clock.now() + timedelta(days=500, minutes=minutes))
    file = written(folder, [line("2026-09-01T10:00:00Z"), line(f"{DAY}T12:00:00Z")])
    failed = imported(program, alice, file)
    assert failed.state == "failed"
    assert failed.problem
    assert f"events of {DAY}. The numbers of these days are final" in failed.problem
    assert times(program) == []


def test_taken_back_an_import_leaves_everything_as_it_was(
    program: Runtime, alice: Person, folder: Path
) -> None:
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z"), pageview(f"{DAY}T10:50:00Z", "/boots"))
    before = derived(program)
    # One visit of Ann's two, a day of its own, and somebody else.
    file = written(
        folder,
        [
            line(f"{DAY}T10:25:00Z", "/between"),
            line("2026-09-01T10:00:00Z"),
            line(f"{DAY}T10:00:00Z", visitor="bea"),
        ],
    )
    done = imported(program, alice, file)
    assert rows(program, "SELECT count(*) FROM visits") == [(3,)]
    undone = program.imports.undo(alice.shop, done.import_id, COMMAND_LINE)
    assert undone.state == "undone"
    assert derived(program) == before
    assert program.ledger.check(program.clock.now()).differences == 0
    with pytest.raises(ConflictError, match="taken back before"):
        program.imports.undo(alice.shop, done.import_id, COMMAND_LINE)


def test_taken_back_it_leaves_the_first_event_where_only_the_sums_of_old_days_are_left(
    program: Runtime, alice: Person, folder: Path, clock: FrozenClock
) -> None:
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z"))
    clock.advance(days=1000)
    for _ in range(2):
        clock.advance(minutes=2)
        program.aggregates.finish_days(clock.now())
        program.raw_retention.run(clock.now())
        program.facts_retention.run(clock.now())
    assert rows(program, "SELECT count(*) FROM facts") == [(0,)]
    before = rows(program, "SELECT site_id, first_event_at FROM arrivals")
    done = imported(program, alice, written(folder, [line("2029-06-10T10:00:00Z")]))
    assert done.state == "done"
    program.imports.undo(alice.shop, done.import_id, COMMAND_LINE)
    assert rows(program, "SELECT site_id, first_event_at FROM arrivals") == before


def test_what_could_not_be_loaded_in_time_is_taken_back_too(
    program: Runtime, alice: Person, folder: Path
) -> None:
    program.loader.hold()
    failed = imported(program, alice, written(folder, [line(f"{DAY}T10:00:00Z")]))
    assert (failed.state, failed.stored) == ("failed", 0)
    assert program.imports.undo(alice.shop, failed.import_id, COMMAND_LINE).state == "undoing"
    program.loader.release()
    assert program.imports.undo(alice.shop, failed.import_id, COMMAND_LINE).state == "undone"
    program.loader.load_pending()
    assert times(program) == []


def test_the_end_waits_for_no_file_though_no_line_in_it_is_an_event(
    program: Runtime, alice: Person, folder: Path
) -> None:
    program.imports._stopping.set()
    file = written(folder, [line(f"{DAY}T10:00:00Z"), *["{nothing"] * 5_000])
    assert imported(program, alice, file).state == "reading"
    assert times(program) == []


def test_an_import_yields_the_last_of_the_disk_to_events(
    program: Runtime, alice: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.imports.imports.AT_ONCE", 1)
    monkeypatch.setattr("appliance.imports.imports.LOAD_EVERY", 1)
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    file = written(folder, [line(f"{DAY}T10:00:{second:02}Z") for second in range(3)])
    failed = imported(program, alice, file)
    assert failed.state == "failed"
    assert failed.problem
    assert "only what is missing is added" in failed.problem
    program.loader.load_pending()
    monkeypatch.setattr(disk, "SPARED_BYTES", 0)
    assert imported(program, alice, file).state == "done"
    assert len(times(program)) == 3


def test_rows_of_past_days_follow_an_import_and_its_end(
    program: Runtime, alice: Person, folder: Path
) -> None:
    done = imported(program, alice, written(folder, [line(f"{DAY}T10:00:00Z")]))
    program.aggregates.finish_days(program.clock.now())
    assert rows(program, "SELECT day FROM aggregated_metrics_daily") == [(date(2026, 9, 10),)]
    program.imports.undo(alice.shop, done.import_id, COMMAND_LINE)
    program.aggregates.finish_days(program.clock.now())
    assert rows(program, "SELECT day FROM aggregated_metrics_daily") == []


def test_what_was_dropped_after_its_time_cannot_be_taken_back(
    program: Runtime, alice: Person, folder: Path, clock: FrozenClock
) -> None:
    done = imported(program, alice, written(folder, [line(f"{DAY}T10:00:00Z")]))
    for minutes in (0, 2):
        program.raw_retention.run(clock.now() + timedelta(days=500, minutes=minutes))
    with pytest.raises(ConflictError, match="the numbers of their days are final"):
        program.imports.undo(alice.shop, done.import_id, COMMAND_LINE)


def test_nobody_sees_or_undoes_the_import_of_another_site(
    program: Runtime, people: People, folder: Path
) -> None:
    done = imported(program, people.alice, written(folder, [line(f"{DAY}T10:00:00Z")]))
    assert program.imports.of(people.bob.shop) == []
    with pytest.raises(NotFoundError):
        program.imports.undo(people.bob.shop, done.import_id, COMMAND_LINE)
    assert len(times(program)) == 1


def test_an_import_that_the_end_cut_off_is_told_and_made_whole_by_another(
    settings: Config, clock: FrozenClock, folder: Path
) -> None:
    program = assembly.build(settings, clock)
    alice = People(program).alice
    file = written(folder, [line(f"{DAY}T10:00:{second:02}Z") for second in range(60)])
    program.imports._stopping.set()
    imported(program, alice, file)
    program.stop()
    program = assembly.build(settings, clock)
    (cut_off,) = program.imports.of(alice.shop)
    assert cut_off.state == "interrupted"
    assert cut_off.problem
    assert "import the same file again" in cut_off.problem
    again = program.imports.run(alice.shop, file, file.name, COMMAND_LINE)
    assert cut_off.stored + again.stored == 60
    assert again.duplicates == cut_off.stored == 60
    program.stop()
