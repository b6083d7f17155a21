"""Commands that the running server is asked for, or that this process does in its place while none runs."""

import json
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import TypeAdapter

from appliance import runtime, serving
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, AnalytiqError, StartError
from appliance.desktop import local_calls, server_process
from appliance.process.instance import Instance, InstanceLock
from appliance.runtime import Runtime

Form = TypeVar("Form")
Answer = TypeVar("Answer")

PATIENCE_S = 3600.0


@contextmanager
def asking(
    config: Config,
    clock: Clock,
    path: str,
    here: Callable[[Runtime, Form], Answer],
    answer: TypeAdapter[Answer],
) -> Iterator[Callable[[Form], Answer]]:
    """Asks the server at `path`, or `here` with a runtime of this process, for the same.

    Raises StartError, with what to do.
    """
    if not config.paths.database.exists():
        raise StartError(
            f"There is no Analytiq data in {config.data_dir}. Nothing was changed; name the right folder "
            "with --data-dir."
        )
    try:
        with InstanceLock(config.paths):
            serving.log_to_file(config)
            yield from _of_this_process(config, clock, here)
    except AlreadyRunningError as error:
        running = server_process.find(config)
        if running is None:
            raise StartError(
                "Analytiq is just starting or ending. Nothing was changed; try again in a moment."
            ) from error
        yield lambda form: answer.validate_json(_answered(running, clock, path, form))


def _of_this_process(
    config: Config, clock: Clock, here: Callable[[Runtime, Form], Answer]
) -> Iterator[Callable[[Form], Answer]]:
    parts = runtime.build(config, clock)
    try:
        yield lambda form: here(parts, form)
    except AnalytiqError as error:
        raise error if isinstance(error, StartError) else StartError(str(error)) from error
    finally:
        parts.stop()


def _answered(running: Instance, clock: Clock, path: str, form: object) -> bytes:
    body = json.loads(TypeAdapter(type(form)).dump_json(form))
    try:
        return local_calls.post(running, clock, path, body, PATIENCE_S)
    except urllib.error.HTTPError as error:
        raise StartError(local_calls.told(error)) from error
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not answer at {running.url}. Give the command again once "
            "it does."
        ) from error
