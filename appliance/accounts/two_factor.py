"""The second step at sign-in: a code of an authenticator app (TOTP, RFC 6238), or a recovery code.

A code works once. The app's secret is encrypted with a key that is not in the database; of recovery codes
only hashes are kept: they are 80 random bits, which nobody finds by trying.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

import pyotp

from appliance.accounts import audit
from appliance.accounts.accounts import Account
from appliance.accounts.audit import Action, Entry
from appliance.base import encryption
from appliance.base.clock import Clock
from appliance.base.encryption import WrongKeyError
from appliance.base.errors import ConflictError, FieldError, InvalidError, SecondFactorError, UnavailableError
from appliance.base.secret import Secret
from appliance.storage.database import Database, Transaction

RECOVERY_CODES = 10
STEPS_AROUND = 1
"""A phone's clock may be this many codes of 30 seconds ahead or behind."""
_RECOVERY_BYTES = 10
_GROUP = 4


@dataclass(frozen=True)
class Enrolment:
    """To be typed or scanned into the app; shown once."""

    secret: str
    uri: str


@dataclass(frozen=True)
class TwoFactorState:
    enabled: bool
    recovery_codes_left: int


class TwoFactor:
    def __init__(self, database: Database, root: Secret, clock: Clock) -> None:
        self._database = database
        self._key = root.derive("two-factor secrets")
        self._clock = clock

    def is_on(self, account_id: str) -> bool:
        row = self._row(account_id)
        return row is not None and row[1] is not None

    def state(self, account_id: str) -> TwoFactorState:
        ((left,),) = self._database.read("two_factor.recovery_codes_left", {"account_id": account_id})
        return TwoFactorState(self.is_on(account_id), left)

    def begin(self, account: Account) -> Enrolment:
        """A secret that asks for nothing yet: `enable` confirms it. Raises ConflictError where it is on."""
        if self.is_on(account.account_id):
            raise ConflictError("Two-factor authentication is on already. Switch it off to set it up anew.")
        secret = pyotp.random_base32()
        encrypted = encryption.encrypt(self._key, secret.encode(), account.account_id)
        with self._database.write() as transaction:
            transaction.run("two_factor.begin", {"account_id": account.account_id, "secret": encrypted})
        return Enrolment(
            secret, pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name="Analytiq")
        )

    def enable(self, account_id: str, code: str) -> list[str]:
        """From now on a code is asked for; the recovery codes, which are shown once.

        Raises ConflictError where nothing was begun, InvalidError for a wrong code.
        """
        row = self._row(account_id)
        if row is None or row[1] is not None:
            raise ConflictError("Nothing was changed: begin with a new QR code.")
        if not self._use_app_code(account_id, _normal(code)):
            raise InvalidError(
                "Two-factor authentication is not on yet: the code is wrong.",
                [FieldError("/code", "Give the six digits that the app shows now.")],
            )
        with self._database.write() as transaction:
            transaction.run("two_factor.enable", {"account_id": account_id, "now": self._clock.now()})
            self._enter(transaction, Action.TWO_FACTOR_ON, account_id)
            return _put_recovery_codes(transaction, account_id)

    def renew_recovery_codes(self, account_id: str) -> list[str]:
        """Ten new ones; those of before work no more. Raises ConflictError where it is off."""
        if not self.is_on(account_id):
            raise ConflictError("Two-factor authentication is off; it has no recovery codes.")
        with self._database.write() as transaction:
            self._enter(transaction, Action.RECOVERY_CODES_MADE, account_id)
            return _put_recovery_codes(transaction, account_id)

    def disable(self, account: Account, by: str | None) -> None:
        """Also where it is off. `by`: the id of the account that does it; None: who rules the machine."""
        with self._database.write() as transaction:
            if transaction.run("two_factor.disable", {"account_id": account.account_id}):
                self._enter(transaction, Action.TWO_FACTOR_OFF, by, f"Of {account.email}.")

    def check(self, account_id: str, code: str | None) -> None:
        """Raises SecondFactorError for a code that is missing, wrong or used."""
        if not code:
            raise SecondFactorError("Give the code that your authenticator app shows, or a recovery code.")
        given = _normal(code)
        if not (self._use_recovery_code(account_id, given) or self._use_app_code(account_id, given)):
            raise SecondFactorError(
                "That code is wrong or was used before. Give the next one that the app shows, or a recovery "
                "code."
            )

    def _use_app_code(self, account_id: str, given: str) -> bool:
        row = self._row(account_id)
        if row is None or not given.isascii():
            return False
        totp = pyotp.TOTP(self._decrypt(account_id, row[0]))
        now = totp.timecode(self._clock.now())
        for step in range(now - STEPS_AROUND, now + STEPS_AROUND + 1):
            if hmac.compare_digest(totp.generate_otp(step), given):
                used = {"account_id": account_id, "step": step}
                with self._database.write() as transaction:
                    return bool(transaction.run("two_factor.use_code", used))
        return False

    def _use_recovery_code(self, account_id: str, given: str) -> bool:
        row = {"account_id": account_id, "code_hash": _hash(given)}
        with self._database.write() as transaction:
            used = bool(transaction.run("two_factor.use_recovery_code", row))
            if used:
                self._enter(transaction, Action.RECOVERY_CODE_USED, account_id)
        return used

    def _enter(self, transaction: Transaction, action: Action, by: str | None, detail: str = "") -> None:
        audit.enter(transaction, Entry(action, self._clock.now(), by, detail=detail))

    def _row(self, account_id: str) -> tuple[bytes, object, int] | None:
        row = self._database.read_one("two_factor.find", {"account_id": account_id})
        return (row[0], row[1], row[2]) if row else None

    def _decrypt(self, account_id: str, encrypted: bytes) -> str:
        try:
            return encryption.decrypt(self._key, encrypted, account_id).decode()
        except WrongKeyError as error:
            raise UnavailableError(
                "Codes cannot be checked: what is stored of your authenticator app cannot be read. On "
                "Analytiq's own machine give: analytiq user reset-password EMAIL --without-two-factor.",
                60,
            ) from error


def _put_recovery_codes(transaction: Transaction, account_id: str) -> list[str]:
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    hashes = [_hash(_normal(code)) for code in codes]
    transaction.run("two_factor.put_recovery_codes", {"account_id": account_id, "hashes": hashes})
    return codes


def _recovery_code() -> str:
    text = base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _normal(code: str) -> str:
    """As people type it: with spaces and dashes, in capitals or not."""
    return "".join(code.split()).replace("-", "").lower()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode(errors="replace")).hexdigest()
