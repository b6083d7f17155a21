"""What is answered while the program starts over: without the database, which is closed."""

import pytest
from werkzeug.test import Client as WebClient

from appliance.runtime import Runtime
from appliance.web import create_stand_in
from tests.people import Person
from tests.traffic import pageview

NOON = "2026-09-10T12:00:00Z"


@pytest.fixture
def meanwhile(program: Runtime) -> WebClient:
    program.database.close()
    return WebClient(create_stand_in(program), use_cookies=False)


def test_events_are_taken(alice: Person, meanwhile: WebClient) -> None:
    key = {"x-site-id": alice.shop.site_id, "x-site-key": alice.key}
    one = meanwhile.post("/ingest/event", json=pageview(NOON), headers=key)
    two = meanwhile.post("/ingest/bulk", json=[pageview(NOON), {"event_type": 7}], headers=key)
    wrong = meanwhile.post("/ingest/event", json=pageview(NOON), headers={**key, "x-site-key": "other"})
    assert (one.status_code, wrong.status_code) == (200, 403)
    assert (two.get_json()["accepted"], len(two.get_json()["rejected"])) == (1, 1)


@pytest.mark.parametrize("name", ["analytics.js", "analytics.detail.js", "consent.js"])
def test_pages_get_their_script(meanwhile: WebClient, name: str) -> None:
    answer = meanwhile.get(f"/{name}", headers={"Referer": "https://shop.example/"})
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/me"),
        ("POST", "/api/login"),
        ("DELETE", "/api/sites/s"),
        ("GET", "/healthz"),
        ("GET", "/"),
    ],
)
def test_a_program_that_asks_for_anything_else_is_told_to_ask_again(
    meanwhile: WebClient, method: str, path: str
) -> None:
    answer = meanwhile.open(path, method=method)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.mimetype == "application/problem+json"
    assert "starting over" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "accept",
    [
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
        "application/signed-exchange;v=b3;q=0.7",
    ],
    ids=["Firefox", "Chrome"],
)
def test_a_browser_shows_a_page_that_loads_itself_again(meanwhile: WebClient, accept: str) -> None:
    answer = meanwhile.get("/sites/s", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Refresh"], answer.mimetype) == (503, "1", "text/html")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "starting over" in answer.text
