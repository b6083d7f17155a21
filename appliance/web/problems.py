"""Errors as RFC 9457 problem documents. The only place that knows which error has which status."""

import json
import logging
from dataclasses import dataclass, field
from http import HTTPStatus

from werkzeug.exceptions import HTTPException

from appliance.base import errors, log_lines
from appliance.base.errors import AnalytiqError, FieldError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# As RFC 9110 has them; Pythons before 3.13 say it in the words of its predecessors.
_PHRASES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Content Too Large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}

# (error, status, slug); the first that fits counts.
_KINDS: tuple[tuple[type[AnalytiqError], HTTPStatus, str], ...] = (
    (errors.MismatchError, HTTPStatus.BAD_REQUEST, "site-mismatch"),
    (errors.WrongPasswordError, HTTPStatus.FORBIDDEN, "wrong-password"),
    (errors.InvalidError, HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-fields"),
    (errors.UnreadableError, HTTPStatus.BAD_REQUEST, "unreadable-body"),
    (errors.SecondFactorError, HTTPStatus.UNAUTHORIZED, "second-factor"),
    (errors.UnauthenticatedError, HTTPStatus.UNAUTHORIZED, "not-signed-in"),
    (errors.ForbiddenError, HTTPStatus.FORBIDDEN, "not-allowed"),
    (errors.NotFoundError, HTTPStatus.NOT_FOUND, "not-found"),
    (errors.ConflictError, HTTPStatus.CONFLICT, "conflict"),
    (errors.TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "content-too-large"),
    (errors.UnsupportedMediaError, HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"),
    (errors.RateLimitedError, HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests"),
    (errors.UnawaitedError, HTTPStatus.REQUEST_TIMEOUT, "not-awaited"),
    (errors.UnavailableError, HTTPStatus.SERVICE_UNAVAILABLE, "service-unavailable"),
)


@dataclass(frozen=True)
class Problem:
    status: int
    slug: str
    detail: str
    fields: list[FieldError] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    instance: str = field(default_factory=log_lines.request_id)

    @property
    def title(self) -> str:
        return phrase(self.status)

    def body(self) -> bytes:
        document: dict[str, object] = {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": self.instance,
        }
        if self.fields:
            document["errors"] = [vars(fault) for fault in self.fields]
        return json.dumps(document).encode()


def of(error: Exception) -> Problem:
    """The problem to answer with. What nobody foresaw is logged whole and answered without a traceback."""
    if isinstance(error, HTTPException) and error.code is not None:
        return _of_http(error, error.code)
    for kind, status, slug in _KINDS:
        if isinstance(error, kind):
            fields = error.fields if isinstance(error, errors.InvalidError) else []
            return Problem(status, slug, str(error), fields, _headers(error))
    problem = Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "Something went wrong in Analytiq itself. Events already accepted are safe; the log has the details "
        "under the instance given here.",
    )
    log.error("Unforeseen error, %s", problem.instance, exc_info=error)
    return problem


def phrase(status: int) -> str:
    return _PHRASES.get(HTTPStatus(status)) or HTTPStatus(status).phrase


def slug(status: int) -> str:
    """Of a problem that has no more to say than its status."""
    return phrase(status).lower().replace(" ", "-")


def _headers(error: Exception) -> dict[str, str]:
    if isinstance(error, errors.RetryLaterError):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, errors.UnauthenticatedError):
        return {"WWW-Authenticate": "Bearer"}
    return {}


def _of_http(error: HTTPException, status: int) -> Problem:
    allowed = [(name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After")]
    return Problem(status, slug(status), error.description or phrase(status), [], dict(allowed))
