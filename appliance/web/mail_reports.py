"""Which websites' numbers whoever asks gets by e-mail; and the link that ends it, which needs no sign-in."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.mail_reports.periods import Frequency
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form

_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Analytiq</title>'
    '<meta name="viewport" content="width=device-width"></head>'
    '<body style="font-family:sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem">{}</body></html>'
)
_ASK = _PAGE.format(
    "<h1>No more of these e-mails?</h1><p>You can ask for them again in the settings.</p>"
    '<form method="post"><button style="font-size:1rem;padding:.6rem 1rem">Send no more</button></form>'
)
"""Whatever opens links of e-mails before their reader does ends nothing by it."""
_ENDED = _PAGE.format("<h1>They come no more</h1><p>You can ask for them again in the settings.</p>")


class MailReportsForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    weekly: bool
    monthly: bool


@dataclass(frozen=True)
class SiteMailReports:
    site_id: str
    name: str
    weekly: bool
    monthly: bool


@dataclass(frozen=True)
class MailReports:
    """`sent_to`: the account's own address. `can_send`: a mail server is chosen."""

    sent_to: str
    can_send: bool
    sites: list[SiteMailReports]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("mail_reports", __name__, url_prefix="/api")
    subscriptions = runtime.subscriptions

    @routes.get("/mail/reports")
    def show() -> Response:
        account = auth.account()
        chosen = subscriptions.of(account.account_id)
        sites = [
            SiteMailReports(
                site.site_id,
                site.name,
                weekly=(site.site_id, "weekly") in chosen,
                monthly=(site.site_id, "monthly") in chosen,
            )
            for site, _ in runtime.access.sites_of(account)
        ]
        return answer(MailReports(account.email, runtime.mail_servers.find() is not None, sites))

    @routes.patch("/sites/<site_id>/mail-reports")
    def choose(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id, "viewer")
        form = json_form(MailReportsForm)
        wanted: set[Frequency] = {name for name in ("weekly", "monthly") if getattr(form, name)}
        subscriptions.choose(auth.account().account_id, site, wanted)
        return answer(SiteMailReports(site.site_id, site.name, form.weekly, form.monthly))

    @routes.get("/mail/unsubscribe/<token>")
    def ask(token: str) -> Response:
        subscriptions.named_by(token)
        return Response(_ASK, mimetype="text/html")

    @routes.post("/mail/unsubscribe/<token>")
    def end(token: str) -> Response:
        """As RFC 8058 has it: one post, whatever is in it."""
        subscriptions.end(subscriptions.named_by(token))
        return Response(_ENDED, mimetype="text/html")

    return routes
