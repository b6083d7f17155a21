"""Every operation of the HTTP contract, as a table. openapi.py makes the document of it."""

from dataclasses import dataclass
from typing import NotRequired

from pydantic import BaseModel
from typing_extensions import TypedDict

from appliance.accounts import audit
from appliance.accounts.two_factor import Enrolment, TwoFactorState
from appliance.backups import compaction as compacting
from appliance.events.events import RawEvent
from appliance.ingest import ledger, quarantine
from appliance.ingest.ingest import BulkOutcome
from appliance.reports import breakdowns, reports, timeseries, vitals
from appliance.sharing.access import Guest
from appliance.web import (
    access,
    accounts,
    api_keys,
    backups,
    compaction,
    exports,
    goals,
    health,
    invitations,
    live,
    network,
    notices,
    people,
    pixel,
    probing,
    sessions,
    settings,
    shares,
    sites,
    two_factor,
)
from appliance.web.import_operations import IMPORTS
from appliance.web.local_operations import LOCAL
from appliance.web.operation import Operation
from appliance.web.reports import OneSeries
from appliance.web.upkeep_operations import UPKEEP


class BulkEvents(BaseModel):
    events: list[RawEvent]


@dataclass(frozen=True)
class Stored:
    status: str


@dataclass(frozen=True)
class Ignored:
    """Kept as evidence, deliberately counted nowhere."""

    status: str
    reason: str


@dataclass(frozen=True)
class Fault:
    pointer: str
    detail: str


class ProblemDocument(TypedDict):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: NotRequired[list[Fault]]


_RANGE = ("from", "to")
_SPAN = (*_RANGE, "range", "until")
_INGEST_REFUSALS = (400, 403, 413, 415, 422, 429, 503)
_SITE = "/api/sites/{site_id}"

