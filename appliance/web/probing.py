"""Whether a website's page has the snippet: what was seen last, and a look now."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response
from pydantic import BaseModel, ConfigDict, Field

from appliance.probing.page import Finding
from appliance.probing.probes import Probe
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form


class ProbeForm(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    own_network: bool | None = Field(
        None,
        description="Whether the page may be on this machine or a private network, for an owner of this "
        "Analytiq to say; left out: as before.",
    )


@dataclass(frozen=True)
class ProbeState:
    """All null: nobody looked yet. `detail`: a directive, an address, a status, or empty."""

    probed_at: datetime | None
    finding: Finding | None
    detail: str | None
    own_network: bool


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("probing", __name__, url_prefix="/api/sites/<site_id>/probe")

    @routes.get("")
    def show(site_id: str) -> Response:
        return answer(_state(runtime.probes.last(auth.site_of(runtime, site_id).site_id)))

    @routes.post("")
    def look(site_id: str) -> Response:
        site = auth.site_of(runtime, site_id)
        form = json_form(ProbeForm)
        if form.own_network is not None:
            auth.owner()
        return answer(_state(runtime.probes.probe(site, form.own_network)))

    return routes


def _state(probe: Probe | None) -> ProbeState:
    if probe is None:
        return ProbeState(None, None, None, own_network=False)
    return ProbeState(probe.probed_at, probe.finding, probe.detail, probe.own_network)
