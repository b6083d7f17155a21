"""What a client knows for certain, and whether the database agrees with it."""

import threading
from collections import Counter
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from appliance.base.paths import DataPaths
from appliance.ingest.ledger import Ledger
from appliance.storage.database import Database
from appliance.visits import rollups

_RECOUNTS = {
    "pageviews of all visits": (
        "SELECT coalesce(sum(pageviews), 0) FROM visits",
        "SELECT count(*) FROM raw_events WHERE is_pageview(event_type) AND bot_reason IS NULL",
    ),
    "page facts": (
        "SELECT count(*) FROM page_facts",
        "SELECT count(*) FROM raw_events WHERE is_pageview(event_type) AND bot_reason IS NULL",
    ),
    "page facts without a pageview": (
        "SELECT count(*) FROM page_facts ANTI JOIN raw_events USING (seq, site_id, visitor_id)",
        "SELECT 0",
    ),
    "visitors of all visits": (
        "SELECT count(DISTINCT visitor_id) FROM visits",
        "SELECT count(DISTINCT visitor_id) FROM raw_events WHERE bot_reason IS NULL",
    ),
    "events that lie in no visit": (
        "SELECT count(*) FROM raw_events ANTI JOIN visits ON raw_events.site_id = visits.site_id"
        " AND raw_events.visitor_id = visits.visitor_id"
        " AND raw_events.ts BETWEEN visits.started_at AND visits.ended_at WHERE bot_reason IS NULL",
        "SELECT 0",
    ),
    "visits that end before they begin": (
        "SELECT count(*) FROM visits WHERE ended_at < started_at OR page_time_ms < 0",
        "SELECT 0",
    ),
}
"""Each pair is one number, as it is kept and as the raw events give it."""

_ROLLUPS = ("visits", "page_facts")
_BEFORE_ALL_EVENTS = datetime(2000, 1, 1, tzinfo=UTC)
"""Checked at this moment, every day is recent enough to be counted again."""


class Log:
    """The event ids that were sent and acknowledged, and how often each status was answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.sent: set[str] = set()
        self.acknowledged: set[str] = set()
        self.statuses: Counter[int] = Counter()
        self.seconds: list[float] = []
        """How long each acknowledged request took."""

    def copy(self) -> "Log":
        """As it is now; what comes later is entered in one of them."""
        other = Log()
        other.sent, other.acknowledged = set(self.sent), set(self.acknowledged)
        return other

    def sending(self, event_ids: Iterable[str]) -> None:
        """Called before the first byte leaves: from now on the events may be stored."""
        with self._lock:
            self.sent.update(event_ids)

    def answered(self, status: int, seconds: float, acknowledged: Iterable[str]) -> None:
        with self._lock:
            self.statuses[status] += 1
            self.acknowledged.update(acknowledged)
            if status < 300:
                self.seconds.append(seconds)

    def slowest_s(self, share: float) -> float:
        """What this share of the acknowledged requests took at most."""
        ordered = sorted(self.seconds) or [0.0]
        return ordered[int(share * (len(ordered) - 1))]

    def latency(self) -> str:
        """Median and 99th percentile of the acknowledged requests, to print."""
        median, high = (self.slowest_s(share) * 1000 for share in (0.5, 0.99))
        return f"{len(self.seconds)} acknowledged, p50 {median:.0f} ms, p99 {high:.0f} ms"


def check(data_dir: Path, site_id: str, log: Log) -> None:
    """Compare the database of a program that has ended with what the clients of a site know."""
    with duckdb.connect(str(data_dir / "analytiq.duckdb"), read_only=True) as database:
        found = database.execute("SELECT event_id FROM raw_events WHERE site_id = ?", [site_id]).fetchall()
        recounts = {
            name: [database.execute(query).fetchall() for query in pair] for name, pair in _RECOUNTS.items()
        }
    rows = [str(event_id) for (event_id,) in found]
    stored = set(rows)
    lost = log.acknowledged - stored
    twice = [event_id for event_id, times in Counter(rows).items() if times > 1]
    assert not lost, f"{len(lost)} of {len(log.acknowledged)} acknowledged events are lost"
    assert not twice, f"{len(twice)} events are stored more than once"
    assert not stored - log.sent, "events are stored that nobody sent"
    assert not {name: pair for name, pair in recounts.items() if pair[0] != pair[1]}
    with closing(Database(DataPaths(data_dir))) as opened:
        assert Ledger(opened).check(_BEFORE_ALL_EVENTS).differences == 0
        assert _rebuilt_differently(opened) == {}


class _Undone(Exception):
    """Ends a transaction that is not to be kept."""


def _rebuilt_differently(database: Database) -> dict[str, int]:
    """Rows of the rollups that are other ones, missing or too many when all is made again from the events."""
    found: dict[str, int] = {}
    with suppress(_Undone), database.write() as transaction:
        cursor = transaction._cursor
        for table in _ROLLUPS:
            cursor.execute(f"CREATE TEMP TABLE kept_{table} AS FROM {table}")
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute("CREATE TEMP TABLE incoming AS FROM raw_events")
        rollups.refresh(transaction)
        for table in _ROLLUPS:
            either = (
                f"(FROM {table} EXCEPT ALL FROM kept_{table})",
                f"(FROM kept_{table} EXCEPT ALL FROM {table})",
            )
            ((rows,),) = cursor.execute(f"SELECT count(*) FROM ({' UNION ALL '.join(either)})").fetchall()
            found[table] = rows
        raise _Undone
    return {table: rows for table, rows in found.items() if rows}
