"""The HTTP side: routes read, check, call one function of the domain, and answer."""

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, Response, request

from appliance.base import log_lines
from appliance.base.paths import dashboard_files, snippet_files
from appliance.runtime import Runtime
from appliance.sites.scripts import Scripts
from appliance.web import (
    access,
    accounts,
    api_keys,
    audit,
    auth,
    backups,
    compaction,
    doctor,
    exports,
    goals,
    headers,
    health,
    imports,
    invitations,
    jobs,
    ledger,
    live,
    local,
    local_exports,
    local_imports,
    mail,
    mail_reports,
    meanwhile,
    monitoring,
    network,
    notices,
    openapi,
    people,
    probing,
    problems,
    quarantine,
    reports,
    sessions,
    settings,
    shares,
    sites,
    snippet,
    two_factor,
    ui,
    webhook,
)
from appliance.web.ingest import IngestApp
from appliance.web.reckoning import Reckoning

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)


def create_app(runtime: Runtime) -> "WSGIApplication":
    """Everything that answers on the port: events on a path of their own, all else in Flask."""
    return IngestApp(runtime.ingest, create_dashboard(runtime), runtime.answers)


def create_stand_in(runtime: Runtime) -> "WSGIApplication":
    """What websites need, from memory and the journal alone, while the database is closed."""
    app = Flask(__name__, static_folder=None)
    app.before_request(log_lines.begin_request)
    app.register_error_handler(Exception, _refuse)
    app.after_request(headers.protect)
    app.teardown_request(lambda _error: log_lines.end_request())
    app.register_blueprint(snippet.blueprint(runtime, Scripts(snippet_files(), runtime.config.paths.scripts)))
    app.register_blueprint(meanwhile.blueprint())
    return IngestApp(runtime.ingest, app, runtime.answers)


def create_dashboard(runtime: Runtime) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 25, "max_message_size": 4096}
    app.before_request(log_lines.begin_request)
    auth.install(app, runtime)
    app.register_error_handler(Exception, _refuse)
    app.after_request(headers.protect)
    app.teardown_request(lambda _error: log_lines.end_request())

    @app.after_request
    def count(response: Response) -> Response:
        runtime.answers.add(f"{response.status_code // 100}xx")
        return response

    scripts = Scripts(snippet_files(), runtime.config.paths.scripts)
    for module in (
        accounts,
        sessions,
        two_factor,
        api_keys,
        shares,
        exports,
        ledger,
        quarantine,
        live,
        notices,
        network,
        health,
        mail,
        mail_reports,
        webhook,
        probing,
        imports,
        monitoring,
        local,
        local_exports,
        local_imports,
        audit,
        settings,
        people,
        access,
        backups,
        compaction,
        jobs,
        doctor,
        invitations,
    ):
        app.register_blueprint(module.blueprint(runtime))
    reckoning = Reckoning(runtime.database)
    runtime.closing.callback(reckoning.end)
    app.register_blueprint(reports.blueprint(runtime, reckoning))
    app.register_blueprint(goals.blueprint(runtime, reckoning))
    app.register_blueprint(openapi.blueprint())
    app.register_blueprint(sites.blueprint(runtime, scripts))
    app.register_blueprint(snippet.blueprint(runtime, scripts))
    app.register_blueprint(ui.blueprint(dashboard_files(), runtime.shares))
    return app


def _refuse(error: Exception) -> Response:
    problem = problems.of(error)
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        log.warning("%s %s was answered with 503: %s", request.method, request.url_rule, problem.detail)
    response = Response(problem.body(), problem.status, mimetype=problems.MEDIA_TYPE)
    response.headers.update(problem.headers)
    return response
