"""Switching the second step at sign-in on and off."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict

from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content, sender


class PasswordForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    current_password: str


class CodeForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    code: str


@dataclass(frozen=True)
class RecoveryCodes:
    """Never shown again; each signs in once."""

    recovery_codes: list[str]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("two_factor", __name__, url_prefix="/api/me/two-factor")
    two_factor = runtime.two_factor

    @routes.get("")
    def state() -> Response:
        return answer(two_factor.state(auth.account().account_id))

    @routes.post("")
    def begin() -> Response:
        _confirm_password()
        return answer(two_factor.begin(auth.account()))

    @routes.post("/enable")
    def enable() -> Response:
        return answer(RecoveryCodes(two_factor.enable(auth.account().account_id, json_form(CodeForm).code)))

    @routes.post("/recovery-codes")
    def renew() -> Response:
        _confirm_password()
        return answer(RecoveryCodes(two_factor.renew_recovery_codes(auth.account().account_id)))

    @routes.delete("")
    def disable() -> Response:
        _confirm_password()
        two_factor.disable(auth.account(), by=auth.account().account_id)
        return no_content()

    def _confirm_password() -> None:
        given = json_form(PasswordForm).current_password
        runtime.sign_in.confirm(auth.account(), given, sender(request.environ).address)

    return routes
