"""What the HTML of a page says about a website's snippet."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urljoin, urlsplit

from appliance.probing import policy

Finding = Literal[
    "found", "missing", "other_key", "forbidden", "mixed", "unreachable", "elsewhere", "private"
]


@dataclass(frozen=True)
class Seen:
    """`detail`: what there is to name: a directive, an address, a status."""

    finding: Finding
    detail: str = ""


@dataclass(frozen=True)
class _Script:
    src: str
    site_id: str
    site_key: str
    nonce: str
    integrity: str

    @property
    def marks(self) -> list[str]:
        """What a policy allows this very element by."""
        return [f"'{mark}'" for mark in (f"nonce-{self.nonce}", self.integrity) if mark]


class _Reader(HTMLParser):
    """Scripts, what stands in them, and policies; what is commented out is none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[_Script] = []
        self.code: list[str] = []
        self.policies: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._in_script = True
            self.scripts.append(
                _Script(
                    values.get("src", ""),
                    values.get("data-site-id", ""),
                    values.get("data-site-key", ""),
                    values.get("nonce", ""),
                    values.get("integrity", ""),
                )
            )
        elif tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            self.policies.append(values.get("content", ""))

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: ARG002  (as inherited)
        """As browsers do; the inherited one gives up at what it does not know."""
        return self.parse_bogus_comment(i)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.code.append(data)


def look(address: str, html: str, header_policy: str, site_id: str, is_key: Callable[[str], bool]) -> Seen:
    """`address`: of the page; `is_key`: whether the site takes events with that key. Raises ValueError where
    what stands in the page cannot be read."""
    reader = _Reader()
    # Without `close`, which takes what was never closed apart sign by sign, each time to the end: minutes for
    # a page that is made so. A browser runs no script that is not closed.
    reader.feed(html)
    own = [script for script in reader.scripts if script.site_id == site_id]
    good = next((script for script in own if is_key(script.site_key)), None)
    if good is not None:
        return _whether_it_runs(address, good, [header_policy, *reader.policies])
    if own or any(script.site_id for script in reader.scripts):
        return Seen("other_key")
    # As the form for tag managers does, which makes the element by a script.
    return Seen("found") if any(site_id in code for code in reader.code) else Seen("missing")


def _whether_it_runs(address: str, script: _Script, policies: list[str]) -> Seen:
    source = urljoin(address, script.src)
    if address.startswith("https:") and not source.startswith("https:"):
        return Seen("mixed", _origin(source))
    directive = policy.forbids(policies, address, source, script.marks)
    return Seen("forbidden", f"{directive} {_origin(source)}") if directive else Seen("found")


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
