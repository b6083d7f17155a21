"""Whether a page's Content-Security-Policy lets a script run, as far as a header tells (CSP Level 3).

Of what can stand there this knows what pages say about scripts of others: hosts, schemes, nonces and hashes,
and 'strict-dynamic', which makes browsers look at nonces and hashes alone.
"""

from collections.abc import Collection, Sequence
from urllib.parse import SplitResult, urlsplit

_FOR_SCRIPTS = ("script-src-elem", "script-src", "default-src")
_FOR_EVENTS = ("connect-src", "default-src")
_PORTS = {"http": 80, "https": 443}


def forbids(policies: Sequence[str], page: str, script: str, marks: Collection[str]) -> str | None:
    """The directive that keeps the script at that address from running, or from sending events home; None:
    none does. `policies`: the values of headers and meta elements, each of which has to allow it.
    `marks`: sources that name this very element, its nonce or its hash."""
    for text in policies:
        for policy in text.split(","):
            directives = _read(policy)
            for names, its_marks in ((_FOR_SCRIPTS, marks), (_FOR_EVENTS, ())):
                name = next((name for name in names if name in directives), None)
                if name and not _allows(directives[name], urlsplit(page), urlsplit(script), its_marks):
                    return name
    return None


def _read(policy: str) -> dict[str, list[str]]:
    """Sources by directive; of one that is there twice the first counts."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        if name:
            directives.setdefault(name.lower(), sources)
    return directives


def _allows(sources: list[str], page: SplitResult, script: SplitResult, marks: Collection[str]) -> bool:
    if any(mark in sources for mark in marks):
        return True
    if "'strict-dynamic'" in sources:
        return False
    return any(_matches(source, page, script) for source in sources)


def _matches(source: str, page: SplitResult, script: SplitResult) -> bool:
    lower = source.lower()
    if lower == "*":
        return script.scheme in ("http", "https")
    if lower == "'self'":
        return _place(script) == _place(page)
    if lower.startswith("'"):
        return False
    if lower.endswith(":"):
        return lower[:-1] in _upgraded(script.scheme)
    return _is_host(lower, page, script)


def _is_host(source: str, page: SplitResult, script: SplitResult) -> bool:
    scheme, _, rest = source.rpartition("://")
    host, _, path = rest.partition("/")
    name, port = _split_port(host)
    if (scheme or page.scheme) not in _upgraded(script.scheme):
        return False
    hostname = script.hostname or ""
    if name != "*" and not (hostname.endswith(name[1:]) if name.startswith("*.") else hostname == name):
        return False
    if port not in ("*", str(_port(script))) and (port or _port(script) not in _PORTS.values()):
        return False
    return (
        not path or script.path == f"/{path}" or (path.endswith("/") and script.path.startswith(f"/{path}"))
    )


def _split_port(host: str) -> tuple[str, str]:
    """Empty where none is named."""
    name, colon, port = host.rpartition(":")
    return (name, port) if colon and not port.endswith("]") else (host, "")


def _upgraded(scheme: str) -> tuple[str, ...]:
    """What a policy may say for an address of that scheme: http stands for https too."""
    return ("http", "https") if scheme == "https" else (scheme,)


def _port(address: SplitResult) -> int:
    return address.port or _PORTS.get(address.scheme, 0)


def _place(address: SplitResult) -> tuple[str, str | None, int]:
    return address.scheme, address.hostname, _port(address)
