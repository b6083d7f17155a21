"""Where one is signed in: what a copied cookie is worth, how sessions end, and what is told of them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from werkzeug.test import Client

from appliance.accounts import sessions
from appliance.accounts.sessions import Device, Sessions
from appliance.jobs import sessions as job
from appliance.runtime import Runtime
from appliance.storage.database import DatabaseError, Transaction
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.queries import rows
from tests.traffic import CHROME

SAME_ORIGIN = {"Origin": "http://localhost"}


def browser(web: Client, person: Person, **environ: str) -> Client:
    """Another one, in which that person has just signed in."""
    client = Client(web.application)
    body = {"email": person.account.email, "password": PASSWORD}
    answer = client.post("/api/login", json=body, headers={"User-Agent": CHROME}, environ_base=environ)
    assert answer.status_code == 200
    return client


def token(client: Client) -> str:
    cookie = client.get_cookie("analytiq_session")
    assert cookie
    return cookie.value


def status(web: Client, copied: str) -> int:
    """What somebody gets who has copied that cookie."""
    return web.get("/api/me", headers={"Cookie": f"analytiq_session={copied}"}).status_code


def listed(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/sessions").get_json()["sessions"]
    return found


def end(client: Client, session_id: str) -> int:
    return client.delete(f"/api/sessions/{session_id}", json={}, headers=SAME_ORIGIN).status_code


def test_signing_out_makes_a_copied_cookie_worthless(web: Client, alice: Person) -> None:
    mine = browser(web, alice)
    copied = token(mine)
    assert status(web, copied) == 200
    assert mine.post("/api/logout", json={}, headers=SAME_ORIGIN).status_code == 204
    assert mine.get_cookie("analytiq_session") is None
    assert status(web, copied) == 401


def test_signing_in_again_gives_another_session_and_ends_the_one_before(web: Client, alice: Person) -> None:
    mine = browser(web, alice)
    before = token(mine)
    mine.post("/api/login", json={"email": alice.account.email, "password": PASSWORD}, headers=SAME_ORIGIN)
    assert token(mine) != before
    assert (status(web, before), status(web, token(mine))) == (401, 200)


def test_a_session_chosen_by_somebody_else_is_never_taken_up(web: Client, alice: Person) -> None:
    victim = Client(web.application)
    victim.set_cookie("analytiq_session", "chosen-by-the-attacker")
    victim.post("/api/login", json={"email": alice.account.email, "password": PASSWORD})
    assert token(victim) != "chosen-by-the-attacker"
    assert status(web, "chosen-by-the-attacker") == 401


def test_a_session_ends_after_twelve_idle_hours(web: Client, alice: Person, clock: FrozenClock) -> None:
    mine = browser(web, alice)
    for _ in range(3):
        clock.advance(hours=11, minutes=59)
        assert mine.get("/api/me").status_code == 200
    clock.advance(hours=12)
    assert mine.get("/api/me").status_code == 401


def test_a_session_ends_after_thirty_days_however_busy_it_is(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    mine = browser(web, alice)
    for _ in range(72 * 10 - 1):
        clock.advance(hours=1)
        mine.get("/api/me")
    assert mine.get("/api/me").status_code == 200
    clock.advance(hours=1)
    assert mine.get("/api/me").status_code == 401


def test_a_stolen_database_opens_nothing(web: Client, program: Runtime, alice: Person) -> None:
    mine = browser(web, alice)
    (row,) = rows(program, "SELECT * FROM sessions")
    assert token(mine) not in row
    for value in row:
        assert status(web, str(value)) == 401


def test_sessions_outlive_the_program_and_know_when_they_were_last_seen(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    mine = browser(web, alice)
    clock.advance(hours=11)
    mine.get("/api/me")
    job.run(program, clock.now())
    restarted = Sessions(program.database, clock)
    clock.advance(hours=11)
    assert restarted.find(token(mine))
    clock.advance(hours=12)
    assert not restarted.find(token(mine))


def test_when_they_were_seen_is_written_down_once_that_can_be_done_again(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    mine = browser(web, alice)
    clock.advance(hours=11)
    mine.get("/api/me")
    rows(program, "ALTER TABLE sessions RENAME TO away")
    with pytest.raises(DatabaseError):
        job.run(program, clock.now())
    rows(program, "ALTER TABLE away RENAME TO sessions")
    job.run(program, clock.now())
    clock.advance(hours=11)
    assert Sessions(program.database, clock).find(token(mine))


def test_what_has_ended_is_forgotten(
    web: Client, program: Runtime, alice: Person, people: People, clock: FrozenClock
) -> None:
    browser(web, alice)
    clock.advance(hours=6)
    alices, bobs = browser(web, alice), browser(web, people.bob)
    change = {"current_password": PASSWORD, "new_password": "a better battery"}
    bobs.post("/api/me/password", json=change, headers=SAME_ORIGIN)
    job.run(program, clock.now())
    assert rows(program, "SELECT count(*) FROM sessions") == [(3,)]
    clock.advance(hours=6)
    assert alices.get("/api/me").status_code == 200
    job.run(program, clock.now())
    kept = rows(program, "SELECT account_id, last_seen_at FROM sessions ORDER BY last_seen_at DESC")
    assert [account for account, _ in kept] == [alice.account.account_id, people.bob.account.account_id]
    assert kept[0][1] == clock.now().replace(tzinfo=None)


def test_they_are_told_by_browser_system_and_place(web: Client, alice: Person, clock: FrozenClock) -> None:
    browser(web, alice, REMOTE_ADDR="192.168.1.20")
    clock.advance(minutes=5)
    mine = browser(web, alice, REMOTE_ADDR="127.0.0.1")
    here, elsewhere = listed(mine)
    assert (here["browser"], here["os"], here["place"], here["current"]) == (
        "Chrome",
        "Windows",
        "this machine",
        True,
    )
    assert (elsewhere["place"], elsewhere["current"]) == ("network", False)
    assert (elsewhere["created_at"], here["last_seen_at"]) == ("2026-09-17T12:30:00Z", "2026-09-17T12:35:00Z")
    assert "192.168" not in str(elsewhere)


def test_one_of_them_is_ended_and_the_others_go_on(web: Client, alice: Person) -> None:
    mine, lost, third = (browser(web, alice) for _ in range(3))
    (its_id,) = [entry["id"] for entry in listed(lost) if entry["current"]]
    assert end(mine, its_id) == 204
    assert [client.get("/api/me").status_code for client in (mine, lost, third)] == [200, 401, 200]
    assert end(mine, its_id) == 404


def test_anothers_session_is_out_of_reach(web: Client, alice: Person, people: People) -> None:
    mine, bobs = browser(web, alice), browser(web, people.bob)
    (bobs_entry,) = listed(bobs)
    assert end(mine, bobs_entry["id"]) == 404
    assert bobs.get("/api/me").status_code == 200
    assert [entry["id"] for entry in listed(mine)] != [bobs_entry["id"]]


def test_signing_out_everywhere_else_ends_all_but_the_asking_session(web: Client, alice: Person) -> None:
    mine, other, script = browser(web, alice), browser(web, alice), alice.headers
    answer = mine.post("/api/sessions/end-others", json={}, headers=SAME_ORIGIN)
    assert answer.status_code == 200
    assert [client.get("/api/me").status_code for client in (mine, other)] == [200, 401]
    assert web.get("/api/me", headers=script).status_code == 401
    fresh = {"Authorization": f"Bearer {answer.get_json()['token']}"}
    assert web.get("/api/me", headers=fresh).status_code == 200
    assert len(listed(mine)) == 1


def test_the_one_idle_for_longest_makes_room(
    program: Runtime, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.accounts.sessions.MOST_PER_ACCOUNT", 3)
    device = Device("Chrome", "Windows", "network")
    tokens = []
    for _ in range(4):
        clock.advance(seconds=1)
        tokens.append(program.sessions.open(alice.account, device))
    assert not program.sessions.find(tokens[0])
    assert program.sessions.find(tokens[1])
    assert rows(program, "SELECT count(*) FROM sessions") == [(3,)]


@pytest.mark.parametrize(("scheme", "secure"), [("http", False), ("https", True)])
def test_over_https_the_cookie_is_never_sent_in_the_open(
    web: Client, alice: Person, scheme: str, secure: bool
) -> None:
    body = {"email": alice.account.email, "password": PASSWORD}
    cookie = web.post("/api/login", json=body, base_url=f"{scheme}://localhost").headers["Set-Cookie"]
    assert ("Secure" in cookie) is secure


def test_what_websites_fetch_is_never_answered_with_a_cookie(web: Client, alice: Person) -> None:
    mine = browser(web, alice)
    for path in ("/analytics.js", "/healthz", "/api/me"):
        assert "Set-Cookie" not in mine.get(path).headers


def test_a_session_begun_while_nothing_can_be_written_holds_until_the_program_ends(
    program: Runtime, alice: Person
) -> None:
    with program.database.write() as transaction:
        transaction._cursor.execute("ALTER TABLE sessions RENAME TO away")
    app = Client(create_app(program))
    answer = app.post("/api/login", json={"email": alice.account.email, "password": PASSWORD})
    assert answer.status_code == 200
    assert app.get("/api/me").status_code == 200


def test_signing_in_waits_for_no_compaction_and_is_written_down_after_it(
    program: Runtime, web: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "PATIENCE_S", 0.05)
    writing, done = threading.Event(), threading.Event()

    def compact() -> None:
        with program.database.write():
            writing.set()
            done.wait(30)

    compacting = threading.Thread(target=compact)
    compacting.start()
    assert writing.wait(30)
    copied = token(browser(web, alice))
    assert status(web, copied) == 200
    assert compacting.is_alive()
    done.set()
    compacting.join()
    for _ in range(2):
        job.run(program, program.clock.now())
    assert Sessions(program.database, program.clock).find(copied)


def test_a_session_that_ends_before_it_is_written_down_is_not_written_down(
    program: Runtime, web: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "PATIENCE_S", 0.05)
    writing, signed_in, done = (threading.Event() for _ in range(3))

    def compact_and_end_the_session() -> None:
        """Its turn to write comes before that of whoever waits meanwhile."""
        with program.database._writing:
            writing.set()
            signed_in.wait(30)
            (session,) = program.sessions.of(alice.account)
            done.wait(1)  # so long the job waits, with what it knows
            program.sessions.end(alice.account.account_id, session.session_id)

    compacting = threading.Thread(target=compact_and_end_the_session)
    compacting.start()
    assert writing.wait(30)
    copied = token(browser(web, alice))
    writing_down = threading.Thread(target=job.run, args=(program, program.clock.now()))
    writing_down.start()
    signed_in.set()
    compacting.join()
    writing_down.join()
    assert status(web, copied) == 401
    assert Sessions(program.database, program.clock).find(copied) is None


def test_a_changed_password_ends_sessions_at_once_though_a_compaction_begins_right_after(
    program: Runtime, web: Client, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = token(browser(web, alice))
    assert status(web, copied) == 200
    write, begun, done = program.database.write, threading.Event(), threading.Event()

    def compact() -> None:
        with program.database._writing:
            begun.set()
            done.wait(30)

    compacting = threading.Thread(target=compact)

    @contextmanager
    def write_and_compact(*within: float) -> Iterator[Transaction]:
        with write(*within) as transaction:
            yield transaction
        monkeypatch.undo()
        compacting.start()
        assert begun.wait(30)

    monkeypatch.setattr(program.database, "write", write_and_compact)
    program.accounts.change_password(alice.account.account_id, "another-long-password")
    assert status(web, copied) == 401
    assert compacting.is_alive()
    done.set()
    compacting.join()
