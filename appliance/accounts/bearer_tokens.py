"""Tokens that stand for a sign-in without a cookie: signed, short-lived, and ended with the sessions."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

import jwt

from appliance.accounts.accounts import Account, Accounts
from appliance.base.clock import Clock
from appliance.base.errors import UnauthenticatedError
from appliance.base.secret import Secret

TOKEN_LIFETIME = timedelta(hours=12)
_ISSUER = "analytiq"
_AUDIENCE = "analytiq-api"
_ALGORITHM = "HS256"
_PURPOSE = "tokens"


class BearerTokens:
    """JSON Web Tokens (RFC 7519)."""

    def __init__(self, accounts: Accounts, secret: Secret, clock: Clock) -> None:
        self._accounts = accounts
        self._secret = secret
        self._clock = clock

    def issue(self, account: Account) -> str:
        now = self._clock.now()
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": account.account_id,
            "tv": account.token_version,
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
        }
        return jwt.encode(claims, self._secret.derive(_PURPOSE), _ALGORITHM)

    def account(self, token: str) -> Account:
        """Whom it stands for. Raises UnauthenticatedError."""
        try:
            claims = self._claims(token)
            expired = claims["exp"] <= self._clock.now().timestamp()
            account = None if expired else self._accounts.by_id(str(claims["sub"]), int(claims["tv"]))
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError) as error:
            raise UnauthenticatedError("The token is not valid. Sign in again.") from error
        if account is None:
            raise UnauthenticatedError("The token has expired. Sign in again.")
        return account

    def _claims(self, token: str) -> dict[str, Any]:
        """Signed by the present secret, or within its grace time by the one before."""
        *others, last = self._secret.accepted(_PURPOSE, self._clock.now())
        for key in others:
            with suppress(jwt.InvalidSignatureError):
                return _decode(token, key)
        return _decode(token, last)


def _decode(token: str, key: bytes) -> dict[str, Any]:
    return jwt.decode(
        token,
        key,
        [_ALGORITHM],
        audience=_AUDIENCE,
        issuer=_ISSUER,
        # The expiry is checked against the program's own clock.
        options={"require": ["exp", "sub"], "verify_exp": False, "verify_iat": False},
    )
