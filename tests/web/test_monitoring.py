"""Numbers for Prometheus: readable by its own parser, right, and for this machine or an owner's key alone."""

import json

import pytest
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.test import Client

from appliance.base import prometheus
from appliance.base.prometheus import Family, Sample
from appliance.jobs import Job, scheduler
from appliance.runtime import Runtime
from tests.people import People, Person
from tests.traffic import CHROME, GOOGLEBOT, accept, pageview, send
from tests.web.stage import eventually

NOON = "2026-09-17T12:00:00Z"
EVENT_ID = "00000000-0000-4000-8000-000000000001"
HERE = {"REMOTE_ADDR": "127.0.0.1"}
LAN = {"REMOTE_ADDR": "192.0.2.7"}


def numbers(web: Client) -> dict[str, float]:
    """By name and labels, as Prometheus reads them."""
    answer = web.get("/metrics", environ_overrides=HERE)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return parsed(answer.text)


def parsed(text: str) -> dict[str, float]:
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    found = {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}
    assert len(found) == len(samples)
    return found


def key(web: Client, person: Person, scope: str = "metrics") -> dict[str, str]:
    answer = web.post("/api/keys", json={"name": "Monitor", "scope": scope}, headers=person.headers)
    assert answer.status_code == 201, answer.text
    return {"Authorization": f"Bearer {answer.get_json()['key']}"}


def test_every_event_is_counted_by_what_became_of_it(web: Client, program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOON), pageview(NOON, event_id=EVENT_ID))
    send(program, alice.shop, pageview(NOON, event_id=EVENT_ID), pageview(NOON, user_agent=GOOGLEBOT))
    send(program, alice.shop, {"event_type": 7})
    found = numbers(web)
    outcomes = ("received", "stored", "duplicate", "ignored", "set_aside", "rejected")
    assert [found[f"analytiq_events_total {outcome}"] for outcome in outcomes] == [4, 2, 1, 1, 0, 1]
    assert found["analytiq_load_seconds_count"] == found["analytiq_load_seconds_bucket +Inf"] == 2
    assert 0 < found["analytiq_rollup_seconds_sum"] < found["analytiq_load_seconds_sum"]


def test_a_batch_that_waits_shows_and_is_not_counted_as_stored(
    web: Client, program: Runtime, alice: Person
) -> None:
    accept(program, alice.shop, pageview(NOON))
    found = numbers(web)
    assert found["analytiq_journal_pending_batches"] == 1
    assert found["analytiq_journal_bytes"] > 0
    assert found["analytiq_events_total stored"] == 0


def test_the_numbers_are_there_when_the_database_is_not(web: Client, program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOON))
    program.database.close()
    assert numbers(web)["analytiq_events_total stored"] == 1


def test_answers_are_counted_by_class_those_to_events_too(web: Client, alice: Person) -> None:
    event = json.dumps({"event_type": "pageview", "user_agent": CHROME})
    keys = {"x-site-id": alice.shop.site_id, "x-site-key": alice.key}
    before = numbers(web)
    web.post("/ingest/event", data=event, headers=keys)
    web.post("/ingest/event", data=event)
    web.get("/api/me")
    after = numbers(web)
    # The first one was answered after it had been counted.
    assert after["analytiq_http_answers_total 2xx"] - before.get("analytiq_http_answers_total 2xx", 0) == 2
    assert after["analytiq_http_answers_total 4xx"] == 2


def test_jobs_are_counted_by_their_result(
    web: Client, program: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_program: Runtime, _now: object) -> None:
        raise RuntimeError("broken")

    jobs = (Job("fail", 3600, fail), Job("go well", 3600, lambda _program, _now: None))
    monkeypatch.setattr(scheduler, "JOBS", jobs)
    running = scheduler.start(program)
    eventually(lambda: "analytiq_job_runs_total go-well done" in numbers(web))
    scheduler.end(program, running)
    found = numbers(web)
    assert found["analytiq_job_runs_total fail failed"] == 1
    assert found["analytiq_job_last_run_timestamp_seconds fail"] == program.clock.now().timestamp()


def test_another_machine_and_a_proxy_on_this_one_need_a_key(web: Client, alice: Person) -> None:
    for asking in (LAN, {"analytiq.forwarded": True}):
        assert web.get("/metrics", environ_overrides=asking).status_code == 401
        assert web.get("/metrics", environ_overrides=asking, headers=key(web, alice)).status_code == 200
        assert web.get("/metrics", environ_overrides=asking, headers=alice.headers).status_code == 401
        assert (
            web.get("/metrics", environ_overrides=asking, headers=key(web, alice, "read")).status_code == 401
        )


def test_a_key_for_monitoring_is_an_owners_and_opens_nothing_else(
    web: Client, alice: Person, people: People
) -> None:
    body = {"name": "Monitor", "scope": "metrics"}
    assert web.post("/api/keys", json=body, headers=people.bob.headers).status_code == 403
    monitor = key(web, alice)
    assert web.get(f"/api/sites/{alice.shop.site_id}/report", headers=monitor).status_code == 401


def test_labels_of_any_text_are_read_back() -> None:
    odd = 'a "b" \\ c\nd'
    family = Family("odd_total", "counter", "Odd.", [Sample(1, {"label": odd})])
    assert parsed(prometheus.text([family])) == {f"odd_total {odd}": 1}
