"""Events from websites: a plain WSGI application in front of Flask, whose routing alone would cost more
than all the work on an event."""

import json
import logging
from collections.abc import Callable, Iterable
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from appliance.accounts.api_keys import is_key
from appliance.base.counting import Tally
from appliance.base.errors import TooLargeError, UnavailableError, UnsupportedMediaError
from appliance.events.bodies import MAX_BULK_BYTES, MAX_EVENT_BYTES
from appliance.events.enrichment.agents import NO_HINTS, Hints
from appliance.events.events import MAX_USER_AGENT
from appliance.ingest.ingest import GIVE_UP_S, Client, Ingest, Outcome
from appliance.ingest.senders import Credentials
from appliance.web import pixel, problems
from appliance.web.later import IN_ENVIRONMENT, Headers, LaterAnswer
from appliance.web.pixel import PIXEL_PATH
from appliance.web.problems import Problem
from appliance.web.requests import host_name, sender

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

Answer = tuple[HTTPStatus, dict[str, str], bytes]
Handler = Callable[["WSGIEnvironment"], Answer | LaterAnswer]

EVENT_PATH = "/ingest/event"

MAX_HINT = 256
_HINTS = frozenset({"HTTP_SEC_CH_UA", "HTTP_SEC_CH_UA_PLATFORM", "HTTP_SEC_CH_UA_MOBILE"})

_JSON = {"Content-Type": "application/json"}
_STORED: Answer = (HTTPStatus.OK, _JSON, b'{"status":"ok"}')
_CORS = {
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Allow-Headers": "content-type, x-site-id, x-site-key, authorization",
    "Access-Control-Expose-Headers": "x-analytiq, retry-after",
    "Access-Control-Max-Age": "86400",
}


class IngestApp:
    """Answers `/ingest/...`; hands everything else to `fallback`."""

    def __init__(self, ingest: Ingest, fallback: "WSGIApplication", answers: Tally) -> None:
        """`answers`: where those given here are counted by class."""
        self._ingest = ingest
        self._fallback = fallback
        self._answers = answers
        self._handlers: dict[str, tuple[str, Handler]] = {
            EVENT_PATH: ("POST", self._event),
            "/ingest/bulk": ("POST", self._bulk),
            PIXEL_PATH: ("GET", self._pixel),
        }

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        handler = self._handlers.get(environ.get("PATH_INFO", ""))
        if handler is None:
            return self._fallback(environ, start_response)
        answer = _answer(*handler, environ)
        if isinstance(answer, LaterAnswer):
            return answer
        status, headers, body = self._whole(answer, environ)
        start_response(status, headers)
        return [body]

    def _event(self, environ: "WSGIEnvironment") -> Answer | LaterAnswer:
        return self._take(_body(environ, MAX_EVENT_BYTES), environ, _outcome)

    def _pixel(self, environ: "WSGIEnvironment") -> Answer | LaterAnswer:
        return self._take(pixel.event(environ), environ, pixel.answer)

    def _take(
        self, body: bytes, environ: "WSGIEnvironment", answer: Callable[[Outcome], Answer]
    ) -> Answer | LaterAnswer:
        request = body, _credentials(environ), _client(environ)
        later: LaterAnswer | None = environ.get(IN_ENVIRONMENT)
        if later is None:
            return answer(self._ingest.accept(*request))

        def tell(outcome: Outcome | UnavailableError) -> None:
            told = (
                _refusal(problems.of(outcome)) if isinstance(outcome, UnavailableError) else answer(outcome)
            )
            later.send(*self._whole(told, environ))

        later.give_up_after(GIVE_UP_S, self._ingest.begin(*request, tell))
        return later

    def _bulk(self, environ: "WSGIEnvironment") -> Answer:
        body = _body(environ, MAX_BULK_BYTES)
        ndjson = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() == "application/x-ndjson"
        outcome = self._ingest.accept_bulk(body, ndjson, _credentials(environ), _client(environ))
        return HTTPStatus.OK, _JSON, json.dumps(asdict(outcome)).encode()

    def _whole(self, answer: Answer, environ: "WSGIEnvironment") -> tuple[str, Headers, bytes]:
        """With what every answer to a page's request has."""
        status, headers, body = answer
        self._answers.add(f"{status.value // 100}xx")
        headers = {**headers, **self._cross_origin(environ), "X-Content-Type-Options": "nosniff"}
        # A body of known length, even an empty one, keeps the connection open.
        headers["Content-Length"] = str(len(body))
        return f"{status.value} {status.phrase}", list(headers.items()), body

    def _cross_origin(self, environ: "WSGIEnvironment") -> dict[str, str]:
        """Pages of any website may send; none may read with the visitor's cookies.

        Where header or query names a site that lists its hosts, only pages of those may read the answer.
        """
        origin = environ.get("HTTP_ORIGIN")
        if not origin:
            return {}
        allowed = self._ingest.answers_page(_named_site(environ), host_name(origin.partition("://")[2]))
        return {"Vary": "Origin", **({"Access-Control-Allow-Origin": origin} if allowed else {})}


