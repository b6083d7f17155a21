"""A new password for somebody who has lost theirs, given by who rules the machine.

The database has one owner process. While Analytiq runs, that is the server, which is asked to do it;
otherwise this process takes its place for the moment.
"""

import urllib.error
from dataclasses import asdict, dataclass, field

from appliance.accounts import root_key
from appliance.accounts.accounts import Accounts
from appliance.accounts.two_factor import TwoFactor
from appliance.base import secret
from appliance.base.clock import Clock
from appliance.base.config import Config
from appliance.base.errors import AnalytiqError, InvalidError, StartError
from appliance.desktop import local_calls
from appliance.maintenance import holding
from appliance.process.instance import Instance
from appliance.storage import migrations
from appliance.storage.database import Database, DatabaseError


@dataclass(frozen=True)
class Reset:
    """`without_two_factor`: switch the second step off, for somebody who has lost the app and the codes."""

    email: str
    new_password: str = field(repr=False)
    without_two_factor: bool = False


def reset(config: Config, clock: Clock, wanted: Reset) -> None:
    """Raises StartError, with what to do, if it was not done."""
    holding.check_there(config)
    with holding.held_or_served(config) as running:
        if running is None:
            _in_the_database(config, clock, wanted)
        else:
            _by_the_server(running, clock, wanted)


def _in_the_database(config: Config, clock: Clock, wanted: Reset) -> None:
    """Left without a checkpoint: the next start makes one, with the care that it takes."""
    database = Database(config.paths)
    try:
        migrations.migrate(database, clock.now())
        key = secret.load(config)
        accounts = Accounts(database, clock, signup_open=False)
        account = accounts.reset_password(wanted.email, wanted.new_password)
        if wanted.without_two_factor:
            TwoFactor(database, root_key.unlock(database, key, clock), clock).disable(account, by=None)
    except InvalidError as error:
        raise StartError(" ".join([str(error), *(fault.detail for fault in error.fields)])) from error
    except (AnalytiqError, DatabaseError) as error:
        raise StartError(str(error)) from error
    finally:
        database.abandon()


def _by_the_server(running: Instance, clock: Clock, wanted: Reset) -> None:
    try:
        local_calls.post(running, clock, "/api/local/reset-password", asdict(wanted))
    except urllib.error.HTTPError as error:
        raise StartError(local_calls.told(error)) from error
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not answer at {running.url}. Try to sign in with the new "
            "password; if that fails, stop Analytiq and give this command again."
        ) from error
