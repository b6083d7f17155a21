"""What no page and no honest script would ask for is refused, and is no error of ours."""

import pytest
from werkzeug.test import Client

from appliance.runtime import Runtime
from appliance.web.operations import OPERATIONS
from tests.web.routes import ROUTES, Reach, Route, who_asks
from tests.web.tenants import Tenant, tenants
from tests.web.test_matrix import call

ODD_IDS = (
    "%00",
    "a%00b",
    "%ff%fe",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%0d%0aX:y",
    "'%22\\",
    "..%2f",
    "*",
    "%25",
    "a" * 5000,
)
ODD_VALUES = (
    "", "%00", "%ff", "-1", "1e3", "1_0", "%D9%A3", "9" * 5000, "0001-01-01", "9999-12-31",
    "[[[null,{},[]]]]", '[["page",["is"],["a"]]]', '[["page","is",["\\ud800"]]]', "[" * 20_000,
    "a" * 10_000, ",",
)  # fmt: skip
ODD_BODIES = (
    b"", b"null", b"[]", b"0", b'"x"', b"{", b"\xff", b'{"a":' * 2000, b"[" * 100_000,
    b'{"name": "\\ud800\\u0000", "email": "\\u0000@x", "password": "\\ud800\\ud800\\ud800\\ud800"}',
    b'{"name": "' + b"x" * 100_000 + b'"}', b'{"grace_hours": 1e300}', b'{"grace_hours": 9007199254740993}',
    b'{"event_type": {}, "custom": [[]], "kind": 1e999}',
)  # fmt: skip


def _headers(route: Route, asking: Tenant) -> dict[str, str]:
    key = {"X-Site-Id": asking.ids["site_id"], "X-Site-Key": asking.person.key}
    return key if route.reach is Reach.WEBSITES else asking.person.headers


def test_an_id_may_be_anything(web: Client, program: Runtime) -> None:
    owner = next(tenants(program))
    for route in ROUTES:
        for name in route.id_names:
            for odd in ODD_IDS:
                answer = call(web, route, {**owner.ids, name: odd}, headers=_headers(route, owner))
                assert answer.status_code < 500, f"{route}: {odd[:20]}"


def test_a_body_may_be_anything(web: Client, program: Runtime) -> None:
    made = tenants(program)
    owner = next(made)
    for route in ROUTES:
        if route.changes_something:
            asking = who_asks(route, owner, made)
            for odd in ODD_BODIES:
                headers = {**_headers(route, asking), "Content-Type": "application/json"}
                answer = call(web, route, asking.ids, headers=headers, data=odd)
                assert answer.status_code < 500, f"{route}: {odd[:40]!r}"


@pytest.mark.parametrize("name", sorted({name for operation in OPERATIONS for name in operation.query}))
def test_a_parameter_may_be_anything(web: Client, program: Runtime, name: str) -> None:
    owner = next(tenants(program))
    documented = {
        (operation.method.upper(), operation.path.replace("{", "<").replace("}", ">"))
        for operation in OPERATIONS
        if name in operation.query
    }
    for route in ROUTES:
        if (route.method, route.rule) in documented:
            mark = "&" if route.query else "?"
            for odd in ODD_VALUES:
                answer = call(
                    web, route, owner.ids, query=f"{mark}{name}={odd}", headers=_headers(route, owner)
                )
                assert answer.status_code < 500, f"{route}: {odd[:40]}"
