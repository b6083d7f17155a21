"""How fast the dashboard answers over long histories: python bench/reports.py [EVENTS:DAYS ...]

For each history (`bench/history.py` makes them; 100000:30 and 1000000:30 unless told) the real program is
started on it, and the calls that a dashboard makes are sent at once over as many connections, as a browser
does. The baseline of each figure is the same calls for a site where nothing ever happened, in turn with them.
The table of refreshes says what it costs to load a batch with all that history behind it. Numbers of the
report are compared with plain SQL over raw_events first. Prints tables and writes bench/reports.json.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import duckdb

from appliance import assembly
from appliance.base import config
from appliance.base.clock import SystemClock
from appliance.base.paths import DataPaths
from appliance.ingest.ingest import Client
from appliance.ingest.senders import Credentials
from appliance.samples import demo_shop
from appliance.samples.demo_traffic import Traffic
from bench import history
from bench.history import History
from tests.programs import Program, running

HISTORIES = ("100000:30", "1000000:30")
RUNS = 21
COLD_RUNS = 3
BATCHES = (10, 100, 1000)
REFRESHES = 9
ARRIVING_PER_S = 100
FILTERS = [["page", "is", ["/boots"]], ["source", "is", ["organic"]], ["country", "is", ["DE"]]]
METRICS = "visitors,visits,pageviews,bounce_rate,avg_time,load_ms"
_WINDOW_S = 10.0


@dataclass(frozen=True)
class Figure:
    """Of one dashboard, all calls answered: times in ms, the server's CPU time, and p50 of the baseline's."""

    p50_ms: float
    p95_ms: float
    cpu_ms: float
    of_baseline: float


@dataclass(frozen=True)
class View:
    """What the dashboard is opened on."""

    name: str
    days: int
    granularity: str
    filters: str = ""


VIEWS = (
    View("2 days", 2, "hour"),
    View("30 days", 30, "day"),
    View("12 months", 365, "week"),
    View("30 days, filtered", 30, "day", json.dumps(FILTERS)),
)


class Browser:
    """Signed in; sends the calls of a dashboard at once, each over a connection of its own."""

    def __init__(self, program: Program) -> None:
        self._program = program
        body = {"email": history.EMAIL, "password": history.PASSWORD}
        self._headers = {"Authorization": f"Bearer {program.call('POST', '/api/login', body)['token']}"}
        self._connections: dict[str, HTTPConnection] = {}

    def open(self, site_id: str, view: View) -> tuple[float, float, dict[str, Any]]:
        """Seconds until everything is there, CPU seconds of the server, and the answers by name."""
        found: dict[str, Any] = {}
        threads = [
            threading.Thread(target=self._get, args=(name, path, found))
            for name, path in _calls(site_id, view).items()
        ]
        cpu, begun = _cpu_s(self._program), time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.perf_counter() - begun
        assert len(found) == len(threads), "a call failed"
        return took, _cpu_s(self._program) - cpu, found

    def _get(self, name: str, path: str, found: dict[str, Any]) -> None:
        if name not in self._connections:
            self._connections[name] = HTTPConnection(urlsplit(self._program.url).netloc)
        connection = self._connections[name]
        connection.request("GET", path, headers=self._headers)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, text
        found[name] = json.loads(text)


def _calls(site_id: str, view: View) -> dict[str, str]:
    site = f"/api/sites/{quote(site_id)}"
    last = datetime.now(ZoneInfo(demo_shop.TIME_ZONE)).date()
    first = last - timedelta(days=view.days - 1)
    span = urlencode({"from": first, "to": last} | ({"filters": view.filters} if view.filters else {}))
    return {
        "report": f"{site}/report?{span}",
        "timeseries": f"{site}/timeseries?metric={METRICS}&granularity={view.granularity}&{span}",
        "top-pages": f"{site}/top-pages?limit=20&{span}",
        "status": f"{site}/status",
        "sites": "/api/sites",
        "notices": "/api/notices",
    }


def _cpu_s(program: Program) -> float:
    fields = Path(f"/proc/{program.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _peak_mb(program: Program) -> float:
    lines = Path(f"/proc/{program.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main(asked: list[str]) -> None:
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="history-") as name:
        folder, now = Path(name), datetime.now(UTC)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        pool = history.make_pool(folder / "pool", midnight)
        for text in asked:
            events, days = map(int, text.split(":"))
            made = history.make(folder / "data", pool, events, days, datetime.now(UTC))
            found[text] = measure(made)
            shutil.rmtree(made.data_dir)
            Path(__file__).with_suffix(".json").write_text(json.dumps(found, indent=1) + "\n")
            show(text, found[text])


def measure(made: History) -> dict[str, Any]:
    """Everything about one history. It is longer by some thousand events afterwards."""
    views = [view for view in VIEWS if view.days <= made.days]
    sizes = _sizes(made)
    with running(made.data_dir) as program:
        browser = Browser(program)
        _compare_with_raw_events(made, browser)
        warm = {view.name: warm_figure(browser, made, view) for view in views}
        with _arriving(program, made):
            busy = {view.name: warm_figure(browser, made, view) for view in views}
        peak = _peak_mb(program)
    cold = {view.name: cold_figure(made, view) for view in views}
    return {
        "events": made.events,
        "filled_s": made.filled_s,
        "derived_s": made.derived_s,
        "warm": {name: asdict(figure) for name, figure in warm.items()},
        "while 100 events/s arrive": {name: asdict(figure) for name, figure in busy.items()},
        "cold": cold,
        "peak_rss_mb": peak,
        **sizes,
        "refresh": refreshes(made),
    }


def warm_figure(browser: Browser, made: History, view: View) -> Figure:
    for _ in range(2):
        browser.open(made.site_id, view)
    times, cpu, base = [], [], []
    for _ in range(RUNS):
        took, used, _ = browser.open(made.site_id, view)
        times.append(took * 1000)
        cpu.append(used * 1000)
        base.append(browser.open(made.empty_id, view)[0] * 1000)
    p50 = statistics.median(times)
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return Figure(p50, p95, statistics.mean(cpu), p50 / statistics.median(base))


def cold_figure(made: History, view: View) -> dict[str, float]:
    """A program just started on a file that the system has forgotten: start and first dashboard, ms."""
    starts, times = [], []
    for _ in range(COLD_RUNS):
        _forget(DataPaths(made.data_dir).database)
        begun = time.perf_counter()
        with running(made.data_dir) as program:
            starts.append((time.perf_counter() - begun) * 1000)
            times.append(Browser(program).open(made.site_id, view)[0] * 1000)
    return {"start_ms": statistics.median(starts), "dashboard_ms": statistics.median(times)}


def _forget(file: Path) -> None:
    """Out of the system's cache of files."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _arriving(program: Program, made: History) -> Iterator[None]:
    """Single events at a steady pace, from visitors who do what the demo's do."""
    over = threading.Event()
    connection = HTTPConnection(urlsplit(program.url).netloc)
    headers = {"x-site-id": made.site_id, "x-site-key": made.site_key, "content-type": "application/json"}
    bodies = cycle(_bodies(5000, datetime.now(UTC), spread_s=60))

    def send() -> None:
        due = time.perf_counter()
        while not over.wait(max(0.0, due - time.perf_counter())):
            due += 1 / ARRIVING_PER_S
            body = {**next(bodies), "event_id": str(uuid4())}
            connection.request("POST", "/ingest/event", json.dumps(body), headers)
            answer = connection.getresponse()
            assert answer.status < 300, answer.read()
            answer.read()

    sender = threading.Thread(target=send)
    sender.start()
    try:
        yield
    finally:
        over.set()
        sender.join()


