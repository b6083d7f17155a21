"""POST /ingest/event and /ingest/bulk as websites and scripts use them."""

import errno
import json
import os
import uuid
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance.runtime import Runtime
from tests.clocks import FrozenClock, limits_follow
from tests.events.test_bodies import UNREADABLE
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import CHROME, GOOGLEBOT, pageview, settle

NOW = "2026-09-17T12:30:00Z"


def post(
    web: Client, person: Person, event: object, path: str = "/ingest/event", **options: Any
) -> TestResponse:
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    query = {"site_id": person.shop.site_id, "k": person.key}
    headers = {"User-Agent": CHROME, **options.pop("headers", {})}
    return web.post(path, data=body, query_string=query, headers=headers, **options)


def stored(program: Runtime) -> list[Any]:
    settle(program)
    return rows(program, "SELECT event_type, path FROM raw_events ORDER BY seq")


def test_a_beacon_with_its_key_in_the_query_is_stored(web: Client, program: Runtime, alice: Person) -> None:
    answer = post(web, alice, pageview(NOW, "/a"), content_type="text/plain;charset=UTF-8")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert stored(program) == [("pageview", "/a")]


@pytest.mark.parametrize("way", ["headers", "bearer", "query", "body"])
def test_credentials_are_taken_from_every_documented_place(
    web: Client, program: Runtime, alice: Person, way: str
) -> None:
    site_id, key = alice.shop.site_id, alice.key
    body = {**pageview(NOW), **({"site_id": site_id, "site_key": key} if way == "body" else {})}
    headers = {
        "headers": {"x-site-id": site_id, "x-site-key": key},
        "bearer": {"Authorization": f"Bearer {key}"},
    }.get(way, {})
    query = {"site_id": site_id, "k": key} if way == "query" else {}
    answer = web.post("/ingest/event", data=json.dumps(body), headers=headers, query_string=query)
    assert answer.status_code == 200
    settle(program)
    assert rows(program, "SELECT site_id FROM raw_events") == [(site_id,)]
    (payload,) = rows(program, "SELECT payload::JSON::VARCHAR FROM raw_events")[0]
    assert key not in payload


def test_a_wrong_key_and_an_unknown_site_answer_the_same(web: Client, alice: Person) -> None:
    wrong, unknown = (
        web.post(
            "/ingest/event",
            data=json.dumps(pageview(NOW)),
            headers={"x-site-id": site, "x-site-key": "pk_live_0"},
        )
        for site in (alice.shop.site_id, "site_unknown")
    )
    assert wrong.status_code == unknown.status_code == 403
    assert {**wrong.get_json(), "instance": ""} == {**unknown.get_json(), "instance": ""}


def test_a_body_of_another_site_than_the_credentials_is_refused(
    web: Client, program: Runtime, alice: Person, people: People
) -> None:
    answer = post(web, alice, {**pageview(NOW), "site_id": people.bob.shop.site_id})
    assert answer.status_code == 400
    assert stored(program) == []


def test_the_same_event_id_is_counted_once_however_often_it_is_sent(
    web: Client, program: Runtime, alice: Person
) -> None:
    event = {**pageview(NOW), "event_id": str(uuid.uuid4())}
    assert [post(web, alice, event).status_code for _ in range(3)] == [200, 200, 200]
    assert len(stored(program)) == 1


def test_a_bot_is_told_so_kept_as_evidence_and_not_counted(
    web: Client, program: Runtime, alice: Person
) -> None:
    event = {**pageview(NOW), "user_agent": GOOGLEBOT}
    answer = post(web, alice, event)
    assert answer.status_code == 202
    assert answer.get_json() == {"status": "ignored", "reason": "bot"}
    assert answer.headers["X-Analytiq"] == "ignored; reason=bot"
    settle(program)
    assert rows(program, "SELECT bot_reason FROM raw_events") == [("bot",)]
    assert rows(program, "SELECT * FROM visits") == []


