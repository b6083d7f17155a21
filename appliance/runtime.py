"""The program's parts over one data directory; everything the web and the jobs need."""

import logging
from contextlib import ExitStack
from dataclasses import dataclass, field

from appliance.accounts.accounts import Accounts
from appliance.accounts.api_keys import ApiKeys
from appliance.accounts.audit import Audit
from appliance.accounts.bearer_tokens import BearerTokens
from appliance.accounts.people import People
from appliance.accounts.sessions import Sessions
from appliance.accounts.sign_in import SignIn
from appliance.accounts.sign_in_links import SignInLinks
from appliance.accounts.two_factor import TwoFactor
from appliance.aggregates.aggregates import Aggregates
from appliance.aggregates.facts_retention import FactsRetention
from appliance.aggregates.recount import Recount
from appliance.aggregates.retention import RawRetention
from appliance.aggregates.summaries import Summaries
from appliance.backups.compaction import Compaction
from appliance.backups.downloads import Downloads
from appliance.backups.keeping import Backups
from appliance.backups.restoring import Restoring
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.counting import Tally
from appliance.base.errors import UnavailableError
from appliance.base.secret import Secret
from appliance.events.privacy import CookielessVisitors
from appliance.fetching.safe_fetch import SafeFetch
from appliance.guardian.guardian import Guardian
from appliance.guardian.telling import Telling
from appliance.guardian.webhook_telling import WebhookTelling
from appliance.imports.imports import Imports
from appliance.imports.uploads import Uploads
from appliance.ingest.ingest import Ingest
from appliance.ingest.ledger import Ledger
from appliance.ingest.loading import Loader
from appliance.ingest.quarantine import Quarantine
from appliance.ingest.readmission import Readmission
from appliance.ingest.recent_ids import RecentIds
from appliance.mail.mail_server import MailServers
from appliance.mail_reports.dispatch import Dispatch
from appliance.mail_reports.subscriptions import Subscriptions
from appliance.mirror.mirror import Mirror
from appliance.probing.probes import Probes
from appliance.process.health import Health
from appliance.process.job_board import JobBoard
from appliance.process.local_access import LocalAccess
from appliance.process.measures import Measures
from appliance.reports.breakdowns import Breakdowns
from appliance.reports.exports import Exports
from appliance.reports.live import Live
from appliance.reports.overview import Overview
from appliance.reports.past import Past
from appliance.reports.reports import Reports
from appliance.reports.timeseries import Timeseries
from appliance.reports.vitals import Vitals
from appliance.samples.samples import Samples
from appliance.sharing.access import Access
from appliance.sharing.invitations import Invitations
from appliance.sharing.shares import Shares
from appliance.sharing.tickets import Holder, Tickets
from appliance.sites import site_settings
from appliance.sites.contacts import Contacts
from appliance.sites.goals import Goals
from appliance.sites.site_settings import Changes
from appliance.sites.sites import Site, Sites
from appliance.storage.checkpoints import Checkpoints
from appliance.storage.database import Database, DatabaseError
from appliance.storage.journal import Journal
from appliance.storage.set_aside import SetAside
from appliance.webhooks.webhooks import Webhooks

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Runtime:
    config: Config
    clock: Clock
    secret: Secret
    database: Database
    journal: Journal
    ledger: Ledger
    loader: Loader
    set_aside: SetAside
    checkpoints: Checkpoints
    live: Live
    summaries: Summaries
    visitors: CookielessVisitors
    sites: Sites
    shares: Shares
    accounts: Accounts
    bearer_tokens: BearerTokens
    access: Access
    people: People
    invitations: Invitations
    two_factor: TwoFactor
    api_keys: ApiKeys
    sign_in: SignIn
    sessions: Sessions
    audit: Audit
    tickets: Tickets
    local_access: LocalAccess
    recent_ids: RecentIds
    sign_in_links: SignInLinks
    contacts: Contacts
    ingest: Ingest
    goals: Goals
    reports: Reports
    timeseries: Timeseries
    breakdowns: Breakdowns
    vitals: Vitals
    exports: Exports
    mirror: Mirror
    aggregates: Aggregates
    recount: Recount
    past: Past
    raw_retention: RawRetention
    facts_retention: FactsRetention
    overview: Overview
    samples: Samples
    quarantine: Quarantine
    readmission: Readmission
    imports: Imports
    uploads: Uploads
    backups: Backups
    restoring: Restoring
    compaction: Compaction
    downloads: Downloads
    guardian: Guardian
    mail_servers: MailServers
    telling: Telling
    subscriptions: Subscriptions
    mail_reports: Dispatch
    fetching: SafeFetch
    probes: Probes
    webhooks: Webhooks
    webhook_telling: WebhookTelling
    health: Health
    jobs: JobBoard
    answers: Tally
    measures: Measures
    closing: ExitStack = field(default_factory=ExitStack)
    """What others began over these parts, and ends before them."""

    def start(self) -> None:
        self.live.start()
        self.summaries.start()
        self.loader.start()

    def settle(self) -> None:
        """Before `stop`, while events still arrive: leaves little to it. They wait in the journal then.

        Raises DatabaseError, UnavailableError or OSError; then `stop` does it.
        """
        self.samples.stop()
        self.imports.stop()
        if not self.loader.held:
            self.loader.load_pending()
            self.loader.hold()
            self.checkpoints.run()

    def stop(self) -> None:
        """Nothing acknowledged is lost: what is not loaded yet stays in the journal."""
        self.closing.close()
        self.samples.stop()
        self.imports.stop()
        self.live.stop()
        self.summaries.stop()
        self.journal.close()
        self.loader.stop()
        try:
            if not self.loader.held:
                self.loader.load_pending()
        except UnavailableError as error:
            log.error("What waits in the journal stays there: %s", error)
        except (DatabaseError, OSError):
            log.exception("What waits in the journal is loaded at the next start.")
        try:
            self.checkpoints.close()
        except DatabaseError as error:
            log.error("The database could not be closed in order; the journal has what it lacks: %s", error)
            self.database.abandon()

    def change_site(self, by: str, site_id: str, changes: Changes) -> Site:
        """As Sites.update, with a backup before a change of the time zone. Raises UnavailableError or
        ConflictError where none can be made; then nothing was changed."""
        zone = site_settings.checked(changes).get("timezone")
        if zone not in (None, self.sites.present(site_id).timezone):
            self.backups.before_cutting_anew(site_id)
        return self.sites.update(by, site_id, changes)

    def delete_site(self, by: str, site_id: str, confirm: str) -> None:
        """As Sites.delete; open views of it end, and events of it that were set aside go too."""
        self.sites.delete(by, site_id, confirm)
        self.live.end_views(site_id)
        self.contacts.forget(site_id)
        self.exports.forget_site(site_id)
        self.uploads.forget_site(site_id)
        try:
            self.set_aside.forget([site_id])
        except OSError as error:
            log.error("Events set aside of deleted website %s stay for another hour: %s", site_id, error)

    def may_watch(self, site_id: str, holder: Holder) -> bool:
        """Whether somebody is still signed in by that and still has the site; asked of memory alone."""
        return self.holds(holder) and self.access.reaches(holder.account_id, site_id)

    def holds(self, holder: Holder) -> bool:
        """Whether somebody is still signed in by that; asked of memory alone."""
        if not self.accounts.is_at(holder.account_id, holder.token_version):
            return False
        return holder.session_id is None or self.sessions.goes_on(holder.session_id)
