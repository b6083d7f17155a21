"""The page of jobs: what each did last, when it is due, and one run at once."""

import re
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from appliance.base.errors import UnavailableError
from appliance.jobs import JOBS, Job, scheduler
from appliance.runtime import Runtime
from tests.people import Person
from tests.web.stage import eventually

WAIT_S = 30
_WORDS = Path(__file__).parents[2] / "ui_static" / "src" / "features" / "jobs" / "words.ts"


@pytest.fixture
def ran() -> threading.Semaphore:
    return threading.Semaphore(0)


@pytest.fixture
def jobs(program: Runtime, monkeypatch: pytest.MonkeyPatch, ran: threading.Semaphore) -> Iterator[None]:
    def work(_program: Runtime, _now: datetime) -> None:
        ran.release()

    def wait(_program: Runtime, _now: datetime) -> None:
        raise UnavailableError("The disk is full.", 2)

    def fail(_program: Runtime, _now: datetime) -> None:
        raise RuntimeError("ann@shop.example")

    table = (
        Job("go well", 3600, work),
        Job("have to wait", 60, wait),
        Job("fail", 60, fail),
        Job("drop things", 600, work, on_demand=False),
    )
    monkeypatch.setattr(scheduler, "JOBS", table)
    running = scheduler.start(program)
    yield
    scheduler.end(program, running)


def listed(web: Client, alice: Person) -> dict[str, dict[str, Any]]:
    found = web.get("/api/jobs", headers=alice.headers).get_json()["jobs"]
    return {job["slug"]: job for job in found}


@pytest.mark.usefixtures("jobs")
def test_each_says_how_its_last_run_ended_and_when_the_next_is(
    web: Client, program: Runtime, alice: Person
) -> None:
    eventually(lambda: all(job["last"] for job in listed(web, alice).values()))
    found = listed(web, alice)
    assert list(found) == ["go-well", "have-to-wait", "fail", "drop-things"]
    last = {slug: (job["last"]["result"], job["last"]["detail"]) for slug, job in found.items()}
    assert last["go-well"] == ("done", None)
    assert last["have-to-wait"] == ("waits", "The disk is full.")
    assert last["fail"] == ("failed", "The reason is in the log.")
    assert datetime.fromisoformat(found["fail"]["last"]["began_at"]) == program.clock.now()
    assert found["fail"]["last"]["took_s"] >= 0
    assert all(job["next_at"] for job in found.values())


@pytest.mark.usefixtures("jobs")
def test_an_owner_runs_one_now_but_none_that_removes_data(
    web: Client, alice: Person, ran: threading.Semaphore
) -> None:
    assert ran.acquire(timeout=WAIT_S)
    assert ran.acquire(timeout=WAIT_S)
    eventually(lambda: not any(job["running"] for job in listed(web, alice).values()))
    run = {
        job: web.post(f"/api/jobs/{job}/run", json={}, headers=alice.headers).status_code
        for job in ("go-well", "drop-things", "unheard-of")
    }
    assert run == {"go-well": 202, "drop-things": 409, "unheard-of": 404}
    assert ran.acquire(timeout=WAIT_S)
    assert not ran.acquire(timeout=0.1)


def test_the_dashboard_has_words_for_every_job() -> None:
    names, _, _ = _WORDS.read_text("utf-8").partition("};")
    assert set(re.findall(r'^  "?([\w-]+)"?: "', names, re.MULTILINE)) == {job.slug for job in JOBS}
