"""What the housekeeping jobs have done since the start, and when each is due; a restart begins anew."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from appliance.base.clock import Clock
from appliance.base.counting import Tally
from appliance.base.errors import ConflictError, NotFoundError

Result = Literal["done", "waits", "failed"]
"""`waits`: something that it needs was in use or away; nothing is wrong with the job."""


@dataclass(frozen=True)
class Run:
    """The last one that has ended. `detail`: why it did not get through, or what it found."""

    began_at: datetime
    took_s: float
    result: Result
    detail: str | None = None


@dataclass(frozen=True)
class JobState:
    """`next_at` None: no more, for the program ends. `on_demand`: whether an owner may run it now."""

    slug: str
    name: str
    every_s: int
    on_demand: bool
    running: bool
    next_at: datetime | None
    last: Run | None


@dataclass(frozen=True)
class Timing:
    """How the scheduler is asked about a job, and asked to run it at once."""

    next_at: Callable[[], datetime | None]
    run_now: Callable[[], None]


class JobBoard:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._states: dict[str, JobState] = {}
        self._timings: dict[str, Timing] = {}
        self.runs = Tally()
        """By slug and result."""

    def enter(self, slug: str, name: str, every_s: int, on_demand: bool, timing: Timing) -> None:
        with self._lock:
            self._states[slug] = JobState(
                slug, name, every_s, on_demand, running=False, next_at=None, last=None
            )
            self._timings[slug] = timing

    @contextmanager
    def running(self, slug: str) -> Iterator["Outcome"]:
        """Around one run; it has been done unless the outcome is told otherwise."""
        began_at, began, outcome = self._clock.now(), time.monotonic(), Outcome()
        self._change(slug, running=True)
        try:
            yield outcome
        finally:
            run = Run(began_at, time.monotonic() - began, outcome.result, outcome.detail)
            self._change(slug, running=False, last=run)
            self.runs.add(slug, outcome.result)

    def states(self) -> list[JobState]:
        """In the order of the table of jobs."""
        with self._lock:
            states, timings = list(self._states.values()), dict(self._timings)
        return [replace(state, next_at=timings[state.slug].next_at()) for state in states]

    def run_now(self, slug: str) -> None:
        """As soon as the job under way has ended. Raises NotFoundError, or ConflictError for one that is
        under way or is not to be run by hand."""
        with self._lock:
            state, timing = self._states.get(slug), self._timings.get(slug)
        if state is None or timing is None:
            raise NotFoundError("There is no such job.")
        if not state.on_demand:
            raise ConflictError("This job removes data for good, so it runs at its own times only.")
        if state.running:
            raise ConflictError("This job is running already. Look again in a moment.")
        timing.run_now()

    def _change(self, slug: str, **changes: object) -> None:
        with self._lock:
            if slug in self._states:
                self._states[slug] = replace(self._states[slug], **changes)  # type: ignore[arg-type]


@dataclass
class Outcome:
    result: Result = "done"
    detail: str | None = None
