"""Under which addresses websites can reach this program."""

from dataclasses import dataclass

from flask import Blueprint, Response

from appliance import reachable
from appliance.reachable import Address
from appliance.runtime import Runtime
from appliance.web.requests import answer


@dataclass(frozen=True)
class Network:
    """`addresses`: the best first. `for_https_pages`: whether one of them serves pages with https."""

    addresses: list[Address]
    for_https_pages: bool


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("network", __name__)

    @routes.get("/api/network")
    def show() -> Response:
        found = reachable.probed(reachable.addresses(runtime.config))
        return answer(Network(found, any(address.secure for address in found)))

    return routes