def _outcome(outcome: Outcome) -> Answer:
    if outcome.ignored is None:
        return _STORED
    headers = {**_JSON, "X-Analytiq": f"ignored; reason={outcome.ignored}"}
    return HTTPStatus.ACCEPTED, headers, json.dumps({"status": "ignored", "reason": outcome.ignored}).encode()


def _answer(method: str, handler: Handler, environ: "WSGIEnvironment") -> Answer | LaterAnswer:
    asked = environ["REQUEST_METHOD"]
    if asked == "OPTIONS":
        return HTTPStatus.OK, _CORS, b""
    if asked != method:
        allow = {"Allow": f"{method}, OPTIONS"}
        return _refusal(Problem(405, "method-not-allowed", f"Send events here with {method}.", headers=allow))
    try:
        return handler(environ)
    except Exception as error:  # noqa: BLE001  (turned into an answer, and logged if unforeseen)
        return _refusal(problems.of(error))


def _refusal(problem: Problem) -> Answer:
    headers = {**problem.headers, "Content-Type": problems.MEDIA_TYPE}
    return HTTPStatus(problem.status), headers, problem.body()


def _body(environ: "WSGIEnvironment", limit: int) -> bytes:
    coding = environ.get("HTTP_CONTENT_ENCODING", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise UnsupportedMediaError("Send events without Content-Encoding. Nothing was stored.")
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > limit:
        raise TooLargeError(f"The body has {length} bytes; at most {limit} are taken. Nothing was stored.")
    body: bytes = environ["wsgi.input"].read(length)
    return body


def _credentials(environ: "WSGIEnvironment") -> Credentials:
    """First found wins: x-site-* headers, a bearer token, the query; the body is looked at last."""
    site_id, site_key = environ.get("HTTP_X_SITE_ID"), environ.get("HTTP_X_SITE_KEY")
    if site_id and site_key:
        return Credentials(site_id, site_key)
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return Credentials(site_id if is_key(token.strip()) else None, token.strip())
    query = parse_qs(environ.get("QUERY_STRING", ""))
    if query.get("site_id") and query.get("k"):
        return Credentials(query["site_id"][0], query["k"][0])
    return Credentials()


def _named_site(environ: "WSGIEnvironment") -> str | None:
    """All that a preflight tells of the site: it has neither headers of ours nor a body."""
    in_query = parse_qs(environ.get("QUERY_STRING", "")).get("site_id", [""])[0]
    return environ.get("HTTP_X_SITE_ID") or in_query or None


def _client(environ: "WSGIEnvironment") -> Client:
    asking = sender(environ)
    return Client(
        asking.address,
        environ.get("HTTP_USER_AGENT", "")[:MAX_USER_AGENT],
        limited=not asking.local,
        hints=_hints(environ),
        refuses_ids=environ.get("HTTP_SEC_GPC") == "1" or environ.get("HTTP_DNT") == "1",
    )


def _hints(environ: "WSGIEnvironment") -> Hints:
    if _HINTS.isdisjoint(environ):
        return NO_HINTS
    return Hints(
        environ.get("HTTP_SEC_CH_UA", "")[:MAX_HINT],
        environ.get("HTTP_SEC_CH_UA_PLATFORM", "")[:MAX_HINT],
        environ.get("HTTP_SEC_CH_UA_MOBILE", "")[:MAX_HINT],
    )
