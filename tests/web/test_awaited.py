"""Reports are reckoned only for as long as somebody waits for them."""

import pytest
from werkzeug.test import Client as WebClient

from tests.people import Person

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
