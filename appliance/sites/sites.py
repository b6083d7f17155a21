"""Websites that are measured, who owns them, and the keys their pages send with."""

import logging
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.base.clock import Clock
from appliance.base.errors import FieldError, ForbiddenError, InvalidError, NotFoundError
from appliance.base.secret import Secret
from appliance.events import hosts
from appliance.events.enrichment.traffic import bare_host
from appliance.events.events import EARLIEST
from appliance.sites import site_keys, site_settings
from appliance.sites.site_keys import KeyHashes
from appliance.sites.site_settings import Changes
from appliance.storage.database import Database, Row, Transaction

log = logging.getLogger(__name__)

MAX_URL = 2048
FOR_GOOD = timedelta(days=36_500)
STRAGGLING = timedelta(days=1)
"""How long what was under way for a deleted website is looked for: a count of repeated events, say, that
waited in memory while the database could not be written."""


@dataclass(frozen=True)
class Site:
    site_id: str
    owner_user_id: str
    name: str
    url: str
    key_version: int
    created_at: datetime
    timezone: str
    allowed_parameters: frozenset[str]
    """Parameters of addresses that are kept beside the campaign's, in lower case."""
    allowed_hosts: frozenset[str]
    """Where events may come from, as hosts.py has it; empty: from anywhere."""
    excluded_hosts: frozenset[str]
    """Hosts that are left out."""

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def host(self) -> str:
        """Without `www.`."""
        return bare_host(urlsplit(self.url).hostname or "")

    def admits(self, host: str) -> bool:
        """Whether the site's lists let pages of `host` count."""
        if self.allowed_hosts and not hosts.matches(host, self.allowed_hosts):
            return False
        return not (self.excluded_hosts and hosts.matches(host, self.excluded_hosts))


