"""What can go wrong with the database, in the program's own terms."""

import duckdb

from appliance.base.errors import UnavailableError, UnawaitedError

_BAD_VALUE = (
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.OutOfRangeException,
    duckdb.ConstraintException,
)

# DuckDB has no class for it: a block whose checksum is wrong, or that lies beyond the end of the file.
_DAMAGE = ("Corrupt database file", "Could not read enough bytes")


class DatabaseError(Exception):
    """A statement failed; nothing of its transaction was kept."""


class BadValueError(DatabaseError):
    """A value does not fit its type; trying again will not help."""


class DeadDatabaseError(DatabaseError, UnavailableError):
    """The instance has given up, as after a checkpoint that met a full disk. The next use opens it anew."""

    def __init__(self) -> None:
        UnavailableError.__init__(
            self, "The database has to be opened again. Events are safe; try again in a moment.", 2
        )


class DamagedDatabaseError(DatabaseError, UnavailableError):
    """A part of the main file cannot be read."""

    def __init__(self) -> None:
        UnavailableError.__init__(
            self,
            "A part of the database file is damaged. New events are kept in the journal. Stop Analytiq, "
            "keep a copy of its data directory, and put back a backup.",
            60,
        )


class BusyDatabaseError(DatabaseError, UnavailableError):
    """Others write for longer than somebody would wait."""

    def __init__(self) -> None:
        UnavailableError.__init__(
            self, "The database is being compacted. Nothing was changed; try again in a minute.", 60
        )


class TooMuchError(DatabaseError, UnavailableError):
    """An answer that would take more time or memory than one may have."""

    def __init__(self, what: str) -> None:
        UnavailableError.__init__(
            self,
            f"{what}. Nothing is lost. Ask for fewer days or fewer rows, or again when it is quieter.",
            30,
        )


class ForsakenError(DatabaseError, UnawaitedError):
    """Nobody waits for what was being read."""

    def __init__(self) -> None:
        UnawaitedError.__init__(self, "Whoever asked did not wait for the answer, so it was given up.")


class OutOfMemoryError(TooMuchError):
    """More memory than the database may use at the moment."""

    def __init__(self) -> None:
        super().__init__("The answer needs more memory than the database may use")


class EndingError(DatabaseError, UnavailableError):
    """Work in the background was given up because the program ends."""

    def __init__(self) -> None:
        UnavailableError.__init__(self, "Analytiq is ending; this goes on at the next start.", 5)


def translated(error: duckdb.Error) -> DatabaseError:
    if isinstance(error, duckdb.FatalException):
        return DeadDatabaseError()
    if any(word in str(error) for word in _DAMAGE):
        return DamagedDatabaseError()
    if isinstance(error, duckdb.InterruptException):
        return TooMuchError("The answer took too long and was given up")
    if isinstance(error, duckdb.OutOfMemoryException):
        return OutOfMemoryError()
    if isinstance(error, _BAD_VALUE):
        return BadValueError(str(error))
    return DatabaseError(str(error))
