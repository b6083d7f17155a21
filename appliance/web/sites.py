"""The account's websites, and what their pages need."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict

from appliance.overview import Today
from appliance.runtime import Runtime
from appliance.sites import Site
from appliance.web import auth
from appliance.web.requests import answer, json_form


class SiteForm(BaseModel):
    model_config = ConfigDict(strict=True)

    name: str
    url: str
    timezone: str | None = None


@dataclass(frozen=True)
class SiteAnswer:
    site_id: str
    name: str
    url: str
    timezone: str
    created_at: datetime


@dataclass(frozen=True)
class SiteCard(SiteAnswer):
    today: Today


@dataclass(frozen=True)
class SiteList:
    sites: list[SiteCard]


@dataclass(frozen=True)
class NewSite(SiteAnswer):
    site_key: str
    snippet: str


@dataclass(frozen=True)
class Snippet:
    snippet: str
    script_url: str
    site_id: str
    site_key: str


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("sites", __name__, url_prefix="/api/sites")

    @routes.get("")
    def index() -> Response:
        sites = runtime.sites.owned_by(auth.account().account_id)
        today = runtime.overview.today(sites)
        return answer(SiteList([SiteCard(*_fields(site), today[site.site_id]) for site in sites]))

    @routes.post("")
    def create() -> Response:
        form = json_form(SiteForm)
        site = runtime.sites.create(auth.account().account_id, form.name, form.url, form.timezone)
        snippet = _snippet(runtime, site)
        return answer(NewSite(*_fields(site), snippet.site_key, snippet.snippet), 201)

    @routes.get("/<site_id>")
    def show(site_id: str) -> Response:
        return answer(SiteAnswer(*_fields(auth.site_of(runtime, site_id))))

    @routes.get("/<site_id>/snippet")
    def snippet(site_id: str) -> Response:
        return answer(_snippet(runtime, auth.site_of(runtime, site_id)))

    @routes.get("/<site_id>/status")
    def status(site_id: str) -> Response:
        return answer(runtime.overview.status(auth.site_of(runtime, site_id)))

    return routes


def _fields(site: Site) -> tuple[str, str, str, str, datetime]:
    """In the order of SiteAnswer."""
    return site.site_id, site.name, site.url, site.timezone, site.created_at


def _snippet(runtime: Runtime, site: Site) -> Snippet:
    base = runtime.config.public_url or request.host_url.rstrip("/")
    script_url = f"{base}/analytics.js"
    key = runtime.sites.key(site)
    code = (
        f'<script src="{escape(script_url)}" data-site-id="{escape(site.site_id)}" '
        f'data-site-key="{escape(key)}" async defer></script>'
    )
    return Snippet(code, script_url, site.site_id, key)
