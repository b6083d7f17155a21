"""Clients that dribble, flood, vanish or send rubbish, while others send events as they should."""

import socket
import time
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from appliance.web.server import Limits
from tests.faults import LONG
from tests.faults.garbage import bodies, request
from tests.faults.machine import Held, held_by
from tests.faults.shop import Shop, port_of
from tests.faults.slow import SlowClients
from tests.programs import Program
from tests.web.wire import TEXT, Client, frame

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="looks into /proc")

DRIBBLE_S = 40.0 if LONG else 3.0
GARBAGE = 10_000 if LONG else 700
BODIES = 10_000 if LONG else 200
PROMISED_GROWTH_MB = 20
MOST_GROWTH_MB = 40
"""Where events come in or numbers are asked for: the database gives that memory back once a minute."""
VIEWERS = 300
ABORTS = 1_000 if LONG else 100


def test_slow_clients_do_not_hold_up_the_others(shop: Shop) -> None:
    with shop.open() as program:
        _warm_up(shop, program)
        before = _settled(program)
        shop.log.seconds.clear()
        over = time.monotonic() + DRIBBLE_S
        with SlowClients(port_of(program)) as slow:
            with shop.load(program, clients=4, pause_s=0.01):
                while time.monotonic() < over:
                    left = slow.dribble()
                    time.sleep(0.5)
            print(f"beside slow clients: {shop.log.latency()}; {left} of them left")
            assert shop.log.seconds
            assert shop.log.acknowledged == shop.log.sent
            if LONG:
                assert left == 0, "slow clients outlive their deadline"
                assert slow.downloads() == 0, "so do downloads that nobody reads"
        assert _back_at(program, before)
        shop.end_and_check(program)


def test_garbage_is_refused_without_an_error_of_ours(shop: Shop) -> None:
    with shop.open() as program:
        _warm_up(shop, program)
        before = _settled(program)
        statuses = {_send_garbage(program, shop) for _ in range(GARBAGE)}
        assert statuses - {None}
        assert not {status for status in statuses if status and status >= 500 and status not in (501, 505)}
        assert _back_at(program, before)
        assert _growth_mb(program, before, f"{GARBAGE} garbage requests") < PROMISED_GROWTH_MB
        shop.send(program, 100)
        shop.end_and_check(program)


def test_no_json_is_too_strange_to_be_answered(shop: Shop) -> None:
    with shop.open() as program:
        _warm_up(shop, program)
        before = _settled(program)
        connection = shop.connect(program)

        @settings(max_examples=BODIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(body=bodies(), path=st.sampled_from(["/ingest/event", "/ingest/bulk"]))
        def is_answered(body: bytes, path: str) -> None:
            assert _status(connection, path, body, shop.key) in (200, 202, 400, 413, 422)

        is_answered()
        connection.close()
        assert _back_at(program, before)
        assert _growth_mb(program, before, "strange bodies") < MOST_GROWTH_MB
        shop.wait_until_loaded(program)
        assert program.call("GET", "/healthz")["set_aside"] == 0
        assert program.stop() == 0


def test_live_views_that_flood_or_vanish_do_no_harm(shop: Shop) -> None:
    with shop.open() as program, ExitStack() as stack:
        _warm_up(shop, program)
        before = _settled(program)
        honest, deaf, flooding = (stack.enter_context(shop.watch(program)) for _ in range(3))
        assert {viewer.read_answer()[0] for viewer in (honest, deaf, flooding)} == {101}
        with shop.load(program, clients=4, pause_s=0.01):
            for _ in range(20):
                _send_until_refused(flooding, frame(TEXT, b"a" * 1000) * 5)
            for number in range(ABORTS):
                vanishing = shop.watch(program)
                if number % 2:
                    assert vanishing.read_answer()[0] in (101, 503)  # Too many at once are refused.
                vanishing.abort()
            assert flooding.read_close_code() == 1008
            told = [honest.read_frame()[0] for _ in range(3)]
        print(f"beside hostile viewers: {shop.log.latency()}")
        assert told == [TEXT] * 3
        assert set(shop.log.statuses) == {200}
        stack.close()
        assert _back_at(program, before)
        # Without the events beside them, whose memory the database gives back once a minute.
        settled = _settled(program)
        for _ in range(ABORTS):
            shop.watch(program).abort()
        assert _back_at(program, before)
        assert _growth_mb(program, settled, f"{ABORTS} lost live views") < MOST_GROWTH_MB
        shop.end_and_check(program)


def test_above_the_limit_live_views_are_refused_and_all_is_given_back(shop: Shop) -> None:
    with shop.open() as program, ExitStack() as stack:
        _warm_up(shop, program)
        before = _settled(program)
        viewers = [stack.enter_context(shop.watch(program)) for _ in range(VIEWERS)]
        answers = [viewer.read_answer()[0] for viewer in viewers]
        assert (answers.count(101), answers.count(503)) == (
            Limits().max_websockets,
            VIEWERS - Limits().max_websockets,
        )
        assert shop.acknowledges(program)
        assert _growth_mb(program, before, f"{Limits().max_websockets} open live views") < 60
        stack.close()
        assert _back_at(program, before)
        shop.end_and_check(program)


def _send_until_refused(client: Client, data: bytes) -> None:
    with suppress(OSError):
        client.send(data)


def _send_garbage(program: Program, shop: Shop) -> int | None:
    """The status of the first answer; None where the server waits for more or closes without a word."""
    with Client(port_of(program), timeout_s=0.3) as client, suppress(OSError, EOFError, ValueError):
        client.send(request(shop.chance))
        client.sock.shutdown(socket.SHUT_WR)
        return client.read_answer()[0]
    return None


def _status(connection: HTTPConnection, path: str, body: bytes, key: dict[str, str]) -> int:
    connection.request("POST", path, body, {**key, "Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _warm_up(shop: Shop, program: Program) -> None:
    """So that what is made once, at first use, is there."""
    with shop.load(program):
        time.sleep(0.5)
    viewer = shop.watch(program)
    assert viewer.read_answer()[0] == 101
    viewer.abort()
    shop.report(program)


def _settled(program: Program) -> Held:
    """What the program holds once nobody asks it anything."""
    time.sleep(1.0)
    return held_by(program.process.pid)


def _back_at(program: Program, before: Held) -> bool:
    """Whether files and threads come back to what they were; a refused client may linger for two seconds."""
    deadline = time.monotonic() + 15
    while (now := held_by(program.process.pid)) and time.monotonic() < deadline:
        if now.files <= before.files and now.threads <= before.threads:
            return True
        time.sleep(0.1)
    print(f"before: {before}, now: {now}")
    return False


def _growth_mb(program: Program, before: Held, what: str) -> float:
    grown_mb = held_by(program.process.pid).memory_mb - before.memory_mb
    print(f"{what}: memory {before.memory_mb:.0f} MB, {grown_mb:+.1f} MB")
    return grown_mb
