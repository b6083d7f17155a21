"""Runs the table of jobs. What is due is found from the data, never from the schedule, which forgets.

A job's next run is an instant of the machine's clock, which may be set meanwhile: forwards by years, where a
machine starts without knowing the time, or back, from when on nothing would be due for as long.
"""

import logging
import threading
from datetime import datetime, timedelta

from apscheduler.events import EVENT_SCHEDULER_SHUTDOWN
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.job import Job as ScheduledJob
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from appliance.base import disk
from appliance.base.disk import Room
from appliance.base.errors import AnalytiqError, UnavailableError
from appliance.jobs import JOBS, Job
from appliance.process.job_board import Timing
from appliance.runtime import Runtime

log = logging.getLogger(__name__)

CLOCK_LOOKED_AT_S = 30.0
_ENDING = "Analytiq is ending or starting over. Ask for it again in a moment."


class _Every(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """So long after a run was due and found to be. The library's own adds up all intervals since then, which
    takes minutes and all memory where the clock was set forwards by years."""

    def __init__(self, seconds: int) -> None:
        self.interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self.interval


def start(runtime: Runtime, after_s: float = 0.0) -> BackgroundScheduler:
    """Every job once in `after_s` seconds, then at its interval, one at a time; `end` ends them."""
    first_at = runtime.clock.now() + timedelta(seconds=after_s)
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        # By default a run that is a second late is dropped.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    for job in JOBS:
        scheduled = scheduler.add_job(
            _run, _Every(job.every_s), (runtime, job), name=job.name, next_run_time=first_at
        )
        runtime.jobs.enter(job.slug, job.name, job.every_s, job.on_demand, _timing(runtime, scheduled))
    scheduler.start()
    _follow_the_clock(scheduler, runtime)
    return scheduler


def _follow_the_clock(scheduler: BackgroundScheduler, runtime: Runtime) -> None:
    """What is due later than a whole interval from now, on a clock that was set back, is due now."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(CLOCK_LOOKED_AT_S):
            now = runtime.clock.now()
            for scheduled in scheduler.get_jobs():
                if scheduled.next_run_time - now > scheduled.trigger.interval:
                    scheduled.modify(next_run_time=now)

    scheduler.add_listener(lambda _: ended.set(), EVENT_SCHEDULER_SHUTDOWN)
    threading.Thread(target=look, name="clock", daemon=True).start()


def _timing(runtime: Runtime, scheduled: ScheduledJob) -> Timing:
    def run_now() -> None:
        try:
            if runtime.database.ending:
                raise JobLookupError(scheduled.id)
            scheduled.modify(next_run_time=runtime.clock.now())
        except JobLookupError as error:
            raise UnavailableError(
                "Analytiq is ending or starting over. Run it again in a moment.", 2
            ) from error

    return Timing(next_at=lambda: scheduled.next_run_time, run_now=run_now)


def end(runtime: Runtime, scheduler: BackgroundScheduler) -> None:
    """Give up what runs, wherever it is: every job goes on at the next start with what it left. Maybe once
    more, when it has ended."""
    if not scheduler.running:
        return
    scheduler.pause()
    runtime.database.end_background()
    scheduler.shutdown()


def _yielding(room: Room) -> str:
    return (
        f"The disk has {room.free_bytes // 10**6} MB left, which are kept for events. Nothing is lost, and "
        "reports are right. Make room on the disk; it goes on by itself."
    )


def _run(runtime: Runtime, job: Job) -> None:
    with runtime.jobs.running(job.slug) as outcome:
        try:
            if job.yields and (room := disk.room(runtime.config.data_dir)).scarce:
                outcome.result, outcome.detail = "waits", _yielding(room)
                return
            with runtime.database.background():
                outcome.detail = job.run(runtime, runtime.clock.now())
        except AnalytiqError as error:
            outcome.result, outcome.detail = "waits", str(error)
            level = logging.INFO if runtime.database.ending else logging.ERROR
            log.log(level, "The job %r has to wait for its next time: %s", job.name, error)
        except Exception:
            outcome.result, outcome.detail = "failed", "The reason is in the log."
            log.exception("The job %r failed; it is tried again at its next time.", job.name)
