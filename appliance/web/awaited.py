"""Reckoning no longer than somebody waits: dashboards take requests back with every click."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import request

from appliance.storage.database import Database

_HAS_GONE = "waitress.client_disconnected"


@contextmanager
def while_awaited(database: Database) -> Iterator[None]:
    """While the block lasts, what this thread reads is given up once the request's client has gone."""
    has_gone: Callable[[], bool] | None = request.environ.get(_HAS_GONE)
    if has_gone is None:  # another server than ours
        yield
        return
    with database.while_awaited(lambda: not has_gone()):
        yield
