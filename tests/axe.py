"""axe-core, the checker for accessibility that the dashboard's own tools bring."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime !== Infinity)
    .map((each) => each.finished))"""
_SCRIPT = Path(__file__).parent.parent / "ui_static" / "node_modules" / "axe-core" / "axe.min.js"


def serious_faults(page: Page) -> list[str]:
    """What keeps somebody out of the page: rule, and the first element that breaks it.

    What is only fading in has less contrast than it will have.
    """
    page.evaluate(_AT_REST)
    page.evaluate(_SCRIPT.read_text("utf-8"))
    found: list[Any] = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
