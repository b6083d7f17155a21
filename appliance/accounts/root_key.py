"""The root key: what all keys follow from that must outlive a change of the program's secret.

It is random, made once, and kept in the database encrypted by the secret. So a stolen database alone gives no
key, and a change of the secret changes no website's key, no visitor's id and nothing that is encrypted.
"""

import logging
import secrets

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.base import encryption
from appliance.base.clock import Clock
from appliance.base.encryption import WrongKeyError
from appliance.base.errors import StartError
from appliance.base.secret import Secret
from appliance.storage.database import Database

log = logging.getLogger(__name__)

_PURPOSE = "root key"


def unlock(database: Database, secret: Secret, clock: Clock) -> Secret:
    """The root key, as keys are derived from it; made where there is none.

    Where the secret was changed since, it is encrypted anew. Raises StartError if neither the secret nor the
    one before it is right; then nothing was changed.
    """
    row = database.read_one("root_key.find")
    if row is None:
        return lock(database, secret, _first(database, secret))
    try:
        return Secret(encryption.decrypt(secret.derive(_PURPOSE), row[0], _PURPOSE))
    except WrongKeyError:
        changed = Entry(Action.SECRET_CHANGED, clock.now())
        root = lock(database, secret, _by_the_one_before(secret, row[0]), changed)
        log.warning("The program's secret was changed; the keys of websites stay as they are.")
        return root


def _first(database: Database, secret: Secret) -> bytes:
    """Where there are websites already, the secret itself: their keys were made of it."""
    return secret.raw if database.read("sites.all") else secrets.token_bytes(32)


def lock(database: Database, secret: Secret, root: bytes, entry: Entry | None = None) -> Secret:
    """Keep it encrypted by that secret."""
    encrypted = encryption.encrypt(secret.derive(_PURPOSE), root, _PURPOSE)
    with database.write() as transaction:
        transaction.run("root_key.put", {"encrypted": encrypted})
        if entry:
            audit.enter(transaction, entry)
    return Secret(root)


def _by_the_one_before(secret: Secret, encrypted: bytes) -> bytes:
    try:
        if secret.previous:
            return encryption.decrypt(secret.previous.secret.derive(_PURPOSE), encrypted, _PURPOSE)
    except WrongKeyError:
        pass
    raise StartError(
        "The secret is not the one that the database was used with before, and nothing was changed. Put "
        "back secret.key or ANALYTIQ_SECRET_KEY as it was; to change it, give the one before as "
        "ANALYTIQ_PREVIOUS_SECRET_KEY. If it is lost for good: analytiq secret replace-lost."
    )
