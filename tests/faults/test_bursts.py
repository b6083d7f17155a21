"""More events at once than the program can take, and many of them broken."""

import json
import random
import threading
import time
from collections.abc import Callable
from typing import Any

from tests.faults import LONG
from tests.faults.load import event, post
from tests.faults.shop import Shop
from tests.programs import Program

BURST_S = 20.0 if LONG else 3.0
BULK_SENDERS = 6
BULKS_EACH = 20 if LONG else 4
BULK = 500


def test_a_burst_is_taken_or_refused_and_then_over(shop: Shop) -> None:
    with shop.open() as program:
        over = time.monotonic() + BURST_S

        def flood(chance: random.Random) -> None:
            connection = shop.connect(program)
            while time.monotonic() < over:
                post(connection, "/ingest/bulk", shop.key, [event(chance) for _ in range(100)], shop.log)
            connection.close()

        with shop.load(program):
            _from_threads(shop.chance, 8, flood)
        stored = len(shop.log.acknowledged) / BURST_S
        print(f"burst: {shop.log.statuses}, {stored:.0f} events/s, {shop.log.latency()}")
        assert set(shop.log.statuses) <= {200, 429, 503}
        shop.log.seconds.clear()
        shop.wait_until_loaded(program, timeout_s=60)
        with shop.load(program, clients=4, pause_s=0.02):
            time.sleep(1.0)
        print(f"after it: {shop.log.latency()}")
        shop.end_and_check(program)


def test_one_bad_event_in_a_bulk_is_told_and_the_others_are_stored(shop: Shop) -> None:
    answers: list[tuple[int, dict[str, Any]]] = []
    with shop.open() as program:
        began = time.monotonic()
        _from_threads(shop.chance, BULK_SENDERS, lambda chance: answers.extend(_bulks(shop, program, chance)))
        took_s = time.monotonic() - began
        print(f"bulk: {len(answers) * BULK / took_s:.0f} events/s")
        shop.wait_until_loaded(program, timeout_s=60)
        shop.end_and_check(program)
    assert len(answers) == BULK_SENDERS * BULKS_EACH
    for bad, answer in answers:
        assert (answer["accepted"], answer["duplicates"]) == (BULK - 1, 0)
        assert [item["index"] for item in answer["rejected"]] == [bad]


def _bulks(shop: Shop, program: Program, chance: random.Random) -> list[tuple[int, dict[str, Any]]]:
    """For each bulk the place of its bad event, and what was answered."""
    answers = []
    connection = shop.connect(program)
    for _ in range(BULKS_EACH):
        events = [event(chance) for _ in range(BULK)]
        bad = chance.randrange(BULK)
        shop.log.sending(item["event_id"] for item in events)
        events[bad]["scroll_depth"] = 1000
        connection.request("POST", "/ingest/bulk", json.dumps(events), shop.key)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        good = [item["event_id"] for index, item in enumerate(events) if index != bad]
        shop.log.answered(answer.status, 0.0, good)
        answers.append((bad, content))
    connection.close()
    return answers


def _from_threads(chance: random.Random, number: int, work: Callable[[random.Random], None]) -> None:
    threads = [threading.Thread(target=work, args=(random.Random(chance.random()),)) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
