"""The account's websites, and what their pages need."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from appliance.accounts.roles import Role
from appliance.reports.overview import Recent, Status, Today
from appliance.runtime import Runtime
from appliance.sites import embedding
from appliance.sites.contacts import Contact
from appliance.sites.scripts import WHOLE, Scripts
from appliance.sites.site_settings import Changes
from appliance.sites.sites import Site
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content, own_address


class SiteForm(BaseModel):
    model_config = ConfigDict(strict=True)

    name: str
    url: str
    timezone: str | None = None


class SiteChanges(BaseModel):
    """What is missing or null stays as it is."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str | None = None
    timezone: str | None = Field(
        None, description="IANA name. Hours and days are cut anew, but those before facts_since."
    )
    allowed_parameters: list[str] | None = Field(
        None,
        description="Parameters of addresses that are kept beside utm_*; case does not matter.",
    )
    allowed_hosts: list[str] | None = Field(
        None, description="Hosts whose events count: shop.example, *.shop.example. Empty: any."
    )
    excluded_hosts: list[str] | None = Field(None, description="Hosts to leave out, such as localhost.")


class KeyChange(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    grace_hours: int = Field(
        24, ge=0, le=720, description="How long the key of before is still taken; 0: not at all."
    )


class Confirmation(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    confirm: str = Field(description="The site's name, as it is now.")


@dataclass(frozen=True)
class SiteAnswer:
    """`role`: what whoever asks is of the site."""

    site_id: str
    name: str
    url: str
    timezone: str
    created_at: datetime
    role: Role


@dataclass(frozen=True)
class SiteSettings(SiteAnswer):
    """With the lists that the owner keeps, in alphabetical order.

    `facts_since`: of earlier days only sums are kept, cut by the time zone of then, which no filter can be
    applied to; null: of none.
    """

    allowed_parameters: list[str]
    allowed_hosts: list[str]
    excluded_hosts: list[str]
    facts_since: date | None


@dataclass(frozen=True)
class SiteCard(SiteAnswer):
    """`today`, and what it is seen against."""

    today: Today
    recent: Recent


@dataclass(frozen=True)
class SiteList:
    sites: list[SiteCard]


@dataclass(frozen=True)
class NewSite(SiteAnswer):
    site_key: str
    snippet: str


@dataclass(frozen=True)
class SiteStatus(Status):
    """`now`: when this was said; `contact`: what was last heard from the website, counted or not."""

    now: datetime
    contact: Contact


@dataclass(frozen=True)
class Snippet:
    """`snippet` is the plain one of the variants."""

    snippet: str
    script_url: str
    site_id: str
    site_key: str
    variants: embedding.Variants


@dataclass(frozen=True)
class NewKey:
    site_key: str
    snippet: str
    previous_key_valid_until: datetime


def blueprint(runtime: Runtime, scripts: Scripts) -> Blueprint:
    routes = Blueprint("sites", __name__, url_prefix="/api/sites")

    @routes.get("")
    def index() -> Response:
        found = runtime.access.sites_of(auth.account())
        sites = [site for site, _ in found]
        today, recent = runtime.overview.today(sites), runtime.overview.recent(sites)
        cards = [
            SiteCard(*_fields(site, role), today[site.site_id], recent[site.site_id]) for site, role in found
        ]
        return answer(SiteList(cards))

    @routes.post("")
    def create() -> Response:
        form = json_form(SiteForm)
        site = runtime.sites.create(auth.editor().account_id, form.name, form.url, form.timezone)
        snippet = _snippet(runtime, scripts, site)
        return answer(NewSite(*_fields(site, "owner"), snippet.site_key, snippet.snippet), 201)

    @routes.post("/sample")
    def make_sample() -> Response:
        site = runtime.samples.make(auth.editor().account_id)
        return answer(SiteAnswer(*_fields(site, "owner")), 201)

    @routes.get("/<site_id>")
    def show(site_id: str) -> Response:
        return answer(_settings(runtime, auth.site_of(runtime, site_id)))

    @routes.patch("/<site_id>")
    def change(site_id: str) -> Response:
        auth.site_of(runtime, site_id)
        changes = Changes(**json_form(SiteChanges).model_dump())
        return answer(_settings(runtime, runtime.change_site(auth.account().account_id, site_id, changes)))

    @routes.delete("/<site_id>")
    def delete(site_id: str) -> Response:
        auth.site_of(runtime, site_id, "owner")
        runtime.delete_site(auth.account().account_id, site_id, json_form(Confirmation).confirm)
        return no_content()

    @routes.get("/<site_id>/snippet")
    def snippet(site_id: str) -> Response:
        return answer(_snippet(runtime, scripts, auth.site_of(runtime, site_id)))

    @routes.post("/<site_id>/rotate-key")
    def rotate_key(site_id: str) -> Response:
        auth.site_of(runtime, site_id)
        grace = timedelta(hours=json_form(KeyChange).grace_hours)
        changed, until = runtime.sites.rotate_key(auth.account().account_id, site_id, grace)
        snippet = _snippet(runtime, scripts, changed)
        return answer(NewKey(snippet.site_key, snippet.snippet, until))

    @routes.get("/<site_id>/status")
    def status(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        found = runtime.overview.status(site)
        return answer(
            SiteStatus(**vars(found), now=runtime.clock.now(), contact=runtime.contacts.of(site_id))
        )

    return routes


def _fields(site: Site, role: Role) -> tuple[str, str, str, str, datetime, Role]:
    """In the order of SiteAnswer."""
    return site.site_id, site.name, site.url, site.timezone, site.created_at, role


def _settings(runtime: Runtime, site: Site) -> SiteSettings:
    return SiteSettings(
        *_fields(site, runtime.access.role(auth.account(), site)),
        allowed_parameters=sorted(site.allowed_parameters),
        allowed_hosts=sorted(site.allowed_hosts),
        excluded_hosts=sorted(site.excluded_hosts),
        facts_since=runtime.past.first_day(site),
    )


def _snippet(runtime: Runtime, scripts: Scripts, site: Site) -> Snippet:
    base = own_address(runtime.config.public_url)
    key = runtime.sites.key(site)
    variants = embedding.variants(base, site.site_id, key, scripts.latest(WHOLE))
    return Snippet(variants.plain, f"{base}/analytics.js", site.site_id, key, variants)
