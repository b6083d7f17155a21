"""Under which addresses websites can reach this program."""

from dataclasses import dataclass

from flask import Blueprint, Response

from appliance.process import reachable
from appliance.process.reachable import Address
from appliance.runtime import Runtime
from appliance.web.requests import answer


@dataclass(frozen=True)
class Network:
    """`addresses`: the best first. `for_https_pages`: whether pages with https may send to one of them, or to
    the port for HTTPS under the certificate's names."""

    addresses: list[Address]
    for_https_pages: bool


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("network", __name__)

    @routes.get("/api/network")
    def show() -> Response:
        found = reachable.probed(reachable.addresses(runtime.config))
        return answer(Network(found, reachable.serves_https_pages(runtime.config, found)))

    return routes
