"""For which site a request sends: by its key in the address, its headers or the body."""

from dataclasses import dataclass
from typing import Any

from appliance.accounts.api_keys import ApiKeys, is_key
from appliance.base.errors import (
    FieldError,
    ForbiddenError,
    MismatchError,
    NotFoundError,
    UnauthenticatedError,
)
from appliance.sites.contacts import Contacts
from appliance.sites.sites import Site, Sites


@dataclass(frozen=True)
class Credentials:
    """What a request says of its site outside the body; None where it says nothing."""

    site_id: str | None = None
    site_key: str | None = None


class Senders:
    def __init__(self, sites: Sites, api_keys: ApiKeys, contacts: Contacts) -> None:
        self._sites = sites
        self._api_keys = api_keys
        self._contacts = contacts

    def site(self, credentials: Credentials, value: dict[str, Any]) -> Site:
        """`value`: the event, or the first of several. Raises ForbiddenError."""
        try:
            return self._by(credentials, value)
        except ForbiddenError:
            named = self._sites.by_id(credentials.site_id or _text(value.get("site_id")) or "")
            if named:
                self._contacts.refused(named.site_id, "wrong_key")
            raise

    def _by(self, credentials: Credentials, value: dict[str, Any]) -> Site:
        """By what the request says, first found wins; the body's own fields come last."""
        site_id, site_key = credentials.site_id, credentials.site_key
        if site_key is None:
            site_id, site_key = _text(value.get("site_id")), _text(value.get("site_key") or value.get("k"))
        if site_key is None:
            raise ForbiddenError(
                "The request carries no site key. Nothing was stored; copy the snippet again."
            )
        if is_key(site_key):
            return self._by_api_key(site_key, site_id or _text(value.get("site_id")))
        if site_id:
            return self._sites.authenticate(site_id, site_key)
        return self._sites.authenticate_key(site_key)

    def _by_api_key(self, text: str, site_id: str | None) -> Site:
        """A server sends for one site of the key's account, and names it where the key is for all of them."""
        try:
            key = self._api_keys.use(text, "ingest")
            return self._sites.owned(key.account_id, key.site_id or site_id or "")
        except (UnauthenticatedError, NotFoundError) as error:
            raise ForbiddenError(
                "The API key is unknown, was revoked, is not for sending events, or not for the site that "
                "site_id names. Nothing was stored."
            ) from error


def check(site: Site, value: Any) -> None:
    """Raises MismatchError where an event names another site than its request."""
    claimed = value.get("site_id") if isinstance(value, dict) else None
    if claimed is not None and claimed != site.site_id:
        raise MismatchError(
            "The site_id in the body is not the site that the request's key belongs to. Nothing was stored.",
            [FieldError("/site_id", "differs from the site of the credentials")],
        )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
