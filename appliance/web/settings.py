"""What the program was started with, as far as its owner has to know it. It is changed where it was set."""

from dataclasses import dataclass

from flask import Blueprint, Response

from appliance.base.config import Config
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, own_address


@dataclass(frozen=True)
class ProgramSettings:
    """`address`: what the code for websites points to; `public_url`: null where that is only what this
    browser uses. `tls_port`: null without a certificate. `settings_file`: where settings may be written."""

    address: str
    public_url: str | None
    host: str
    port: int
    tls_port: int | None
    dashboard: str
    signup: str
    raw_retention_days: int
    facts_retention_days: int
    data_dir: str
    settings_file: str


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("settings", __name__)

    @routes.get("/api/settings")
    def show() -> Response:
        auth.owner()
        return answer(_settings(runtime.config))

    return routes


def _settings(config: Config) -> ProgramSettings:
    return ProgramSettings(
        address=own_address(config.public_url),
        public_url=config.public_url,
        host=config.host,
        port=config.port,
        tls_port=config.tls_port if config.tls_cert else None,
        dashboard=config.dashboard,
        signup=config.signup,
        raw_retention_days=config.raw_retention_days,
        facts_retention_days=config.facts_retention_days,
        data_dir=str(config.data_dir),
        settings_file=str(config.paths.settings),
    )
