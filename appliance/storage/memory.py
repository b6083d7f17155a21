"""How much memory an instance of the database may use at the moment: the usual, or what something needs."""

from collections.abc import Callable
from typing import TypeVar

from appliance.storage.database_errors import OutOfMemoryError
from appliance.storage.opening import Limits

Found = TypeVar("Found")

_LEAST = "1B"
"""Less than is ever in use: DuckDB goes through all that it can give up, and says that it was not enough."""


class Memory:
    """`set_limit` is told `memory_limit` as DuckDB takes it, and raises OutOfMemoryError if more is in use.

    All of the limits is allowed at first, as to each instance that is opened anew (`all_again`).
    """

    def __init__(self, limits: Limits, set_limit: Callable[[str], None]) -> None:
        self._limits = limits
        self._set_limit = set_limit
        self._allowed_mb = limits.memory_mb
        self._changes = 0

    def with_enough(self, work: Callable[[], Found]) -> Found:
        """Again, as often as it lacks some and there is more than before: some may have been given back."""
        while True:
            changes = self._changes
            try:
                return work()
            except OutOfMemoryError:
                if changes == self._changes and not self.allow_more():
                    raise

    def allow_more(self) -> bool:
        """Twice as much, until the usual is allowed again. Returns whether that is more than before."""
        most = self._limits.memory_mb
        return self._allowed_mb < most and self._allow(min(2 * self._allowed_mb, most))

    def allow_all(self) -> None:
        self._allow(self._limits.memory_mb)

    def give_back(self, *, usual: bool) -> None:
        """What was read or written before and no query needs now. Then the `usual` is allowed, or all."""
        self._try_limit(_LEAST)
        if not (usual and self._limits.usual_mb and self._allow(self._limits.usual_mb)):
            self.allow_all()

    def all_again(self) -> None:
        """Another instance has been opened."""
        self._allowed_mb = self._limits.memory_mb

    def _allow(self, megabytes: int) -> bool:
        """Returns whether it is so now: less than is needed at the moment cannot be set."""
        allowed = self._try_limit(f"{megabytes}MB")
        if allowed:
            self._allowed_mb = megabytes
        return allowed

    def _try_limit(self, limit: str) -> bool:
        try:
            self._set_limit(limit)
        except OutOfMemoryError:
            return False
        finally:
            self._changes += 1
        return True
