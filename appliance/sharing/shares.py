"""Share links: one site's dashboard, to look at only, for whoever has the link."""

import ipaddress
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from appliance.accounts.accounts import MAX_PASSWORD_BYTES, MIN_PASSWORD
from appliance.accounts.audit import Action, Entry, enter
from appliance.base.clock import Clock
from appliance.base.errors import FieldError, InvalidError, NotFoundError, WrongPasswordError
from appliance.base.secret import Secret
from appliance.sharing import share_tokens
from appliance.sharing.share_tokens import ShareTokens
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database, Row, Transaction

MAX_NAME = 120
MAX_SHARES = 50
MAX_ORIGINS = 20
BURST = 10
BURST_WITHIN = timedelta(hours=1)
"""So many wrong passwords for one link in that time are entered in the audit log, once."""

_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


@dataclass(frozen=True)
class NewShare:
    """What an owner asks for. `name` is a note for themselves; `embed_origins` may show it in a frame."""

    name: str = ""
    password: str | None = None
    expires_at: datetime | None = None
    embed_origins: Sequence[str] = ()


@dataclass(frozen=True)
class Share:
    share_id: str
    site_id: str
    name: str
    token_hash: str
    password_hash: str | None
    expires_at: datetime | None
    embed_origins: tuple[str, ...]
    """As browsers send them: scheme, host and port, nothing else."""
    created_at: datetime


class Shares:
    """Asks memory, never the database: what is revoked here is closed to the very next request."""

    def __init__(self, database: Database, sites: Sites, secret: Secret, clock: Clock) -> None:
        self._database = database
        self._sites = sites
        self._clock = clock
        self._tokens = ShareTokens(secret)
        self._passwords = PasswordHasher()
        self._known = {share.share_id: share for share in map(_share, database.read("shares.all"))}
        self._by_token = {share.token_hash: share for share in self._known.values()}
        self._counting = threading.Lock()
        self._wrong: dict[str, tuple[datetime, int]] = {}

    def of(self, site: Site) -> list[Share]:
        """The site's shares, oldest first, those that have expired among them."""
        shares = [share for share in self._known.copy().values() if share.site_id == site.site_id]
        return sorted(shares, key=lambda share: (share.created_at, share.share_id))

    def create(self, account_id: str, site: Site, wanted: NewShare) -> Share:
        """In the name of an account. Raises InvalidError naming the fields at fault."""
        now = self._clock.now()
        origins = [origin.strip().lower().removesuffix("/") for origin in wanted.embed_origins]
        _check(wanted, origins, len(self.of(site)), now)
        share_id = f"share_{secrets.token_hex(8)}"
        share = Share(
            share_id=share_id,
            site_id=site.site_id,
            name=wanted.name.strip(),
            token_hash=share_tokens.digest(self._tokens.link(site.site_id, share_id)),
            password_hash=self._passwords.hash(wanted.password) if wanted.password else None,
            expires_at=wanted.expires_at,
            embed_origins=tuple(dict.fromkeys(origins)),
            created_at=now,
        )
        with self._database.write() as transaction:
            transaction.run("shares.insert", {**vars(share), "embed_origins": list(share.embed_origins)})
            self._enter(transaction, Action.SHARE_MADE, share, account_id)
        self._known[share_id] = self._by_token[share.token_hash] = share
        return share

    def revoke(self, account_id: str, site: Site, share_id: str) -> None:
        """In the name of an account. Raises NotFoundError."""
        share = self._known.get(share_id)
        if share is None or share.site_id != site.site_id:
            raise NotFoundError("There is no such share link.")
        with self._database.write() as transaction:
            transaction.run("shares.delete", {"site_id": site.site_id, "share_id": share_id})
            self._enter(transaction, Action.SHARE_REVOKED, share, account_id)
        self._known.pop(share_id, None)
        self._by_token.pop(share.token_hash, None)

    def token(self, share: Share) -> str | None:
        """What stands in the link. None for a link that was made with a secret that is lost: it
        still opens, but only those who have it know it."""
        token = self._tokens.link(share.site_id, share.share_id)
        return token if share_tokens.digest(token) == share.token_hash else None

    def find(self, link_token: str) -> Share | None:
        """The share that a link opens; None when it was revoked, has expired or never was."""
        share = self._by_token.get(share_tokens.digest(link_token))
        return share if share and self.is_open(share) else None

    def open(self, link_token: str, password: str | None) -> tuple[Share, str]:
        """A share and the view token that a page looks at its site with.

        Raises NotFoundError, or WrongPasswordError where it asks for one and that is not it.
        """
        share = self.find(link_token)
        if share is None:
            raise NotFoundError(
                "This link opens nothing: it was taken back, has expired or is incomplete. Ask whoever gave "
                "it to you for a new one."
            )
        self._check_password(share, password)
        return share, self._tokens.view(share.share_id, self._clock.now())

    def admitted(self, token: str) -> Share | None:
        """The share that a request may look at: by a view token, or by a link's that asks for no password."""
        if share_tokens.is_link(token):
            share = self.find(token)
            return share if share and share.password_hash is None else None
        share_id = self._tokens.share_of_view(token, self._clock.now())
        share = self._known.get(share_id) if share_id else None
        return share if share and self.is_open(share) else None

    def is_open(self, share: Share) -> bool:
        """Whether it is neither revoked nor expired, and its site is there."""
        if share.share_id not in self._known or self._sites.by_id(share.site_id) is None:
            return False
        return share.expires_at is None or self._clock.now() < share.expires_at

    def site(self, share: Share) -> Site:
        """Raises NotFoundError for a site that was deleted."""
        site = self._sites.by_id(share.site_id)
        if site is None:
            raise NotFoundError("There is no such site.")
        return site

    def _check_password(self, share: Share, password: str | None) -> None:
        if share.password_hash is None:
            return
        if password is None:
            raise _wrong_password("This link asks for a password.")
        try:
            self._passwords.verify(share.password_hash, password)
        except VerificationError as error:
            self._count_wrong(share)
            raise _wrong_password("This is not the link's password.") from error

    def _count_wrong(self, share: Share) -> None:
        now = self._clock.now()
        with self._counting:
            since, count = self._wrong.get(share.share_id, (now, 0))
            since, count = (since, count + 1) if now - since < BURST_WITHIN else (now, 1)
            self._wrong[share.share_id] = since, count
        if count == BURST:
            with self._database.write() as transaction:
                self._enter(transaction, Action.SHARE_PASSWORDS_FAILED, share)

    def _enter(self, transaction: Transaction, action: Action, share: Share, by: str | None = None) -> None:
        enter(transaction, Entry(action, self._clock.now(), by, share.site_id, share.name or share.share_id))


