"""Who gets in: cookies, tokens, the name in the Host header. Route by route it is in test_matrix.py."""

from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from appliance import assembly
from appliance.base import config
from appliance.runtime import Runtime
from appliance.web import create_app, create_dashboard
from tests.clocks import FrozenClock, limits_follow
from tests.people import PASSWORD, Person

JSON = {"Content-Type": "application/json"}
SAME_ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def browser(web: Client, alice: Person) -> Client:
    """Alice, signed in by cookie."""
    signed_in = Client(web.application)
    body = {"email": alice.account.email, "password": PASSWORD}
    assert signed_in.post("/api/login", json=body).status_code == 200
    return signed_in


@pytest.mark.parametrize("headers", [SAME_ORIGIN, {"Sec-Fetch-Site": "same-origin"}])
def test_our_own_page_may_act_with_the_cookie(browser: Client, headers: dict[str, str]) -> None:
    answer = browser.post("/api/sites", json={"name": "x", "url": "x.example"}, headers=headers)
    assert answer.status_code == 201


def test_a_wrong_token_is_not_helped_by_a_good_cookie(browser: Client) -> None:
    assert browser.get("/api/me").status_code == 200
    assert browser.get("/api/me", headers={"Authorization": "Bearer nonsense"}).status_code == 401


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8585", 200),
        ("127.0.0.1", 200),
        ("192.168.1.7:8585", 200),
        ("[::1]:8585", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost.evil.example", 400),
    ],
)
def test_a_strangers_name_for_this_machine_is_refused(web: Client, host: str, status: int) -> None:
    assert web.get("/api/setup", headers={"Host": host}).status_code == status


def test_websites_reach_the_script_under_any_name(web: Client) -> None:
    assert web.get("/analytics.js", headers={"Host": "stats.shop.example"}).status_code == 200


def test_a_dashboard_kept_local_is_closed_to_the_network_while_websites_go_on_sending(
    tmp_path: Path, clock: FrozenClock
) -> None:
    kept_local = config.load({"data_dir": tmp_path}, environ={"ANALYTIQ_DASHBOARD": "local"})
    parts = assembly.build(kept_local, clock)
    caller = Client(create_app(parts))
    elsewhere: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "192.168.1.20"}}
    assert caller.get("/api/setup", environ_base={"REMOTE_ADDR": "127.0.0.1"}).status_code == 200
    for path in ("/", "/api/setup", "/api/openapi.json", "/ws/sites/x"):
        assert caller.get(path, **elsewhere).status_code == 403, path
    assert caller.get("/analytics.js", **elsewhere).status_code == 200
    # Taken by the ingest, which misses the site's key.
    assert "site key" in caller.post("/ingest/event", data="{}", **elsewhere).get_json()["detail"]
    parts.stop()


def test_ten_logins_a_minute_then_wait(
    web: Client, alice: Person, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits_follow(clock, monkeypatch)
    body = {"email": alice.account.email, "password": "wrong"}
    elsewhere: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "198.51.100.4"}}
    codes = [web.post("/api/login", json=body).status_code for _ in range(12)]
    assert codes[:10] == [401] * 10
    assert codes[10:] == [429, 429]
    good = {"email": alice.account.email, "password": PASSWORD}
    assert web.post("/api/login", json=good, **elsewhere).status_code == 200


def test_every_failure_has_the_one_problem_shape(web: Client, alice: Person) -> None:
    failures = [
        web.get("/api/nothing"),
        web.delete("/api/setup"),
        web.post("/api/login", data="{", headers=JSON),
        web.post("/api/login", data="{}", headers=JSON),
        web.post("/api/login", data="x"),
        web.get("/api/sites/x/report", headers=alice.headers),
        web.get(f"/api/sites/{alice.shop.site_id}/report?from=x", headers=alice.headers),
        web.get(f"/api/sites/{alice.shop.site_id}/report?filters=[1]", headers=alice.headers),
        web.get("/assets/../../secret.key"),
        web.get("/ws/sites/x?token=x"),
    ]
    for answer in failures:
        document = answer.get_json()
        assert answer.mimetype == "application/problem+json"
        assert document["status"] == answer.status_code >= 400
        assert {"type", "title", "status", "detail", "instance"} <= document.keys()
        assert "Traceback" not in answer.text


def test_what_nobody_foresaw_is_answered_without_a_traceback(
    program: Runtime, alice: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(_site: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr(program.overview, "status", explode)
    dashboard = create_dashboard(program).test_client()
    answer = dashboard.get(f"/api/sites/{alice.shop.site_id}/status", headers=alice.headers)
    document = answer.get_json()
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert document["instance"] in caplog.text
    assert "a secret detail" in caplog.text
