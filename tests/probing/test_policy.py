"""Whether a policy lets the snippet run and send, case by case as browsers decide them."""

import pytest

from appliance.probing import policy

PAGE = "https://shop.example/"
SCRIPT = "https://stats.shop.example/analytics.js"


def forbids(text: str, script: str = SCRIPT, *marks: str, page: str = PAGE) -> str | None:
    return policy.forbids([text], page, script, marks)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "img-src 'none'",
        "script-src *; connect-src *",
        "default-src https:",
        "default-src http:",
        "default-src stats.shop.example",
        "default-src *.shop.example",
        "default-src https://stats.shop.example",
        "default-src http://STATS.shop.example:443",
        "SCRIPT-SRC stats.shop.example/analytics.js; connect-src stats.shop.example",
        "script-src stats.shop.example/; default-src stats.shop.example",
        "script-src 'none'; script-src-elem stats.shop.example",
        "script-src stats.shop.example; script-src 'none'",
        "script-src 'nonce-abc' 'strict-dynamic'; connect-src *",
        "script-src 'sha256-def='; connect-src *",
    ],
)
def test_it_runs(text: str) -> None:
    assert forbids(text, SCRIPT, "'nonce-abc'", "'sha256-def='") is None


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("default-src 'self'", "default-src"),
        ("default-src 'none'", "default-src"),
        ("script-src", "script-src"),
        ("script-src 'self' cdn.example 'unsafe-inline'", "script-src"),
        ("script-src shop.example", "script-src"),
        ("script-src *.stats.shop.example", "script-src"),
        ("script-src stats.shop.example:8443", "script-src"),
        ("script-src stats.shop.example/other.js", "script-src"),
        ("script-src stats.shop.example/js/", "script-src"),
        ("script-src 'strict-dynamic' stats.shop.example 'nonce-other'", "script-src"),
        ("script-src-elem 'self'; script-src *", "script-src-elem"),
        ("script-src *; connect-src 'self'", "connect-src"),
        ("default-src 'self'; script-src *", "default-src"),
        ("script-src *, script-src 'self'", "script-src"),
    ],
)
def test_it_does_not_run_or_send(text: str, directive: str) -> None:
    assert forbids(text) == directive


def test_what_is_the_pages_own_is_told_by_scheme_name_and_port() -> None:
    text = "default-src 'self'"
    assert forbids(text, "https://shop.example:443/analytics.js") is None
    assert forbids(text, "https://shop.example:8443/analytics.js") == "default-src"
    assert forbids("default-src shop.example", "http://shop.example/a.js") == "default-src"
    assert forbids("default-src *:8585", "http://shop.example:8585/a.js", page="http://shop.example/") is None


def test_each_policy_has_to_allow_it() -> None:
    assert policy.forbids(["script-src *", "script-src 'self'"], PAGE, SCRIPT, []) == "script-src"
