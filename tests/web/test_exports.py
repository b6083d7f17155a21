"""The download as a browser gets it."""

import socket

import pytest
from werkzeug.test import Client as WebClient

from appliance.reports.exports import AT_ONCE
from appliance.runtime import Runtime
from appliance.web import create_app
from tests.people import People, Person, share
from tests.traffic import pageview, send
from tests.web.stage import eventually, serving

DAYS = "from=2026-09-10&to=2026-09-10"


def address(person: Person, query: str) -> str:
    return f"/api/sites/{person.shop.site_id}/export?{query}&{DAYS}"


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("", "text/csv", "alice-s-shoes-report-2026-09-10-to-2026-09-10.csv"),
        ("format=json", "application/json", "alice-s-shoes-report-2026-09-10-to-2026-09-10.json"),
        ("what=visits&format=json", "application/x-ndjson", "visits-2026-09-10-to-2026-09-10.ndjson"),
        ("what=events&format=parquet", "application/vnd.apache.parquet", "2026-09-10-to-2026-09-10.parquet"),
    ],
)
def test_a_browser_saves_it_under_a_name_that_says_what_it_is(
    web: WebClient, alice: Person, query: str, kind: str, name: str
) -> None:
    with web.get(address(alice, query), headers=alice.headers) as answer:
        assert answer.status_code == 200
        assert answer.mimetype == kind
        assert answer.content_length == len(answer.data)
        disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert disposition.endswith(name)


def test_a_site_name_of_signs_alone_makes_a_harmless_file_name(
    web: WebClient, program: Runtime, alice: Person
) -> None:
    site = program.sites.create(alice.account.account_id, '"../☃;x=1\\', "https://snow.example", None)
    with web.get(f"/api/sites/{site.site_id}/export?{DAYS}", headers=alice.headers) as answer:
        named = answer.headers["Content-Disposition"]
    assert named.endswith("filename=x-1-report-2026-09-10-to-2026-09-10.csv")


def test_whoever_may_look_may_take_it_along(web: WebClient, program: Runtime, people: People) -> None:
    share(program, people.alice.shop, people.charlie.account, "viewer")
    with web.get(address(people.alice, ""), headers=people.charlie.headers) as answer:
        assert answer.status_code == 200


def test_downloads_that_nobody_reads_hold_up_nothing(program: Runtime, alice: Person) -> None:
    wordy = [pageview("2026-09-10T10:00:00Z", f"/{number}", note="x" * 60_000) for number in range(30)]
    for _ in range(12):
        send(program, alice.shop, *wordy)  # more than the server holds in memory for one connection
    request = (
        f"GET {address(alice, 'what=events&format=json')} HTTP/1.1\r\nHost: localhost\r\n"
        f"Authorization: Bearer {alice.token}\r\n\r\n"
    )
    with serving(create_app(program), threads=2) as server:
        stuck = []
        for _ in range(2 * AT_ONCE):
            connection = socket.create_connection(("127.0.0.1", server.port), 20)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(request.encode())
            assert connection.recv(15) == b"HTTP/1.1 200 OK"
            stuck.append(connection)
        folder = program.config.paths.exports
        assert eventually(lambda: list(folder.iterdir()) == [])
        send(program, alice.shop, pageview("2026-09-10T11:00:00Z"))
        for connection in stuck:
            connection.close()
