"""The download as a browser gets it."""

import socket

import pytest
from werkzeug.test import Client as WebClient

from appliance.reports.exports import AT_ONCE
from appliance.runtime import Runtime
from appliance.web import create_app
from tests.people import People, Person, share
from tests.traffic import pageview, send
from tests.web.stage import serving

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


def test_a_download_that_was_cut_off_gets_the_rest_of_the_same_file(
    web: WebClient, program: Runtime, alice: Person
) -> None:
    """As `curl -C -` asks for it, without a condition, and browsers, with one."""
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"), pageview("2026-09-10T11:00:00Z"))
    asked = address(alice, "what=events&format=csv")
    with web.get(asked, headers=alice.headers) as answer:
        whole, etag = answer.data, answer.headers["ETag"]
        assert answer.headers["Accept-Ranges"] == "bytes"
    send(program, alice.shop, pageview("2026-09-10T12:00:00Z"))
    for condition in ({}, {"If-Range": etag}):
        headers = {**alice.headers, "Range": "bytes=100-", **condition}
        with web.get(asked, headers=headers) as rest:
            assert (rest.status_code, rest.data) == (206, whole[100:])
            assert rest.headers["Content-Range"] == f"bytes 100-{len(whole) - 1}/{len(whole)}"
            assert rest.headers["ETag"] == etag
    with web.get(asked, headers={**alice.headers, "Range": f"bytes={len(whole)}-"}) as nothing_left:
        assert nothing_left.status_code == 416
    headers = {**alice.headers, "Range": "bytes=100-", "If-Range": '"of another"'}
    with web.get(asked, headers=headers) as anew:
        assert (anew.status_code, anew.data.count(b"\n")) == (200, whole.count(b"\n") + 1)


def test_the_rest_of_a_file_that_is_gone_is_a_new_file_as_a_whole(web: WebClient, alice: Person) -> None:
    with web.get(address(alice, ""), headers={**alice.headers, "Range": "bytes=5-"}) as answer:
        assert answer.status_code == 200
        assert answer.content_length == len(answer.data)


def test_nobody_gets_the_rest_of_anothers_file(web: WebClient, people: People) -> None:
    with web.get(address(people.alice, ""), headers=people.alice.headers) as answer:
        assert answer.status_code == 200
    headers = {**people.bob.headers, "Range": "bytes=5-"}
    assert web.get(address(people.alice, ""), headers=headers).status_code == 404


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
        send(program, alice.shop, pageview("2026-09-10T11:00:00Z"))
        for connection in stuck:
            connection.close()
