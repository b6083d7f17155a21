"""What every answer says about how browsers may treat it."""

from collections.abc import Sequence

from flask import Response, request

from appliance.web import problems


def content_policy(framed_by: Sequence[str] = ()) -> str:
    """A Content-Security-Policy; pages of the origins in `framed_by` may show the answer in a frame.

    Charts size their elements by style attributes; nothing else is inline, nothing from elsewhere.
    """
    ancestors = " ".join(framed_by) or "'none'"
    return (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; "
        f"frame-ancestors {ancestors}"
    )


_SECURITY = {
    "Content-Security-Policy": content_policy(),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # The dashboard uses none of them, and nothing that gets into it shall.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def protect(response: Response) -> Response:
    """Add what the route has not said itself."""
    for name, value in _SECURITY.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/") or response.mimetype in ("application/json", problems.MEDIA_TYPE):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
