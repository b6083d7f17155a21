"""With whom a website is shared, and handing it over: for its owner."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.accounts.roles import GivenRole
from appliance.runtime import Runtime
from appliance.sharing.access import Guest
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content


class AccessChange(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    role: GivenRole


class Transfer(BaseModel):
    """`email`: whose account is to have it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    email: str


@dataclass(frozen=True)
class GuestList:
    guests: list[Guest]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("access", __name__, url_prefix="/api/sites/<site_id>")

    @routes.get("/access")
    def index(site_id: str) -> Response:
        return answer(GuestList(runtime.access.guests(auth.site_of(runtime, site_id, "owner"))))

    @routes.patch("/access/<account_id>")
    def change(site_id: str, account_id: str) -> Response:
        site = auth.site_of(runtime, site_id, "owner")
        return answer(runtime.access.change(auth.account(), site, account_id, json_form(AccessChange).role))

    @routes.delete("/access/<account_id>")
    def take(site_id: str, account_id: str) -> Response:
        runtime.access.take(auth.account(), auth.site_of(runtime, site_id, "owner"), account_id)
        return no_content()

    @routes.post("/transfer")
    def transfer(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id, "owner")
        runtime.access.transfer(auth.account(), site, json_form(Transfer).email)
        return no_content()

    return routes
