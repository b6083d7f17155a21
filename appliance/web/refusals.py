"""What the server answers itself, when a request does not get as far as the application.

Such answers have the shape of every other error (RFC 9457 problem details), so that a client needs one way
to read them.
"""

import logging
from http import HTTPStatus

from appliance.web.problems import MEDIA_TYPE, Problem, slug

log = logging.getLogger("analytiq.server")

_NOT_STORED = "Nothing of it was stored."
_DETAILS = {
    HTTPStatus.BAD_REQUEST: (
        f"The request could not be read: {{reason}}. {_NOT_STORED} Correct it and send it again."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        f"The body is larger than this server takes. {_NOT_STORED} Send it in smaller parts."
    ),
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: (
        f"The headers are larger than this server takes. {_NOT_STORED} Send fewer headers or cookies."
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "The server failed at this request; its log has the reason under this instance. "
        "Send the request again: an event with the same event_id is counted once."
    ),
    HTTPStatus.NOT_IMPLEMENTED: (
        f"This server does not know the request's transfer coding. {_NOT_STORED} Send the body as it is."
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "As many live views are open as this server allows, or it is shutting down. "
        "No data is affected. Close another live view or try again in a few seconds."
    ),
    HTTPStatus.HTTP_VERSION_NOT_SUPPORTED: (
        f"This server speaks HTTP/1.1 and HTTP/1.0. {_NOT_STORED} Use one of them."
    ),
}

Answer = tuple[str, list[tuple[str, str]], bytes]


def problem(code: int, reason: str) -> Answer:
    """Status line, headers (without Content-Length) and body of the refusal `code`.

    `reason` is said to the client for 400 only: what went wrong inside the server is for its log.
    """
    status = HTTPStatus(code)
    refusal = Problem(code, slug(code), _DETAILS[status].format(reason=reason))
    log.info("%s %d %s", refusal.instance, code, reason)
    headers = [("Content-Type", MEDIA_TYPE), ("X-Content-Type-Options", "nosniff")]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "10"))
    return f"{code} {refusal.title}", headers, refusal.body()
