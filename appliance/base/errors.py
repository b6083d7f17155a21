"""What can go wrong, in the program's own terms. `web/problems.py` alone turns these into HTTP answers.

Every message says what happened, what it means for the data, and what to do next.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FieldError:
    """One field at fault; `pointer` is an RFC 6901 JSON pointer, or the name of a query parameter."""

    pointer: str
    detail: str


class AnalytiqError(Exception):
    """Base of all errors that a caller can mend; the text is shown to people."""


class NotFoundError(AnalytiqError):
    """No such thing, or not yours: the two must look the same from outside."""


class UnreadableError(AnalytiqError):
    """The body cannot be read at all (not JSON, not UTF-8, too deeply nested)."""


class InvalidError(AnalytiqError):
    """The body was read, but fields in it are wrong."""

    def __init__(self, detail: str, fields: list[FieldError]) -> None:
        super().__init__(detail)
        self.fields = fields


class MismatchError(InvalidError):
    """Two parts of one request contradict each other."""


class WrongPasswordError(InvalidError):
    """Somebody who is signed in did not show, by their password, that it is still them."""


class UnauthenticatedError(AnalytiqError):
    """Nobody is signed in, or the credentials are wrong."""


class SecondFactorError(UnauthenticatedError):
    """The password is right; the code of the second step is missing, wrong or used."""


class ForbiddenError(AnalytiqError):
    """Known or not, the caller may not do this."""


class ConflictError(AnalytiqError):
    """It exists already."""


class TooLargeError(AnalytiqError):
    """More bytes or items than the limit."""


class UnsupportedMediaError(AnalytiqError):
    """A content coding or type that is not taken."""


class RetryLaterError(AnalytiqError):
    """Nothing is wrong with the request; `retry_after_s` seconds from now it may succeed."""

    def __init__(self, detail: str, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class RateLimitedError(RetryLaterError):
    """The caller sends more than its share."""


class UnavailableError(RetryLaterError):
    """The program cannot keep its promise right now, so it makes none."""


class UnawaitedError(AnalytiqError):
    """Whoever asked has gone, so the answer was given up; nobody reads this."""


class StartError(AnalytiqError):
    """The program cannot start; `exit_status` as the command line documents it."""

    exit_status = 2


class AlreadyRunningError(StartError):
    exit_status = 3