def _bodies(number: int, now: datetime, spread_s: float) -> list[dict[str, Any]]:
    """Events as the snippet sends them, all within `spread_s` before `now`, of visitors never seen before."""
    happenings = islice(Traffic(int(now.timestamp()), now).events(since=now - timedelta(days=30)), number)
    step = spread_s / number
    return [
        {**event, "timestamp": (now - timedelta(seconds=spread_s - place * step)).isoformat()}
        for place, (_, event) in enumerate(happenings)
    ]


def refreshes(made: History) -> dict[str, dict[str, float]]:
    """Median time and CPU time of loading a batch, visits and facts included, by its size; ms."""
    asked = {"data_dir": made.data_dir, "port": 0, "ingest_limit_per_site": 0, "ingest_limit_per_ip": 0}
    program = assembly.build(config.load(asked, environ={}), SystemClock())
    credentials = Credentials(made.site_id, made.site_key)
    client = Client("127.0.0.1", "", limited=False)
    found = {}
    for size in BATCHES:
        # Each batch goes on with the visits of half of the one before.
        source = _bodies(size * (REFRESHES + 2), datetime.now(UTC), spread_s=60)
        times, cpu = [], []
        for number in range(REFRESHES + 1):
            batch = source[number * size // 2 : number * size // 2 + size]
            body = json.dumps([{**event, "event_id": str(uuid4())} for event in batch]).encode()
            program.ingest.accept_bulk(body, False, credentials, client)
            begun, used = time.perf_counter(), time.process_time()
            program.loader.load_pending()
            times.append((time.perf_counter() - begun) * 1000)
            cpu.append((time.process_time() - used) * 1000)
        found[str(size)] = {"ms": statistics.median(times[1:]), "cpu_ms": statistics.median(cpu[1:])}
    program.stop()
    return found


def _sizes(made: History) -> dict[str, float]:
    """Bytes of the file per event, as it is after the last checkpoint and after it was copied anew."""
    file = DataPaths(made.data_dir).database
    copy = made.data_dir / "copy.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{file}' AS original (READ_ONLY)")
        connection.execute(f"ATTACH '{copy}' AS copied")
        connection.execute("COPY FROM DATABASE original TO copied")
    sizes = {
        "bytes_per_event": file.stat().st_size / made.events,
        "bytes_per_event_compacted": copy.stat().st_size / made.events,
    }
    copy.unlink()
    return sizes


