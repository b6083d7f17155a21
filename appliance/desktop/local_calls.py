"""What programs of the data directory's owner ask the running server for, each time with a fresh proof."""

import json
import urllib.error
import urllib.request

from appliance.base.clock import Clock
from appliance.process import local_access
from appliance.process.instance import Instance

TIMEOUT_S = 30.0


def post(
    running: Instance, clock: Clock, path: str, body: dict[str, object], timeout_s: float = TIMEOUT_S
) -> bytes:
    """The body of its answer. Raises urllib.error.HTTPError for a refusal, OSError without an answer."""
    headers = {
        "Authorization": f"Bearer {local_access.proof(running.key, clock.now())}",
        "Content-Type": "application/json",
    }
    request = urllib.request.Request(running.url + path, json.dumps(body).encode(), headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=timeout_s) as answer:  # noqa: S310  (http by construction)
        content: bytes = answer.read()
        return content


def told(refusal: urllib.error.HTTPError) -> str:
    """What it says, in words."""
    try:
        problem = json.load(refusal)
        return " ".join([problem["detail"], *(fault["detail"] for fault in problem.get("errors", []))])
    except (ValueError, KeyError, TypeError):
        return f"Analytiq answered with status {refusal.code}. Nothing was changed; its log may say why."
