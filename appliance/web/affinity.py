"""Keeping the server's threads on one processor, where the system can do that (Linux).

Python runs one thread at a time. With the receiving thread and the workers on different processors the lock
travels between them, and each hand-over waits for the other processor to wake: on two processors a trivial
POST answered 7 300-7 900 times a second with the threads left alone, and 12 900-13 000 with them together
(p99 10-17 ms against 6 ms). A thread inherits the processors of the thread that starts it, so the server's
workers and viewers follow the thread that runs it, while the database's own threads, started elsewhere, run
anywhere.

A report is another matter: the thread that asks the database runs a good part of the query itself, and
more than 60 % of the work for a month on the dashboard fell on that one processor of two. Threads for reports
(`reckoning.py`) may run anywhere, and so may one of the server until its export or backup is done.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_ALL = os.sched_getaffinity(0) if sys.platform == "linux" else set()
"""What the process was given at its start."""


def processors() -> int:
    """How many the process may use."""
    return len(_ALL) or os.cpu_count() or 1


def run_anywhere() -> None:
    """Let the calling thread run wherever the process may, from now on."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, _ALL)


@contextmanager
def on_one_processor() -> Iterator[None]:
    """While the block lasts, keep the calling thread and those it starts on the last processor it may use."""
    if sys.platform != "linux":
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


@contextmanager
def on_any_processor() -> Iterator[None]:
    """While the block lasts, let the calling thread run wherever the process may."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, _ALL)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
