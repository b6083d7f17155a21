"""What other programs counted day by day: read as it stands, kept apart, and taken back."""

import gzip
import io
import json
from dataclasses import astuple
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from appliance.base.errors import UnreadableError
from appliance.imports import daily_sums
from appliance.imports.daily_sums import Sums
from appliance.imports.records import COMMAND_LINE, Import
from appliance.runtime import Runtime
from tests.imports.test_archives import zipped
from tests.people import People, Person
from tests.queries import rows, state
from tests.traffic import pageview, send

NOW = datetime(2026, 9, 17, 12, tzinfo=UTC)

PLAUSIBLE = """"date","visitors","pageviews","bounces","visits","visit_duration"
"2026-09-01",38,101,20,40,6627
"2026-09-02",50,128,30,60,512
"""
GA4_EXPLORATION = """# ----------------------------------------
# Shoe shop
# Free form-Free form 1
# 20260901-20260902
# ----------------------------------------

Date,Active users,Sessions,Views,Bounce rate,Average session duration
,110,100,229,0.5,71.39,Grand total
20260902,50,60,128,0.5,8.533333333
20260901,38,40,101,0.5,165.675
"""
GA4_REPORT = """# ----------------------------------------
# Reports snapshot
# Account: Shoe shop
# Property: Shoe shop
# ----------------------------------------
#
# All Users
# Start date: 20260831
# End date: 20260902
Nth day,Active users
0001,38
0002,50

Nth day,New users
0001,7
0002,9

City,Active users
Berlin,88
#
# All Users
# Start date: 20260901
# End date: 20260902
Nth day,Views,Sessions,Engaged sessions
0000,101,40,20
0001,128,60,30
"""
MATOMO: dict[str, Any] = {
    "2026-08-31": [],
    "2026-09-01": {
        "nb_uniq_visitors": 38, "nb_users": 0, "nb_visits": 40, "nb_actions": 130, "nb_pageviews": 101,
        "bounce_count": 20, "sum_visit_length": 6627, "bounce_rate": "50%", "avg_time_on_site": 166,
    },
    "2026-09-02": {
        "nb_uniq_visitors": "50", "nb_visits": 60, "nb_pageviews": 128, "bounce_count": 30,
        "sum_visit_length": 512, "bounce_rate": "50%",
    },
}  # fmt: skip
MATOMO_CSV = """\
Date,Unique visitors,Visits,Pageviews,Bounces,Total time spent by visitors (in seconds),Bounce Rate
2026-09-01,38,40,101,20,6627,50%
2026-09-02,50,60,128,30,512,50%
"""
TOLD = {date(2026, 9, 1): (38, 40, 101, 20, 6627), date(2026, 9, 2): (50, 60, 128, 30, 512)}


def read(text: str) -> Sums | None:
    return daily_sums.read(io.StringIO(text, newline=""), NOW)


def imported(program: Runtime, person: Person, folder: Path, content: str | bytes) -> Import:
    file = folder / "file"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return program.imports.run(person.shop, file, file.name, COMMAND_LINE)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plausible", PLAUSIBLE),
        ("plausible", PLAUSIBLE.replace(",", ";").replace("\n", "\r\n")),
        ("ga4", GA4_EXPLORATION),
        ("matomo", json.dumps(MATOMO)),
        ("matomo", json.dumps(MATOMO, indent=1)),
        ("matomo", MATOMO_CSV),
    ],
)
def test_the_days_of_a_file_come_out_as_they_stand_in_it(source: str, text: str) -> None:
    sums = read(text)
    assert sums
    assert sums.contents.source == source
    assert {day: astuple(each) for day, each in sums.days.items()} == TOLD