def test_the_client_address_and_the_headers_user_agent_are_written_nowhere(
    web: Client, program: Runtime, alice: Person
) -> None:
    agent = CHROME.replace("140", "141.7.77")
    event = {k: v for k, v in pageview(NOW, visitor=None).items() if k != "user_agent"}
    post(web, alice, event, headers={"User-Agent": agent}, environ_base={"REMOTE_ADDR": "203.0.113.77"})
    on_disk = [path.read_bytes() for path in program.config.data_dir.rglob("*") if path.is_file()]
    settle(program)
    program.database.checkpoint()
    on_disk += [path.read_bytes() for path in program.config.data_dir.rglob("*") if path.is_file()]
    assert not [1 for content in on_disk if b"203.0.113.77" in content or b"141.7.77" in content]
    assert rows(program, "SELECT browser, cookieless FROM raw_events") == [("Chrome", True)]


def test_times_ahead_of_the_clock_are_replaced_and_past_ones_kept(
    web: Client, program: Runtime, alice: Person
) -> None:
    for at in ("2026-09-17T12:39:00Z", "2026-09-17T12:41:00Z", "2026-01-01T00:00:00+02:00"):
        assert post(web, alice, pageview(at)).status_code == 200
    settle(program)
    assert rows(program, "SELECT ts::VARCHAR, clock_skew FROM raw_events ORDER BY seq") == [
        ("2026-09-17 12:39:00", False),
        ("2026-09-17 12:30:00", True),
        ("2025-12-31 22:00:00", False),
    ]


@pytest.mark.parametrize(
    ("size", "screen"),
    [
        ({"width": 1366, "height": 768}, "1366x768"),
        ({"width": 1e308, "height": 1}, None),
        ({"width": -5}, None),
    ],
)
def test_a_screen_is_kept_if_it_can_be_one(
    web: Client, program: Runtime, alice: Person, size: dict[str, float], screen: str | None
) -> None:
    assert post(web, alice, {**pageview(NOW), "screen": size}).status_code == 200
    settle(program)
    assert rows(program, "SELECT screen FROM raw_events") == [(screen,)]


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        (b"", 400, None),
        (b"{", 400, None),
        (b"\xff", 400, None),
        (b"[]", 400, None),
        (b'{"event_type": NaN}', 400, None),
        (b"[" * 60_000, 400, None),
        (b"{}", 422, "/event_type"),
        (b'{"event_type": 1}', 422, "/event_type"),
        (b'{"event_type": "x", "timestamp": "yesterday"}', 422, "/timestamp"),
        (b'{"event_type": "x", "event_id": "7"}', 422, "/event_id"),
        (b'{"event_type": "x", "custom": []}', 422, "/custom"),
        (b'{"event_type": "' + b"x" * 65_536 + b'"}', 413, None),
    ],
)
def test_wrong_bodies_get_a_problem_that_names_the_fault(
    web: Client, program: Runtime, alice: Person, body: bytes, status: int, pointer: str | None
) -> None:
    answer = post(web, alice, body)
    problem = answer.get_json()
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert problem["status"] == status
    assert problem["instance"].startswith("urn:uuid:")
    assert [fault["pointer"] for fault in problem.get("errors", [])] == ([pointer] if pointer else [])
    assert post(web, alice, pageview(NOW, "/after")).status_code == 200
    assert stored(program) == [("pageview", "/after")]


def test_a_compressed_body_is_refused_unread(web: Client, alice: Person) -> None:
    assert post(web, alice, b"\x1f\x8b", headers={"Content-Encoding": "gzip"}).status_code == 415


def test_only_post_is_taken(web: Client) -> None:
    answer = web.get("/ingest/event")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST, OPTIONS")


