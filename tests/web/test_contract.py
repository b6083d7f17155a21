"""The program answers as its OpenAPI document says, to requests that are made from that document.

`make contract` makes many more of them, and others every time.
"""

import json
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from appliance.runtime import Runtime
from appliance.web import create_app
from appliance.web.openapi import document
from tests.traffic import event, pageview, send
from tests.web.routes import ROUTES, Reach, Route, who_asks
from tests.web.tenants import Tenant, tenants

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    Operation = APIOperation[Any, Any, Any, Any]
    Request = Case[Operation]

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "0"))
"""For each operation. 0: a few, always the same ones."""
A_FEW = 8
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]

CONTRACT = schemathesis.openapi.from_dict(json.loads(json.dumps(document())), config=schemathesis.Config())
OPERATIONS = [CONTRACT[path][method] for path in CONTRACT for method in CONTRACT[path]]
TABLE = {str(route).replace("<", "{").replace(">", "}"): route for route in ROUTES}


class Caller:
    """Each time somebody else, from another address: one's limits and lost sessions are not tried here."""

    def __init__(self, program: Runtime, route: Route) -> None:
        self._app = create_app(program)
        self._route = route
        self._tenants = tenants(program)
        self._owner = next(self._tenants)
        self._asked = 0

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Any:
        self._asked += 1
        environ["REMOTE_ADDR"] = f"10.{self._asked >> 8}.{self._asked & 255}.1"
        answer = self._app(environ, start_response)
        try:
            return list(answer)
        finally:  # as servers do: the client would leave files open
            getattr(answer, "close", bool)()

    def next(self) -> Tenant:
        return who_asks(self._route, self._owner, self._tenants)

    def ask(self, case: "Request", asking: Tenant) -> int:
        """The status of the answer, which must be as documented."""
        key = {"X-Site-Id": asking.ids["site_id"], "X-Site-Key": asking.person.key}
        is_public = self._route.reach in (Reach.EVERYBODY, Reach.WEBSITES, Reach.VIEWER)
        answer = case.call(headers=key if is_public else asking.person.headers, app=self)
        case.validate_response(answer, CHECKS)
        return answer.status_code


@pytest.fixture
def caller(program: Runtime, operation: "Operation") -> Caller:
    made = Caller(program, TABLE[operation.label])
    _visit(program, made.next())
    return made


def _visit(program: Runtime, site: Tenant) -> None:
    now = program.clock.now()
    send(program, site.person.shop, pageview(now, "/", title="Shoes"), event("purchase", now))


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_every_answer_is_one_that_the_contract_has(operation: "Operation", caller: Caller) -> None:
    _succeeds(operation, caller)

    @settings(
        max_examples=EXAMPLES or A_FEW,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_cases(operation), known=st.sampled_from([True, True, True, False]))
    def holds(case: "Request", known: bool) -> None:
        asking = caller.next()
        if known:
            _ask_about(case, asking)
        caller.ask(case, asking)

    holds()


def _succeeds(operation: "Operation", caller: Caller) -> None:
    route = TABLE[operation.label]
    if route.reach not in (Reach.EVERYBODY, Reach.VIEWER):
        asking = caller.next()
        body: dict[str, Any] = {"body": route.filled(asking.ids)} if operation.body else {}
        names = {parameter.name for parameter in operation.path_parameters} & asking.ids.keys()
        if names or not operation.path_parameters:
            path = {name: asking.ids[name] for name in names}
            case = operation.Case(path_parameters=path, query=dict(parse_qsl(route.query[1:])), **body)
            assert caller.ask(case, asking) in route.expected


def _cases(operation: "Operation") -> st.SearchStrategy["Request"]:
    """Requests as the document has them, and where something can be wrong in them, others."""
    can_be_wrong = bool(operation.query or operation.body)
    modes = [GenerationMode.POSITIVE, *([GenerationMode.NEGATIVE] if can_be_wrong else [])]
    return st.one_of([operation.as_strategy(mode) for mode in modes])


def _ask_about(case: "Request", asking: Tenant) -> None:
    """About what is there, in the caller's own name."""
    case.path_parameters |= {name: asking.ids[name] for name in case.path_parameters if name in asking.ids}
    case.query.pop("token", None)