class Sites:
    """Every query about sites goes through here; ingest asks memory, never the database.

    `by` is the account that changes something; that it may is seen to by access.py.
    """

    def __init__(self, database: Database, secret: Secret, clock: Clock) -> None:
        self._database = database
        self._key_secret = secret.derive("site keys")
        self._clock = clock
        self._changing = threading.Lock()
        self._known = {site.site_id: (site, keys) for site, keys in map(_site, database.read("sites.all"))}

    def create(self, account_id: str, name: str, url: str, timezone: str | None) -> Site:
        """Raises InvalidError naming the fields at fault."""
        site = Site(
            site_id=f"site_{secrets.token_hex(16)}",
            owner_user_id=account_id,
            key_version=1,
            created_at=self._clock.now(),
            allowed_parameters=frozenset(),
            allowed_hosts=frozenset(),
            excluded_hosts=frozenset(),
            **_checked(name, url, timezone),
        )
        keys = KeyHashes(site_keys.digest(self.key(site)))
        with self._database.write() as transaction:
            transaction.run("sites.insert", {**_stored(site), "site_key": keys.present})
            self._enter(transaction, Action.SITE_MADE, account_id, site.site_id)
        self._known[site.site_id] = (site, keys)
        return site

    def update(self, by: str, site_id: str, changes: Changes) -> Site:
        """Change what is given. Raises NotFoundError or InvalidError.

        In another time zone all hours and days are cut anew, but those whose facts are gone.
        """
        with self._changing:
            site = self.present(site_id)
            changed = replace(site, **site_settings.checked(changes))
            with self._database.write() as transaction:
                self._enter(transaction, Action.SITE_CHANGED, by, site_id, _differences(site, changed))
                transaction.run("sites.update", _stored(changed))
                if changed.timezone != site.timezone:
                    transaction.run("sites.cut_anew", {"site_id": site_id})
            self._known[site_id] = (changed, self._known[site_id][1])
        return changed

    def rotate_key(self, by: str, site_id: str, grace: timedelta) -> tuple[Site, datetime]:
        """Give a site another key. Raises NotFoundError.

        Returns the site, and until when the key it had works beside the new one.
        """
        with self._changing:
            site = self.present(site_id)
            _, keys = self._known[site_id]
            changed = replace(site, key_version=site.key_version + 1)
            until = self._clock.now() + grace
            keys = keys.followed_by(self.key(changed), until)
            with self._database.write() as transaction:
                transaction.run("sites.rotate_key", _rotation(changed, keys))
                detail = f"The key of before works until {until:%Y-%m-%d %H:%M} UTC."
                self._enter(transaction, Action.SITE_KEY_CHANGED, by, site_id, detail)
            self._known[site_id] = (changed, keys)
        log.warning("Account %s changed the key of %s; the one before ends at %s.", by, site_id, until)
        return changed, until

    def replace_keys(self) -> None:
        """Give every site a key that follows from the present secret; the one that it had goes on working."""
        with self._changing:
            for site, keys in self._known.copy().values():
                changed = replace(site, key_version=site.key_version + 1)
                after = keys.followed_by(self.key(changed), self._clock.now() + FOR_GOOD)
                with self._database.write() as transaction:
                    transaction.run("sites.rotate_key", _rotation(changed, after))
                self._known[site.site_id] = (changed, after)

    def delete(self, by: str, site_id: str, confirm: str) -> None:
        """Remove a site and all that was measured of it, for good.

        Raises NotFoundError, or InvalidError where `confirm` is not its name. From the first moment nothing
        is taken for it any more; if the removal fails, it is there again.
        """
        with self._changing:
            site = self.present(site_id)
            _check_confirmed(site, confirm)
            known = self._known.pop(site_id)
            try:
                with self._database.write() as transaction:
                    self._enter(transaction, Action.SITE_DELETED, by, site_id)
                    transaction.run("sites.delete", {"site_id": site_id, "now": self._clock.now()})
                    transaction.run("sites.remove_rows", {"site_ids": [site_id]})
            except BaseException:
                self._known[site_id] = known
                raise
        log.warning("Account %s deleted the website %s and everything measured of it.", by, site_id)

    def _enter(
        self, transaction: Transaction, action: Action, by: str, site_id: str, detail: str = ""
    ) -> None:
        audit.enter(transaction, Entry(action, self._clock.now(), by, site_id, detail))

    def transfer(self, by: str, site_id: str, email: str) -> Site:
        """Hand a site over to another account, with its data, keys and goals, and with whom it is shared.

        Raises NotFoundError, or InvalidError where there is no account that can have it.
        """
        with self._changing:
            site = self.present(site_id)
            with self._database.write() as transaction:
                heir = _heir(transaction, site, email.strip().lower())
                detail = f"To {email.strip().lower()}."
                self._enter(transaction, Action.SITE_TRANSFERRED, by, site_id, detail)
                owners = {"site_id": site_id, "owner": site.owner_user_id, "heir": heir}
                transaction.run("sites.transfer", owners)
            changed = replace(site, owner_user_id=heir)
            self._known[site_id] = (changed, self._known[site_id][1])
        log.warning("Account %s transferred the website %s to %s.", by, site_id, heir)
        return changed

    def remove_stragglers(self, now: datetime) -> None:
        """What was written for a site by work that was under way when it was deleted."""
        deleted = self.deleted(now - STRAGGLING)
        if deleted:
            with self._database.write() as transaction:
                transaction.run("sites.remove_rows", {"site_ids": deleted})

    def deleted(self, since: datetime = EARLIEST) -> list[str]:
        """The ids of websites that are not there any more."""
        return [site_id for (site_id,) in self._database.read("sites.deleted", {"since": since})]

    def owned(self, account_id: str, site_id: str) -> Site:
        """One of the account's own sites. Raises NotFoundError."""
        site = self.present(site_id)
        if site.owner_user_id != account_id:
            raise NotFoundError("There is no such site.")
        return site

    def present(self, site_id: str) -> Site:
        """Raises NotFoundError. Whoever asks for a person asks access.py."""
        site = self.by_id(site_id)
        if site is None:
            raise NotFoundError("There is no such site.")
        return site

    def owned_by(self, account_id: str) -> list[Site]:
        """The account's sites, oldest first."""
        owned = [site for site, _ in self._known.copy().values() if site.owner_user_id == account_id]
        return sorted(owned, key=lambda site: (site.created_at, site.site_id))

    def all(self) -> list[Site]:
        """Whoever owns them."""
        return [site for site, _ in self._known.copy().values()]

    def at_host(self, host: str) -> list[Site]:
        """Those whose pages are there: at their own address, or on a host that they list."""
        bare = bare_host(host)
        return [site for site in self.all() if site.host == bare or hosts.matches(host, site.allowed_hosts)]

    def by_id(self, site_id: str) -> Site | None:
        """For the program's own work, as `all`."""
        known = self._known.get(site_id)
        return known[0] if known else None

    def key(self, site: Site) -> str:
        """The key that the site's pages send. It is public; only its hash is stored."""
        return site_keys.derive(self._key_secret, site.site_id, site.key_version)

    def authenticate(self, site_id: str, site_key: str) -> Site:
        """Raises ForbiddenError, the same for a wrong key as for an unknown site."""
        known = self._known.get(site_id)
        if known is None or not known[1].admit(site_key, self._clock.now()):
            raise ForbiddenError("The site id or key is wrong. Nothing was stored; copy the snippet again.")
        return known[0]

    def authenticate_key(self, site_key: str) -> Site:
        """By the key alone. Raises ForbiddenError."""
        now = self._clock.now()
        for site, keys in self._known.copy().values():
            if keys.admit(site_key, now):
                return site
        raise ForbiddenError("The site key is wrong. Nothing was stored; copy the snippet again.")


