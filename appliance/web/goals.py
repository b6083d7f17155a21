"""The goals of a site."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict

from appliance.base import timerange
from appliance.runtime import Runtime
from appliance.sites.goals import Goal, Kind
from appliance.web import auth
from appliance.web.reckoning import Reckoning
from appliance.web.requests import answer, json_form, no_content

PREVIEW_DAYS = 30


class GoalForm(BaseModel):
    """`pattern`: a custom event's name, or a path in which * stands for all but / and ** for anything."""

    model_config = ConfigDict(strict=True, extra="forbid")

    name: str
    kind: str
    pattern: str


@dataclass(frozen=True)
class GoalAnswer:
    id: str
    name: str
    kind: Kind
    pattern: str
    created_at: datetime


@dataclass(frozen=True)
class GoalList:
    goals: list[GoalAnswer]


def blueprint(runtime: Runtime, reckoning: Reckoning) -> Blueprint:
    routes = Blueprint("goals", __name__, url_prefix="/api/sites/<site_id>/goals")

    @routes.get("")
    def index(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        return answer(GoalList([_answer(goal) for goal in runtime.goals.of(site)]))

    @routes.get("/preview")
    @reckoning.apart
    def preview(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        goal = runtime.goals.draft(request.args.get("kind", ""), request.args.get("pattern", ""))
        span = timerange.last_days(PREVIEW_DAYS, site.zone, runtime.clock.now())
        return answer(runtime.reports.goal_preview(site, span, goal))

    @routes.post("")
    def create(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        form = json_form(GoalForm)
        return answer(_answer(runtime.goals.create(site, form.name, form.kind, form.pattern)), 201)

    @routes.delete("/<goal_id>")
    def delete(site_id: str, goal_id: str) -> Response:
        runtime.goals.delete(auth.site_of(runtime, site_id), goal_id)
        return no_content()

    return routes


def _answer(goal: Goal) -> GoalAnswer:
    return GoalAnswer(goal.goal_id, goal.name, goal.kind, goal.pattern, goal.created_at)