OPERATIONS = (
    Operation(
        "post", "/ingest/event", "Store one event", {200: Stored, 202: Ignored}, RawEvent,
        query=("site_id", "k"), public=True, refusals=_INGEST_REFUSALS,
    ),
    Operation(
        "post", "/ingest/bulk", "Store up to 1000 events; taken as application/x-ndjson, too",
        {200: BulkOutcome}, list[RawEvent] | BulkEvents,
        query=("site_id", "k"), public=True, refusals=_INGEST_REFUSALS,
    ),
    Operation(
        "get", "/ingest/pixel.gif", "Store one event without a script; answers with an image of one pixel",
        {200: None, 202: None}, query=("site_id", "k", *pixel.FIELDS), public=True,
        refusals=(400, 403, 422, 429, 503),
    ),
    Operation("get", "/analytics.js", "The tracking script", {200: None}, public=True),
    Operation("get", "/analytics.detail.js", "What it loads later", {200: None}, public=True),
    Operation("get", "/consent.js", "A banner that asks for consent", {200: None}, public=True),
    Operation(
        "get", "/analytics.{digest}.js", "One version of the tracking script and its detail, in one",
        {200: None}, public=True, refusals=(404,),
    ),
    Operation("get", "/healthz", "Is it well", {200: health.Health, 503: health.Health}, public=True),
    Operation("get", "/api/openapi.json", "This document", {200: None}, public=True),
    Operation("get", "/api/setup", "Is there an account yet", {200: accounts.Setup}, public=True),
    Operation(
        "post", "/api/signup", "Make an account", {201: accounts.SignedIn}, accounts.SignUpForm,
        public=True, refusals=(400, 403, 409, 415, 422, 429),
    ),
    Operation(
        "post", "/api/login", "Sign in", {200: accounts.SignedIn}, accounts.LoginForm,
        public=True, refusals=(400, 401, 403, 415, 422, 429),
    ),
    Operation("post", "/api/logout", "End this browser's session", {204: None}, refusals=(403, 415)),
    Operation("get", "/api/me", "Who is signed in", {200: accounts.Me}),
    Operation(
        "patch", "/api/me", "Change one's own name", {200: accounts.Me}, accounts.MyChanges,
        refusals=(400, 403, 415, 422),
    ),
    Operation(
        "post", "/api/me/password", "Change one's password; every other session and token ends",
        {200: accounts.SignedIn}, accounts.PasswordChange, refusals=(400, 403, 415, 422, 429),
    ),
    Operation("get", "/api/me/two-factor", "Is the second step at sign-in on", {200: TwoFactorState}),
    Operation(
        "post", "/api/me/two-factor", "Begin to set up the second step: the secret for the app",
        {200: Enrolment}, two_factor.PasswordForm, refusals=(400, 403, 409, 415, 422, 429),
    ),
    Operation(
        "post", "/api/me/two-factor/enable", "Confirm it by a code; the recovery codes",
        {200: two_factor.RecoveryCodes}, two_factor.CodeForm, refusals=(400, 403, 409, 415, 422),
    ),
    Operation(
        "post", "/api/me/two-factor/recovery-codes", "Other recovery codes; those of before work no more",
        {200: two_factor.RecoveryCodes}, two_factor.PasswordForm, refusals=(400, 403, 409, 415, 422, 429),
    ),
    Operation(
        "delete", "/api/me/two-factor", "Switch the second step off", {204: None},
        two_factor.PasswordForm, refusals=(400, 403, 415, 422, 429),
    ),
    Operation("get", "/api/keys", "One's API keys", {200: api_keys.KeyList}),
    Operation(
        "post", "/api/keys", "Make an API key; it is shown this once", {201: api_keys.NewApiKey},
        api_keys.KeyForm, refusals=(400, 403, 404, 415, 422),
    ),
    Operation(
        "delete", "/api/keys/{key_id}", "Revoke an API key", {204: None}, refusals=(403, 404, 415),
    ),
    Operation("get", "/api/sessions", "Where one is signed in", {200: sessions.SessionList}),
    Operation(
        "delete", "/api/sessions/{session_id}", "End one of one's sessions", {204: None},
        refusals=(403, 404, 415),
    ),
    Operation(
        "post", "/api/sessions/end-others", "Sign out everywhere else: every other session and token ends",
        {200: accounts.SignedIn}, refusals=(403, 415),
    ),
    *LOCAL,
    *IMPORTS,
    *UPKEEP,
    Operation("get", "/api/network", "Under which addresses websites reach it", {200: network.Network}),
    Operation("get", "/api/notices", "What is wrong, worst first", {200: notices.NoticeList}),
    Operation("get", "/api/people", "The accounts; for an owner", {200: people.PersonList}, refusals=(403,)),
    Operation(
        "patch", "/api/people/{account_id}", "Change somebody's role; for an owner", {204: None},
        people.RoleChange, refusals=(400, 403, 404, 409, 415, 422),
    ),
    Operation(
        "delete", "/api/people/{account_id}", "Remove an account that owns no site; for an owner",
        {204: None}, refusals=(403, 404, 409, 415),
    ),
    Operation("get", "/api/invitations", "Open invitations", {200: invitations.InvitationList}),
    Operation(
        "post", "/api/invitations", "Invite somebody by a link", {201: invitations.NewInvitation},
        invitations.InvitationForm, refusals=(400, 403, 409, 415, 422),
    ),
    Operation(
        "delete", "/api/invitations/{invitation_id}", "Revoke an invitation", {204: None},
        refusals=(403, 404, 415),
    ),
    Operation(
        "post", "/api/invite", "What an invitation gives", {200: invitations.OpenedInvitation},
        invitations.InvitationToken, public=True, refusals=(400, 403, 404, 415, 422),
    ),
    Operation(
        "post", "/api/invite/accept", "Make an account by an invitation", {201: accounts.SignedIn},
        invitations.Acceptance, public=True, refusals=(400, 403, 404, 409, 415, 422, 429),
    ),
    Operation(
        "post", "/api/invite/join", "Accept an invitation with the account one has", {200: accounts.Me},
        invitations.InvitationToken, refusals=(400, 403, 404, 409, 415, 422),
    ),
    Operation(
        "get", "/api/backups", "The backups, newest first; for an owner", {200: backups.BackupList},
        refusals=(403,),
    ),
    Operation(
        "post", "/api/backups", "Make a backup now; for an owner", {201: backups.BackupAnswer},
        backups.NoFields, refusals=(400, 403, 409, 415, 422, 503),
    ),
    Operation(
        "post", "/api/backups/{backup}/restore", "Go back to a backup; the program starts anew for it",
        {204: None}, backups.Confirmation, refusals=(400, 403, 404, 409, 415, 422, 429, 503),
    ),
    Operation(
        "post", "/api/backups/{backup}/download", "Make a link that hands a backup out once, within a minute",
        {201: backups.DownloadLink}, backups.DownloadForm, refusals=(400, 403, 404, 409, 415, 422, 429, 503),
    ),
    Operation(
        "get", "/api/backups/download/{token}", "The file of a backup, by such a link", {200: None},
        refusals=(403, 404),
    ),
    Operation(
        "get", "/api/compaction", "How large the database is, and how much of it holds nothing; for an owner",
        {200: compaction.CompactionState}, refusals=(403,),
    ),
    Operation(
        "post", "/api/compaction", "Write the database anew without what holds nothing; for an owner",
        {200: compacting.Compacted}, compaction.NoFields, refusals=(400, 403, 409, 415, 422, 503),
    ),
    Operation(
        "get", "/api/audit", "Who did what, newest first; for the owner", {200: audit.AuditPage},
        query=("before", "limit"), refusals=(403, 422),
    ),
    Operation(
        "get", "/api/settings", "What the program was started with; for an owner",
        {200: settings.ProgramSettings}, refusals=(403,),
    ),
    Operation("get", "/api/sites", "The account's sites with today's numbers", {200: sites.SiteList}),
    Operation(
        "post", "/api/sites", "Add a site", {201: sites.NewSite}, sites.SiteForm,
        refusals=(400, 403, 415, 422),
    ),
    Operation(
        "post", "/api/sites/sample", "Make a site of made-up visitors, to look around in",
        {201: sites.SiteAnswer}, refusals=(403, 415),
    ),
    Operation("get", _SITE, "One site and its settings", {200: sites.SiteSettings}),
    Operation(
        "patch", _SITE, "Change a site's settings", {200: sites.SiteSettings}, sites.SiteChanges,
        refusals=(400, 403, 409, 415, 422, 503),
    ),
    Operation(
        "delete", _SITE, "Delete a site and everything measured of it, for good", {204: None},
        sites.Confirmation, refusals=(400, 403, 415, 422),
    ),
    Operation("get", f"{_SITE}/snippet", "The code for its pages", {200: sites.Snippet}),
    Operation(
        "post", f"{_SITE}/rotate-key", "Change the key; the one before works for a grace time",
        {200: sites.NewKey}, sites.KeyChange, refusals=(400, 403, 415, 422),
    ),
    Operation(
        "get", f"{_SITE}/access", "With whom it is shared; for its owner", {200: access.GuestList},
        refusals=(403,),
    ),
    Operation(
        "patch", f"{_SITE}/access/{{account_id}}", "Change what somebody may do with it", {200: Guest},
        access.AccessChange, refusals=(400, 403, 415, 422),
    ),
    Operation(
        "delete", f"{_SITE}/access/{{account_id}}", "Share it no longer", {204: None}, refusals=(403, 415)
    ),
    Operation(
        "post", f"{_SITE}/transfer", "Hand the site over to another account", {204: None},
        access.Transfer, refusals=(400, 403, 415, 422),
    ),
    Operation("get", f"{_SITE}/status", "Is data arriving", {200: sites.SiteStatus}),
    Operation("get", f"{_SITE}/probe", "What was last seen of its page", {200: probing.ProbeState}),
    Operation(
        "post",
        f"{_SITE}/probe",
        "Look now whether the website's page has the snippet",
        {200: probing.ProbeState},
        probing.ProbeForm,
        refusals=(400, 403, 415, 422),
    ),
    Operation(
        "get", f"{_SITE}/ledger", "What became of the events that arrived, per UTC day",
        {200: ledger.LedgerReport}, query=_RANGE, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/quarantine", "What was left out of the numbers, and why",
        {200: quarantine.QuarantineReport}, query=_RANGE, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/report", "All summary numbers of a range", {200: reports.SiteReport},
        query=(*_SPAN, "filters", "compare"), shared=True, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/timeseries", "Numbers per hour, day, week or month",
        {200: OneSeries | timeseries.Series},
        query=("metric", "granularity", *_SPAN, "filters", "compare"), shared=True, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/top-pages", "The most viewed pages", {200: reports.TopPages},
        query=("limit", *_SPAN, "filters"), shared=True, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/breakdown", "Numbers by the values of one dimension", {200: breakdowns.Breakdown},
        query=("dimension", "limit", "offset", "search", "sort", "order", *_SPAN, "filters"),
        shared=True, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/vitals", "Web vitals, as browsers measured them", {200: vitals.SiteVitals},
        query=("limit", *_SPAN, "filters"), shared=True, refusals=(422,),
    ),
    Operation(
        "get", f"{_SITE}/export", "A file with the numbers, the visits or the events of a range", {200: None},
        query=("what", "format", *_SPAN, "filters"), refusals=(422, 503),
    ),
    Operation(
        "get", f"{_SITE}/export/progress", "How far the file is that such a request is waiting for",
        {200: exports.ExportProgress}, query=("what", "format", *_SPAN, "filters"), refusals=(422,),
    ),
    Operation("get", f"{_SITE}/shares", "The links that show it to others", {200: shares.ShareList}),
    Operation(
        "post", f"{_SITE}/shares", "Make a link that shows its dashboard, to look at only",
        {201: shares.ShareAnswer}, shares.ShareForm, refusals=(400, 403, 415, 422),
    ),
    Operation(
        "delete", f"{_SITE}/shares/{{share_id}}", "Revoke a link: whoever looks is shut out within a second",
        {204: None}, refusals=(403, 415),
    ),
    Operation(
        "post", "/api/shares/open", "Open a share link", {200: shares.OpenedShare}, shares.ShareOpening,
        public=True, refusals=(400, 403, 404, 415, 422, 429),
    ),
    Operation("get", f"{_SITE}/goals", "What visitors are wanted to do", {200: goals.GoalList}),
    Operation(
        "post", f"{_SITE}/goals", "Add a goal; it counts over history", {201: goals.GoalAnswer},
        goals.GoalForm, refusals=(400, 403, 415, 422),
    ),
    Operation(
        "get", f"{_SITE}/goals/preview", "What a goal would have counted in the last 30 days",
        {200: reports.GoalPreview}, query=("kind", "pattern"), refusals=(422,),
    ),
    Operation(
        "delete", f"{_SITE}/goals/{{goal_id}}", "Delete a goal; no event is lost with it", {204: None},
        refusals=(403, 415),
    ),
    Operation(
        "post", f"{_SITE}/live-ticket", "A one-use ticket for the live connection", {200: live.LiveTicket},
        refusals=(403, 415),
    ),
    Operation(
        "get", "/ws/sites/{site_id}", "Live connection (WebSocket)", {101: None}, query=("token",),
        public=True, refusals=(400, 401, 403, 404, 503),
    ),
)  # fmt: skip

MESSAGES = (live.HelloMessage, live.UpdateMessage)
"""What the live connection sends, as JSON texts."""
