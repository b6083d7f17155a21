"""Posts a JSON document, signed as https://www.standardwebhooks.com says, so that libraries can check it."""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from appliance.base.errors import UnavailableError
from appliance.fetching.safe_fetch import FetchError, Request, SafeFetch
from appliance.fetching.target import RefusedError
from appliance.webhooks.webhooks import SECRET_MARK, Webhook

SECONDS = 8.0
_ANSWER_BYTES = 1000
RETRY_AFTER_S = 60


class WebhookError(UnavailableError):
    """It was not taken, as far as is known."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, RETRY_AFTER_S)


def post(
    fetching: SafeFetch, webhook: Webhook, identity: str, content: Mapping[str, object], now: datetime
) -> int:
    """The answer's status, a 2xx. `identity` is the same however often it is posted. Raises WebhookError."""
    body = json.dumps(content, ensure_ascii=False).encode()
    at = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Analytiq",
        "Webhook-Id": identity,
        "Webhook-Timestamp": at,
        "Webhook-Signature": _signature(webhook.secret, identity, at, body),
    }
    request = Request(
        webhook.url, headers, body, own_network=webhook.own_network, bytes=_ANSWER_BYTES, seconds=SECONDS
    )
    try:
        status = fetching.fetch(request).status
    except (RefusedError, FetchError) as error:
        raise WebhookError(str(error)) from error
    if 300 <= status < 400:
        raise WebhookError(
            f"It answered with a redirect ({status}), which is not followed. Save the address it leads to."
        )
    if not 200 <= status < 300:
        raise WebhookError(f"It answered {status} instead of a 2xx.")
    return status


def test(fetching: SafeFetch, webhook: Webhook, now: datetime) -> int:
    """Something that is no alarm. As `post`."""
    content = {"type": "test", "timestamp": stamp(now)}
    return post(fetching, webhook, f"test_{secrets.token_hex(16)}", content, now)


def stamp(at: datetime) -> str:
    """As instants stand everywhere in the API."""
    return at.isoformat().replace("+00:00", "Z")


def _signature(secret: str, identity: str, at: str, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_MARK))
    signed = hmac.digest(key, f"{identity}.{at}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(signed).decode('ascii')}"
