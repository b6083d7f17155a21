"""Numbers for a monitor, in the text format of Prometheus."""

from flask import Blueprint, Response, request

from appliance.accounts import roles
from appliance.base import prometheus
from appliance.base.errors import UnauthenticatedError
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import sender


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("monitoring", __name__)

    @routes.get("/metrics")
    def show() -> Response:
        _admit(runtime)
        return Response(prometheus.text(runtime.measures.families()), content_type=prometheus.MEDIA_TYPE)

    return routes


def _admit(runtime: Runtime) -> None:
    """Whoever asks on this machine itself, or comes with an owner's key for it. Raises UnauthenticatedError
    or ForbiddenError."""
    token = auth.bearer_token()
    if token is None and sender(request.environ).local:
        return
    if token is None:
        raise UnauthenticatedError(
            "From another machine, or through a proxy, send an API key made for monitoring."
        )
    key = runtime.api_keys.use(token, "metrics")
    account = runtime.accounts.find(key.account_id)
    if account is None:
        raise UnauthenticatedError("The account of this API key was removed.")
    roles.require(account.role, "owner")
