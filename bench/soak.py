"""Does it stay quick and small for long? python bench/soak.py [minutes] [events a second]

The real program, loopback, a new data directory. First it gets the events of an hour at the same pace, so
that what it keeps at hand of the last hour is there from the start. Then a process of its own sends the
demo shop's events evenly; three dashboards ask for everything that a dashboard shows as often as open ones
do; twenty live views read along. Every minute a line: acknowledgement times, answers to dashboards, and the
memory of the server's process alone, on average and at its least. At the end the events in the database are
counted against those acknowledged, and a straight line is laid through the memory of the minutes after the
first five. Writes bench/soak.json.
"""

import contextlib
import itertools
import json
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from appliance.samples.demo_traffic import Traffic
from bench.ingest import LIMITS_OFF, count
from tests.programs import Program, running
from tests.web.wire import PING, Client

SENDERS = 8
DASHBOARDS = 3
VIEWERS = 20
REFRESH_S = 5.0
"""How often an open dashboard asks anew while events arrive, at most."""
HOUR_S = 3600
BULK = 500
WARM_UP_MINUTES = 5
BUCKET_S = 60
PONG = 10
_LINE = (
    "minute {minute:3d}  acknowledged {events:6d}  p50 {p50_ms:6.1f}  p99 {p99_ms:6.1f} ms  "
    "dashboard p95 {dashboard_p95_ms:6.1f} ms  memory {memory_mb:6.1f} MB, at least {least_mb:6.1f}  "
    "log {log_mb:4.1f} MB"
)

Sample = tuple[float, float, int]
"""When (seconds since the beginning), how long (seconds), HTTP status."""


def main(minutes: int, rate: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        settings = "".join(f"{name} = {value}\n" for name, value in LIMITS_OFF.items())
        (data_dir / "analytiq.toml").write_text(settings)
        with running(data_dir) as program:
            program.sign_up()
            shop = {"name": "Soak", "url": "https://harbour-and-sole.example"}
            site = program.call("POST", "/api/sites", shop)
            before = send_an_hour(program, site, rate)
            report = run(program, site, minutes, rate)
            program.stop()
        report |= counted(data_dir, before + report["acknowledged"])
    Path(__file__).with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps({name: value for name, value in report.items() if name != "minutes"}, indent=1))


def counted(data_dir: Path, acknowledged: int) -> dict[str, Any]:
    """What became of the events, once the program has ended."""
    stored, distinct = count(data_dir)
    with duckdb.connect(str(data_dir / "analytiq.duckdb"), read_only=True) as database:
        ((visited,),) = database.execute("SELECT sum(pageviews) FROM visits").fetchall()
        ((pageviews,),) = database.execute(
            "SELECT count(*) FROM raw_events WHERE is_pageview(event_type) AND bot_reason IS NULL"
        ).fetchall()
    return {
        "stored": stored,
        "stored_twice": stored - distinct,
        "everything_counted_once": acknowledged == stored == distinct and visited == pageviews,
        "database_bytes_per_event": round((data_dir / "analytiq.duckdb").stat().st_size / max(1, stored)),
    }


def send_an_hour(program: Program, site: dict[str, str], rate: int) -> int:
    """The events of the hour before, in bulk; returns how many they were, when all are in the database."""
    begun = datetime.now(UTC) - timedelta(seconds=HOUR_S)
    times = (begun + timedelta(seconds=number / rate) for number in itertools.count())
    streams = [events(10_000 + number, times.__next__) for number in range(SENDERS)]
    wanted = itertools.islice(itertools.chain.from_iterable(zip(*streams, strict=True)), HOUR_S * rate)
    connection = HTTPConnection(str(urlsplit(program.url).netloc), timeout=60)
    while batch := list(itertools.islice(wanted, BULK)):
        connection.request("POST", "/ingest/bulk", json.dumps(batch), headers_of(site))
        answer = connection.getresponse()
        if answer.status != 200:
            sys.exit(
                f"a bulk request was answered with {answer.status}: {answer.read()!r}; nothing was measured"
            )
        answer.read()
    while waiting(program):
        time.sleep(1)
    return HOUR_S * rate


