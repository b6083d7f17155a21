"""Changing the program's secret while it is stopped, and going on without one that was lost."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from appliance import serving
from appliance.accounts import audit, root_key
from appliance.accounts.audit import Action, Entry
from appliance.base import secret
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.process.instance import InstanceLock
from appliance.sites.sites import Sites
from appliance.storage import migrations
from appliance.storage.database import Database, DatabaseError

log = logging.getLogger(__name__)


def rotate(config: Config, clock: Clock, grace: timedelta) -> None:
    """Put a new secret in the place of the file's; tokens of before are accepted until `grace` has passed.

    Raises StartError, with what to do, if it was not done.
    """
    if config.secret_key is not None:
        raise StartError(
            "The secret is set by ANALYTIQ_SECRET_KEY, and nothing was changed. Set a new one there, the one "
            "of now as ANALYTIQ_PREVIOUS_SECRET_KEY, and start Analytiq again."
        )
    with _opened(config, clock) as database:
        root_key.unlock(database, secret.load(config), clock)
        root_key.unlock(database, secret.rotate(config.paths.secret, clock.now() + grace), clock)


def replace_lost(config: Config, clock: Clock) -> None:
    """Go on with the secret that there is now, without what the lost one had encrypted.

    Keys in websites' pages go on working beside the new ones. Raises StartError if nothing is lost.
    """
    with _opened(config, clock) as database:
        present = secret.load(config)
        try:
            root_key.unlock(database, present, clock)
        except StartError:
            with database.write() as transaction:
                transaction.run("root_key.forget")
                detail = "The one before was lost; two-factor authentication is off for everybody."
                audit.enter(transaction, Entry(Action.SECRET_CHANGED, clock.now(), detail=detail))
            Sites(database, root_key.unlock(database, present, clock), clock).replace_keys()
            log.warning("A lost secret was replaced; two-factor authentication is off for everybody.")
        else:
            raise StartError("The secret is the right one: nothing is lost, and nothing was changed.")


@contextmanager
def _opened(config: Config, clock: Clock) -> Iterator[Database]:
    """Left without a checkpoint: the next start makes one, with the care that it takes."""
    if not config.paths.database.exists():
        raise StartError(
            f"There is no Analytiq data in {config.data_dir}. Nothing was changed; "
            "name the right folder with --data-dir."
        )
    with InstanceLock(config.paths):
        serving.log_to_file(config)
        database = Database(config.paths)
        try:
            migrations.migrate(database, clock.now())
            yield database
        except DatabaseError as error:
            raise StartError(str(error)) from error
        finally:
            database.abandon()
