"""The share links of a site, and the opening of one by whoever has it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field

from appliance.events.events import Timestamp
from appliance.runtime import Runtime
from appliance.sharing.share_tokens import VIEW_LIFETIME
from appliance.sharing.shares import NewShare, Share
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content, own_address, sender


class ShareForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: str = Field("", description="A note for the owner; those who open the link do not see it.")
    password: str | None = Field(None, description="Asked of everybody who opens the link.")
    expires_at: Timestamp | None = Field(None, description="From then on the link opens nothing.")
    embed_origins: list[str] = Field(
        [],
        description="Whose pages may show it in a frame: https://intranet.example. Empty: nobody's.",
    )


class ShareOpening(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    token: str = Field(description="What stands in the link.")
    password: str | None = None


@dataclass(frozen=True)
class ShareAnswer:
    """`token` and `url` are null for a link made with a secret that is lost: it still opens."""

    id: str
    name: str
    token: str | None
    url: str | None
    has_password: bool
    expires_at: datetime | None
    expired: bool
    embed_origins: list[str]
    created_at: datetime


@dataclass(frozen=True)
class ShareList:
    shares: list[ShareAnswer]


@dataclass(frozen=True)
class SharedSite:
    site_id: str
    name: str
    url: str
    timezone: str
    created_at: datetime


@dataclass(frozen=True)
class OpenedShare:
    """`token` looks at the reports and the live connection of the one site, for `expires_in` seconds."""

    site: SharedSite
    token: str
    expires_in: int


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("shares", __name__, url_prefix="/api")
    shares = runtime.shares

    @routes.get("/sites/<site_id>/shares")
    def index(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id, "editor")
        return answer(ShareList([_answer(runtime, share) for share in shares.of(site)]))

    @routes.post("/sites/<site_id>/shares")
    def create(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        wanted = NewShare(**json_form(ShareForm).model_dump())
        return answer(_answer(runtime, shares.create(auth.account().account_id, site, wanted)), 201)

    @routes.delete("/sites/<site_id>/shares/<share_id>")
    def revoke(site_id: str, share_id: str) -> Response:
        shares.revoke(auth.account().account_id, auth.site_of(runtime, site_id), share_id)
        return no_content()

    @routes.post("/shares/open", endpoint="open")
    def open_share() -> Response:
        form = json_form(ShareOpening)
        if form.password is not None:
            runtime.sign_in.take(sender(request.environ).address)
        share, token = shares.open(form.token, form.password)
        site = shares.site(share)
        shared = SharedSite(site.site_id, site.name, site.url, site.timezone, site.created_at)
        return answer(OpenedShare(shared, token, int(VIEW_LIFETIME.total_seconds())))

    return routes


def _answer(runtime: Runtime, share: Share) -> ShareAnswer:
    token = runtime.shares.token(share)
    return ShareAnswer(
        id=share.share_id,
        name=share.name,
        token=token,
        url=f"{own_address(runtime.config.public_url)}/share/{token}" if token else None,
        has_password=share.password_hash is not None,
        expires_at=share.expires_at,
        expired=not runtime.shares.is_open(share),
        embed_origins=list(share.embed_origins),
        created_at=share.created_at,
    )
