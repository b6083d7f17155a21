"""The document and the program say the same."""

import json
import re
from pathlib import Path

from werkzeug.test import Client

from appliance.runtime import Runtime
from appliance.web import create_dashboard
from appliance.web.auth import PUBLIC
from appliance.web.openapi import document

# Pages and files for people; the contract is about what programs call.
_NO_CONTRACT = {"ui.page", "ui.asset", "ui.shared"}


def test_the_document_has_every_route_and_no_other(program: Runtime) -> None:
    routed = {
        (method.lower(), re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), rule.endpoint in PUBLIC)
        for rule in create_dashboard(program).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint not in _NO_CONTRACT
    }
    in_front = {
        ("post", "/ingest/event", True),
        ("post", "/ingest/bulk", True),
        ("get", "/ingest/pixel.gif", True),
    }
    documented = {
        (method, path, operation.get("security") == [])
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }
    assert documented == routed | in_front


def test_the_copy_for_readers_and_for_the_dashboards_types_is_the_present_one() -> None:
    copy = Path(__file__).parents[2] / "docs" / "openapi.json"
    assert json.loads(copy.read_text("utf-8")) == document(), "out of date: make openapi"


def test_it_is_served_and_all_its_references_lead_somewhere(web: Client) -> None:
    answer = web.get("/api/openapi.json")
    assert answer.get_json()["openapi"].startswith("3.1")
    schemas = answer.get_json()["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/(\w+)", answer.text)) <= schemas.keys()
    assert {"RawEvent", "SiteReport", "ProblemDocument"} <= schemas.keys()