def _check_confirmed(site: Site, confirm: str) -> None:
    if confirm.strip() != site.name:
        raise InvalidError(
            "The website was not deleted, because its name was not given as it is written here.",
            [FieldError("/confirm", f"Write the website's name: {site.name}")],
        )


def _checked(name: str, url: str, timezone: str | None) -> dict[str, str]:
    faults: list[FieldError] = []
    name, url, zone = name.strip(), url.strip(), timezone or "UTC"
    if not site_settings.is_name(name):
        faults.append(FieldError("/name", site_settings.NAME_WANTED))
    url = url if "://" in url else f"https://{url}"
    if len(url) > MAX_URL or not _is_website(url):
        faults.append(FieldError("/url", "Give the website's address, such as https://shop.example."))
    if not site_settings.is_zone(zone):
        faults.append(FieldError("/timezone", site_settings.ZONE_WANTED))
    if faults:
        raise InvalidError("The website was not added: fields are wrong.", faults)
    return {"name": name, "url": url, "timezone": zone}


def _heir(transaction: Transaction, site: Site, email: str) -> str:
    """The account that a site can be handed over to. Raises InvalidError."""
    rows = transaction.run("accounts.by_email", {"email": email})
    if not rows:
        wrong = "There is no account with this address. Invite its owner first."
    elif rows[0][0] == site.owner_user_id:
        wrong = "This account has the website already."
    elif rows[0][3] == "viewer":
        wrong = (
            "This account only looks at others' websites. An owner of this Analytiq can make it an editor."
        )
    else:
        return str(rows[0][0])
    raise InvalidError("The website was not transferred.", [FieldError("/email", wrong)])


def _differences(before: Site, after: Site) -> str:
    """The settings that are not as before, in words."""
    stored = _stored(after)
    names = [name for name, value in _stored(before).items() if stored[name] != value]
    return f"Changed: {', '.join(names).replace('_', ' ')}." if names else "Saved without a change."


def _is_website(url: str) -> bool:
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        return is_address and parts.username is None and len(url.split()) == 1  # no e-mail address, no prose
    except ValueError:
        return False


def _stored(site: Site) -> dict[str, object]:
    """As the columns hold it; a list has no order of its own, so it is kept sorted."""
    values = {name: getattr(site, name) for name in Site.__dataclass_fields__}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in values.items()}


def _rotation(site: Site, keys: KeyHashes) -> dict[str, object]:
    return {
        "site_id": site.site_id,
        "site_key": keys.present,
        "key_version": site.key_version,
        "previous_site_key": keys.previous,
        "previous_key_until": keys.previous_until,
    }


def _site(row: Row) -> tuple[Site, KeyHashes]:
    site_id, owner, name, url, present, key_version, previous, until, created_at, timezone, *lists = row
    parameters, allowed, excluded = (frozenset(entry.lower() for entry in entries) for entries in lists)
    site = Site(site_id, owner, name, url, key_version, created_at, timezone, parameters, allowed, excluded)
    return site, KeyHashes(present, previous, until)
