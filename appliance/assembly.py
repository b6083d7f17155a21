"""The parts put together over one data directory: opened, brought up to date, and what was left is loaded."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.accounts import root_key
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
from appliance.aggregates.counted_rows import CountedRows
from appliance.aggregates.facts_retention import FactsRetention
from appliance.aggregates.recount import Recount
from appliance.aggregates.retention import RawRetention
from appliance.aggregates.summaries import Summaries
from appliance.backups import upgrading
from appliance.backups.compaction import Compaction
from appliance.backups.downloads import Downloads
from appliance.backups.keeping import Backups
from appliance.backups.repeated import Repeated
from appliance.backups.restoring import Restoring
from appliance.backups.shelf import Shelf
from appliance.base import data_directory, secret
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.counting import Tally
from appliance.base.errors import StartError
from appliance.base.ratelimit import RateLimit
from appliance.events.enrichment.country_file import CountryFile
from appliance.events.privacy import CookielessVisitors, Pseudonyms
from appliance.events.salts import KeptSalts
from appliance.fetching.safe_fetch import SafeFetch
from appliance.guardian.guardian import Guardian
from appliance.guardian.telling import Telling
from appliance.guardian.webhook_telling import WebhookTelling
from appliance.imports.imports import Imports
from appliance.imports.reading import Reader
from appliance.imports.sources import Sources
from appliance.imports.undoing import Undoing
from appliance.imports.uploads import Uploads
from appliance.ingest import remembering
from appliance.ingest.ingest import Ingest
from appliance.ingest.ledger import Ledger
from appliance.ingest.loading import Loaded, Loader
from appliance.ingest.quarantine import Quarantine
from appliance.ingest.readmission import Readmission
from appliance.ingest.recent_ids import RecentIds
from appliance.mail.mail_server import MailServers
from appliance.mail_reports.dispatch import Dispatch
from appliance.mail_reports.subscriptions import Subscriptions
from appliance.mirror.mirror import Mirror
from appliance.probing.probes import Probes
from appliance.process import stand_in as stand_ins
from appliance.process.health import Health
from appliance.process.job_board import JobBoard
from appliance.process.local_access import LocalAccess
from appliance.process.measures import Measures
from appliance.process.stand_in import StandIn
from appliance.reports.breakdowns import Breakdowns
from appliance.reports.exports import Exports
from appliance.reports.live import Live
from appliance.reports.overview import Overview
from appliance.reports.past import Past
from appliance.reports.reports import Reports
from appliance.reports.timeseries import Timeseries
from appliance.reports.vitals import Vitals
from appliance.runtime import Runtime
from appliance.samples.samples import Samples
from appliance.sharing.access import Access
from appliance.sharing.invitations import Invitations
from appliance.sharing.shares import Shares
from appliance.sharing.tickets import Tickets
from appliance.sites.contacts import Contacts
from appliance.sites.goals import Goals
from appliance.sites.sites import Sites
from appliance.storage import exchange, recoveries
from appliance.storage.checkpoints import Checkpoints, shorten_log
from appliance.storage.database import Database, DatabaseError
from appliance.storage.journal import Journal
from appliance.storage.set_aside import SetAside
from appliance.visits import rollups
from appliance.visits.sealed import Sealed
from appliance.webhooks.webhooks import Webhooks


def shelf_of(config: Config) -> Shelf:
    return Shelf(config.backups, config.backup_budget_gb * 10**9)


def build(config: Config, clock: Clock) -> Runtime:
    """`prepare`, and `take_up` with nobody else at it."""
    parts = prepare(config, clock)
    take_up(parts, stand_ins.NONE)
    return parts


def prepare(config: Config, clock: Clock) -> Runtime:
    """Open the data directory, and bring the database up to date. The journal may still be another's.

    Raises StartError with what to do when the directory or the database cannot be used.
    """
    data_directory.make(config)
    database = Database(config.paths)
    with _closed_unless_usable(database, config):
        upgrading.upgrade(database, config.paths, shelf_of(config), clock.now())
        rollups.finish_rebuild(database, lambda: shorten_log(database, config.paths))
        return _put_together(config, clock, database)


def take_up(parts: Runtime, stand_in: StandIn) -> None:
    """Open the journal, when `stand_in` has ended. Without one, what waits there is loaded now.

    Raises StartError as `prepare` does.
    """
    paths, database, now = parts.config.paths, parts.database, parts.clock.now()
    with _closed_unless_usable(database, parts.config):
        if not exchange.is_due(paths):
            exchange.clear(paths)
        repeated = Repeated(paths, parts.journal, database, parts.ledger)
        ((batch,),) = database.read("loading.batch")
        is_hurried = stand_in.is_there
        known: list[Path] = []
        if is_hurried:
            repeated.take_out_of_all_but_last(now)
            known = parts.journal.files_after(batch)[:-1]  # To the last, something may still be added.
            remembering.recall_waiting(known, parts.recent_ids, parts.visitors)
            stand_in.ask_to_end()
            parts.ledger.carry_on(stand_in.wait())
        repeated.take_out(now)
        waiting = parts.journal.open(batch)
        recoveries.note(paths, parts.journal, database.log_put_aside, now)
        unknown = [file for file in waiting if file not in known]
        remembering.recall_waiting(unknown, parts.recent_ids, parts.visitors)
        if not is_hurried:
            parts.loader.load_pending()


@contextmanager
def _closed_unless_usable(database: Database, config: Config) -> Iterator[None]:
    try:
        yield
    except StartError:
        database.abandon()
        raise
    except DatabaseError as error:
        database.abandon()
        raise StartError(
            f"The database {config.paths.database} cannot be used: {error} It was left as it is; "
            "put back a backup, or move the data directory away to begin anew."
        ) from error


def _put_together(config: Config, clock: Clock, database: Database) -> Runtime:
    key = secret.load(config)
    root = root_key.unlock(database, key, clock)
    sites = Sites(database, root, clock)
    goals = Goals(database, clock)
    live = Live(database, clock, sites.by_id)
    overview = Overview(database, clock)
    summaries = Summaries(database, clock, sites, overview)

    def tell(loaded: Loaded) -> None:
        live.events_loaded(loaded)
        summaries.events_loaded(loaded)

    journal = Journal(config.paths.journal)
    ledger = Ledger(database)
    set_aside = SetAside(config.paths.set_aside)
    checkpoints = Checkpoints(database, journal, config.paths)
    loader = Loader(database, journal, ledger, clock, set_aside, checkpoints, tell)
    visitors = CookielessVisitors(KeptSalts(config.paths.salts))
    known = RecentIds()
    remembering.recall(database, known, visitors, clock.now())
    sealed = Sealed(database)
    api_keys = ApiKeys(database, clock)
    contacts = Contacts(clock)
    pseudonyms = Pseudonyms(root.derive("visitor ids"))
    country_file = CountryFile(config.paths.country_file)
    ingest = Ingest(
        sites,
        api_keys,
        journal,
        ledger,
        visitors,
        pseudonyms,
        country_file,
        known,
        sealed,
        clock,
        RateLimit(config.ingest_limit_per_ip, clock),
        RateLimit(config.ingest_limit_per_site, clock),
        contacts,
    )
    aggregates = Aggregates(database, sites, goals)
    reports = Reports(database, goals, clock)
    accounts = Accounts(database, clock, config.signup == "open")
    access = Access(database, sites, clock)
    backups = Backups(database, config.paths, shelf_of(config), root.raw, clock)
    two_factor = TwoFactor(database, root, clock)
    health = Health(
        config.paths,
        database,
        journal,
        ledger,
        loader,
        set_aside,
        aggregates,
        backups,
        config.data_budget_gb and config.data_budget_gb * 10**9,
    )
    mail_servers = MailServers(database, root, clock)
    subscriptions = Subscriptions(database, root, clock)
    breakdowns = Breakdowns(database)
    fetching = SafeFetch()
    webhooks = Webhooks(database, root, fetching, clock)
    jobs, answers = JobBoard(clock), Tally()
    turns = exchange.Turns(config.paths)
    return Runtime(
        config=config,
        clock=clock,
        secret=key,
        database=database,
        journal=journal,
        ledger=ledger,
        loader=loader,
        set_aside=set_aside,
        checkpoints=checkpoints,
        live=live,
        summaries=summaries,
        visitors=visitors,
        sites=sites,
        shares=Shares(database, sites, root, clock),
        accounts=accounts,
        bearer_tokens=BearerTokens(accounts, key, clock),
        access=access,
        people=People(database, accounts, clock),
        invitations=Invitations(database, accounts, access, clock),
        two_factor=two_factor,
        api_keys=api_keys,
        sign_in=SignIn(database, accounts, two_factor, clock),
        sessions=Sessions(database, clock),
        audit=Audit(database),
        tickets=Tickets(clock),
        local_access=LocalAccess(clock),
        recent_ids=known,
        sign_in_links=SignInLinks(clock),
        contacts=contacts,
        ingest=ingest,
        goals=goals,
        reports=reports,
        timeseries=Timeseries(database, goals, clock),
        breakdowns=breakdowns,
        vitals=Vitals(database),
        exports=Exports(database, reports, clock, config.paths.exports),
        mirror=Mirror(database, config.mirror_dir),
        past=Past(database),
        raw_retention=RawRetention(database, sites, sealed, config.raw_retention_days, loader.load_pending),
        aggregates=aggregates,
        recount=Recount(database, sites, CountedRows(database, goals)),
        facts_retention=FactsRetention(database, sites, sealed, aggregates, config.facts_retention_days),
        overview=overview,
        samples=Samples(sites, ingest, overview, clock),
        quarantine=Quarantine(database),
        readmission=Readmission(database, ledger, sites, tell),
        uploads=Uploads(config.paths.uploads),
        imports=Imports(
            database,
            journal,
            loader,
            ledger,
            Reader(Sources(pseudonyms, country_file, root.derive("visitors of logs")), sealed),
            Undoing(database, checkpoints, tell),
            clock,
            config.paths.imports,
        ),
        backups=backups,
        restoring=Restoring(database, config.paths, backups, loader, key, turns, clock),
        compaction=Compaction(database, config.paths, turns, clock),
        downloads=Downloads(database, backups.kept, config.paths.downloads, clock),
        guardian=Guardian(database, sites, clock),
        mail_servers=mail_servers,
        subscriptions=subscriptions,
        mail_reports=Dispatch(
            config, database, subscriptions, mail_servers, accounts, sites, access, reports, breakdowns, clock
        ),
        telling=Telling(database, mail_servers, accounts, sites, clock),
        fetching=fetching,
        probes=Probes(database, sites, fetching, clock),
        webhooks=webhooks,
        webhook_telling=WebhookTelling(database, webhooks, sites, fetching),
        health=health,
        jobs=jobs,
        answers=answers,
        measures=Measures(config.paths, clock, health, ledger, loader, live, jobs, answers),
    )