def test_any_websites_page_may_send_and_none_with_cookies(web: Client, alice: Person) -> None:
    origin = {"Origin": "https://www.shop.example"}
    asked = web.options("/ingest/event", headers=origin)
    sent = post(web, alice, pageview(NOW), headers=origin)
    for answer in (asked, sent):
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == "https://www.shop.example"
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert "x-site-key" in asked.headers["Access-Control-Allow-Headers"]


def test_bulk_stores_the_good_events_and_names_the_bad_ones(
    web: Client, program: Runtime, alice: Person
) -> None:
    twin = {**pageview(NOW, "/twin"), "event_id": str(uuid.uuid4())}
    events = [pageview(NOW, "/a"), {"path": "/b"}, twin, twin, {**pageview(NOW), "user_agent": GOOGLEBOT}, 5]
    answer = post(web, alice, {"events": events}, "/ingest/bulk")
    found = answer.get_json()
    assert (found["accepted"], found["duplicates"], found["ignored"]) == (2, 1, 1)
    assert [(r["index"], r["errors"][0]["pointer"]) for r in found["rejected"]] == [
        (1, "/event_type"),
        (5, ""),
    ]
    assert stored(program)[:2] == [("pageview", "/a"), ("pageview", "/twin")]


def test_bulk_takes_ndjson_and_a_line_that_is_no_json_costs_only_itself(
    web: Client, program: Runtime, alice: Person
) -> None:
    lines = [json.dumps(pageview(NOW, "/a")), "{nonsense", json.dumps(pageview(NOW, "/b"))]
    answer = post(web, alice, "\n".join(lines).encode(), "/ingest/bulk", content_type="application/x-ndjson")
    assert answer.get_json()["accepted"] == 2
    assert [entry["index"] for entry in answer.get_json()["rejected"]] == [1]
    assert stored(program) == [("pageview", "/a"), ("pageview", "/b")]


def test_no_line_of_a_bulk_request_is_so_hostile_that_it_takes_a_good_one_with_it(
    web: Client, program: Runtime, alice: Person
) -> None:
    lines: list[bytes] = []
    hostile = [body for body in UNREADABLE.values() if body.strip() and "\n" not in body]
    for number, body in enumerate(hostile):
        lines += [body.encode(), json.dumps(pageview(NOW, f"/{number}")).encode()]
    answer = post(web, alice, b"\n".join(lines), "/ingest/bulk", content_type="application/x-ndjson")
    assert [entry["index"] for entry in answer.get_json()["rejected"]] == list(range(0, len(lines), 2))
    assert stored(program) == [("pageview", f"/{number}") for number in range(len(hostile))]


def test_bulk_refuses_more_than_a_thousand_events(web: Client, program: Runtime, alice: Person) -> None:
    assert post(web, alice, [{"event_type": "x"}] * 1001, "/ingest/bulk").status_code == 413
    assert stored(program) == []


def test_one_address_has_its_share_and_others_keep_theirs(
    web: Client, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits_follow(clock, monkeypatch)
    flood = [_from(web, alice, "203.0.113.5").status_code for _ in range(602)]
    assert flood[:600] == [200] * 600
    assert flood[-1] == 429
    assert int(_from(web, alice, "203.0.113.5").headers["Retry-After"]) > 0
    assert _from(web, alice, "203.0.113.6").status_code == 200
    assert _from(web, alice, "127.0.0.1").status_code == 200


def _from(web: Client, person: Person, address: str) -> TestResponse:
    return post(web, person, pageview(NOW), environ_base={"REMOTE_ADDR": address})


def test_a_disk_that_cannot_be_written_is_said_and_events_are_taken_again_afterwards(
    web: Client, program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = {**pageview(NOW), "event_id": str(uuid.uuid4())}
    with monkeypatch.context() as full:
        full.setattr(os, "write", _no_space)
        refused = post(web, alice, event)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert "No space left" in refused.get_json()["detail"]
    assert post(web, alice, event).status_code == 200
    assert len(stored(program)) == 1


def _no_space(_handle: int, _data: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")
