"""The accounts of this Analytiq, for its owners."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.accounts.people import Person
from appliance.accounts.roles import Role
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content


class RoleChange(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    role: Role


@dataclass(frozen=True)
class PersonList:
    people: list[Person]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("people", __name__, url_prefix="/api/people")

    @routes.get("")
    def index() -> Response:
        return answer(PersonList(runtime.people.all(auth.owner())))

    @routes.patch("/<account_id>")
    def change(account_id: str) -> Response:
        runtime.people.change_role(auth.owner(), account_id, json_form(RoleChange).role)
        return no_content()

    @routes.delete("/<account_id>")
    def remove(account_id: str) -> Response:
        runtime.people.remove(auth.owner(), account_id)
        return no_content()

    return routes
