"""Share links on the real program: the live connection they open, its end, and what is written of them."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from simple_websocket import Client, ConnectionError

from tests.programs import Program, running

PATIENCE_S = 30.0
"""It is promised within a second; the rest is for a machine that does other things as well."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with running(tmp_path_factory.mktemp("shared") / "data") as started:
        started.sign_up()
        yield started


@pytest.fixture
def site_id(program: Program) -> str:
    made = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
    return str(made["site_id"])


def share(program: Program, site_id: str, **wanted: object) -> dict[str, Any]:
    made: dict[str, Any] = program.call("POST", f"/api/sites/{site_id}/shares", wanted)
    return made


def revoke(program: Program, site_id: str, made: dict[str, Any]) -> None:
    # The answer has no body, which is what the JSON reader of `call` stumbles over.
    with pytest.raises(ValueError):
        program.call("DELETE", f"/api/sites/{site_id}/shares/{made['id']}", {})


def watch(program: Program, site_id: str, token: str) -> Client:
    viewer = Client(f"{program.url.replace('http', 'ws', 1)}/ws/sites/{site_id}?token={token}")
    hello = viewer.receive(timeout=PATIENCE_S)
    assert hello is not None
    assert '"hello"' in hello
    return viewer


def refusal(program: Program, site_id: str, token: str) -> int:
    with pytest.raises(ConnectionError) as refused:
        watch(program, site_id, token)
    return int(refused.value.status_code)


def is_closed(viewer: Client) -> bool:
    viewer.thread.join(PATIENCE_S)
    return not viewer.thread.is_alive()


def test_whoever_looks_is_shut_out_when_the_link_is_revoked(program: Program, site_id: str) -> None:
    made, other = share(program, site_id), share(program, site_id)
    view = program.call("POST", "/api/shares/open", {"token": made["token"]})["token"]
    looking = [watch(program, site_id, token) for token in (made["token"], view)]
    unharmed = watch(program, site_id, other["token"])
    revoke(program, site_id, made)
    assert all(is_closed(viewer) for viewer in looking)
    assert unharmed.connected
    unharmed.close()
    assert [refusal(program, site_id, token) for token in (made["token"], view)] == [401, 401]


def test_whoever_looks_is_shut_out_when_the_link_expires(program: Program, site_id: str) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    made = share(program, site_id, expires_at=soon.isoformat())
    assert is_closed(watch(program, site_id, made["token"]))


def test_a_link_opens_no_other_sites_live_connection(program: Program, site_id: str) -> None:
    other = program.call("POST", "/api/sites", {"name": "Other", "url": "other.example"})
    token = share(program, site_id)["token"]
    assert refusal(program, other["site_id"], token) == refusal(program, "site_0", token) == 404
    with_password = share(program, site_id, password="correct horse battery")
    assert refusal(program, site_id, with_password["token"]) == 401


def test_no_link_is_written_anywhere(tmp_path: Path) -> None:
    with running(tmp_path / "data") as own:
        own.sign_up()
        site_id = own.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})["site_id"]
        made = share(own, site_id, password="correct horse battery")
        opening = {"token": made["token"], "password": "correct horse battery"}
        view = own.call("POST", "/api/shares/open", opening)["token"]
        watch(own, site_id, view).close()
        for path in ("report?", "report?from=x&", "nothing?"):
            for token in (made["token"], view):
                _ignoring_refusal(own, f"/api/sites/{site_id}/{path}token={token}")
        _ignoring_refusal(own, f"/share/{made['token']}?x=%0d%0a")
        own.process.terminate()
        said = "".join(own.process.communicate())
    kept = b"".join(path.read_bytes() for path in own.data_dir.rglob("*") if path.is_file())
    assert site_id.encode() in kept
    for secret in (made["token"], view, "correct horse battery"):
        assert secret.encode() not in kept
        assert secret not in said


def _ignoring_refusal(program: Program, path: str) -> None:
    with suppress(HTTPError, ValueError):
        program.call("GET", path)
