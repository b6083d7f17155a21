"""Do events wait while the program looks after its data? python bench/upkeep.py [events:days] [rounds]

The real program with a history (`bench/history.py` makes it; 1000000:30 unless told), and a process of its
own that sends it 300 single events a second, evenly, over connections that it keeps. Acknowledgement times
without anything, then during a backup, a compaction whose file shrinks, the restart that an upgrade asks for,
the preparation of a restore and the restart that ends it. A connection that a restart ends is made anew, and
the time goes on. Each round is a new start; medians of the rounds. Writes bench/upkeep.json.
"""

import json
import multiprocessing
import os
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from appliance.base.clock import SystemClock
from appliance.base.paths import DataPaths
from appliance.desktop import local_calls
from appliance.process import instance
from appliance.process.instance import Instance
from bench import history, soak
from bench.history import History
from tests import programs
from tests.programs import Program, running

RATE = 300
WARM_UP_S = 6.0
QUIET_S = 10.0
BETWEEN_S = 4.0
AT_ONCE = "a restore's restart"
BLOAT_ROWS = 4_000_000
PATIENCE_S = 600.0
_HEAD = f"{'meanwhile':22} {'took s':>7} {'p50 ms':>7} {'p99 ms':>7} {'longest ms':>11} {'of nothing':>11}"
_LINE = "{name:22} {took_s:7.1f} {p50_ms:7.1f} {p99_ms:7.1f} {longest_ms:11.0f} {ratio:11.1f}"


def main(size: str, rounds: int) -> None:
    events, days = map(int, size.split(":"))
    with tempfile.TemporaryDirectory(prefix="upkeep-") as name:
        folder, now = Path(name), datetime.now(UTC)
        pool = history.make_pool(folder / "pool", now.replace(hour=0, minute=0, second=0, microsecond=0))
        made = history.make(folder / "data", pool, events, days, now)
        found = [one_round(made) for _ in range(rounds)]
    table = medians(found)
    print("load average of the machine:", os.getloadavg())
    print(_HEAD)
    for line in table:
        print(_LINE.format(**line))
    report = {"events": made.events, "rate": RATE, "rounds": rounds, "medians": table, "each": found}
    Path(__file__).with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")


def one_round(made: History) -> list[dict[str, Any]]:
    programs.TIMEOUT_S = PATIENCE_S
    bloat(made.data_dir)
    with socket.create_server(("127.0.0.1", 0)) as free:
        programs.PORT = str(free.getsockname()[1])
    site = {"site_id": made.site_id, "site_key": made.site_key}
    with running(made.data_dir) as program, sending(program, site) as (begun, samples):
        body = {"email": history.EMAIL, "password": history.PASSWORD}
        program.token = program.call("POST", "/api/login", body)["token"]
        time.sleep(WARM_UP_S)
        spans = {"nothing": span(begun, lambda: time.sleep(QUIET_S))}
        for name, work in works(program).items():
            time.sleep(0.0 if name == AT_ONCE else BETWEEN_S)
            spans[name] = span(begun, work)
        time.sleep(BETWEEN_S)
        told = samples()
    if any(status != 200 for _, _, status in told):
        sys.exit("events were refused; nothing was measured")
    return [line(name, since, until, told) for name, (since, until) in spans.items()]


def works(program: Program) -> dict[str, Callable[[], object]]:
    paths = DataPaths(program.data_dir)
    served_by: list[Instance | None] = []

    def restore() -> None:
        found = instance.announced(paths)
        served_by.append(found)
        newest = max((program.data_dir / "backups").glob("20*")) / "analytiq.duckdb"
        asked: dict[str, object] = {"file": str(newest), "passphrase": None, "go": True}
        assert found is not None
        local_calls.post(found, SystemClock(), "/api/local/restore", asked, PATIENCE_S)

    def restarted() -> None:
        while instance.announced(paths) in (*served_by, None):
            time.sleep(0.01)
        program.call("GET", "/healthz")

    def upgrade() -> None:
        served_by.append(instance.announced(paths))
        program.process.send_signal(signal.SIGUSR2)
        restarted()

    return {
        "backup": lambda: program.call("POST", "/api/backups", {}),
        "compaction": lambda: program.call("POST", "/api/compaction", {}),
        "an upgrade's restart": upgrade,
        "preparing a restore": restore,
        AT_ONCE: restarted,
    }


def span(begun: float, work: Callable[[], object]) -> tuple[float, float]:
    since = time.monotonic() - begun
    work()
    return since, time.monotonic() - begun


def line(name: str, since: float, until: float, samples: list[soak.Sample]) -> dict[str, Any]:
    """Of the requests that were under way in that span."""
    times = [took for at, took, _ in samples if at < until and at + took > since]
    return {
        "name": name,
        "took_s": round(until - since, 2),
        "requests": len(times),
        "p50_ms": round(soak.share(times, 0.5) * 1000, 1),
        "p99_ms": round(soak.share(times, 0.99) * 1000, 1),
        "longest_ms": round(max(times, default=0.0) * 1000, 1),
    }


def medians(rounds: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """`ratio`: of the longest to the longest without anything."""
    table = []
    for lines in zip(*rounds, strict=True):
        figures = {
            name: statistics.median(each[name] for each in lines) for name in lines[0] if name != "name"
        }
        table.append({"name": lines[0]["name"], **figures})
    return [{**each, "ratio": round(each["longest_ms"] / table[0]["longest_ms"], 2)} for each in table]


@contextmanager
def sending(
    program: Program, site: dict[str, str]
) -> Iterator[tuple[float, Callable[[], list[soak.Sample]]]]:
    """When it began, and how to end it and get every request's sample."""
    over, begun = multiprocessing.Event(), time.monotonic()
    told: multiprocessing.Queue[list[soak.Sample]] = multiprocessing.Queue()
    sender = multiprocessing.Process(target=soak.send, args=(program.url, site, RATE, begun, over, told))
    sender.start()

    def samples() -> list[soak.Sample]:
        over.set()
        found: list[soak.Sample] = []
        while sender.is_alive() or not told.empty():
            found += [] if told.empty() else told.get()
            sender.join(0.05)
        return found

    try:
        yield begun, samples
    finally:
        samples()


def bloat(data_dir: Path) -> None:
    """Room in the file of a stopped program, so that compacting it gains something."""
    with duckdb.connect(str(data_dir / "analytiq.duckdb")) as database:
        for table, rows in (("gone", BLOAT_ROWS), ("behind_it", BLOAT_ROWS // 10)):
            values = f"AS SELECT md5(i::VARCHAR) AS text FROM range({rows}) AS numbers(i)"  # noqa: S608
            database.execute(f"CREATE OR REPLACE TABLE {table} {values}; CHECKPOINT")
        database.execute("DROP TABLE gone; CHECKPOINT")


if __name__ == "__main__":
    asked = sys.argv[1:3]
    main(asked[0] if asked else "1000000:30", int(asked[1]) if len(asked) > 1 else 3)
