"""The real process: kills, restarts, second starts, signals."""

import json
import random
import threading
import urllib.error
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import duckdb
import pytest

from tests.programs import TIMEOUT_S, Program, running, start
from tests.traffic import pageview

DAY = "2026-09-10"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """With a space and a letter beyond ASCII, as people's names have."""
    return tmp_path / "Zoë's data"


def test_nothing_acknowledged_is_lost_or_doubled_by_kill_9(data_dir: Path) -> None:
    seed = random.randrange(10**6)  # noqa: S311  (where to kill, no secret)
    print(f"seed {seed}")  # noqa: T201  (to repeat a failure)
    acknowledged: list[str] = []
    with running(data_dir) as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
        _send_until_killed(program, site, acknowledged, kill_after_s=random.Random(seed).uniform(0.5, 1.5))  # noqa: S311
    with running(data_dir) as program:
        again = {**_event(), "event_id": acknowledged[-1]}
        program.call("POST", "/ingest/event", again, _key(site))
        assert program.stop() == 0
    stored = _event_ids(data_dir)
    assert len(acknowledged) > 50
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))


def _send_until_killed(
    program: Program, site: dict[str, str], acknowledged: list[str], kill_after_s: float
) -> None:
    def send() -> None:
        try:
            while True:
                event = _event()
                program.call("POST", "/ingest/event", event, _key(site))
                acknowledged.append(event["event_id"])
        except (OSError, HTTPException, ValueError):
            return  # The program is gone: what it had not answered may or may not be stored.

    senders = [threading.Thread(target=send) for _ in range(8)]
    for sender in senders:
        sender.start()
    threading.Event().wait(kill_after_s)
    program.kill()
    for sender in senders:
        sender.join()


def _event() -> dict[str, str]:
    return {**pageview(f"{DAY}T10:00:00Z"), "event_id": str(uuid.uuid4())}


def _key(site: dict[str, str]) -> dict[str, str]:
    return {"x-site-id": site["site_id"], "x-site-key": site["site_key"]}


def _event_ids(data_dir: Path) -> list[str]:
    with duckdb.connect(str(data_dir / "analytiq.duckdb"), read_only=True) as database:
        return [str(found) for (found,) in database.execute("SELECT event_id FROM raw_events").fetchall()]


def test_one_event_fifty_times_from_ten_threads_and_again_after_a_restart_is_one_row(data_dir: Path) -> None:
    event = _event()

    def send_from(program: Program) -> list[dict[str, str]]:
        with ThreadPoolExecutor(10) as pool:
            sent = [pool.submit(program.call, "POST", "/ingest/event", event, _key(site)) for _ in range(50)]
            return [answer.result() for answer in sent]

    with running(data_dir) as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
        assert send_from(program) == [{"status": "ok"}] * 50
        program.kill()
    with running(data_dir) as program:
        assert send_from(program) == [{"status": "ok"}] * 50
        assert program.stop() == 0
    assert _event_ids(data_dir) == [event["event_id"]]


def test_it_ends_in_order_when_asked_and_leaves_one_clean_file(data_dir: Path) -> None:
    with running(data_dir) as program:
        assert program.stop() == 0
        assert program.process.stderr
        assert program.process.stderr.read() == ""
    assert not (data_dir / "analytiq.duckdb.wal").exists()
    assert not (data_dir / "instance.json").exists()
    assert list((data_dir / "journal").iterdir()) == []


def test_a_second_start_names_the_first_and_leaves_it_alone(data_dir: Path) -> None:
    with running(data_dir) as program:
        second = start(data_dir, "--port", "0")
        _, said = second.communicate(timeout=TIMEOUT_S)
        assert second.returncode == 3
        assert str(program.process.pid) in said
        assert program.url in said
        assert program.call("GET", "/healthz")["pid"] == program.process.pid


def test_a_port_in_use_is_said_with_the_next_step(data_dir: Path, tmp_path: Path) -> None:
    with running(data_dir) as program:
        port = program.url.rpartition(":")[2]
        second = start(tmp_path / "other", "--port", port)
        _, said = second.communicate(timeout=TIMEOUT_S)
    assert second.returncode == 2
    assert f"Port {port} is in use" in said
    assert "Traceback" not in said


def test_a_machine_with_ipv6_alone_is_served(data_dir: Path) -> None:
    with running(data_dir, "--host", "::1") as program:
        assert program.url.startswith("http://[::1]:")
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
        program.call("POST", "/ingest/event", _event(), _key(site))
        assert program.stop() == 0
    assert len(_event_ids(data_dir)) == 1


def test_a_data_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Below a file nobody can make a folder, root neither."""
    (tmp_path / "file").touch()
    refused = start(tmp_path / "file" / "data")
    _, said = refused.communicate(timeout=TIMEOUT_S)
    assert refused.returncode == 2
    assert str(tmp_path / "file" / "data") in said
    assert "Traceback" not in said


def test_a_file_that_is_no_database_is_left_untouched(data_dir: Path) -> None:
    data_dir.mkdir()
    (data_dir / "analytiq.duckdb").write_bytes(b"my shopping list, not a database" * 200)
    refused = start(data_dir, "--port", "0")
    _, said = refused.communicate(timeout=TIMEOUT_S)
    assert refused.returncode == 2
    assert "cannot be" in said
    assert "Traceback" not in said
    assert (data_dir / "analytiq.duckdb").read_bytes().startswith(b"my shopping list")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via"])
def test_through_a_proxy_on_this_machine_nobody_becomes_owner_without_the_code(
    data_dir: Path, header: str
) -> None:
    form = {"email": "thief@evil.example", "password": "correct horse battery"}
    with running(data_dir) as program:
        assert program.call("GET", "/api/setup", headers={header: "a"})["setup_code_required"] is True
        with pytest.raises(urllib.error.HTTPError) as refused:
            program.call("POST", "/api/signup", form, {header: "a"})
        assert refused.value.code == 403
        assert program.call("GET", "/api/setup")["first_run"] is True


def test_sites_keys_and_accounts_outlive_a_restart(data_dir: Path) -> None:
    with running(data_dir) as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
        token = program.token
    with running(data_dir) as program:
        program.token = token
        assert program.call("GET", f"/api/sites/{site['site_id']}/snippet")["site_key"] == site["site_key"]
        assert program.call("POST", "/ingest/event", _event(), _key(site)) == {"status": "ok"}


def test_errors_of_the_real_server_are_problems_too(data_dir: Path) -> None:
    with running(data_dir) as program, pytest.raises(urllib.error.HTTPError) as refused:
        program.call("POST", "/ingest/event", {"event_type": "x" * 3_000_000})
    problem = json.load(refused.value)
    assert (refused.value.code, problem["status"]) == (413, 413)
