"""Files that were damaged while the program was away: it goes on without what is lost, or says what to do."""

import random
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError

import pytest

from appliance.base.paths import DataPaths
from appliance.process import instance
from tests.faults import LONG
from tests.faults.shop import Shop, port_of
from tests.programs import TIMEOUT_S, Program, start
from tests.web.wire import Client

FLIPS = 20 if LONG else 2
EVENTS = 2000
ASKED = (
    "/healthz", "/api/sites", "/api/sites/{}/status", "/api/sites/{}/report", "/api/sites/{}/timeseries",
    "/api/sites/{}/top-pages", "/api/sites/{}/ledger",
)  # fmt: skip
HEADERS_BYTES = 3 * 4096
"""What a DuckDB file begins with."""

Damage = Callable[[bytearray, random.Random], bytes]


def _flip_bits(data: bytearray, chance: random.Random) -> bytes:
    for _ in range(3):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def _flip_in_headers(data: bytearray, chance: random.Random) -> bytes:
    return _flip_bits(data[:HEADERS_BYTES], chance) + bytes(data[HEADERS_BYTES:])


def _zero_tail(data: bytearray, chance: random.Random) -> bytes:
    length = chance.randrange(1, len(data) // 2)
    return bytes(data[:-length]) + bytes(length)


def _cut_tail(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data[: chance.randrange(1, len(data))])


def _append_garbage(data: bytearray, chance: random.Random) -> bytes:
    return bytes(data) + chance.randbytes(5000)


def _garbage(data: bytearray, chance: random.Random) -> bytes:
    return chance.randbytes(len(data))


def _text(_data: bytearray, _chance: random.Random) -> bytes:
    return b"my shopping list, not a database\n" * 500


def _empty(_data: bytearray, _chance: random.Random) -> bytes:
    return b""


def _of_a_later_version(data: bytearray, _chance: random.Random) -> bytes:
    assert data[5] == 2, "the log's version stands elsewhere"
    data[5] = 99
    return bytes(data)


TO_THE_LOG = [
    _of_a_later_version,
    _zero_tail,
    _cut_tail,
    _garbage,
    _text,
    _empty,
    _append_garbage,
    *[_flip_bits] * FLIPS,
]
TO_THE_DATABASE = [
    *[_garbage, _text, _empty, _append_garbage, _zero_tail, _cut_tail],
    *[_flip_in_headers] * FLIPS,
    *[_flip_bits] * FLIPS,
]


def _name(damage: Damage) -> str:
    return damage.__name__.strip("_")


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """Everything stands in the main file."""
    shop = Shop(tmp_path_factory.mktemp("ended") / "data", random.Random(1))
    with shop.open() as program:
        shop.send(program, EVENTS)
        shop.end_and_check(program)
    return shop


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory, ended: Shop) -> Shop:
    """The later half of its events stands in the write-ahead log."""
    shop = _copy(ended, tmp_path_factory.mktemp("killed"), random.Random(2))
    with shop.open() as program:
        shop.send(program, EVENTS)
        shop.wait_until_loaded(program)
        program.kill()
    return shop


@pytest.mark.parametrize("damage", TO_THE_LOG, ids=_name)
def test_a_damaged_write_ahead_log_costs_no_event(
    killed: Shop, tmp_path: Path, chance: random.Random, damage: Damage
) -> None:
    shop = _copy(killed, tmp_path, chance)
    log_file = shop.data_dir / "analytiq.duckdb.wal"
    log_file.write_bytes(damage(bytearray(log_file.read_bytes()), chance))
    with shop.open() as program:
        shop.send(program, 100)
        shop.end_and_check(program)


@pytest.mark.parametrize("damage", TO_THE_DATABASE, ids=_name)
def test_a_damaged_database_is_refused_and_left_as_it_is_or_costs_no_new_event(
    ended: Shop, tmp_path: Path, chance: random.Random, damage: Damage
) -> None:
    shop = _copy(ended, tmp_path, chance)
    file = shop.data_dir / "analytiq.duckdb"
    damaged = damage(bytearray(file.read_bytes()), chance)
    file.write_bytes(damaged)
    if _starts(shop, damaged):  # The damage is where no data is, or where nobody has looked yet.
        _new_events_are_kept(shop)
        _starts(shop, file.read_bytes())
    assert "Traceback" not in (shop.data_dir / "analytiq.log").read_text("utf-8")


def _starts(shop: Shop, database: bytes) -> bool:
    """Whether the program runs and ends in order; else it has said why, and left the database alone."""
    file = shop.data_dir / "analytiq.duckdb"
    status, said = _try_to_start(shop)
    assert "Traceback" not in said
    if status:
        assert (status, str(file) in said, "backup" in said) == (2, True, True)
        assert file.read_bytes() == database
    return status == 0


def _new_events_are_kept(shop: Shop) -> None:
    """Whatever else can be read; and who asks for what cannot is told what to do."""
    earlier = set(shop.log.acknowledged)
    with shop.open() as program:
        shop.send(program, 100)
        answers = {path: _ask(program, path.format(shop.site_id)) for path in ASKED}
        with suppress(HTTPError), shop.watch(program) as viewer:
            answers["live"] = viewer.read_answer()
        shop.send(program, 100)
        program.kill()
    print({path: answer[0] for path, answer in answers.items()})
    assert {status for status, _headers, _body in answers.values()} <= {101, 200, 503}
    assert all(b"backup" in body for status, _headers, body in answers.values() if status == 503)
    journal = "".join(path.read_text("ascii") for path in shop.data_dir.glob("journal/*.ndjson"))
    assert all(event_id in journal for event_id in shop.log.acknowledged - earlier)


def _ask(program: Program, path: str) -> tuple[int, dict[str, str], bytes]:
    with Client(port_of(program)) as client:
        head = [f"GET {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {program.token}", "", ""]
        client.send("\r\n".join(head).encode())
        return client.read_answer()


def _copy(shop: Shop, folder: Path, chance: random.Random) -> Shop:
    """The same data elsewhere, and what is known of them."""
    copied = folder / "Zoë's данные"
    shutil.copytree(shop.data_dir, copied)
    return replace(shop, data_dir=copied, chance=chance, log=shop.log.copy())


def _try_to_start(shop: Shop) -> tuple[int, str]:
    """The exit status (0: it ran, and ended in order when asked), and what it said."""
    process = start(shop.data_dir, "--port", "0")
    while process.poll() is None:
        noted = instance.announced(DataPaths(shop.data_dir))
        if noted and noted.pid == process.pid:
            process.terminate()
            break
        time.sleep(0.02)
    _, said = process.communicate(timeout=TIMEOUT_S)
    return process.returncode, said
