"""Backups over HTTP, for an owner."""

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import Client as WebClient

from appliance.accounts.audit import NEWEST
from appliance.base import disk
from appliance.base.errors import InvalidError
from appliance.imports.records import Importer
from appliance.jobs import downloads
from appliance.runtime import Runtime
from appliance.sharing.shares import NewShare
from appliance.storage import exchange
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.traffic import pageview, send

TABLES = (
    "accounts", "sessions", "two_factor", "recovery_codes", "api_keys", "shares", "invitations",
    "invitation_sites", "site_access", "audit", "root_key", "raw_events", "visits", "sites",
)  # fmt: skip


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Whether the program was told to end: these tests must not."""
    signals: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)
    yield signals


def test_one_is_made_and_listed_with_what_is_in_it(program: Runtime, web: WebClient, alice: Person) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    made = web.post("/api/backups", json={}, headers=alice.headers)
    assert made.status_code == 201
    send(program, alice.shop, pageview("2026-09-11T10:00:00Z"))
    found = web.get("/api/backups", headers=alice.headers).json
    assert found is not None
    assert found["backups"] == [made.json]
    assert (found["backups"][0]["figures"]["visits"], found["now"]["visits"]) == (1, 2)
    assert found["under_way"] is None
    assert found["failure"] is None


def test_going_back_asks_for_the_password_and_starts_anew(
    program: Runtime, web: WebClient, alice: Person, ended: list[int]
) -> None:
    name = program.backups.take("by hand").name
    path = f"/api/backups/{name}/restore"
    wrong = web.post(path, json={"current_password": "guessed"}, headers=alice.headers)
    assert (wrong.status_code, ended, exchange.is_due(program.config.paths)) == (403, [], False)
    right = web.post(path, json={"current_password": PASSWORD}, headers=alice.headers)
    assert (right.status_code, ended) == (204, [signal.SIGTERM])
    assert exchange.is_due(program.config.paths)


@pytest.mark.parametrize("name", ["2026-09-17T12-30-00Z", "unfinished"])
def test_a_backup_that_is_not_there_is_not_gone_back_to(
    web: WebClient, alice: Person, ended: list[int], name: str
) -> None:
    found = web.post(
        f"/api/backups/{name}/restore", json={"current_password": PASSWORD}, headers=alice.headers
    )
    assert found.status_code == 404
    assert ended == []


def asked(web: WebClient, program: Runtime, person: Person, **more: object) -> dict[str, Any]:
    """A download of a backup of now: where it is."""
    name = program.backups.take("by hand").name
    form = {"current_password": PASSWORD, **more}
    answer = web.post(f"/api/backups/{name}/download", json=form, headers=person.headers)
    assert answer.status_code == 201, answer.json
    found: dict[str, Any] = answer.json or {}
    return found


def fetched(web: WebClient, link: dict[str, Any], person: Person) -> tuple[bytes, Headers]:
    with web.get(link["path"], headers=person.headers) as answer:
        assert answer.status_code == 200
        return answer.data, answer.headers


def test_a_backup_is_downloaded_once(program: Runtime, web: WebClient, alice: Person) -> None:
    link = asked(web, program, alice, accounts=True)
    assert link["expires_in"] == 60
    (kept,) = program.backups.kept.all()
    file, headers = fetched(web, link, alice)
    assert file == program.backups.kept.file(kept).read_bytes()
    assert headers["Content-Disposition"] == f"attachment; filename=analytiq-{kept.name}.duckdb"
    assert headers["Content-Length"] == str(kept.bytes)
    assert web.get(link["path"], headers=alice.headers).status_code == 404
    (entry,) = [each for each in program.audit.page(NEWEST, 9).entries if each.action == "backup_downloaded"]
    assert "with accounts and keys" in entry.detail


def test_a_link_to_a_download_lives_a_minute(
    program: Runtime, web: WebClient, alice: Person, clock: FrozenClock
) -> None:
    link = asked(web, program, alice)
    clock.advance(seconds=61)
    downloads.run(program, clock.now())
    assert web.get(link["path"], headers=alice.headers).status_code == 404
    assert not program.config.paths.downloads.exists()


def test_a_link_is_of_no_use_to_others(
    program: Runtime, web: WebClient, alice: Person, people: People
) -> None:
    link = asked(web, program, alice)
    assert web.get(link["path"]).status_code == 401
    assert web.get(link["path"], headers=people.bob.headers).status_code == 403
    assert fetched(web, link, alice)[0]


def test_a_download_asks_for_the_password(program: Runtime, web: WebClient, alice: Person) -> None:
    path = f"/api/backups/{program.backups.take('by hand').name}/download"
    wrong = web.post(path, json={"current_password": "guessed"}, headers=alice.headers)
    none = web.post(path, json={}, headers=alice.headers)
    assert (wrong.status_code, none.status_code) == (403, 422)


def test_what_lets_somebody_in_is_left_out_to_the_last_byte(
    program: Runtime, web: WebClient, alice: Person, tmp_path: Path
) -> None:
    send(program, alice.shop, pageview("2026-09-10T10:00:00Z"))
    program.shares.create(alice.account.account_id, alice.shop, NewShare("For the press"))
    by = Importer(alice.account.email, alice.account.account_id)
    program.imports.run(alice.shop, tmp_path / "no such file", "history", by)
    secrets = [alice.account.email.encode(), b"$argon2id$", b"For the press"]
    link = asked(web, program, alice)
    (kept,) = program.backups.kept.all()
    whole = program.backups.kept.file(kept)
    (tmp_path / "file").write_bytes(fetched(web, link, alice)[0])
    assert all(secret in whole.read_bytes() for secret in secrets)
    assert not [secret for secret in secrets if secret in (tmp_path / "file").read_bytes()]
    with duckdb.connect(str(tmp_path / "file"), read_only=True) as database:
        held = {table: database.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in TABLES}
        assert database.execute("SELECT root_key FROM backup").fetchall() == [(None,)]
    assert held == {**dict.fromkeys(TABLES, 0), "raw_events": 1, "visits": 1, "sites": 1}
    with pytest.raises(InvalidError, match=r"downloaded without accounts.*Nothing was changed"):
        program.restoring.preview(tmp_path / "file")


def test_a_download_is_encrypted_by_a_passphrase(
    program: Runtime, web: WebClient, alice: Person, tmp_path: Path
) -> None:
    link = asked(web, program, alice, accounts=True, passphrase="open sesame")
    file, headers = fetched(web, link, alice)
    (tmp_path / "file").write_bytes(file)
    assert headers["Content-Disposition"].endswith(".backup")
    assert program.restoring.preview(tmp_path / "file", "open sesame").then.accounts > 0


def test_a_download_without_room_is_refused(
    program: Runtime, web: WebClient, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/backups/{program.backups.take('by hand').name}/download"
    monkeypatch.setattr(disk, "SPARED_BYTES", 10**15)
    refused = web.post(path, json={"current_password": PASSWORD}, headers=alice.headers)
    assert refused.status_code == 503
    assert "not begun" in str(refused.json)
