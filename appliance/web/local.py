"""What only programs on this machine may ask for; each shows a proof of its own."""

import signal
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, redirect, request
from pydantic import BaseModel, ConfigDict
from werkzeug.wrappers import Response as BaseResponse

from appliance.backups.restoring import Progress
from appliance.base.errors import UnauthenticatedError
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.requests import answer, json_form, no_content, sender


class PasswordReset(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    email: str
    new_password: str
    without_two_factor: bool = False


class RestoreForm(BaseModel):
    """`file`: on the server's own machine. `go`: do it, and not only say what it would change."""

    model_config = ConfigDict(strict=True, extra="forbid")

    file: str
    passphrase: str | None = None
    go: bool = False


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True)
class RestoreProgress:
    """Null while no backup is looked through or put back."""

    going_back: Progress | None


@dataclass(frozen=True)
class SignInLink:
    """`path`: on this server, good for 30 seconds and one use."""

    path: str


@dataclass(frozen=True)
class MadeBackup:
    """`file`: the copy of the database, on the server's own machine."""

    file: str


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

    @routes.post("/sign-in-link")
    def make_link() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        token = runtime.sign_in_links.issue(runtime.accounts.owner().account_id)
        return answer(SignInLink(f"/api/local/sign-in?link={token}"), 201)

    @routes.post("/backup")
    @on_any_processor()
    def back_up() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        with runtime.database.background():
            made = runtime.backups.take("by hand")
        return answer(MadeBackup(str(runtime.backups.kept.file(made))), 201)

    @routes.post("/restore")
    @on_any_processor()
    def restore() -> Response:
        """Done, the program starts anew with the other database; this request is answered first."""
        runtime.local_access.admit(auth.bearer_token() or "")
        form = json_form(RestoreForm)
        with runtime.database.background():
            if not form.go:
                return answer(runtime.restoring.preview(Path(form.file), form.passphrase))
            runtime.restoring.go_back(Path(form.file), "the command line", form.passphrase)
        signal.raise_signal(signal.SIGTERM)
        return no_content()

    @routes.post("/restore/progress")
    def restore_progress() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        return answer(RestoreProgress(runtime.restoring.under_way))

    @routes.post("/stop")
    def stop() -> Response:
        """As SIGTERM does, which Windows does not have between processes; this request is answered first."""
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        signal.raise_signal(signal.SIGTERM)
        return no_content()

    @routes.get("/sign-in")
    def sign_in() -> BaseResponse:
        if not sender(request.environ).local:
            raise UnauthenticatedError("This link is for the window on Analytiq's own machine. Sign in.")
        account_id = runtime.sign_in_links.redeem(request.args.get("link", ""))
        auth.sign_in(runtime, runtime.sign_in.by_link(account_id))
        return redirect("/")

    return routes
