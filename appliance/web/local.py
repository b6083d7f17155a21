"""What only commands on the program's own machine may ask for; each shows a proof of its own."""

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import json_form, no_content


class PasswordReset(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    email: str
    new_password: str
    without_two_factor: bool = False


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("local", __name__, url_prefix="/api/local")

    @routes.post("/reset-password")
    def reset_password() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        form = json_form(PasswordReset)
        account = runtime.accounts.reset_password(form.email, form.new_password)
        if form.without_two_factor:
            runtime.two_factor.disable(account, by=None)
        return no_content()

    return routes
