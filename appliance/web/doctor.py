"""The doctor over HTTP: for owners, and for the command line on this machine."""

import math
from dataclasses import dataclass

from flask import Blueprint, Response

from appliance.aggregates.recount import Recounting
from appliance.runtime import Runtime
from appliance.support import bundle, examination
from appliance.support.examination import Finding
from appliance.web import auth
from appliance.web.affinity import on_any_processor
from appliance.web.local import NoFields
from appliance.web.requests import answer, json_form


@dataclass(frozen=True)
class Diagnosis:
    findings: list[Finding]


@dataclass(frozen=True)
class RecountProgress:
    """Null while no days are counted again."""

    recounting: Recounting | None


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("doctor", __name__)

    @routes.get("/api/doctor")
    @on_any_processor()
    def examine() -> Response:
        auth.owner()
        return answer(_diagnosis(runtime))

    @routes.get("/api/support-bundle")
    @on_any_processor()
    def pack() -> Response:
        auth.owner()
        return _packed(runtime)

    @routes.post("/api/local/doctor")
    @on_any_processor()
    def examine_here() -> Response:
        """As long as it takes: whoever waits is shown how far it is."""
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        with runtime.database.background():
            return answer(_diagnosis(runtime, within_s=math.inf))

    @routes.post("/api/local/doctor/progress")
    def recount_progress() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        return answer(RecountProgress(runtime.recount.under_way))

    @routes.post("/api/local/support-bundle")
    @on_any_processor()
    def pack_here() -> Response:
        runtime.local_access.admit(auth.bearer_token() or "")
        json_form(NoFields)
        return _packed(runtime)

    return routes


def _diagnosis(runtime: Runtime, within_s: float = examination.RECOUNT_S) -> Diagnosis:
    return Diagnosis(examination.examine(runtime, serving=True, within_s=within_s))


def _packed(runtime: Runtime) -> Response:
    packed = bundle.pack(runtime, examination.examine(runtime, serving=True))
    response = Response(packed, mimetype="application/zip")
    name = bundle.file_name(runtime.clock.now())
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