def test_what_a_file_does_not_tell_stays_unknown() -> None:
    sums = read(GA4_REPORT)
    assert sums
    assert [astuple(each) for each in sums.days.values()] == [
        (38, 40, 101, 20, None),
        (50, 60, 128, 30, None),
    ]
    actions = read('{"2026-09-01": {"nb_visits": 3, "nb_actions": 9}}')
    assert actions
    assert [astuple(each) for each in actions.days.values()] == [(None, 3, None, None, None)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2026-09-31,1,1,0,1,0", "is no day"),
        ("2026-09-18,1,1,0,1,0", "in the future"),
        ("1999-12-31,1,1,0,1,0", "before 2000-01-01"),
        ("2026-09-03,-1,1,0,1,0", "visitors: '-1' is no number"),
        ("2026-09-03,1e9,1,0,1,0", "visitors: '1e9' is no number"),
        ("2026-09-03,0.5,1,0,1,0", "no whole number"),
        ("2026-09-03,1,1,2,1,0", "more bounces than visits"),
        ("2026-09-03,,,,,", "tells of no visitors"),
        ("2026-09-03,1,1,0,1,1000000000001", "no number"),
    ],
)
def test_a_line_that_cannot_be_right_is_told_and_takes_no_other_with_it(line: str, reason: str) -> None:
    sums = read(f"{PLAUSIBLE}{line}\n")
    assert sums
    assert len(sums.days) == 2
    (refused,) = sums.contents.refused_lines
    assert refused.line == 4
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (PLAUSIBLE + '"2026-09-02",50,128,30,60,512\n', "several lines for 2026-09-02"),
        ("Date,Page path,Views\n20260901,/,1\n20260901,/boots,1\n", "several lines for 20260901"),
        ("Date,Page path,Views\n20260901,/,1\n", "export the day alone"),
        ("# Start date: 20260901\nCity,Active users\nBerlin,8\n", "no numbers by day"),
        (
            "# Start date: 20260901\nNth day,Views\n1,2\n\nNth day,Views\n1,3\n",
            "several lines for 2026-09-02",
        ),
        ('{"2026-09-01": {"nb_visits": 3', "cut off"),
        ('{"2026-09-01": []}', "no numbers by day"),
    ],
)
def test_a_file_that_does_not_tell_what_a_day_came_to_is_refused(text: str, problem: str) -> None:
    with pytest.raises(UnreadableError, match=problem):
        read(text)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("20260903,,9000000000,999999999", "last longer than can be"),
        ("20260903,-,1,1", "is no number"),
    ],
)
def test_a_sum_that_no_days_can_come_to_is_told(row: str, reason: str) -> None:
    sums = read(f"Date,Active users,Sessions,Average session duration\n20260901,1,1,1\n{row}\n")
    assert sums
    assert len(sums.days) == 1
    assert reason in sums.contents.refused_lines[0].reason


def test_days_beyond_the_calendar_are_none() -> None:
    with pytest.raises(UnreadableError, match="is no day"):
        read("# Start date: 99991231\nNth day,Views\n0001,2\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name,age\nann,7\n",
        '{"ts": "2026-09-01"}\n',
        "\x00\xff",
        "[]",
        "[" + " " * 1_100_000 + "]",
        'ts,title\n1,"A title\n\ndate,visitors\n2026-09-01,5"\n',
    ],
)
def test_other_files_are_left_to_others(text: str) -> None:
    assert read(text) is None


def test_days_are_kept_apart_counted_once_and_taken_back(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    before = {name: found for name, found in state(program).items() if name not in ("imports", "audit")}
    export = zipped(("imported_pages_20260901_20260902.csv", b"x"),
                    ("imported_visitors_20260901_20260902.csv", PLAUSIBLE.encode()))  # fmt: skip
    done = imported(program, alice, tmp_path, export)
    assert (done.state, done.source, done.stored, done.duplicates) == ("done", "plausible", 2, 0)
    assert (done.first_day, done.last_day) == (date(2026, 9, 1), date(2026, 9, 2))
    again = imported(program, alice, tmp_path, gzip.compress(PLAUSIBLE.encode()))
    assert (again.stored, again.duplicates) == (0, 2)
    assert rows(program, "SELECT count(*) FROM raw_events") == [(0,)]
    undone = program.imports.undo(alice.shop, done.import_id, COMMAND_LINE)
    assert undone.state == "undone"
    after = {name: found for name, found in state(program).items() if name not in ("imports", "audit")}
    assert after == before


def test_a_preview_shows_their_days_beside_ours_and_stores_nothing(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    send(program, alice.shop, pageview("2026-09-02T10:00:00Z"), pageview("2026-09-02T10:01:00Z", "/boots"))
    file = tmp_path / "imported_visitors.csv"
    file.write_text(PLAUSIBLE)
    found = program.imports.preview(alice.shop, file)
    assert (found.source, found.kind, found.left_out) == ("plausible", "days", 0)
    assert [tuple(vars(day).values()) for day in found.days] == [
        (date(2026, 9, 1), 1, 0, 101, 38, 0, 0),
        (date(2026, 9, 2), 1, 0, 128, 50, 2, 1),
    ]
    assert rows(program, "SELECT count(*) FROM imported_days") == [(0,)]


def test_a_deleted_website_takes_its_imported_days_with_it(
    program: Runtime, people: People, tmp_path: Path
) -> None:
    imported(program, people.alice, tmp_path, PLAUSIBLE)
    imported(program, people.bob, tmp_path, PLAUSIBLE)
    program.delete_site(people.alice.account.account_id, people.alice.shop.site_id, people.alice.shop.name)
    assert rows(program, "SELECT DISTINCT site_id FROM imported_days") == [(people.bob.shop.site_id,)]
