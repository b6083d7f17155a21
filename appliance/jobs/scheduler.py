"""Runs the table of jobs. What is due is found from the data, never from the schedule, which forgets."""

import logging

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from appliance.base.errors import AnalytiqError
from appliance.jobs import JOBS, Job
from appliance.runtime import Runtime

log = logging.getLogger(__name__)


def start(runtime: Runtime) -> BackgroundScheduler:
    """Every job once now, then at its interval, one at a time; `end` ends them."""
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(1)},
        # By default a run that is a second late is dropped.
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    for job in JOBS:
        # A trigger object: names of triggers are looked up in a way that a frozen program does not have.
        trigger = IntervalTrigger(seconds=job.every_s, timezone="UTC")
        scheduler.add_job(_run, trigger, (runtime, job), name=job.name, next_run_time=runtime.clock.now())
    scheduler.start()
    return scheduler


def end(runtime: Runtime, scheduler: BackgroundScheduler) -> None:
    """Give up what runs, wherever it is: every job goes on at the next start with what it left."""
    scheduler.pause()
    runtime.database.end_background()
    scheduler.shutdown()


def _run(runtime: Runtime, job: Job) -> None:
    try:
        with runtime.database.background():
            job.run(runtime, runtime.clock.now())
    except AnalytiqError as error:
        level = logging.INFO if runtime.database.ending else logging.ERROR
        log.log(level, "The job %r has to wait for its next time: %s", job.name, error)
    except Exception:
        log.exception("The job %r failed; it is tried again at its next time.", job.name)
