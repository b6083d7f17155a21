"""Reports are reckoned on a few threads of their own, for as long as somebody waits for them.

A dashboard asks for seven at once, and takes them back with every click. All at a time, their queries left
the browser beside them no processor, and none was answered before the others. So no more are under way than
there are processors; the rest wait. Whose client has gone is given up, begun or not.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

from appliance.storage.database import Database
from appliance.web.affinity import processors, run_anywhere

_HAS_GONE = "waitress.client_disconnected"
AT_ONCE_AT_LEAST = 2
"""So that one long report does not hold up all others."""

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class Reckoning:
    def __init__(self, database: Database) -> None:
        self._database = database
        at_once = max(AT_ONCE_AT_LEAST, processors())
        self._threads = ThreadPoolExecutor(at_once, "reckoning", initializer=run_anywhere)

    def end(self) -> None:
        """Returns when nothing is reckoned any more; nobody asks for anything then."""
        self._threads.shutdown()

    def apart(self, view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        """The view, answered on one of these threads when one is free. Raises what it raises, and
        ForsakenError."""

        @wraps(view)
        def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            def while_awaited() -> Answer:
                has_gone: Callable[[], bool] = request.environ.get(_HAS_GONE, lambda: False)
                with self._database.while_awaited(lambda: not has_gone()):
                    return view(*args, **kwargs)

            return self._threads.submit(copy_context().run, while_awaited).result()

        return answer
