"""The link that signs the program's own window in."""

from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from appliance.base import config
from appliance.base.clock import SystemClock
from appliance.desktop import desktop, server_process
from appliance.process import local_access
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.programs import running

LOOPBACK = {"REMOTE_ADDR": "127.0.0.1"}


def link(web: Client, program: Runtime) -> str:
    proof = local_access.proof(program.local_access.key, program.clock.now())
    headers = {"Authorization": f"Bearer {proof}"}
    answer = web.post("/api/local/sign-in-link", json={}, headers=headers)
    assert answer.status_code == 201
    return str(answer.get_json()["path"])


def follow(browser: Client, path: str, **environ: str) -> TestResponse:
    return browser.get(path, environ_base={**LOOPBACK, **environ})


def test_it_signs_the_owner_in_once(web: Client, program: Runtime, people: People) -> None:
    owner = people.bob.program.accounts.owner()
    window, second = Client(web.application), Client(web.application)
    path = link(web, program)
    answer = follow(window, path)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert window.get("/api/me").get_json()["user"]["email"] == owner.email == people.alice.account.email
    assert follow(second, path).status_code == 401
    assert second.get("/api/me").status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(29, 302), (30, 401)])
@pytest.mark.usefixtures("alice")
def test_it_is_good_for_half_a_minute(
    web: Client, program: Runtime, clock: FrozenClock, seconds: int, status: int
) -> None:
    path = link(web, program)
    clock.advance(seconds=seconds)
    assert follow(web, path).status_code == status


@pytest.mark.parametrize(
    "environ", [{"REMOTE_ADDR": "192.168.1.20"}, {"REMOTE_ADDR": "127.0.0.1", "analytiq.forwarded": "yes"}]
)
@pytest.mark.usefixtures("alice")
def test_it_opens_nothing_from_another_machine(web: Client, program: Runtime, environ: Any) -> None:
    path = link(web, program)
    assert follow(web, path, **environ).status_code == 401
    assert follow(web, path).status_code == 302


@pytest.mark.usefixtures("alice")
def test_whoever_cannot_read_the_data_directory_gets_none(web: Client, alice: Person) -> None:
    for headers in ({}, {"Authorization": "Bearer forged.x.y"}, alice.headers):
        assert web.post("/api/local/sign-in-link", json={}, headers=headers).status_code == 401
    for guess in ("", "?link=", "?link=x"):
        assert follow(web, f"/api/local/sign-in{guess}").status_code == 401


def test_before_there_is_an_owner_there_is_no_link(web: Client, program: Runtime) -> None:
    proof = local_access.proof(program.local_access.key, program.clock.now())
    headers = {"Authorization": f"Bearer {proof}"}
    assert web.post("/api/local/sign-in-link", json={}, headers=headers).status_code == 404


def test_the_window_asks_the_running_program_for_it(tmp_path: Any) -> None:
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    with running(own.data_dir) as program:
        found = server_process.find(own)
        assert found
        assert desktop.signed_in(found, SystemClock()) == program.url
        program.sign_up()
        address = desktop.signed_in(found, SystemClock())
        assert address.startswith(f"{program.url}/api/local/sign-in?link=")
