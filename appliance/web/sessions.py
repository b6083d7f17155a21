"""Where one is signed in, and ending that."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response

from appliance.accounts.audit import Action
from appliance.accounts.sessions import Place, Session
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.accounts import signed_in
from appliance.web.requests import answer, no_content


@dataclass(frozen=True)
class SessionAnswer:
    """`current`: the one that asks. `place`: whether it signed in on the machine that Analytiq runs on."""

    id: str
    current: bool
    created_at: datetime
    last_seen_at: datetime
    browser: str
    os: str
    place: Place


@dataclass(frozen=True)
class SessionList:
    """The last seen first."""

    sessions: list[SessionAnswer]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("sessions", __name__, url_prefix="/api/sessions")

    @routes.get("")
    def index() -> Response:
        return answer(SessionList([_answer(session) for session in runtime.sessions.of(auth.account())]))

    @routes.delete("/<session_id>")
    def end(session_id: str) -> Response:
        runtime.sessions.end(auth.account().account_id, session_id, Action.SESSION_ENDED)
        return no_content()

    @routes.post("/end-others")
    def end_others() -> Response:
        return signed_in(runtime, runtime.accounts.end_sessions(auth.account().account_id))

    return routes


def _answer(session: Session) -> SessionAnswer:
    device = session.device
    return SessionAnswer(
        session.session_id,
        session.session_id == auth.holder().session_id,
        session.created_at,
        session.last_seen_at,
        device.browser,
        device.os,
        device.place,
    )
