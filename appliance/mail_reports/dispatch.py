"""Sends what is due: the newest week or month that is over, once, however long this program was off."""

import logging
from datetime import datetime

from appliance.accounts.accounts import Account, Accounts
from appliance.base.clock import Clock
from appliance.base.comparisons import Earlier
from appliance.base.config import Config
from appliance.base.timerange import TimeRange
from appliance.mail import sending
from appliance.mail.mail_server import MailServer, MailServers
from appliance.mail.sending import AddressError, MailError, UnconfirmedError
from appliance.mail_reports import periods, writing
from appliance.mail_reports.subscriptions import Subscription, Subscriptions
from appliance.mail_reports.writing import Figures
from appliance.process import reachable
from appliance.reports.breakdowns import Breakdowns
from appliance.reports.ranking import Ranking
from appliance.reports.reports import Reports
from appliance.sharing.access import Access
from appliance.sites.sites import Site, Sites
from appliance.storage.database import Database

log = logging.getLogger(__name__)

ROWS = 5
UNSUBSCRIBE = "/api/mail/unsubscribe/"


class Dispatch:
    def __init__(
        self,
        config: Config,
        database: Database,
        subscriptions: Subscriptions,
        servers: MailServers,
        accounts: Accounts,
        sites: Sites,
        access: Access,
        reports: Reports,
        breakdowns: Breakdowns,
        clock: Clock,
    ) -> None:
        self._config = config
        self._database = database
        self._subscriptions = subscriptions
        self._servers = servers
        self._accounts = accounts
        self._sites = sites
        self._access = access
        self._reports = reports
        self._breakdowns = breakdowns
        self._clock = clock

    def send_due(self, now: datetime) -> None:
        """It is noted before it is sent: a kill in between loses one e-mail, and none is sent twice. What the
        server did not take is due again, unless it refused it for good."""
        server = self._servers.find()
        if server is None:
            return
        for subscription in self._subscriptions.all():
            if self._database.ending or not self._sent(server, subscription, now):
                return

    def _sent(self, server: MailServer, subscription: Subscription, now: datetime) -> bool:
        """False where the server takes nothing now."""
        site = self._sites.by_id(subscription.site_id)
        account = self._accounts.find(subscription.account_id)
        if site is None or account is None or not self._access.reaches(account.account_id, site.site_id):
            self._subscriptions.end(subscription.subscription_id)
            return True
        span = periods.ended(subscription.frequency, site.zone, now)
        before = subscription.sent_until
        if span.last <= before:
            if periods.is_ahead(subscription.frequency, before, span.last):
                self._subscriptions.note(subscription, before, span.last)
            return True
        letter = writing.letter(self._figures(subscription, site, span))
        if not self._subscriptions.note(subscription, before, span.last):
            return True
        try:
            self._hand_over(server, subscription, account, letter)
        except UnconfirmedError as error:
            log.warning("A report of website %s: %s", site.site_id, error)
        except MailError as error:
            if not (isinstance(error, AddressError) and error.final):
                self._subscriptions.note(subscription, span.last, before)
            log.warning("A report of website %s was not sent: %s", site.site_id, error)
            return isinstance(error, AddressError)
        return True

    def _hand_over(
        self, server: MailServer, subscription: Subscription, account: Account, letter: writing.Letter
    ) -> None:
        link = self._unsubscribe(subscription)
        headers = {"List-Unsubscribe": f"<{link}>"}
        if link.startswith("https:"):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
        sending.send(server, self._clock, account.email, letter.subject, letter.text, letter.html, headers)

    def _figures(self, subscription: Subscription, site: Site, span: TimeRange) -> Figures:
        earlier = Earlier(periods.before(subscription.frequency, span.first, site.zone), None)
        return Figures(
            subscription.frequency,
            self._reports.site_report(site, span, compared=earlier),
            self._reports.top_pages(site, span, ROWS).pages,
            self._breakdowns.rows(site, span, "channel", Ranking(ROWS)).rows,
            f"{self._base()}/sites/{site.site_id}",
            self._unsubscribe(subscription),
        )

    def _unsubscribe(self, subscription: Subscription) -> str:
        return f"{self._base()}{UNSUBSCRIBE}{self._subscriptions.token(subscription)}"

    def _base(self) -> str:
        """The address that others most likely reach this program under."""
        return reachable.addresses(self._config)[0].url
