"""`analytiq demo`: a made-up shop with ninety days of visitors, for a first look.

Its events take the way of any others: validation, journal, load. The real data is never touched.
"""

import logging
import secrets
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from appliance import serving
from appliance.accounts.accounts import Account, SignUp
from appliance.base import config as settings
from appliance.base import data_directory
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, StartError
from appliance.events.metrics import CURRENT
from appliance.runtime import Runtime
from appliance.samples import demo_shop
from appliance.samples.demo_traffic import SPAN, Traffic
from appliance.samples.samples import SEED as SEED
from appliance.samples.samples import Sender, batches
from appliance.serving import Running
from appliance.sites.sites import Site

log = logging.getLogger(__name__)

EMAIL = "demo@analytiq.example"


def run(config: Config) -> None:
    """Show the shop until told to stop. Raises StartError when it cannot begin."""
    config = apart(config)
    click.echo(f"The demo keeps its data in {config.data_dir}, apart from any of yours.")
    password = read_or_make_password(config)
    stopping = threading.Event()

    def present(running: Running) -> None:
        # The program's end waits for this thread: cut short inside DuckDB, it would end in a crash.
        threading.Thread(
            target=_present, args=(running, password, stopping), name="demo", daemon=False
        ).start()

    try:
        serving.serve(config, on_ready=present)
    finally:
        stopping.set()


def apart(config: Config) -> Config:
    """The settings with a data directory of the demo's own, and without a limit to the shop's events.

    Raises StartError where the directory asked for holds something else.
    """
    real = settings.load().data_dir
    if config.data_dir == real:
        config = replace(config, data_dir=real.with_name(f"{real.name}-demo"))
    if config.paths.database.exists() and not _password_file(config).exists():
        raise StartError(
            f"The data in {config.data_dir} is not the demo's; it was left untouched. "
            "Give the demo another folder with --data-dir, or leave that out."
        )
    return replace(config, ingest_limit_per_site=0)


def read_or_make_password(config: Config) -> str:
    """Kept in an owner-only file, so that a later run can let the viewer in again."""
    data_directory.make(config)
    file = _password_file(config)
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(12), "ascii")
    return file.read_text("ascii")


def open_shop(parts: Runtime, password: str) -> Site:
    """The demo's site, made at the first run together with the account that owns it."""
    account = _account(parts, password)
    mine = (site for site in parts.sites.owned_by(account.account_id) if site.url == demo_shop.URL)
    return next(mine, None) or _build_shop(parts, account)


def _build_shop(parts: Runtime, account: Account) -> Site:
    site = parts.sites.create(account.account_id, demo_shop.NAME, demo_shop.URL, demo_shop.TIME_ZONE)
    for goal in demo_shop.GOALS:
        parts.goals.create(site, *goal)
    return site


class Visitors:
    """Sends the made-up visits of a site; ends quietly once `stopping` is set."""

    def __init__(self, parts: Runtime, site: Site, stopping: threading.Event) -> None:
        self._parts = parts
        self._site = site
        self._stopping = stopping
        self._sender = Sender(parts.ingest, site, parts.sites.key(site), stopping)
        self._traffic = Traffic(SEED, parts.clock.now())

    def fill(self) -> int:
        """Send what is missing of the last ninety days; how many events that were."""
        now = self._parts.clock.now()
        done = max(now - SPAN, self._parts.overview.status(self._site).last_event_at or now - SPAN)
        sent = 0
        with click.progressbar(length=_seconds(now - done), label="Ninety days of visitors") as bar:
            for batch in batches(self._traffic.events(since=done)):
                if not self._sender.send(batch):
                    break
                sent += len(batch)
                bar.update(_seconds(batch[-1][0] - done))
                done = batch[-1][0]
            else:
                bar.update(_seconds(now - done))
        return sent

    def keep_coming(self) -> None:
        """Send live visits, each event at its time, until stopped. The first are a few minutes old."""
        for happening in self._traffic.live(since=self._parts.clock.now() - CURRENT):
            wait = happening[0] - self._parts.clock.now()
            if self._stopping.wait(max(0.0, wait.total_seconds())) or not self._sender.send([happening]):
                return


def _present(running: Running, password: str, stopping: threading.Event) -> None:
    parts = running.runtime
    try:
        visitors = Visitors(parts, open_shop(parts, password), stopping)
        visitors.fill()
        if not stopping.is_set():
            click.echo(f"{demo_shop.NAME}, a made-up shop, is open at {running.url}")
            click.echo(f"Sign in as {EMAIL} with the password {password}")
            click.echo("Visitors keep coming until you stop it with Ctrl-C.")
            visitors.keep_coming()
    except AnalytiqError as error:
        click.echo(
            f"The demo's visitors cannot be made: {error} Stop it with Ctrl-C, "
            f"remove the folder {parts.config.data_dir} and start it again.",
            err=True,
        )


def _account(parts: Runtime, password: str) -> Account:
    if parts.accounts.first_run:
        return parts.accounts.sign_up(SignUp(EMAIL, password, "Demo", setup_code="", local=True))
    return parts.accounts.authenticate(EMAIL, password)


def _password_file(config: Config) -> Path:
    return config.data_dir / "demo-password.txt"


def _seconds(span: timedelta) -> int:
    return max(0, round(span.total_seconds()))
