"""What happens while the program runs, counted in memory; a restart begins at nothing."""

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate

BOUNDS_S = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""A refresh takes 13 to 25 ms, the largest batch about a second; what is above is worth an alarm."""

Labels = tuple[str, ...]


class Tally:
    """How often what happened."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Labels] = Counter()

    def add(self, *labels: str, times: int = 1) -> None:
        with self._lock:
            self._counts[labels] += times

    def counts(self) -> dict[Labels, int]:
        with self._lock:
            return dict(self._counts)


@dataclass(frozen=True)
class Distribution:
    """`at_most`: how many took at most so many seconds, by each of BOUNDS_S."""

    at_most: dict[float, int]
    count: int
    total_s: float


class Durations:
    """How long something took, each time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts = [0] * (len(BOUNDS_S) + 1)
        self._total_s = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """The block is counted when it ends without raising."""
        begun = time.monotonic()
        yield
        self.add(time.monotonic() - begun)

    def add(self, seconds: float) -> None:
        with self._lock:
            self._counts[bisect_left(BOUNDS_S, seconds)] += 1
            self._total_s += seconds

    def distribution(self) -> Distribution:
        with self._lock:
            up_to = list(accumulate(self._counts))
            return Distribution(dict(zip(BOUNDS_S, up_to, strict=False)), up_to[-1], self._total_s)
