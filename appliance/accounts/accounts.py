"""People who sign in: making accounts, checking passwords, and what ends a sign-in."""

import hmac
import logging
import re
import secrets
import threading
from dataclasses import dataclass, field, replace

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.accounts.roles import Role
from appliance.base.clock import Clock
from appliance.base.errors import (
    ConflictError,
    FieldError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    UnauthenticatedError,
)
from appliance.storage.database import Database, Transaction

log = logging.getLogger(__name__)

MIN_PASSWORD = 8
MAX_PASSWORD_BYTES = 1024
MAX_NAME = 120
MAX_EMAIL = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True)
class Account:
    """`token_version` is part of every session and token: raising it ends them all."""

    account_id: str
    email: str
    name: str
    role: Role
    token_version: int


@dataclass(frozen=True)
class NewAccount:
    """Checked, and ready to be inserted."""

    email: str
    name: str
    role: Role
    password_hash: str = field(repr=False)


@dataclass(frozen=True)
class SignUp:
    """`local`: the request comes from this very machine, whose owner needs no setup code."""

    email: str
    password: str
    name: str
    setup_code: str
    local: bool


class Accounts:
    def __init__(self, database: Database, clock: Clock, signup_open: bool) -> None:
        self._database = database
        self._clock = clock
        self._open = signup_open
        self._seen: dict[str, Account] = {}
        self._seeing = threading.Lock()
        self._changes = 0
        """How often one was looked at again."""
        self._passwords = PasswordHasher()
        self._decoy = self._passwords.hash(secrets.token_urlsafe())
        self.setup_code = f"{secrets.randbelow(10**8):08d}" if self.first_run else None
        """What the first account needs from another machine; shown in the window and the log."""

    @property
    def first_run(self) -> bool:
        """Nobody has an account yet."""
        return self._database.read("accounts.count") == [(0,)]

    @property
    def signup_open(self) -> bool:
        return self._open or self.first_run

    def sign_up(self, form: SignUp) -> Account:
        """The first account is an owner, all others are editors. Raises ForbiddenError, InvalidError or
        ConflictError."""
        new = self.prepare(form.email, form.password, form.name, "editor")
        with self._database.write() as transaction:
            # Inside the transaction, so that of many sign-ups at once exactly one is the owner.
            if transaction.run("accounts.count") == [(0,)]:
                self._check_code(form)
                new = replace(new, role="owner")
            elif not self._open:
                raise ForbiddenError("Sign-up is closed. Ask the owner of this Analytiq for access.")
            account = self.insert(transaction, new)
            audit.enter(transaction, self._entry(Action.SIGNED_UP, account.account_id))
        return account

    def prepare(self, email: str, password: str, name: str, role: Role) -> NewAccount:
        """Outside of any transaction, because a password's hash takes its time. Raises InvalidError."""
        faults = _password_faults("/password", password) + _name_faults(name) + email_faults(email)
        if faults:
            raise InvalidError("The account was not made: fields are wrong.", faults)
        password_hash = self._passwords.hash(password)
        return NewAccount(email.strip().lower(), name.strip(), role, password_hash)

    def insert(self, transaction: Transaction, new: NewAccount) -> Account:
        """Raises ConflictError."""
        if transaction.run("accounts.by_email", {"email": new.email}):
            raise ConflictError("There is an account with this e-mail address already. Sign in instead.")
        account = Account(secrets.token_hex(16), new.email, new.name, new.role, token_version=1)
        row = {**vars(account), "password_hash": new.password_hash, "created_at": self._clock.now()}
        transaction.run("accounts.insert", row)
        return account

    def authenticate(self, email: str, password: str) -> Account:
        """Raises UnauthenticatedError; an unknown address takes as long and answers the same."""
        row = self._database.read_one("accounts.by_email", {"email": email.strip().lower()})
        known_hash = row[5] if row else self._decoy
        try:
            if len(password.encode()) > MAX_PASSWORD_BYTES:
                raise VerificationError
            self._passwords.verify(known_hash, password)
        except VerificationError:
            row = None
        if row is None:
            raise UnauthenticatedError("The e-mail address or the password is wrong.")
        return Account(*row[:5])

    def by_email(self, email: str) -> Account | None:
        row = self._database.read_one("accounts.by_email", {"email": email.strip().lower()})
        return Account(*row[:5]) if row else None

    def rename(self, account_id: str, name: str) -> Account:
        """Raises InvalidError."""
        faults = _name_faults(name)
        if faults:
            raise InvalidError("Your name was not changed.", faults)
        return self._change("accounts.rename", {"account_id": account_id, "name": name.strip()})

    def change_password(self, account_id: str, new: str) -> Account:
        """Ends every session and token of the account; whoever asks goes on with the returned version.

        Raises InvalidError; then nothing was changed or ended.
        """
        return self._set_password(account_id, new, self._entry(Action.PASSWORD_CHANGED, account_id))

    def reset_password(self, email: str, new: str) -> Account:
        """For who rules the machine and needs no current password. Ends every session and token, too.

        Raises NotFoundError or InvalidError; then nothing was changed.
        """
        email = email.strip().lower()
        row = self._database.read_one("accounts.by_email", {"email": email})
        if row is None:
            raise NotFoundError(
                f"There is no account with the address {email}. Nothing was changed; look for a slip in it."
            )
        return self._set_password(row[0], new, self._entry(Action.PASSWORD_RESET, None, f"Of {email}."))

    def _set_password(self, account_id: str, new: str, entry: Entry) -> Account:
        faults = _password_faults("/new_password", new)
        if faults:
            raise InvalidError("The password was not changed: the new one cannot be used.", faults)
        changes = {"account_id": account_id, "password_hash": self._passwords.hash(new)}
        account = self._change("accounts.change_password", changes, entry)
        log.warning("The password of account %s was changed; its sessions have ended.", account_id)
        return account

    def _change(self, name: str, parameters: dict[str, str], entry: Entry | None = None) -> Account:
        with self._database.write() as transaction:
            (row,) = transaction.run(name, parameters)
            if entry:
                audit.enter(transaction, entry)
        self.look_again(row[0])
        return Account(*row)

    def _entry(self, action: Action, by: str | None, detail: str = "") -> Entry:
        return Entry(action, self._clock.now(), by, detail=detail)

    def by_id(self, account_id: str, token_version: int) -> Account | None:
        """The account, unless its sessions and tokens of that version were ended."""
        account = self.find(account_id)
        return account if account and account.token_version == token_version else None

    def find(self, account_id: str) -> Account | None:
        """By memory: no request waits for the database to know who asks, and whoever is signed in is told
        what is wrong when it cannot be read. Raises UnavailableError then, of an account not seen before."""
        return self._seen.get(account_id) or self._look(account_id)

    def look_again(self, account_id: str) -> None:
        """To be called where it was changed or removed, after that is written. Raises UnavailableError."""
        with self._seeing:
            self._changes += 1
        try:
            self._look(account_id)
        except BaseException:
            self._seen.pop(account_id, None)
            raise

    def _look(self, account_id: str) -> Account | None:
        """And remember it, unless one was changed meanwhile. Waits for nobody who writes."""
        changes = self._changes
        row = self._database.read_one("accounts.by_id", {"account_id": account_id})
        account = Account(*row) if row else None
        with self._seeing:
            if account and changes == self._changes:
                self._seen[account_id] = account
            else:
                self._seen.pop(account_id, None)
        return account

    def owner(self) -> Account:
        """The first of the program's owners. Raises NotFoundError where nobody has an account yet."""
        row = self._database.read_one("accounts.owner")
        if row is None:
            raise NotFoundError("Nobody has an account yet.")
        return Account(*row)

    def is_at(self, account_id: str, token_version: int) -> bool:
        """As `by_id`, of an account that was seen before, by memory alone."""
        account = self._seen.get(account_id)
        return account is not None and account.token_version == token_version

    def end_sessions(self, account_id: str) -> Account:
        """Every session and token of the account ends; whoever asks goes on with the returned version."""
        entry = self._entry(Action.SESSION_ENDED, account_id, "All others, and every token.")
        return self._change("accounts.end_sessions", {"account_id": account_id}, entry)

    def _check_code(self, form: SignUp) -> None:
        if form.local:
            return
        if self.setup_code is None or not hmac.compare_digest(
            form.setup_code.encode(), self.setup_code.encode()
        ):
            raise ForbiddenError(
                "The first account, made from another machine, needs the setup code that Analytiq shows "
                "in its window and its log."
            )


def email_faults(email: str) -> list[FieldError]:
    if len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email.strip()):
        return [FieldError("/email", "Give an e-mail address, such as you@shop.example.")]
    return []


def _password_faults(pointer: str, password: str) -> list[FieldError]:
    if len(password) < MIN_PASSWORD:
        return [FieldError(pointer, f"Choose a password of at least {MIN_PASSWORD} characters.")]
    if len(password.encode()) > MAX_PASSWORD_BYTES:
        return [FieldError(pointer, f"At most {MAX_PASSWORD_BYTES} bytes are taken.")]
    return []


def _name_faults(name: str) -> list[FieldError]:
    return [FieldError("/name", f"At most {MAX_NAME} characters are taken.")] if len(name) > MAX_NAME else []
