"""A new password for somebody who has lost theirs, given by who rules the machine.

The database has one owner process. While Analytiq runs, that is the server, which is asked to do it;
otherwise this process takes its place for the moment.
"""

import json
import urllib.error
import urllib.request

from appliance import desktop, local_access, migrations, secret, serving
from appliance.accounts import Accounts
from appliance.clock import Clock
from appliance.config import Config
from appliance.database import Database, DatabaseError
from appliance.errors import AlreadyRunningError, AnalytiqError, InvalidError, StartError
from appliance.instance import Instance, InstanceLock
from appliance.secret import Secret

TIMEOUT_S = 30.0


def reset(config: Config, clock: Clock, email: str, password: str) -> None:
    """Raises StartError, with what to do, if it was not done."""
    if not config.paths.database.exists():
        raise StartError(
            f"There is no Analytiq data in {config.data_dir}. Nothing was changed; "
            "name the right folder with --data-dir."
        )
    try:
        with InstanceLock(config.paths):
            serving.log_to_file(config)
            _in_the_database(config, clock, email, password)
    except AlreadyRunningError as error:
        running = desktop.find(config)
        if running is None:
            raise StartError(
                "Analytiq is just starting or ending. Nothing was changed; try again in a moment."
            ) from error
        _by_the_server(running, clock, email, password)


def _in_the_database(config: Config, clock: Clock, email: str, password: str) -> None:
    """Left without a checkpoint: the next start makes one, with the care that it takes."""
    database = Database(config.paths)
    try:
        migrations.migrate(database, clock.now())
        key = Secret(config.secret_key or secret.read_or_make(config.paths.secret))
        Accounts(database, key, clock, signup_open=False).reset_password(email, password)
    except InvalidError as error:
        raise StartError(_told(str(error), [fault.detail for fault in error.fields])) from error
    except (AnalytiqError, DatabaseError) as error:
        raise StartError(str(error)) from error
    finally:
        database.abandon()


def _by_the_server(running: Instance, clock: Clock, email: str, password: str) -> None:
    headers = {
        "Authorization": f"Bearer {local_access.proof(running.key, clock.now())}",
        "Content-Type": "application/json",
    }
    body = json.dumps({"email": email, "new_password": password}).encode()
    address = f"{running.url}/api/local/reset-password"
    request = urllib.request.Request(address, body, headers)  # noqa: S310  (http by construction)
    try:
        urllib.request.urlopen(request, timeout=TIMEOUT_S).close()  # noqa: S310
    except urllib.error.HTTPError as error:
        raise StartError(_told_by(error)) from error
    except OSError as error:
        raise StartError(
            f"Analytiq (PID {running.pid}) did not answer at {running.url}. Try to sign in with the new "
            "password; if that fails, stop Analytiq and give this command again."
        ) from error


def _told_by(answer: urllib.error.HTTPError) -> str:
    try:
        problem = json.load(answer)
        return _told(problem["detail"], [fault["detail"] for fault in problem.get("errors", [])])
    except (ValueError, KeyError, TypeError):
        return f"Analytiq answered with status {answer.code}. Nothing was changed; its log may say why."


def _told(detail: str, faults: list[str]) -> str:
    return " ".join([detail, *faults])
