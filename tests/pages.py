"""The pages of the dashboard, as its own table of routes has them."""

import re
from pathlib import Path

_TABLE = Path(__file__).parent.parent / "ui_static" / "src" / "app" / "routes.tsx"


def pages() -> list[str]:
    """Their addresses, with `:siteId` and the like where an id stands."""
    return ["/", *(f"/{path}" for path in re.findall(r'path: "([^*"]+)"', _TABLE.read_text("utf-8")))]
