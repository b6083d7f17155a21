"""Where an owner's alarms are posted to. Its secret is told once, by the answer that made it."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from appliance.base.errors import ConflictError
from appliance.fetching.target import MAX_URL
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content
from appliance.webhooks import posting
from appliance.webhooks.webhooks import Delivery, Webhook


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class WebhookForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    url: str = Field(max_length=MAX_URL)
    own_network: bool = Field(False, description="It may lead to this machine or a private network.")


@dataclass(frozen=True)
class WebhookState:
    """`url` null: there is none. `deliveries`: the last ten, newest first."""

    url: str | None
    own_network: bool
    deliveries: list[Delivery]


@dataclass(frozen=True)
class SavedWebhook:
    """`secret`: what posts are signed with, shown this once; null: that of before goes on."""

    url: str
    own_network: bool
    secret: str | None


@dataclass(frozen=True)
class TestPost:
    """What the address answered: a 2xx."""

    status: int


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("webhook", __name__, url_prefix="/api/webhook")
    webhooks = runtime.webhooks

    @routes.get("")
    def show() -> Response:
        account_id = auth.owner().account_id
        webhook = webhooks.find(account_id)
        if webhook is None:
            return answer(WebhookState(None, own_network=False, deliveries=[]))
        return answer(WebhookState(webhook.url, webhook.own_network, webhooks.deliveries(account_id)))

    @routes.patch("")
    def change() -> Response:
        by = auth.owner().account_id
        form = json_form(WebhookForm)
        before = webhooks.find(by)
        webhook = webhooks.set(by, form.url.strip(), form.own_network)
        return answer(SavedWebhook(webhook.url, webhook.own_network, _new_secret(before, webhook)))

    @routes.delete("")
    def remove() -> Response:
        webhooks.forget(auth.owner().account_id)
        return no_content()

    @routes.post("/test")
    def test() -> Response:
        webhook = webhooks.find(auth.owner().account_id)
        json_form(NoFields)
        if webhook is None:
            raise ConflictError("There is no webhook yet: save an address, then post a test to it.")
        return answer(TestPost(posting.test(runtime.fetching, webhook, runtime.clock.now())))

    return routes


def _new_secret(before: Webhook | None, after: Webhook) -> str | None:
    return None if before and before.secret == after.secret else after.secret
