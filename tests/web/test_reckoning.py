"""Reports are reckoned a few at a time, and only for as long as somebody waits for them."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from flask import Flask
from werkzeug.test import Client as WebClient

from appliance.storage.database import Database
from appliance.web.affinity import on_one_processor, processors
from appliance.web.reckoning import AT_ONCE_AT_LEAST, Reckoning
from tests.people import Person

Answer = TypeVar("Answer")
REPORTS = (
    "report?range=24h",
    "timeseries?range=24h&granularity=hour&metric=visits",
    "top-pages?range=24h",
    "breakdown?range=24h&dimension=page",
    "vitals?range=24h",
    "goals/preview?kind=event&pattern=order",
)


def test_reports_are_given_up_when_whoever_asked_has_gone(
    web: WebClient, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    def answers(has_gone: bool) -> list[int]:
        environ = {"waitress.client_disconnected": lambda: has_gone}
        paths = [f"/api/sites/{alice.shop.site_id}/{report}" for report in REPORTS]
        return [web.get(path, headers=alice.headers, environ_overrides=environ).status_code for path in paths]

    assert answers(has_gone=False) == [200] * len(REPORTS)
    assert answers(has_gone=True) == [408] * len(REPORTS)
    assert not caplog.records


def test_no_more_are_under_way_than_there_are_processors_and_the_rest_wait(database: Database) -> None:
    entered, released = threading.Semaphore(0), threading.Event()

    def view() -> bool:
        entered.release()
        return released.wait(10)

    answer = in_a_request(Reckoning(database).apart(view))
    at_once = max(AT_ONCE_AT_LEAST, processors())
    with ThreadPoolExecutor(at_once + 1) as clients:
        answers = [clients.submit(answer) for _ in range(at_once + 1)]
        for _ in range(at_once):
            assert entered.acquire(timeout=10)
        assert not entered.acquire(timeout=0.1)
        released.set()
        assert all(each.result() for each in answers)


@pytest.mark.skipif(sys.platform != "linux", reason="needs affinity")
def test_they_run_on_any_processor_whoever_asks(database: Database) -> None:
    free = os.sched_getaffinity(0)
    reckoning = Reckoning(database)
    with on_one_processor():
        assert in_a_request(reckoning.apart(lambda: os.sched_getaffinity(0)))() == free


def in_a_request(view: Callable[[], Answer]) -> Callable[[], Answer]:
    app = Flask("reports")

    def ask() -> Answer:
        with app.test_request_context():
            return view()

    return ask
