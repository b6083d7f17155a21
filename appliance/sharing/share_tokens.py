"""The secrets of share links: what stands in the link, and what a page shows while it looks at the site.

A link's token is derived from the root key, the site and the share, as site keys are: its owner can copy it
again, and a stolen database, which has only its hash, gives no links. A view token is what an opened
link is exchanged for: signed, for one share, good for an hour.
"""

import hashlib
from datetime import datetime, timedelta

import jwt

from appliance.base.secret import Secret

VIEW_LIFETIME = timedelta(hours=1)

_LINK = "sh_"
_VIEW = "sv_"
_ISSUER = "analytiq"
_AUDIENCE = "analytiq-share"
_ALGORITHM = "HS256"


class ShareTokens:
    def __init__(self, secret: Secret) -> None:
        self._link_key = secret.derive("share links")
        self._view_key = secret.derive("share views")

    def link(self, site_id: str, share_id: str) -> str:
        """128 bits: the same whenever it is asked for, until the program's secret is lost."""
        text = f"{site_id}\0{share_id}".encode()
        return _LINK + hashlib.blake2b(text, key=self._link_key, digest_size=16).hexdigest()

    def view(self, share_id: str, now: datetime) -> str:
        claims = {"iss": _ISSUER, "aud": _AUDIENCE, "sub": share_id, "exp": now + VIEW_LIFETIME}
        return _VIEW + jwt.encode(claims, self._view_key, _ALGORITHM)

    def share_of_view(self, token: str, now: datetime) -> str | None:
        """The share that a view token is for; None when it is forged or has run out."""
        try:
            claims = jwt.decode(
                token.removeprefix(_VIEW),
                self._view_key,
                [_ALGORITHM],
                audience=_AUDIENCE,
                issuer=_ISSUER,
                # The expiry is checked below, against the program's own clock.
                options={"require": ["exp", "sub"], "verify_exp": False},
            )
        except jwt.InvalidTokenError:
            return None
        return str(claims["sub"]) if claims["exp"] > now.timestamp() else None


def is_link(token: str) -> bool:
    return token.startswith(_LINK)


def is_view(token: str) -> bool:
    return token.startswith(_VIEW)


def digest(token: str) -> str:
    """What is stored of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()
