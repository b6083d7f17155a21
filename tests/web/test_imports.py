"""An import through the dashboard, from the file's first part to its end."""

import base64
import json
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client as WebClient

from appliance.base import disk
from appliance.base.errors import ConflictError
from appliance.imports import uploads
from appliance.runtime import Runtime
from tests.imports.test_imports import line
from tests.people import People, Person, share
from tests.queries import rows


def path(person: Person, rest: str = "") -> str:
    return f"/api/sites/{person.shop.site_id}/imports{rest}"


def part(offset: int, content: bytes) -> dict[str, object]:
    return {"offset": offset, "data": base64.b64encode(content).decode()}


def uploaded(web: WebClient, person: Person, content: bytes) -> str:
    made = web.post(path(person, "/uploads"), json={"bytes": len(content)}, headers=person.headers)
    assert made.status_code == 201
    upload_id: str = made.get_json()["upload_id"]
    for offset in range(0, len(content), 100):
        sent = part(offset, content[offset : offset + 100])
        answer = web.post(path(person, f"/uploads/{upload_id}/parts"), json=sent, headers=person.headers)
        assert answer.status_code == 204
    return upload_id


def content() -> bytes:
    lines = [line(f"2025-09-10T10:00:0{second}Z") for second in range(3)]
    return "".join(f"{json.dumps(each)}\n" for each in lines).encode()


def test_a_file_is_sent_looked_at_imported_and_taken_back(
    web: WebClient, program: Runtime, alice: Person
) -> None:
    upload_id = uploaded(web, alice, content())
    found = web.post(path(alice, f"/uploads/{upload_id}/preview"), json={}, headers=alice.headers).get_json()
    told = [(day["day"], day["pageviews"], day["duplicates"]) for day in found["days"]]
    assert told == [("2025-09-10", 3, 0)]
    assert rows(program, "SELECT count(*) FROM raw_events") == [(0,)]
    body = {"upload_id": upload_id, "file_name": "old.ndjson"}
    begun = web.post(path(alice), json=body, headers=alice.headers)
    assert begun.status_code == 201
    program.imports.wait()
    (done,) = web.get(path(alice), headers=alice.headers).get_json()["imports"]
    assert (done["state"], done["stored"], done["file_name"]) == ("done", 3, "old.ndjson")
    assert (done["begun_by"], done["progress"]) == (alice.account.email, None)
    assert list(program.config.paths.uploads.glob("*/*")) == []
    web.post(path(alice, "/1/undo"), json={}, headers=alice.headers)
    program.imports.wait()
    assert rows(program, "SELECT count(*) FROM raw_events") == [(0,)]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (part(7, b"x"), 409),
        ({"offset": 0, "data": "no base64!"}, 422),
        ({"offset": -1, "data": ""}, 422),
        (part(0, b"x" * (uploads.MAX_PART_BYTES + 1)), 413),
    ],
)
def test_a_part_that_does_not_fit_is_refused(
    web: WebClient, alice: Person, sent: dict[str, object], status: int
) -> None:
    made = web.post(path(alice, "/uploads"), json={"bytes": 9}, headers=alice.headers)
    upload_id = made.get_json()["upload_id"]
    answer = web.post(path(alice, f"/uploads/{upload_id}/parts"), json=sent, headers=alice.headers)
    assert answer.status_code == status


def test_a_part_yields_the_last_of_the_disk_to_events_whatever_was_said_of_the_files_size(
    web: WebClient, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = web.post(path(alice, "/uploads"), json={"bytes": 1}, headers=alice.headers)
    upload_id = made.get_json()["upload_id"]
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    answer = web.post(path(alice, f"/uploads/{upload_id}/parts"), json=part(0, b"x"), headers=alice.headers)
    assert answer.status_code == 503
    assert "to be left for events" in answer.get_json()["detail"]


def test_a_part_that_is_sent_twice_at_once_is_there_once(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload_id = program.uploads.begin(alice.shop, 1, program.clock.now())
    usage = shutil.disk_usage
    met = threading.Barrier(2)

    def meet(folder: Path) -> Any:
        with suppress(threading.BrokenBarrierError):
            met.wait(0.2)
        return usage(folder)

    monkeypatch.setattr(shutil, "disk_usage", meet)

    def send(_number: int) -> None:
        with suppress(ConflictError):
            program.uploads.append(alice.shop, upload_id, 0, b"x")

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(send, range(2)))
    assert program.uploads.path(alice.shop, upload_id).read_bytes() == b"x"


@pytest.mark.parametrize("upload_id", ["../../secret.key", "..%2F..%2Fsecret.key", "0" * 32, "x"])
def test_nothing_but_an_upload_is_read(web: WebClient, alice: Person, upload_id: str) -> None:
    body = {"upload_id": upload_id, "file_name": "x"}
    assert web.post(path(alice), json=body, headers=alice.headers).status_code == 404


def test_a_file_beyond_what_is_taken_and_a_fourth_at_once_are_not_kept(
    web: WebClient, program: Runtime, alice: Person
) -> None:
    refused = web.post(path(alice, "/uploads"), json={"bytes": uploads.MAX_BYTES + 1}, headers=alice.headers)
    assert refused.status_code == 413
    for _ in range(uploads.AT_ONCE + 1):
        uploaded(web, alice, b"x")
    assert len(list(program.config.paths.uploads.glob("*/*"))) == uploads.AT_ONCE


def test_whoever_only_looks_neither_sees_nor_makes_imports(
    web: WebClient, program: Runtime, people: People
) -> None:
    share(program, people.alice.shop, people.charlie.account, "viewer")
    for method in ("GET", "POST"):
        body = {"upload_id": "0", "file_name": "x"} if method == "POST" else None
        answer = web.open(path(people.alice), method=method, json=body, headers=people.charlie.headers)
        assert answer.status_code == 403


def test_nobody_imports_or_undoes_for_anothers_site(web: WebClient, program: Runtime, people: People) -> None:
    upload_id = uploaded(web, people.alice, content())
    body = {"upload_id": upload_id, "file_name": "x"}
    assert web.post(path(people.bob), json=body, headers=people.bob.headers).status_code == 404
    assert web.post(path(people.alice), json=body, headers=people.alice.headers).status_code == 201
    program.imports.wait()
    assert web.post(path(people.bob, "/1/undo"), json={}, headers=people.bob.headers).status_code == 404
    assert rows(program, "SELECT count(*) FROM raw_events") == [(3,)]
