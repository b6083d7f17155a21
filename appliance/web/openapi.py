"""The machine-readable contract: the OpenAPI 3.1 document of the table of operations."""

from functools import cache
from typing import Any

from flask import Blueprint, Response
from pydantic import TypeAdapter

from appliance import __version__
from appliance.web import problems
from appliance.web.operation import Operation
from appliance.web.operations import MESSAGES, OPERATIONS, ProblemDocument
from appliance.web.query_parameters import QUERY
from appliance.web.requests import answer

_SIGNED_IN: list[dict[str, list[str]]] = [{"cookie": []}, {"bearer": []}]
_REF = "#/components/schemas/{model}"


def blueprint() -> Blueprint:
    routes = Blueprint("openapi", __name__)

    @routes.get("/api/openapi.json", endpoint="document")
    def show() -> Response:
        return answer(document())

    return routes


@cache
def document() -> dict[str, Any]:
    schemas, definitions = _schemas()
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Analytiq", "version": __version__},
        "security": _SIGNED_IN,
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "cookie": {"type": "apiKey", "in": "cookie", "name": "analytiq_session"},
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "share": {"type": "apiKey", "in": "query", "name": "token"},
            },
        },
    }


def _schemas() -> tuple[dict[Any, Any], dict[str, Any]]:
    """The schema of every type by the type itself, and the definitions that they refer to."""
    answered = {kind for operation in OPERATIONS for kind in operation.answers.values() if kind}
    answers = answered | {ProblemDocument, *MESSAGES}
    bodies = {operation.body for operation in OPERATIONS if operation.body}
    kinds = [(kind, "serialization") for kind in answers] + [(kind, "validation") for kind in bodies]
    ordered = sorted(kinds, key=lambda entry: repr(entry[0]))
    found, definitions = TypeAdapter.json_schemas(
        [(kind, mode, TypeAdapter(kind)) for kind, mode in ordered],  # type: ignore[misc]
        ref_template=_REF,
    )
    return {kind: schema for (kind, _), schema in found.items()}, dict(sorted(definitions["$defs"].items()))


def _operation(operation: Operation, schemas: dict[Any, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": operation.summary,
        "responses": {
            **{str(status): _success(status, kind, schemas) for status, kind in operation.answers.items()},
            **{str(status): _refusal(status, schemas) for status in _refusals(operation)},
        },
    }
    parameters = _parameters(operation)
    if parameters:
        described["parameters"] = parameters
    if operation.body:
        content = {"application/json": {"schema": schemas[operation.body]}}
        described["requestBody"] = {"required": True, "content": content}
    if operation.public:
        described["security"] = []
    elif operation.shared:
        described["security"] = [*_SIGNED_IN, {"share": []}]
    return described


def _refusals(operation: Operation) -> list[int]:
    """A site that is not yours answers 404, nobody signed in 401, on every operation that has either."""
    more = [404] if "{site_id}" in operation.path else []
    more += [] if operation.public else [401]
    return sorted({*operation.refusals, *more, 500} - operation.answers.keys())


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    in_path = [part.partition("}")[0] for part in operation.path.split("{")[1:]]
    return [
        *({"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in in_path),
        *({"name": name, "in": "query", **QUERY[name]} for name in operation.query),
    ]


def _success(status: int, kind: Any, schemas: dict[Any, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {"description": problems.phrase(status)}
    if kind is not None:
        described["content"] = {"application/json": {"schema": schemas[kind]}}
    return described


def _refusal(status: int, schemas: dict[Any, Any]) -> dict[str, Any]:
    content = {problems.MEDIA_TYPE: {"schema": schemas[ProblemDocument]}}
    return {"description": problems.phrase(status), "content": content}