def _wrong_password(detail: str) -> WrongPasswordError:
    fault = FieldError("/password", "Type the password that you were given with the link.")
    return WrongPasswordError(detail, [fault])


def _check(wanted: NewShare, origins: list[str], present: int, now: datetime) -> None:
    faults: list[FieldError] = []
    name = wanted.name.strip()
    if len(name) > MAX_NAME or (name and not name.isprintable()):
        faults.append(FieldError("/name", f"Write a note of at most {MAX_NAME} characters, or none."))
    if present >= MAX_SHARES:
        faults.append(FieldError("/name", f"There are {MAX_SHARES} links already; revoke one first."))
    faults += _password_faults(wanted.password)
    if wanted.expires_at is not None and wanted.expires_at <= now:
        faults.append(FieldError("/expires_at", "Choose a time that is still to come."))
    faults += _origin_faults(origins)
    if faults:
        raise InvalidError("The share link was not made: fields are wrong.", faults)


def _password_faults(password: str | None) -> list[FieldError]:
    if password is None:
        return []
    if len(password) < MIN_PASSWORD:
        return [FieldError("/password", f"Choose a password of at least {MIN_PASSWORD} characters, or none.")]
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return [FieldError("/password", f"At most {MAX_PASSWORD_BYTES} bytes are taken.")]
    return []


def _origin_faults(origins: list[str]) -> list[FieldError]:
    if len(origins) > MAX_ORIGINS:
        return [FieldError("/embed_origins", f"At most {MAX_ORIGINS} addresses are taken.")]
    wanted = "Write an address without a path, such as https://intranet.example."
    return [
        FieldError(f"/embed_origins/{place}", wanted)
        for place, origin in enumerate(origins)
        if not _is_origin(origin)
    ]


def _is_origin(text: str) -> bool:
    """Whether it is an origin and nothing more, for it will stand in a header."""
    try:
        parts = urlsplit(text)
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError:
        return False
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    is_host = bool(_HOST.fullmatch(host)) or (":" in host and _is_address(host))
    return parts.scheme in ("http", "https") and is_host and text == f"{parts.scheme}://{shown}{port}"


def _is_address(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return "%" not in text


def _share(row: Row) -> Share:
    share = Share(*row)
    return replace(share, embed_origins=tuple(share.embed_origins))
