"""What takes too long is ended, and only that."""

import threading
import time

from appliance.base.watchdog import Watchdog

WAIT_S = 10


def test_what_takes_too_long_is_ended_even_if_it_did_not_notice_at_first() -> None:
    ended = threading.Semaphore(0)
    with Watchdog().watching(0.0, ended.release):
        for _ in range(3):
            assert ended.acquire(timeout=WAIT_S)


def test_what_is_quick_is_left_alone_and_others_are_watched_on() -> None:
    dog = Watchdog()
    quick, slow = threading.Event(), threading.Event()
    with dog.watching(0.0, slow.set):
        for _ in range(100):
            with dog.watching(60.0, quick.set):
                pass
        assert slow.wait(WAIT_S)
    assert not quick.is_set()


def test_nothing_is_ended_after_its_block() -> None:
    ended = threading.Event()
    dog = Watchdog()
    with dog.watching(0.05, ended.set):
        pass
    time.sleep(0.6)  # twice as long as it takes to look
    assert not ended.is_set()
