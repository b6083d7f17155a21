"""The operations of websites: their settings, numbers, goals, and who sees them."""

from appliance.ingest import ledger, quarantine
from appliance.reports import breakdowns, reports, timeseries, vitals
from appliance.sharing.access import Guest
from appliance.web import access, exports, goals, live, probing, shares, sites
from appliance.web.operation import Operation
from appliance.web.reports import OneSeries

_RANGE = ("from", "to")
_SPAN = (*_RANGE, "range", "until")
_SITE = "/api/sites/{site_id}"

SITES = (
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
