"""Commands that the running server is asked for, or that this process does in its place while none runs."""

import json
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import TypeAdapter

from appliance import assembly
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, StartError
from appliance.desktop import local_calls
from appliance.maintenance import holding
from appliance.process.instance import Instance
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
    holding.check_there(config)
    with holding.held_or_served(config) as running:
        if running is None:
            yield from _of_this_process(config, clock, here)
        else:
            yield lambda form: answer.validate_json(_answered(running, clock, path, form))


def _of_this_process(
    config: Config, clock: Clock, here: Callable[[Runtime, Form], Answer]
) -> Iterator[Callable[[Form], Answer]]:
    parts = assembly.build(config, clock)
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
