"""Sends each alarm to whoever owns its website: once, as soon as the mail server takes it."""

import logging
from datetime import datetime, timedelta

from appliance.accounts.accounts import Accounts
from appliance.base.clock import Clock
from appliance.guardian import alarms
from appliance.guardian.alarms import Alarm
from appliance.mail import sending
from appliance.mail.mail_server import MailServer, MailServers
from appliance.mail.sending import AddressError, MailError, UnconfirmedError
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database

log = logging.getLogger(__name__)

WORTH_TELLING = timedelta(days=1)
"""What could not be sent for so long is news no more."""


class Telling:
    def __init__(
        self, database: Database, servers: MailServers, accounts: Accounts, sites: Sites, clock: Clock
    ) -> None:
        self._database = database
        self._servers = servers
        self._accounts = accounts
        self._sites = sites
        self._clock = clock

    def tell(self, now: datetime) -> None:
        """What the server does not take is tried again at the next time, unless it refused it for good. A
        kill between its taking and our noting that sends an alarm twice rather than never."""
        rows = self._database.read("guardian.untold", {"since": now - WORTH_TELLING})
        server = self._servers.find() if rows else None
        if server is None:
            return
        for row in rows:
            if not self._told(server, Alarm(*row), now):
                return

    def _told(self, server: MailServer, alarm: Alarm, now: datetime) -> bool:
        site = self._sites.by_id(alarm.site_id)
        owner = self._accounts.find(site.owner_user_id) if site else None
        if site is None or owner is None:
            return True
        try:
            sending.send(server, self._clock, owner.email, *_words(alarm, site))
        except UnconfirmedError as error:
            log.warning("An alarm of website %s: %s", alarm.site_id, error)
        except MailError as error:
            log.warning("An alarm of website %s was not sent: %s", alarm.site_id, error)
            if not isinstance(error, AddressError):
                return False
            if not error.final:
                return True
        with self._database.write() as transaction:
            transaction.run("guardian.told", {**vars(alarm), "now": now})
        return True


def _words(alarm: Alarm, site: Site) -> tuple[str, str]:
    """Subject and text."""
    notice = alarms.notice(alarm, site)
    began = alarm.began_at.astimezone(site.zone)
    return notice.title, (
        f"{notice.title}, since {began:%H:%M} on {began:%Y-%m-%d} ({site.timezone}).\n\n{notice.detail}\n\n"
        "You get this because the website is yours. An owner of this Analytiq can switch it off "
        "(docs/operations.md, The guardian).\n"
    )
