"""The process is killed, or told to end, in the middle of its work."""

import json
import os
import signal
import subprocess
import time
from contextlib import ExitStack

import pytest

from tests.faults import LONG
from tests.faults.load import event
from tests.faults.shop import Shop, port_of
from tests.programs import TIMEOUT_S, Program, start
from tests.web.wire import CLOSE, TEXT, Client

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")

KILLS = 20 if LONG else 2
VIEWERS = 50 if LONG else 20
SLOW = 12
ASLEEP_S = 60.0 if LONG else 2.0
PATIENCE_S = 50.0
"""A view whose pong is overdue for so long is closed, also when the program itself was asleep; the dashboard
opens another."""


def test_kill_9_under_load_loses_and_doubles_nothing(shop: Shop) -> None:
    for number in range(KILLS):
        with shop.open() as program, shop.load(program):
            time.sleep(shop.chance.uniform(0.3, 2.0))
            program.kill()
        began = time.monotonic()
        with shop.open() as program:
            shop.wait_until_acknowledged(program, TIMEOUT_S)
            first_s = time.monotonic() - began
            shop.end_and_check(program)
        kept = len(shop.log.acknowledged)
        print(f"kill {number + 1}: first event taken {first_s:.2f} s after the start, {kept} kept")
    assert len(shop.log.acknowledged) > 100 * KILLS


def test_the_end_answers_what_is_in_flight_and_loses_nothing(shop: Shop) -> None:
    with shop.open() as program, ExitStack() as stack:
        viewers = [stack.enter_context(shop.watch(program)) for _ in range(VIEWERS)]
        assert {viewer.read_answer()[0] for viewer in viewers} == {101}
        slow = [_half_sent(shop, program, stack) for _ in range(SLOW)]
        with shop.load(program):
            time.sleep(1.0)
            began = time.monotonic()
            program.process.terminate()
            for client, rest in slow:
                client.send(rest)
            answers = [client.read_answer()[0] for client, _rest in slow]
            codes = [viewer.read_close_code() for viewer in viewers]
            for viewer in viewers:
                viewer.send_frame(CLOSE, (1001).to_bytes(2, "big"))
            status = program.process.wait(TIMEOUT_S)
            ended_s = time.monotonic() - began
    print(f"ended in {ended_s:.2f} s; {shop.log.statuses}")
    assert (status, answers, set(codes)) == (0, [200] * SLOW, {1001})
    assert set(shop.log.statuses) <= {200, 503}
    assert ended_s < 10
    assert not (shop.data_dir / "analytiq.duckdb.wal").exists()
    shop.check()


def test_a_second_signal_ends_at_once_and_loses_nothing(shop: Shop) -> None:
    with shop.open() as program, ExitStack() as stack:
        _half_sent(shop, program, stack)  # holds up an orderly end
        with shop.load(program):
            time.sleep(0.5)
            program.process.terminate()
            with pytest.raises(subprocess.TimeoutExpired):
                program.process.wait(1.0)
            program.process.terminate()
            assert program.process.wait(1.0) == -signal.SIGTERM
    with shop.open() as program:
        shop.end_and_check(program)


def test_a_second_program_on_the_same_data_leaves_the_first_alone(shop: Shop) -> None:
    with shop.open() as program:
        with shop.load(program, clients=4):
            second = start(shop.data_dir, "--port", "0")
            _, said = second.communicate(timeout=TIMEOUT_S)
        assert second.returncode == 3
        assert str(program.process.pid) in said
        assert set(shop.log.statuses) == {200}
        shop.end_and_check(program)


def test_a_machine_that_slept_goes_on_where_it_was(shop: Shop) -> None:
    with shop.open() as program, shop.watch(program) as viewer:
        assert viewer.read_answer()[0] == 101
        assert _goes_on(viewer)
        with shop.load(program, clients=4):
            time.sleep(0.3)
            program.process.send_signal(signal.SIGSTOP)
            time.sleep(ASLEEP_S)
            program.process.send_signal(signal.SIGCONT)
            time.sleep(0.5)
        assert set(shop.log.statuses) == {200}
        assert _goes_on(viewer) or ASLEEP_S > PATIENCE_S
        with shop.watch(program) as another:
            assert another.read_answer()[0] == 101
            assert _goes_on(another)
        shop.end_and_check(program)


def _goes_on(viewer: Client) -> bool:
    """Whether the view tells something, instead of being closed. A silent one is a TimeoutError."""
    opcode = 0
    while opcode not in (TEXT, CLOSE):
        opcode, _ = viewer.read_frame()
    return opcode == TEXT


def _half_sent(shop: Shop, program: Program, stack: ExitStack) -> tuple[Client, bytes]:
    """A connection with half of an event on its way, and the other half."""
    sent = event(shop.chance)
    shop.log.sending([sent["event_id"]])
    body = json.dumps(sent).encode()
    key = "".join(f"{name}: {value}\r\n" for name, value in shop.key.items())
    head = f"POST /ingest/event HTTP/1.1\r\nHost: localhost\r\n{key}Content-Length: {len(body)}\r\n\r\n"
    client = stack.enter_context(Client(port_of(program)))
    client.send(head.encode() + body[:20])
    return client, body[20:]