def _compare_with_raw_events(made: History, browser: Browser) -> None:
    """Some numbers of the last thirty days, from the report and from plain SQL."""
    _, _, answers = browser.open(made.site_id, VIEWS[1])
    report = answers["report"]
    first, last = report["date_range"].split(" to ")
    zone = ZoneInfo(demo_shop.TIME_ZONE)
    start, end = (
        datetime.combine(day, datetime.min.time(), zone).astimezone(UTC).replace(tzinfo=None)
        for day in (date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))
    )
    # The program has the file open; a copy of it can be read.
    with tempfile.TemporaryDirectory(dir=made.data_dir) as folder:
        copy = shutil.copy(DataPaths(made.data_dir).database, folder)
        with duckdb.connect(str(copy), read_only=True) as connection:
            row = connection.execute(_PLAIN, {"site_id": made.site_id, "start": start, "end": end}).fetchone()
    names = ("total_pageviews", "unique_visitors", "total_pages", "avg_loading_time_ms")
    assert row is not None
    expected = dict(zip(names, row, strict=True))
    reported = {name: report[name] for name in names}
    if reported != expected:
        sys.exit(f"The report says {reported}, plain SQL over raw_events says {expected}.")


_PLAIN = """
SELECT
    count(*) FILTER (event_type IN ('pageview', 'route_change')),
    count(DISTINCT visitor_id),
    count(DISTINCT path) FILTER (event_type IN ('pageview', 'route_change')),
    floor(avg(load_ms) + 0.5)::INTEGER
FROM raw_events
WHERE site_id = $site_id AND bot_reason IS NULL AND ts >= $start AND ts < $end
"""


def show(name: str, found: dict[str, Any]) -> None:
    print(
        f"\n{found['events']:,} events over {name.split(':')[1]} days: filled in {found['filled_s']:.0f} s, "
        f"derived in {found['derived_s']:.0f} s, {found['bytes_per_event']:.0f} bytes an event "
        f"({found['bytes_per_event_compacted']:.0f} copied anew), peak RSS {found['peak_rss_mb']:.0f} MB"
    )
    print(f"{'dashboard':22}{'':27}p50 ms  p95 ms  CPU ms  of empty")
    for state in ("warm", "while 100 events/s arrive"):
        for view, row in found[state].items():
            figures = (
                f"{row['p50_ms']:8.0f}{row['p95_ms']:8.0f}{row['cpu_ms']:8.0f}{row['of_baseline']:10.1f}"
            )
            print(f"{view:22}{state:25}{figures}")
    for view, row in found["cold"].items():
        print(f"{view:22}{'cold':25}{row['dashboard_ms']:8.0f}   after a start of {row['start_ms']:.0f} ms")
    for size, row in found["refresh"].items():
        print(
            f"loading a batch of {size:>5} events: {row['ms']:6.1f} ms, CPU {row['cpu_ms']:6.1f} ms",
            flush=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:] or list(HISTORIES))
