"""The pages of the dashboard, as its own table of routes has them."""

import re
from pathlib import Path

_SOURCES = Path(__file__).parent.parent / "ui_static" / "src"
_TABLE = _SOURCES / "app" / "routes.tsx"
_TOPICS = _SOURCES / "features" / "help" / "topics.ts"


def pages() -> list[str]:
    """Their addresses, with `:siteId` and the like where an id stands."""
    return ["/", *(f"/{path}" for path in re.findall(r'path: "([^*"]+)"', _TABLE.read_text("utf-8")))]


def help_pages() -> list[str]:
    """The addresses of all pages of help."""
    return [f"/help/{name}" for name in re.findall(r'name: "([\w-]+)"', _TOPICS.read_text("utf-8"))]