def waiting(program: Program) -> bool:
    """Whether events are still to be put into the database."""
    try:
        return bool(program.call("GET", "/healthz")["journal"]["pending"])
    except urllib.error.HTTPError:  # they wait for more than a minute
        return True


def run(program: Program, site: dict[str, str], minutes: int, rate: int) -> dict[str, Any]:
    begun = time.monotonic()
    over = multiprocessing.Event()
    acknowledged: multiprocessing.Queue[list[Sample]] = multiprocessing.Queue()
    sender = multiprocessing.Process(target=send, args=(program.url, site, rate, begun, over, acknowledged))
    sender.start()
    asked: list[Sample] = []
    messages = itertools.count()
    threads = [
        *(threading.Thread(target=watch, args=(program, site, over, messages)) for _ in range(VIEWERS)),
        *(threading.Thread(target=look, args=(program, site, begun, over, asked)) for _ in range(DASHBOARDS)),
    ]
    for thread in threads:
        thread.start()
    samples: list[Sample] = []
    lines = []
    for minute in range(1, minutes + 1):
        held: list[tuple[float, float]] = []
        while time.monotonic() < begun + minute * BUCKET_S:
            time.sleep(0.2)
            held.append((memory_mb(program.process.pid), log_mb(program.data_dir)))
            while not acknowledged.empty():
                samples += acknowledged.get()
        lines.append(line_of(minute, samples, asked, held))
        print(_LINE.format(**lines[-1]), flush=True)
    over.set()
    while sender.is_alive() or not acknowledged.empty():
        samples += [] if acknowledged.empty() else acknowledged.get()
        sender.join(0.1)
    for thread in threads:
        thread.join()
    return summary(samples, asked, lines, next(messages))


def line_of(
    minute: int, samples: list[Sample], asked: list[Sample], held: list[tuple[float, float]]
) -> dict[str, Any]:
    """Of the minute that has just ended; `held` are MB of memory and of the write-ahead log."""
    since = (minute - 1) * BUCKET_S
    times = [took for at, took, _ in samples if at >= since]
    looks = [took for at, took, _ in list(asked) if at >= since]
    return {
        "minute": minute,
        "events": len(times),
        "p50_ms": share(times, 0.5) * 1000,
        "p99_ms": share(times, 0.99) * 1000,
        "dashboard_p95_ms": share(looks, 0.95) * 1000,
        "memory_mb": statistics.mean(memory for memory, _ in held),
        "least_mb": min(memory for memory, _ in held),
        "log_mb": max(log for _, log in held),
    }


def summary(
    samples: list[Sample], asked: list[Sample], lines: list[dict[str, Any]], messages: int
) -> dict[str, Any]:
    times = [took for _, took, _ in samples]
    warm = [line for line in lines if line["minute"] > WARM_UP_MINUTES] or lines
    memory = [line["memory_mb"] for line in warm]
    return {
        "acknowledged": sum(1 for _, _, status in samples if status == 200),
        "refused": sum(1 for _, _, status in samples if status != 200),
        "ack_p50_ms": round(share(times, 0.5) * 1000, 1),
        "ack_p99_ms": round(share(times, 0.99) * 1000, 1),
        "ack_p99_ms_of_the_worst_minute": round(max(line["p99_ms"] for line in lines), 1),
        "dashboard_answers": len(asked),
        "dashboard_errors": sum(1 for _, _, status in asked if status != 200),
        "dashboard_p95_ms": round(share([took for _, took, _ in asked], 0.95) * 1000, 1),
        "live_messages": messages,
        "memory_mb_first_and_last": [round(memory[0]), round(memory[-1])],
        "memory_slope_mb_per_minute": round(slope(memory), 2),
        "minutes": lines,
    }


