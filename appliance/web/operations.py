"""Every operation of the HTTP contract, as a table. openapi.py makes the document of it."""

from dataclasses import dataclass
from typing import NotRequired

from pydantic import BaseModel
from typing_extensions import TypedDict

from appliance.events.events import RawEvent
from appliance.ingest.ingest import BulkOutcome
from appliance.web import (
    accounts,
    health,
    live,
    pixel,
)
from appliance.web.account_operations import ACCOUNTS
from appliance.web.import_operations import IMPORTS
from appliance.web.local_operations import LOCAL
from appliance.web.operation import Operation
from appliance.web.site_operations import SITES
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


_INGEST_REFUSALS = (400, 403, 413, 415, 422, 429, 503)

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
    *ACCOUNTS,
    *LOCAL,
    *IMPORTS,
    *UPKEEP,
    *SITES,
)  # fmt: skip

MESSAGES = (live.HelloMessage, live.UpdateMessage)
"""What the live connection sends, as JSON texts."""
