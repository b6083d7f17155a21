"""As many days at once as take a set time: to plan a query takes longer than to run it over a day."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

BATCH_S = 1.0
"""So much of its thread's processor time a batch takes, about: others wait for it."""
BATCH_AT_MOST = 31

Piece = TypeVar("Piece")


def batches(
    pieces: Sequence[Piece], follows: Callable[[Piece, Piece], bool] = lambda _one, _next: True
) -> Iterator[list[Piece]]:
    """All of them in order; in a batch each `follows` the one before it.

    A batch is as large as takes BATCH_S, as far as the one before it can tell.
    """
    size = 1
    while pieces:
        batch = list(pieces[:size])
        unbroken = next((n for n, pair in enumerate(pairwise(batch), 1) if not follows(*pair)), len(batch))
        batch = batch[:unbroken]
        begun = time.thread_time()
        yield batch
        pace = len(batch) / max(time.thread_time() - begun, 0.001)
        size = max(1, min(BATCH_AT_MOST, 2 * len(batch), int(pace * BATCH_S)))
        pieces = pieces[len(batch) :]
