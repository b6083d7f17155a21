"""Long work that others look at meanwhile."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

EVERY_S = 0.5

Progress = TypeVar("Progress")


@contextmanager
def watched(look: Callable[[], Progress | None], tell: Callable[[Progress], None]) -> Iterator[None]:
    """Until the block ends, `tell` what `look` finds, twice a second. What ends the block ends this too."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(EVERY_S):
            if (found := look()) is not None:
                tell(found)

    watching = threading.Thread(target=watch, name="watching", daemon=True)
    watching.start()
    try:
        yield
    finally:
        ended.set()
        watching.join()
