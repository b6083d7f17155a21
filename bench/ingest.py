"""How many events a second are taken, how soon acknowledged: python bench/ingest.py [seconds] [runs]

Every run starts the real program on a new data directory (every 2xx synced to disk), and sends from `wrk`,
a process of its own on the same cores, over 32 connections: the demo shop's events one a request, then 500
a request. The baseline of each run is the same server answering OPTIONS on the same path, where nothing is
parsed or stored. Afterwards the database is counted: no event may be there twice. Prints a table with the
median of the runs and writes it to bench/ingest.json. Needs wrk (Debian: apt-get install wrk).
"""

import itertools
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from appliance.samples.demo_traffic import Traffic
from tests.programs import Program, running

CONNECTIONS = 32
BULK = 500
VARIED_BODIES = 2000
LIMITS_OFF = {"ingest_limit_per_site": 0, "ingest_limit_per_ip": 0}

# wrk runs this in its own process; each request takes the next body, with an event_id of its own. When all
# were sent they begin anew with other visitors, as on a real site: a visit does not grow without end.
_SCRIPT = """
local bodies, n, k, cycle = {}, 0, 0, "%(cycle)s"
for line in io.lines("%(bodies)s") do n = n + 1; bodies[n] = line end
wrk.method = "%(method)s"
wrk.headers["x-site-id"] = "%(site_id)s"
wrk.headers["x-site-key"] = "%(site_key)s"
wrk.headers["content-type"] = "application/json"
math.randomseed(%(seed)d)
local function fresh_id()
  return string.format("%%08x-%%04x-4000-8000-%%04x%%08x", math.random(0, 2^31 - 1), math.random(0, 65535),
    math.random(0, 65535), math.random(0, 2^31 - 1))
end
function request()
  k = k + 1
  if k > n then k, cycle = 1, string.format("%%08x", math.random(0, 2^31 - 1)) end
  local body = bodies[k]:gsub("EVENT_ID", fresh_id):gsub("CYCLE", cycle)
  return wrk.format(nil, nil, nil, body)
end
function done(summary, latency, requests)
  io.write(string.format("RESULT %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Result:
    """Events a second, acknowledgement times in ms, answers that were no 2xx or came too late."""

    events_per_s: float
    p50_ms: float
    p99_ms: float
    errors: int


def main(seconds: int, runs: int) -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing. Nothing was measured. Install it (Debian: apt-get install wrk).")
    found: dict[str, list[Result]] = {"OPTIONS": [], "single": [], f"bulk of {BULK}": []}
    for run in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            for name, result in measure(Path(folder), seconds, run).items():
                found[name].append(result)
                print(f"run {run + 1}  {name:12} {result.events_per_s:8.0f}/s  p99 {result.p99_ms:6.1f} ms")
    report = {name: asdict(median(results)) for name, results in found.items()}
    Path(__file__).with_suffix(".json").write_text(json.dumps(report, indent=1) + "\n")
    base = report["OPTIONS"]["events_per_s"]
    print(f"\n{f'median of {runs}':14}  events/s   p50 ms   p99 ms  errors  of OPTIONS")
    for name, row in report.items():
        share = row["events_per_s"] / base
        figures = f"{row['events_per_s']:10.0f}{row['p50_ms']:9.1f}{row['p99_ms']:9.1f}{row['errors']:8d}"
        print(f"{name:14}{figures}{share:12.2f}")


def measure(folder: Path, seconds: int, seed: int) -> dict[str, Result]:
    data_dir = folder / "data"
    data_dir.mkdir()
    settings = "".join(f"{name} = {value}\n" for name, value in LIMITS_OFF.items())
    (data_dir / "analytiq.toml").write_text(settings)
    with running(data_dir) as program:
        program.sign_up()
        site = program.call(
            "POST", "/api/sites", {"name": "Bench", "url": "https://harbour-and-sole.example"}
        )
        single, bulk = bodies(folder)
        send(program, site, "POST", "/ingest/event", single, 2, seed)  # warm caches
        baseline = send(program, site, "OPTIONS", "/ingest/event", single, seconds, seed)
        one = send(program, site, "POST", "/ingest/event", single, seconds, seed + 100)
        many = send(program, site, "POST", "/ingest/bulk", bulk, seconds, seed + 200)
        program.stop()
    stored = count(data_dir)
    print(f"       stored {stored[0]} events, {stored[0] - stored[1]} of them twice")
    per_bulk = Result(many.events_per_s * BULK, many.p50_ms, many.p99_ms, many.errors)
    return {"OPTIONS": baseline, "single": one, f"bulk of {BULK}": per_bulk}


def bodies(folder: Path) -> tuple[Path, Path]:
    """Two files of one body a line: single events, and bulk requests.

    EVENT_ID stands for each event's id, CYCLE for the first part of visitors' and sessions' ids.
    """
    now = datetime.now(UTC)
    events = (event for _, event in Traffic(1, now).events(since=now - timedelta(days=30)))
    lines = [
        json.dumps(_template(event), ensure_ascii=False) for event in itertools.islice(events, VARIED_BODIES)
    ]
    single, bulk = folder / "single.txt", folder / "bulk.txt"
    single.write_text("\n".join(lines) + "\n")
    groups = [lines[start : start + BULK] for start in range(0, VARIED_BODIES, BULK)]
    bulk.write_text("".join(f"[{','.join(group)}]\n" for group in groups))
    return single, bulk


def _template(event: dict[str, object]) -> dict[str, object]:
    ids = {name: f"CYCLE{str(event[name])[8:]}" for name in ("visitor_id", "session_id") if event.get(name)}
    return {**event, **ids, "event_id": "EVENT_ID"}


def median(results: list[Result]) -> Result:
    columns = zip(*(vars(result).values() for result in results), strict=True)
    rate, p50, p99, errors = (statistics.median(column) for column in columns)
    return Result(rate, p50, p99, int(errors))


def send(
    program: Program, site: dict[str, str], method: str, path: str, bodies: Path, seconds: int, seed: int
) -> Result:
    script = bodies.with_suffix(".lua")
    values = {
        "bodies": bodies,
        "method": method,
        "seed": seed + uuid.uuid4().int % 10**6,
        **site,
        "cycle": f"{seed:08x}",
    }
    script.write_text(_SCRIPT % values)
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "15s", "-s", str(script)]
    said = subprocess.run([*command, program.url + path], capture_output=True, text=True, check=True).stdout
    found = re.search(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", said)
    if found is None:
        sys.exit(f"wrk said something unexpected, nothing was measured:\n{said}")
    requests, duration_us, p50_us, p99_us, errors = map(int, found.groups())
    return Result(requests / duration_us * 1e6, p50_us / 1000, p99_us / 1000, errors)


def count(data_dir: Path) -> tuple[int, int]:
    """Rows, and different event ids."""
    with duckdb.connect(str(data_dir / "analytiq.duckdb"), read_only=True) as database:
        row = database.execute("SELECT count(*), count(DISTINCT event_id) FROM raw_events").fetchone()
    assert row is not None
    return row[0], row[1]


if __name__ == "__main__":
    wanted = [int(word) for word in sys.argv[1:3]]
    main(*wanted, *(8, 3)[len(wanted) :])
