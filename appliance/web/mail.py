"""The server that e-mail is handed to, for owners. Its password goes in and never comes out."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from appliance.base.errors import ConflictError
from appliance.mail import sending
from appliance.mail.mail_server import MailServer, Security
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class MailForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    host: str = Field(max_length=253)
    port: int
    security: Security
    username: str = Field("", max_length=320)
    password: str | None = Field(
        None,
        max_length=1024,
        description="Without it the one of before is kept, for the same server.",
    )
    sender: str = Field(max_length=320)


@dataclass(frozen=True)
class MailState:
    """All null or false while no e-mail is sent."""

    host: str | None
    port: int | None
    security: Security | None
    username: str | None
    has_password: bool
    sender: str | None


@dataclass(frozen=True)
class TestMail:
    sent_to: str


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("mail", __name__, url_prefix="/api/mail")

    @routes.get("")
    def show() -> Response:
        auth.owner()
        return answer(_state(runtime.mail_servers.find()))

    @routes.patch("")
    def change() -> Response:
        by = auth.owner()
        form = json_form(MailForm)
        wanted = MailServer(
            form.host.strip(), form.port, form.security, form.username, form.password, form.sender.strip()
        )
        return answer(_state(runtime.mail_servers.set(by.account_id, wanted)))

    @routes.delete("")
    def switch_off() -> Response:
        runtime.mail_servers.forget(auth.owner().account_id)
        return no_content()

    @routes.post("/test")
    def test() -> Response:
        """To whoever asks, and to nobody else."""
        to = auth.owner().email
        json_form(NoFields)
        server = runtime.mail_servers.find()
        if server is None:
            raise ConflictError("There is no mail server yet: save one, then send a test e-mail.")
        text = "This is a test. Alarms of your websites come this way.\n"
        sending.send(server, runtime.clock, to, "Analytiq can send e-mail", text)
        return answer(TestMail(to))

    return routes


def _state(server: MailServer | None) -> MailState:
    if server is None:
        return MailState(None, None, None, None, has_password=False, sender=None)
    return MailState(*server.place, server.password is not None, server.sender)