def send(
    url: str, site: dict[str, str], rate: int, begun: float, over: Event, told: "multiprocessing.Queue[Any]"
) -> None:
    threads = [
        threading.Thread(target=send_evenly, args=(url, site, rate / SENDERS, number, begun, over, told))
        for number in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def send_evenly(
    url: str,
    site: dict[str, str],
    rate: float,
    seed: int,
    begun: float,
    over: Event,
    told: "multiprocessing.Queue[Any]",
) -> None:
    connection = HTTPConnection(str(urlsplit(url).netloc), timeout=30)
    headers = headers_of(site)
    bodies = events(seed, lambda: datetime.now(UTC))
    samples: list[Sample] = []
    due = time.monotonic()
    while not over.is_set():
        due += 1 / rate
        time.sleep(max(0.0, due - time.monotonic()))
        body = json.dumps(next(bodies))
        at = time.monotonic()
        status = send_one(connection, body, headers)
        samples.append((at - begun, time.monotonic() - at, status))
        if len(samples) >= 100:
            told.put(samples)
            samples = []
    told.put(samples)


def send_one(connection: HTTPConnection, body: str, headers: dict[str, str]) -> int:
    """The answer's status. Sent once more, as the snippet would, where the program ended the connection."""
    for last in (False, True):
        try:
            connection.request("POST", "/ingest/event", body, headers)
            answer = connection.getresponse()
            answer.read()
        except (ConnectionError, HTTPException):
            connection.close()
            if last:
                raise
        else:
            return answer.status
    raise AssertionError


def headers_of(site: dict[str, str]) -> dict[str, str]:
    return {"x-site-id": site["site_id"], "x-site-key": site["site_key"], "content-type": "text/plain"}


def events(seed: int, at: Callable[[], datetime]) -> Iterator[dict[str, object]]:
    """The demo shop's, each of the time `at`, with ids of their own; visitors come and go as there."""
    while True:
        seed += SENDERS
        for _, event in Traffic(seed, datetime.now(UTC)).events(since=datetime.now(UTC) - timedelta(days=2)):
            yield {**event, "event_id": str(uuid.uuid4()), "timestamp": at().isoformat()}


def look(program: Program, site: dict[str, str], begun: float, over: Event, asked: list[Sample]) -> None:
    """One open dashboard."""
    base = f"/api/sites/{site['site_id']}"
    calls = (
        "report?compare=previous_period",
        "timeseries?metric=visitors,visits,pageviews,bounce_rate,avg_time,load_ms&granularity=hour",
        "top-pages?limit=10",
        "breakdown?dimension=channel",
        "breakdown?dimension=country",
    )
    while not over.wait(REFRESH_S):
        for call in calls:
            at = time.monotonic()
            try:
                program.call("GET", f"{base}/{call}")
                status = 200
            except urllib.error.HTTPError as error:
                status = error.code
            asked.append((at - begun, time.monotonic() - at, status))


def watch(program: Program, site: dict[str, str], over: Event, messages: "itertools.count[int]") -> None:
    """One live view."""
    ticket = program.call("POST", f"/api/sites/{site['site_id']}/live-ticket", {})["token"]
    port = urlsplit(program.url).port
    with Client(port or 0, host="127.0.0.1", timeout_s=30) as client:
        status = client.upgrade(f"/ws/sites/{site['site_id']}?token={ticket}")
        if status != 101:
            sys.exit(f"a live view was refused with {status}; nothing was measured")
        while not over.is_set():
            opcode, payload = client.read_frame()
            if opcode == PING:
                client.send_frame(PONG, payload)
            else:
                next(messages)


def share(values: list[float], part: float) -> float:
    """The value that `part` of them do not exceed; 0 of none."""
    return sorted(values)[min(len(values) - 1, int(part * len(values)))] if values else 0.0


def slope(values: list[float]) -> float:
    """Of a straight line through values a minute apart (least squares)."""
    if len(values) < 2:
        return 0.0
    return statistics.linear_regression(range(len(values)), values).slope


def log_mb(data_dir: Path) -> float:
    """Of the write-ahead log; it comes and goes."""
    with contextlib.suppress(FileNotFoundError):
        return (data_dir / "analytiq.duckdb.wal").stat().st_size / 2**20
    return 0.0


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:3]]
    main(*wanted, *(20, 300)[len(wanted) :])
