"""Keys for scripts."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from appliance.accounts.api_keys import ApiKey, Scope
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content


class KeyForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: str
    scope: Scope
    site_id: str | None = Field(
        None, description="The only site it is for; without it, all of the account's."
    )


@dataclass(frozen=True)
class KeyAnswer:
    """`site_id` null: every site of the account. `last_used_at` null: never."""

    id: str
    name: str
    scope: Scope
    site_id: str | None
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class NewApiKey(KeyAnswer):
    """`key` is never shown again."""

    key: str


@dataclass(frozen=True)
class KeyList:
    keys: list[KeyAnswer]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("api_keys", __name__, url_prefix="/api/keys")
    keys = runtime.api_keys

    @routes.get("")
    def index() -> Response:
        return answer(KeyList([KeyAnswer(*_shown(key)) for key in keys.of(auth.account().account_id)]))

    @routes.post("")
    def make() -> Response:
        form = json_form(KeyForm)
        if form.scope == "metrics":
            auth.owner()
        if form.site_id is not None:
            auth.site_of(runtime, form.site_id, "owner" if form.scope == "ingest" else "viewer")
        key, text = keys.make(auth.account().account_id, form.name, form.scope, form.site_id)
        return answer(NewApiKey(*_shown(key), text), 201)

    @routes.delete("/<key_id>")
    def revoke(key_id: str) -> Response:
        keys.revoke(auth.account().account_id, key_id)
        return no_content()

    return routes


def _shown(key: ApiKey) -> tuple[str, str, Scope, str | None, datetime, datetime | None]:
    return key.key_id, key.name, key.scope, key.site_id, key.created_at, key.last_used_at
