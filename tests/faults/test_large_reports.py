"""Reports over as many pages as there are events, more of them at once than the memory is there for."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults import LONG
from tests.faults.load import post
from tests.faults.machine import held_by
from tests.faults.shop import Shop
from tests.programs import Program

PATHS = 1_000_000 if LONG else 10_000
AT_ONCE = 20
QUESTIONS = (
    "report?compare=previous_period",
    "top-pages?limit=1000",
    "breakdown?dimension=page&limit=1000",
    "timeseries?metric=visitors,visits,pageviews,bounce_rate,avg_time&granularity=hour",
)
BULK = 1000
LIMIT_MB = 1024
"""What the database may use at most, by default."""
REST_MB = 400
"""The program itself, the answers under way, and what DuckDB does not count."""
ANSWERED_S = 300.0

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="looks into /proc")


def test_twenty_reports_at_once_over_distinct_pages_leave_the_program_well(shop: Shop) -> None:
    shop.data_dir.mkdir()
    (shop.data_dir / "analytiq.toml").write_text("ingest_limit_per_site = 0\n")
    with shop.open() as program:
        _send_pageviews(shop, program)
        shop.wait_until_loaded(program, timeout_s=ANSWERED_S)
        with shop.load(program, clients=2, pause_s=0.05), ThreadPoolExecutor(AT_ONCE) as pool:
            answers = [pool.submit(_ask, shop, program, question) for question in AT_ONCE * QUESTIONS]
            statuses = Counter(answer.result() for answer in answers)
        peak_mb = held_by(program.process.pid).peak_mb
        print(f"{AT_ONCE} reports at once over {PATHS} pages: {statuses}, at most {peak_mb:.0f} MB")
        assert set(statuses) <= {200, 503}
        assert peak_mb < LIMIT_MB + REST_MB
        assert shop.log.acknowledged == shop.log.sent
        shop.end_and_check(program)


def _send_pageviews(shop: Shop, program: Program) -> None:
    """Each of another page."""
    connection = shop.connect(program)
    for start in range(0, PATHS, BULK):
        events = [
            {
                "event_id": str(uuid.UUID(int=shop.chance.getrandbits(128), version=4)),
                "event_type": "pageview",
                "visitor_id": str(uuid.UUID(int=number // 8, version=4)),
                "path": f"/catalogue/{number}",
                "title": f"Page {number}",
            }
            for number in range(start, start + BULK)
        ]
        assert post(connection, "/ingest/bulk", shop.key, events, shop.log) == 200
    connection.close()


def _ask(shop: Shop, program: Program, question: str) -> int:
    connection = shop.connect(program, timeout_s=ANSWERED_S)
    headers = {"Authorization": f"Bearer {program.token}"}
    connection.request("GET", f"/api/sites/{shop.site_id}/{question}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status
