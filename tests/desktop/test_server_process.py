"""The server as a process of its own: found, started apart, ended in order, replaced by a newer one."""

import json
import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from appliance import __version__
from appliance.base import config
from appliance.base.clock import SystemClock
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.desktop import server_process
from appliance.process.instance import InstanceLock
from tests.programs import running
from tests.screens import until


@pytest.fixture
def own(tmp_path: Path) -> Config:
    own = config.load({"data_dir": tmp_path / "data"}, environ={})
    own.data_dir.mkdir()
    own.paths.settings.write_text('port = 0\nhost = "127.0.0.1"\n')
    return own


def test_a_running_server_is_found_by_its_answer(own: Config) -> None:
    with running(own.data_dir) as program:
        found = server_process.find(own)
        assert found
        assert (found.pid, found.url, found.version) == (program.process.pid, program.url, __version__)


def test_a_note_that_a_killed_server_left_is_not_trusted(own: Config) -> None:
    with running(own.data_dir) as program:
        program.kill()
    assert json.loads(own.paths.instance.read_text())["pid"] == program.process.pid
    assert server_process.find(own) is None


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_server_is_started_apart_and_ended_in_order(own: Config) -> None:
    started = server_process.start(own)
    assert server_process.find(own) == started
    assert server_process.stop(own, SystemClock()) == started
    assert server_process.find(own) is None
    assert not own.paths.write_ahead_log.exists()
    assert server_process.stop(own, SystemClock()) is None


def a_file_that_is_no_database(own: Config) -> None:
    own.paths.database.write_text("no database")


def a_database_of_a_newer_program(own: Config) -> None:
    with running(own.data_dir):
        pass
    with duckdb.connect(str(own.paths.database)) as database:
        database.execute("INSERT INTO schema_migrations VALUES (9999, now())")


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("harm", "said"),
    [(a_file_that_is_no_database, "analytiq.duckdb"), (a_database_of_a_newer_program, "schema 9999")],
)
def test_a_server_that_cannot_start_says_why_and_nothing_else(
    own: Config, harm: Callable[[Config], None], said: str
) -> None:
    harm(own)
    with pytest.raises(StartError, match=said) as refused:
        server_process.start(own)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_that_is_taken_is_said_and_nothing_else(own: Config) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        own.paths.settings.write_text(f'port = {port}\nhost = "127.0.0.1"\n')
        with pytest.raises(StartError, match=f"Port {port}") as refused:
            server_process.start(own)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal; its installer ends the server")
def test_while_it_starts_over_nobody_finds_the_port_closed(own: Config) -> None:
    with running(own.data_dir) as program:
        before = server_process.find(own)
        assert before
        os.kill(before.pid, signal.SIGUSR2)
        answers = 0
        while server_process.find(own) in (before, None):
            with urllib.request.urlopen(f"{program.url}/analytics.js", timeout=30) as script:
                assert script.status == 200
            answers += 1
        assert answers > 0
        assert program.stop() == 0
        with pytest.raises(urllib.error.URLError, match="refused"):
            program.call("GET", "/healthz")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal; its installer ends the server")
def test_an_upgrade_makes_it_start_over_in_the_same_process(own: Config) -> None:
    with running(own.data_dir) as program:
        before = server_process.find(own)
        assert before
        program.sign_up()
        os.kill(before.pid, signal.SIGUSR2)
        until(lambda: server_process.find(own) not in (before, None), "the server that follows")
        after = server_process.find(own)
        assert after
        assert after.pid == before.pid
        program.url = after.url
        assert program.call("GET", "/api/me")["user"]["email"] == "owner@shop.example"
        assert program.stop() == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal; its installer ends the server")
def test_two_upgrades_at_once_end_nothing_and_an_end_ends_it(own: Config) -> None:
    with running(own.data_dir) as program:
        before = server_process.find(own)
        assert before
        for _ in range(2):
            os.kill(before.pid, signal.SIGUSR2)
        until(lambda: server_process.find(own) not in (before, None), "the server that follows")
        for number in (signal.SIGUSR2, signal.SIGTERM):
            os.kill(before.pid, number)
        # At the last moment, when all is closed, there is nothing left to do in order.
        assert program.process.wait(30) in (0, -signal.SIGTERM)
        assert server_process.find(own) is None
        assert not own.paths.write_ahead_log.exists()


def test_a_server_that_is_just_starting_is_not_told_to_be_none(own: Config) -> None:
    with InstanceLock(own.paths), pytest.raises(StartError, match="just starting"):
        server_process.stop(own, SystemClock())
    assert server_process.stop(own, SystemClock()) is None
