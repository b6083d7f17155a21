"""What others wrote: Umami's events, and web servers' logs."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from appliance import assembly
from appliance.base.config import Config
from appliance.base.errors import UnreadableError
from appliance.base.timerange import TimeRange
from appliance.events.salts import SaltsOfFile
from appliance.imports import access_logs
from appliance.imports.records import COMMAND_LINE, Import
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import CHROME, GOOGLEBOT, IPHONE

# As its version 2.19 writes the header, without the ids of advertisements.
UMAMI = (
    "website_id", "session_id", "visit_id", "event_id", "hostname", "browser", "os", "device", "screen",
    "language", "country", "region", "city", "url_path", "url_query", "utm_source", "referrer_path",
    "referrer_query", "referrer_domain", "page_title", "event_type", "event_name", "tag",
    "distinct_id", "created_at", "job_id",
)  # fmt: skip
ANN, VISIT = "7f1ae3b4-57c2-4b8e-9a35-6b1a8d7f2c01", "0c9ad2b1-37f4-4f0e-8c55-1b2a3c4d5e6f"


MIDNIGHT = [("01/May/2024", f"23:{minute}") for minute in (50, 53, 56, 59)] + [
    ("02/May/2024", f"00:0{minute}") for minute in (2, 4, 6, 8)
]


def umami(file: Path, *events: dict[str, str]) -> Path:
    usual = {
        "session_id": ANN, "visit_id": VISIT, "hostname": "www.shop.example", "browser": "edge-chromium",
        "os": "Windows 10", "device": "laptop", "screen": "1366x768", "language": "de-DE", "country": "DE",
        "url_path": "/", "event_type": "1", "created_at": "2024-05-01 10:00:00",
    }  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, UMAMI)
        writer.writeheader()
        writer.writerows({**usual, **event} for event in events)
    return file


def logged(
    path: str,
    time: str = "01/May/2024:10:00:00 +0200",
    agent: str = CHROME,
    address: str = "203.0.113.9",
    **more: str,
) -> str:
    referrer, status, method = more.get("referrer", "-"), more.get("status", "200"), more.get("method", "GET")
    return f'{address} - - [{time}] "{method} {path} HTTP/1.1" {status} 2326 "{referrer}" "{agent}"\n'


def imported(program: Runtime, person: Person, file: Path) -> Import:
    return program.imports.run(person.shop, file, file.name, COMMAND_LINE)


def test_umamis_events_become_visits_with_what_it_knew_of_them(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    file = umami(
        tmp_path / "website_event.csv",
        {"url_query": "utm_source=letter&q=secret", "page_title": "Home"},
        {
            "created_at": "2024-05-01 10:02:00",
            "url_path": "/boots",
            "referrer_domain": "www.google.com",
            "screen": f"{'9' * 5000}x1",
        },
        {"created_at": "2024-05-01 10:03:00", "event_type": "2", "event_name": "signup"},
        {"created_at": "2024-05-01 10:03:00", "event_type": "2"},
        {"created_at": "yesterday"},
        {"event_type": "3"},
    )
    done = imported(program, alice, file)
    assert (done.state, done.source, done.stored, done.refused) == ("done", "umami", 3, 2)
    assert [each.reason[:30] for each in done.refused_lines] == [
        "event_name: is missing",
        "timestamp: write the time as i",
    ]
    wanted = "visitor_id::VARCHAR, pageviews, bounced, utm_source, country, browser, os, device, screen"
    assert rows(program, f"SELECT {wanted} FROM visits") == [
        (ANN, 2, False, "letter", "DE", "Edge", "Windows", "desktop", "1366x768")
    ]
    (page,) = rows(
        program, "SELECT path, title, (payload::JSON)->>'url' FROM raw_events WHERE title = 'Home'"
    )
    assert page == ("/", "Home", "https://www.shop.example/?utm_source=letter")
    assert imported(program, alice, file).duplicates == 3


def test_pages_of_a_log_are_counted_and_nothing_else_in_it(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    file = tmp_path / "access.log"
    file.write_text(
        "".join(
            [
                logged("/", referrer="https://www.google.com/"),
                logged("/style.css?v=3"),
                logged("/boots.html?utm_source=letter&sid=7", "01/May/2024:10:02:00 +0200"),
                logged("/boots.html", agent=GOOGLEBOT),
                logged("/missing", status="404"),
                logged("/paid", method="POST"),
                "nonsense\n",
                logged("/", address="203.0.113.10", agent=IPHONE),
                logged("/", "02/May/2024:10:00:00 +0200"),
                '203.0.113.9 - - [01/May/2024:25:00:00 +0200] "GET / HTTP/1.1" 200 1 "-" "-"\n',
            ]
        )
    )
    done = imported(program, alice, file)
    assert (done.state, done.source, done.lines, done.stored, done.refused) == ("done", "log", 10, 4, 2)
    assert [each.line for each in done.refused_lines] == [7, 10]
    found = rows(program, "SELECT entry_page, exit_page, source, os, cookieless FROM visits ORDER BY ALL")
    assert found == [
        ("/", "/", "direct", "Windows", True),
        ("/", "/", "direct", "iOS", True),
        ("/", "/boots.html", "organic", "Windows", True),
    ]
    assert rows(program, "SELECT min(ts)::VARCHAR FROM raw_events") == [("2024-05-01 08:00:00",)]


def test_no_address_of_a_log_stays_and_nothing_that_its_visitors_ids_were_made_with(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    file = tmp_path / "access.log"
    file.write_text(logged("/", address="203.0.113.99"))
    assert imported(program, alice, file).stored == 1
    assert list(program.config.paths.imports.iterdir()) == []
    written = [path.read_bytes() for path in program.config.data_dir.rglob("*") if path.is_file()]
    assert not [content for content in written if b"203.0.113.99" in content]
    before = rows(program, "SELECT visitor_id FROM raw_events")
    again = imported(program, alice, file)
    assert (again.stored, again.duplicates) == (0, 1)
    assert rows(program, "SELECT visitor_id FROM raw_events") == before


def test_a_log_that_was_cut_off_is_made_whole_by_importing_it_again(
    settings: Config, clock: FrozenClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.imports.imports.AT_ONCE", 3)
    file = tmp_path / "access.log"
    # One visit, over midnight.
    hits = (f"{day}:{minute}:00 +0000" for day, minute in MIDNIGHT)
    file.write_text("".join(logged(f"/{number}", at) for number, at in enumerate(hits)))
    program = assembly.build(settings, clock)
    alice = People(program).alice
    program.imports._stopping.set()
    imported(program, alice, file)
    program.stop()
    program = assembly.build(settings, clock)
    assert program.imports.of(alice.shop)[0].stored == 3
    again = imported(program, alice, file)
    assert (again.stored, again.duplicates) == (5, 3)
    assert rows(program, "SELECT pageviews FROM visits") == [(8,)]
    program.stop()


def test_another_log_or_another_program_makes_other_visitors_of_the_same_browser(tmp_path: Path) -> None:
    file, grown = tmp_path / "access.log", tmp_path / "grown.log"
    file.write_text(logged("/"))
    grown.write_text(logged("/") * 2)
    salts = [SaltsOfFile(path, key) for path in (file, grown) for key in (b"one", b"other")]
    days = (date(2024, 5, 1), date(2024, 5, 2))
    assert len({each.of(day) for each in salts for day in days}) == 8
    assert SaltsOfFile(file, b"one").of(days[0]) == salts[0].of(days[0])


def test_a_preview_tells_each_day_beside_what_is_counted_and_stores_nothing(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    first = umami(tmp_path / "first.csv", {})
    imported(program, alice, first)
    whole = umami(
        tmp_path / "whole.csv",
        {},
        {"created_at": "2024-05-01 22:30:00"},
        {"event_type": "2", "event_name": "buy"},
        {"event_type": "7"},
    )
    found = program.imports.preview(alice.shop, whole)
    assert (found.source, found.lines, found.left_out, found.refused) == ("umami", 4, 1, 0)
    told = [tuple(vars(day).values()) for day in found.days]
    assert told == [
        (date(2024, 5, 1), 2, 1, 1, 1, 1, 1),
        (date(2024, 5, 2), 1, 0, 1, 1, 0, 0),  # in Berlin
    ]
    assert len(program.imports.of(alice.shop)) == 1
    assert rows(program, "SELECT count(*) FROM raw_events") == [(1,)]
    imported(program, alice, whole)
    span = TimeRange(date(2024, 5, 1), date(2024, 5, 2), alice.shop.zone)
    assert program.reports.site_report(alice.shop, span).total_pageviews == 2
    with pytest.raises(UnreadableError, match="could not be read"):
        program.imports.preview(alice.shop, tmp_path / "nothing")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/Oct/2000:13:55:36 -0700", datetime(2000, 10, 10, 20, 55, 36, tzinfo=UTC)),
        ("29/Feb/2024:00:00:00 +0545", datetime(2024, 2, 28, 18, 15, tzinfo=UTC)),
    ],
)
def test_times_of_a_log_are_read_with_their_offset(text: str, expected: datetime) -> None:
    assert access_logs.instant(text) == expected


@pytest.mark.parametrize("text", ["10/Okt/2000:13:55:36 -0700", "30/Feb/2024:00:00:00 +0000", "", "10"])
def test_what_is_no_time_of_a_log_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError, match="time:"):
        access_logs.instant(text)
