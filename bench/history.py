"""A data directory with a long history, for measurements: the demo shop's days, many times over.

Ninety days of the shop's traffic take the way of any events once (`rows.line` writes what is stored of them).
SQL then repeats them with other visitors, at other times of the day, on more pages, in the order in which
they would have arrived. Visits, facts and everything else are derived by the program itself.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import duckdb

from appliance import assembly
from appliance.accounts.accounts import SignUp
from appliance.base import config
from appliance.base.clock import SystemClock
from appliance.base.paths import DataPaths
from appliance.ingest.ingest import Client
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from appliance.samples import demo_shop
from appliance.samples.demo_traffic import Traffic
from appliance.samples.demo_visits import Happening
from appliance.storage.checkpoints import shorten_log
from appliance.storage.database import Database
from appliance.visits import rollups

EMAIL, PASSWORD = "owner@shop.example", "correct horse battery"
POOL_DAYS = 90
SMALL_SITES = 4
_MIDNIGHT = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}
_CHECKPOINT_DAYS = 30
_AT_ONCE = 500
_THIS_MACHINE = Client("127.0.0.1", "", limited=False)

# A day of the pool, $copies times: who visits in a copy and round is somebody else, but for four in ten, who
# come again in every round. One of seven has no lasting id. Ids of old events are gone, as in the program.
# A page of the shelves has up to sixty variants.
_DAY = """
INSERT INTO main.raw_events BY NAME
WITH copied AS (
    SELECT
        pool.*,
        hash(pool.visitor_id, copy, if(hash(pool.visitor_id, copy) % 10 < 4, 0, $round)) AS who,
        hash(pool.session_id, copy, $day::DATE) AS session
    FROM pool.raw_events AS pool, range(ceil($copies::DOUBLE)::BIGINT) AS copies(copy)
    WHERE pool.ts >= $pool_day AND pool.ts < $pool_day + INTERVAL 1 DAY
        AND (copy + 1 <= $copies OR hash(pool.visitor_id, copy, 'kept') % 1000 < ($copies % 1) * 1000)
),
moved AS (
    SELECT
        * EXCLUDE (
            seq, site_id, event_id, visitor_id, session_id, cookieless, ts, received_at, path, title, payload,
            who, session
        ),
        if(who % 1000 < 20, $small_sites[(who % len($small_sites) + 1)::INTEGER], $site_id) AS site_id,
        who % 7 = 0 AS cookieless,
        md5(if(who % 7 = 0, hash(who, $day::DATE), who)::VARCHAR)::UUID AS visitor_id,
        if(who % 7 = 0, NULL, md5(session::VARCHAR)::UUID) AS session_id,
        $day + to_microseconds((epoch_us(ts) + (who % 21600)::BIGINT * 1000000) % 86400000000) AS ts,
        path AS page,
        if(path LIKE '/%/%', floor(pow(60, (hash(who, path) % 1000) / 1000))::BIGINT - 1, 0) AS variant,
        title AS heading,
        payload AS rest
    FROM copied
),
named AS (
    SELECT
        * EXCLUDE (page, variant, heading, rest),
        if(variant = 0, page, page || '-' || variant) AS path,
        if(variant = 0, heading, heading || ' ' || variant) AS title,
        if(variant = 0, rest, replace(rest::JSON::VARCHAR, page, path)::JSON::VARIANT) AS payload,
        date_trunc(
            'millisecond', ts + to_milliseconds((30 + hash(visitor_id, ts) % 400)::BIGINT)
        ) AS received_at
    FROM moved
    WHERE ts < $until
),
arrived AS (
    SELECT *, $batch + dense_rank() OVER (ORDER BY epoch_ms(received_at) // 500) AS batch FROM named
)
SELECT
    * EXCLUDE (batch),
    batch * 16777216
        + row_number() OVER (PARTITION BY batch ORDER BY received_at, visitor_id, event_type) AS seq,
    if(
        received_at >= $until - INTERVAL 48 HOUR, md5(concat(visitor_id, ts, event_type, path))::UUID, NULL
    ) AS event_id
FROM arrived
ORDER BY seq;
"""

_FINISH = """
UPDATE meta SET batch = (SELECT max(seq) // 16777216 FROM raw_events);
INSERT INTO ledger
SELECT site_id, received_at::DATE, entry, '', count(*), (SELECT batch FROM meta)
FROM raw_events, (VALUES ('received'), ('stored')) AS entries(entry)
GROUP BY ALL;
INSERT INTO rebuild SELECT min(ts)::DATE FROM raw_events HAVING count(*) > 0;
CHECKPOINT;
"""


@dataclass(frozen=True)
class History:
    """A filled data directory; `empty_id` is a site where nothing ever happened."""

    data_dir: Path
    events: int
    days: int
    site_id: str
    site_key: str
    empty_id: str
    filled_s: float
    derived_s: float


def make_pool(folder: Path, end: datetime) -> Path:
    """The shop's ninety days before `end`, stored by the program; the database file."""
    program = _build(folder)
    account = program.accounts.sign_up(SignUp(EMAIL, PASSWORD, "", "", local=True))
    site = program.sites.create(account.account_id, demo_shop.NAME, demo_shop.URL, demo_shop.TIME_ZONE)
    credentials = Credentials(site.site_id, program.sites.key(site))
    traffic = _days_of(Traffic(1851, end), end)
    while happenings := list(islice(traffic, _AT_ONCE)):
        body = json.dumps([event for _, event in happenings]).encode()
        program.ingest.accept_bulk(body, False, credentials, _THIS_MACHINE)
        program.loader.load_pending()
    program.stop()
    return DataPaths(folder).database


def make(folder: Path, pool: Path, events: int, days: int, now: datetime) -> History:
    """`events` events over the `days` days before `now` (about as many: a day is as it comes)."""
    program = _build(folder)
    account = program.accounts.sign_up(SignUp(EMAIL, PASSWORD, "", "", local=True))
    big, empty, *small = (
        program.sites.create(account.account_id, f"Site {number}", demo_shop.URL, demo_shop.TIME_ZONE)
        for number in range(2 + SMALL_SITES)
    )
    key = program.sites.key(big)
    program.stop()
    begun = time.monotonic()
    sites = {"site_id": big.site_id, "small_sites": [site.site_id for site in small]}
    stored = _fill(DataPaths(folder).database, pool, events, days, now.replace(tzinfo=None), sites)
    filled = time.monotonic()
    paths = DataPaths(folder)
    database = Database(paths)
    rollups.finish_rebuild(database, lambda: shorten_log(database, paths))
    database.checkpoint()
    database.close()
    return History(
        folder, stored, days, big.site_id, key, empty.site_id, filled - begun, time.monotonic() - filled
    )


def _build(folder: Path) -> Runtime:
    asked = {"data_dir": folder, "port": 0, "ingest_limit_per_site": 0, "ingest_limit_per_ip": 0}
    return assembly.build(config.load(asked, environ={}), SystemClock())


def _days_of(traffic: Traffic, end: datetime) -> Iterator[Happening]:
    """With clicks beside what the demo's visitors do: one where every third page was left."""
    dice = Random(1851)  # noqa: S311 -- nothing is secret
    for at, event in traffic.events(since=end - timedelta(days=POOL_DAYS)):
        if event["event_type"] == "leave" and dice.random() < 1 / 3:
            yield at, _click(event, at, dice)
        yield at, event


def _click(leave: dict[str, Any], at: datetime, dice: Random) -> dict[str, Any]:
    kept = {name: value for name, value in leave.items() if name not in {"engaged_ms", "scroll_depth"}}
    before = (at - timedelta(seconds=dice.uniform(0.2, 5))).isoformat(timespec="milliseconds")
    custom = {"target": dice.choice(("menu", "more", "size table", "newsletter", "imprint"))}
    event_id = f"{dice.getrandbits(128):032x}"
    return {**kept, "event_type": "click", "event_id": event_id, "timestamp": before, "custom": custom}


def _fill(database: Path, pool: Path, events: int, days: int, now: datetime, sites: dict[str, Any]) -> int:
    midnight = now.replace(**_MIDNIGHT)  # type: ignore[arg-type]
    with duckdb.connect(str(database), config={"checkpoint_threshold": "1TB"}) as connection:
        connection.execute(f"ATTACH '{pool}' AS pool (READ_ONLY)")
        pooled = _column(
            connection, "SELECT count(*) FROM pool.raw_events GROUP BY ts::DATE ORDER BY ts::DATE"
        )
        (first,) = _column(connection, "SELECT min(ts)::DATE::TIMESTAMP FROM pool.raw_events")
        taken = [(number - days) % POOL_DAYS for number in range(days)]
        copies = events / sum(pooled[day] for day in taken)
        for number, pool_day in enumerate(taken):
            (batch,) = _column(connection, "SELECT coalesce(max(seq) // 16777216, 0) FROM raw_events")
            values = {
                **sites,
                "copies": copies,
                "round": number // POOL_DAYS,
                "day": midnight - timedelta(days=days - 1 - number),
                "pool_day": first + timedelta(days=pool_day),
                "until": now,
                "batch": batch,
            }
            connection.execute(_DAY, values)
            if number % _CHECKPOINT_DAYS == 0:
                connection.execute("CHECKPOINT")
        connection.execute(_FINISH)
        (stored,) = _column(connection, "SELECT count(*) FROM raw_events")
    return int(stored)


def _column(connection: duckdb.DuckDBPyConnection, text: str) -> list[Any]:
    return [value for (value,) in connection.execute(text).fetchall()]
