"""The program starts over while events arrive: for an upgrade, even a slow one, or killed meanwhile."""

import os
import shutil
import signal
import sys
import time
import urllib.error
from collections.abc import Callable
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from appliance.base.paths import DataPaths, sql_files
from appliance.process import instance
from tests.faults import LONG
from tests.faults.shop import Shop
from tests.programs import TIMEOUT_S, Program
from tests.screens import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere clients wait instead")

TIMES = 20 if LONG else 2
KILLS = 20 if LONG else 1
CLIENTS = 6
PACE = {"clients": CLIENTS, "pause_s": CLIENTS / 300}
"""300 events a second, as far as the machine can."""
SLOW = "CREATE TABLE slow AS SELECT count(*) AS n FROM range(20000) a, range(60000) b WHERE hash(a, b) = 1;"


def test_whoever_sends_meanwhile_is_answered_and_counted_once(shop: Shop) -> None:
    """Dashboards are open, and closed by it."""
    with shop.open() as program, ExitStack() as stack:
        shop.send(program, 1000)
        with shop.load(program, **PACE):
            for _ in range(TIMES):
                viewer = stack.enter_context(shop.watch(program))
                assert viewer.read_answer()[0] == 101
                shop.report(program)
                time.sleep(shop.chance.uniform(0.2, 1.0))
                start_over(shop, program)
            time.sleep(0.5)
        assert set(shop.log.statuses) == {200}
        ledger = ledger_of(shop, program)
        assert ledger["balanced"]
        bulks = 10
        assert ledger["received"] >= 1000 + shop.log.statuses[200] - bulks
        assert ledger["duplicates"] > 0
        shop.end_and_check(program)
    print(f"{TIMES} times: {shop.log.latency()}, longest {shop.log.slowest_s(1.0) * 1000:.0f} ms")


def test_an_upgrade_that_takes_long_holds_up_no_event(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts = Path(shutil.copytree(sql_files() / "migrations", tmp_path / "sql" / "migrations")).parent
    monkeypatch.setenv("SCRIPTS", str(scripts))
    monkeypatch.setattr("tests.programs.COMMAND", [sys.executable, "-m", "tests.faults.newer"])
    with shop.open() as program:
        shop.send(program, 1000)
        (scripts / "migrations" / "9000_slow.sql").write_text(SLOW)
        with shop.load(program, **PACE):
            began, before = time.monotonic(), len(shop.log.acknowledged)
            with pytest.raises(urllib.error.HTTPError, match="503") as refused:
                start_over(shop, program, meanwhile=lambda: program.call("GET", "/healthz"))
            assert refused.value.headers["Retry-After"] == "1"
            assert b"starting over" in refused.value.read()
            until(lambda: instance.announced(DataPaths(shop.data_dir)) is not None, "the next program")
            took_s, meanwhile = time.monotonic() - began, len(shop.log.acknowledged) - before
        assert set(shop.log.statuses) == {200}
        assert took_s > 2
        assert meanwhile > 50 * took_s
        print(f"{took_s:.1f} s, {meanwhile} events; longest {shop.log.slowest_s(1.0) * 1000:.0f} ms")
        shop.end_and_check(program)


def test_killed_while_it_starts_over_it_goes_on_with_every_event(shop: Shop) -> None:
    for _ in range(KILLS):
        with shop.open(may_log_tracebacks=True) as program, shop.load(program, **PACE):
            time.sleep(0.5)
            os.kill(program.process.pid, signal.SIGUSR2)
            time.sleep(shop.chance.uniform(0.0, 1.5))
            meanwhile = children(program)
            program.kill()
            until(partial(are_gone, meanwhile), "the end of the other, too")
        with shop.open() as program:
            shop.wait_until_acknowledged(program, TIMEOUT_S)
            shop.end_and_check(program)


def test_without_the_process_that_takes_events_meanwhile_clients_wait(shop: Shop) -> None:
    with shop.open() as program, shop.load(program, **PACE):
        time.sleep(0.5)
        before = instance.announced(DataPaths(shop.data_dir))
        os.kill(program.process.pid, signal.SIGUSR2)
        until(lambda: children(program) != [], "the process that takes events")
        (meanwhile,) = children(program)
        os.kill(meanwhile, signal.SIGKILL)
        until(lambda: instance.announced(DataPaths(shop.data_dir)) not in (before, None), "the next program")
        assert children(program) == []
        shop.wait_until_acknowledged(program, TIMEOUT_S)
    assert set(shop.log.statuses) == {200}
    shop.check()


def start_over(shop: Shop, program: Program, meanwhile: Callable[[], object] = lambda: None) -> None:
    before = instance.announced(DataPaths(shop.data_dir))
    os.kill(program.process.pid, signal.SIGUSR2)
    until(lambda: instance.announced(DataPaths(shop.data_dir)) != before, "the end of the present program")
    time.sleep(0.2)
    assert children(program) != [], "nobody takes events"
    meanwhile()
    until(lambda: instance.announced(DataPaths(shop.data_dir)) not in (before, None), "the next program")


def children(program: Program) -> list[int]:
    pid = program.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def are_gone(pids: list[int]) -> bool:
    return not any(map(is_at_work, pids))


def is_at_work(pid: int) -> bool:
    """There, and no zombie, whose command line is empty."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    return False


def ledger_of(shop: Shop, program: Program) -> dict[str, Any]:
    shop.wait_until_loaded(program)
    found: dict[str, Any] = program.call("GET", f"/api/sites/{shop.site_id}/ledger")
    return dict(found["total"])
