"""The housekeeping jobs of this Analytiq, for its owners: how they are, and one of them run now."""

from dataclasses import dataclass

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict

from appliance.process.job_board import JobState
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form


class NoFields(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


@dataclass(frozen=True)
class JobList:
    """In the order in which they run at the start."""

    jobs: list[JobState]


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("jobs", __name__)

    @routes.get("/api/jobs")
    def index() -> Response:
        auth.owner()
        return answer(JobList(runtime.jobs.states()))

    @routes.post("/api/jobs/<job>/run")
    def run(job: str) -> Response:
        auth.owner()
        json_form(NoFields)
        runtime.jobs.run_now(job)
        return answer(JobList(runtime.jobs.states()), 202)

    return routes
