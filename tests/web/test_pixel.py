"""GET /ingest/pixel.gif as pages without a script use it."""

import pytest
from werkzeug.test import Client as WebClient
from werkzeug.test import TestResponse

from appliance.runtime import Runtime
from tests.people import Person
from tests.queries import rows
from tests.traffic import CHROME, GOOGLEBOT, settle

Fields = dict[str, str]

PAGE = "https://shop.example/boots?utm_source=news&token=abc"


def fetch(
    web: WebClient, person: Person, user_agent: str = CHROME, told: Fields | None = None
) -> TestResponse:
    query = {"site_id": person.shop.site_id, "k": person.key, **(told or {})}
    return web.get(
        "/ingest/pixel.gif", query_string=query, headers={"User-Agent": user_agent, "Referer": PAGE}
    )


def test_the_page_that_shows_the_pixel_is_counted_as_opened(
    web: WebClient, program: Runtime, alice: Person
) -> None:
    answer = fetch(web, alice)
    assert (answer.status_code, answer.mimetype) == (200, "image/gif")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data.startswith(b"GIF89a\x01\x00\x01\x00")
    settle(program)
    query = "SELECT event_type, hostname, path, utm_source, cookieless, referrer FROM raw_events"
    assert rows(program, query) == [("pageview", "shop.example", "/boots", "news", True, None)]


def test_the_query_tells_more_and_goes_first(web: WebClient, program: Runtime, alice: Person) -> None:
    told = {
        "event_type": "newsletter_opened",
        "url": "https://shop.example/mail/7",
        "title": "October",
        "referrer": "https://news.example/",
        "visitor_id": "anna",
    }
    assert fetch(web, alice, told=told).status_code == 200
    settle(program)
    query = "SELECT event_type, path, title, referrer, cookieless FROM raw_events"
    assert rows(program, query) == [
        ("newsletter_opened", "/mail/7", "October", "https://news.example/", True)
    ]


def test_a_pixel_with_an_id_counts_once(web: WebClient, program: Runtime, alice: Person) -> None:
    told = {"event_id": "8a6e0804-2bd0-4672-b79d-d97027f9071a"}
    for _ in range(3):
        assert fetch(web, alice, told=told).status_code == 200
    settle(program)
    assert rows(program, "SELECT count(*) FROM raw_events") == [(1,)]


def test_a_bot_gets_its_pixel_and_is_not_counted(web: WebClient, program: Runtime, alice: Person) -> None:
    answer = fetch(web, alice, GOOGLEBOT)
    assert (answer.status_code, answer.mimetype) == (202, "image/gif")
    assert answer.headers["X-Analytiq"] == "ignored; reason=bot"
    settle(program)
    assert rows(program, "SELECT * FROM visits") == []


@pytest.mark.parametrize(
    ("query", "status"),
    [({"k": "pk_live_0"}, 403), ({"event_id": "7"}, 422), ({"title": "\x00\x07Boots"}, 200)],
)
def test_a_pixel_is_refused_as_an_event_is(web: WebClient, alice: Person, query: Fields, status: int) -> None:
    assert fetch(web, alice, told=query).status_code == status


def test_a_pixel_is_fetched_not_posted(web: WebClient, alice: Person) -> None:
    answer = web.post("/ingest/pixel.gif", query_string={"site_id": alice.shop.site_id, "k": alice.key})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, OPTIONS")
