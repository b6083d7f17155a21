"""GET /api/audit: for the owner, newest first."""

import pytest
from werkzeug.test import Client

from tests.people import PASSWORD, People, Person


def test_the_owner_reads_what_happened_newest_first(web: Client, alice: Person, people: People) -> None:
    _ = people.bob
    web.post("/api/login", json={"email": "bob@bakery.example", "password": PASSWORD})
    answer = web.get("/api/audit?limit=1", headers=alice.headers)
    assert answer.status_code == 200
    page = answer.get_json()
    (entry,) = page["entries"]
    assert entry == {
        "id": page["next"],
        "at": "2026-09-17T12:30:00Z",
        "action": "signed_in",
        "account_id": people.bob.account.account_id,
        "email": "bob@bakery.example",
        "site_id": None,
        "site_name": None,
        "detail": "",
    }
    older = web.get(f"/api/audit?before={page['next']}", headers=alice.headers).get_json()
    assert [told["action"] for told in older["entries"]] == ["site_made", "signed_up"] * 2
    assert older["next"] is None


def test_no_one_but_owners_reads_it(web: Client, people: People) -> None:
    for person in (people.bob, people.charlie):
        answer = web.get("/api/audit", headers=person.headers)
        assert answer.status_code == 403
        assert "Only an owner" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "query", ["before=0", "before=x", "limit=0", "limit=1001", "before=99999999999999999"]
)
def test_a_page_that_cannot_be_is_refused_by_name(web: Client, alice: Person, query: str) -> None:
    answer = web.get(f"/api/audit?{query}", headers=alice.headers)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == [query.partition("=")[0]]
