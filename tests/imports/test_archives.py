"""Archives: read where they lie, and never trusted."""

import gzip
import io
import json
import shutil
import zipfile
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.base.errors import UnavailableError, UnreadableError
from appliance.imports import arrays, opening
from appliance.imports.records import COMMAND_LINE, Import
from appliance.runtime import Runtime
from tests.imports.test_imports import DAY, line
from tests.people import Person
from tests.queries import rows

EVENTS = "".join(json.dumps(line(f"{DAY}T10:00:{second:02}Z")) + "\n" for second in range(3)).encode()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return packed.getvalue()


def read(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with opening.opened(file) as (text, _):
        return text.read()


def imported(program: Runtime, person: Person, file: Path, content: bytes) -> Import:
    file.write_bytes(content)
    return program.imports.run(person.shop, file, file.name, COMMAND_LINE)


def test_events_are_read_out_of_an_archive_or_an_array(
    program: Runtime, alice: Person, tmp_path: Path
) -> None:
    given = {
        "events.zip": zipped(("export/events.ndjson", EVENTS), ("__MACOSX/._events", b"x")),
        "website.zip": zipped(("session_data.csv", b"a,b\n"), ("data/website_event.csv", EVENTS)),
        "events.ndjson.gz": gzip.compress(EVENTS),
        "events.json": b"[\n" + EVENTS.replace(b"}\n", b"},\n").rstrip(b",\n") + b"]",
        "numbers.json": b"[" + EVENTS.replace(b"}\n", b"}, ") + b"7]",
        "endless.json": b"[" + b" " * 1_100_000 + EVENTS.replace(b"}\n", b"}, ").rstrip(b", ") + b"]",
    }
    told = [imported(program, alice, tmp_path / name, content) for name, content in given.items()]
    assert [(each.stored, each.duplicates) for each in told] == [(3, 0), *[(0, 3)] * 5]
    assert [each.refused for each in told] == [0, 0, 0, 0, 1, 0]


def test_the_name_in_an_archive_is_no_path(program: Runtime, alice: Person, tmp_path: Path) -> None:
    folder = tmp_path / "given"
    folder.mkdir()
    before = set(tmp_path.rglob("*"))
    names = ("../../escaped.ndjson", "/escaped.ndjson", "..\\escaped.ndjson")
    for name in names:
        done = imported(program, alice, folder / "events.zip", zipped((name, EVENTS)))
        assert done.state == "done"
    assert not [path for path in set(tmp_path.rglob("*")) - before if "escaped" in path.name]
    assert rows(program, "SELECT count(*) FROM raw_events") == [(3,)]


def encrypted() -> bytes:
    content = bytearray(zipped(("events.ndjson", EVENTS)))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def of_another_method() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("events.ndjson", EVENTS)
    return packed.getvalue()


def with_a_list_that_hides_its_size() -> bytes:
    """As archives of more than 4 GB have it: another record, which is believed in place of the first."""
    content = zipped(("events.ndjson", EVENTS))
    at = content.index(b"PK\x05\x06")
    return content[:at] + b"PK\x06\x07" + bytes(16) + content[at:]


def with_that_behind_a_long_remark() -> bytes:
    content = with_a_list_that_hides_its_size()
    return content[:-2] + b"\xff\xff" + bytes(0xFFFF)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: zipped(("events.ndjson", EVENTS))[:-30], "cut off or damaged"),
        (lambda: zipped(("a", EVENTS))[:20] + zipped(("a", EVENTS))[40:], "cut off or damaged"),
        (lambda: b"PK\x03\x04\x00\xff\xfe", "cut off or damaged"),
        (lambda: gzip.compress(EVENTS)[:-20], "cut off or damaged"),
        (lambda: zipped(("bomb", bytes(40 * 2**20))), "unpacks to more than 16 MB"),
        (lambda: gzip.compress(bytes(40 * 2**20)), "unpacks to more than 16 MB"),
        (lambda: zipped(("inner.zip", zipped(("events", EVENTS)))), "an archive in the archive"),
        (lambda: gzip.compress(gzip.compress(EVENTS)), "an archive in the archive"),
        (lambda: zipped(*((f"{n}.csv", b"") for n in range(1001))), "more than 1000 files"),
        (with_a_list_that_hides_its_size, "more than 1000 files"),
        (with_that_behind_a_long_remark, "more than 1000 files"),
        (lambda: zipped(("a.csv", EVENTS), ("b.csv", EVENTS)), "2 files of which one"),
        (lambda: zipped(), "0 files of which one"),
        (encrypted, "is encrypted"),
        (of_another_method, "another method"),
    ],
)
def test_what_is_damaged_or_a_danger_is_refused_with_what_to_do(
    tmp_path: Path, make: Callable[[], bytes], problem: str
) -> None:
    with pytest.raises(UnreadableError, match=problem) as refused:
        read(tmp_path / "file", make())
    assert "Nothing was imported" in str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        '{"a": 1}, {"a": ',
        '{"a": 1}, nonsense]',
        "[" * 200_000,
        '{"a": 1}' + " " * 100_000,
        '"' + "a" * 2_000_000,
    ],
)
def test_an_array_that_is_damaged_is_refused_and_told_where(content: str) -> None:
    with pytest.raises(UnreadableError, match=r"from its entry \d on"):
        list(arrays.elements(io.StringIO(content)))


def test_a_disk_that_an_archive_would_fill_is_left_alone(
    program: Runtime, alice: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.imports.reading._TELL_EVERY", 2)
    disk = namedtuple("disk", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: disk(2**40, 2**40, 2**20))
    file = tmp_path / "events.ndjson.gz"
    file.write_bytes(gzip.compress(EVENTS))
    with pytest.raises(UnavailableError, match=r"and 1 MB are free\. Nothing was imported"):
        program.imports.preview(alice.shop, file)
