"""Inviting people, and accepting an invitation.

What stands in the link travels in bodies alone: the addresses of requests end up in other programs' logs.
"""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field

from appliance.accounts.roles import Role
from appliance.runtime import Runtime
from appliance.sharing.invitations import MOST_SITES, Invitation, InvitedTo
from appliance.web import auth
from appliance.web.accounts import Me, signed_in, user
from appliance.web.requests import answer, json_form, no_content, sender


class InvitationForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    role: Role
    sites: list[str] = Field([], max_length=MOST_SITES, description="Websites of one's own, by their ids.")
    email: str | None = Field(None, description="For this address alone; null: for whoever has the link.")


class InvitationToken(BaseModel):
    """What stands in the invitation's link after `/invite/`."""

    model_config = ConfigDict(strict=True, extra="forbid")

    token: str


class Acceptance(InvitationToken):
    email: str
    password: str = Field(min_length=1)
    name: str = ""


@dataclass(frozen=True)
class InvitationAnswer:
    id: str
    role: Role
    email: str | None
    made_by: str
    made_at: datetime
    expires_at: datetime
    sites: list[InvitedTo]


@dataclass(frozen=True)
class NewInvitation(InvitationAnswer):
    """`path`, and with `public_url` set the whole `link`: shown this once."""

    path: str
    link: str | None


@dataclass(frozen=True)
class InvitationList:
    invitations: list[InvitationAnswer]


@dataclass(frozen=True)
class OpenedInvitation:
    """For whoever has the link. `email`: whose it is; null: anybody's."""

    role: Role
    email: str | None
    made_by: str
    expires_at: datetime
    sites: list[str]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("invitations", __name__, url_prefix="/api")
    invitations = runtime.invitations

    @routes.get("/invitations")
    def index() -> Response:
        found = invitations.open(auth.account())
        return answer(InvitationList([InvitationAnswer(*_fields(invitation)) for invitation in found]))

    @routes.post("/invitations")
    def make() -> Response:
        form = json_form(InvitationForm)
        made, token = invitations.make(auth.account(), form.role, form.sites, form.email)
        path = f"/invite/{token}"
        # Never from the Host header, which a stranger may have written.
        link = f"{runtime.config.public_url}{path}" if runtime.config.public_url else None
        return answer(NewInvitation(*_fields(made), path, link), 201)

    @routes.delete("/invitations/<invitation_id>")
    def revoke(invitation_id: str) -> Response:
        invitations.revoke(auth.account(), invitation_id)
        return no_content()

    @routes.post("/invite")
    def show() -> Response:
        return answer(_opened(invitations.show(json_form(InvitationToken).token)))

    @routes.post("/invite/accept")
    def accept() -> Response:
        runtime.sign_in.take(sender(request.environ).address)
        form = json_form(Acceptance)
        account = invitations.accept(form.token, form.email, form.password, form.name)
        return signed_in(runtime, account, 201)

    @routes.post("/invite/join")
    def join() -> Response:
        account = invitations.join(json_form(InvitationToken).token, auth.account())
        return answer(Me(user(account)))

    return routes


def _fields(made: Invitation) -> tuple[str, Role, str | None, str, datetime, datetime, list[InvitedTo]]:
    """In the order of InvitationAnswer."""
    return made.invitation_id, made.role, made.email, made.made_by, made.made_at, made.expires_at, made.sites


def _opened(made: Invitation) -> OpenedInvitation:
    sites = [site.name for site in made.sites]
    return OpenedInvitation(made.role, made.email, made.made_by, made.expires_at, sites)
