"""People who sign in: making accounts, checking passwords, and the tokens that stand for a sign-in."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from appliance.clock import Clock
from appliance.database import Database
from appliance.errors import (
    ConflictError,
    FieldError,
    ForbiddenError,
    InvalidError,
    UnauthenticatedError,
    UnavailableError,
)
from appliance.secret import Secret

TOKEN_LIFETIME = timedelta(hours=12)
MIN_PASSWORD = 8
MAX_PASSWORD_BYTES = 1024
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_ISSUER = "analytiq"
_AUDIENCE = "analytiq-api"
_ALGORITHM = "HS256"


@dataclass(frozen=True)
class Account:
    """`token_version` is part of every session and token: raising it ends them all."""

    account_id: str
    email: str
    name: str
    role: str
    token_version: int


@dataclass(frozen=True)
class SignUp:
    """`local`: the request comes from this very machine, whose owner needs no setup code."""

    email: str
    password: str
    name: str
    setup_code: str
    local: bool


class Accounts:
    def __init__(self, database: Database, secret: Secret, clock: Clock, signup_open: bool) -> None:
        self._database = database
        self._token_key = secret.derive("tokens")
        self._clock = clock
        self._open = signup_open
        self._seen: dict[str, Account] = {}
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
        """The first account is the owner. Raises ForbiddenError, InvalidError or ConflictError."""
        self._check_form(form)
        password_hash = self._passwords.hash(form.password)
        account = Account(
            account_id=secrets.token_hex(16),
            email=form.email.strip().lower(),
            name=form.name.strip(),
            role="member",
            token_version=1,
        )
        with self._database.write() as transaction:
            # Inside the transaction, so that of many sign-ups at once exactly one is the owner.
            if transaction.run("accounts.count") == [(0,)]:
                self._check_code(form)
                account = Account(**{**vars(account), "role": "owner"})
            elif not self._open:
                raise ForbiddenError("Sign-up is closed. Ask the owner of this Analytiq for access.")
            if transaction.run("accounts.by_email", {"email": account.email}):
                raise ConflictError("There is an account with this e-mail address already. Sign in instead.")
            row = {**vars(account), "password_hash": password_hash, "created_at": self._clock.now()}
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

    def by_id(self, account_id: str, token_version: int) -> Account | None:
        """The account, unless its sessions and tokens of that version were ended."""
        account = self._read(account_id)
        return account if account and account.token_version == token_version else None

    def _read(self, account_id: str) -> Account | None:
        """As last seen where the database cannot be read: then no session can have been ended since, and
        whoever is signed in must be told what is wrong."""
        try:
            row = self._database.read_one("accounts.by_id", {"account_id": account_id})
        except UnavailableError:
            if account_id not in self._seen:
                raise
            return self._seen[account_id]
        account = Account(*row) if row else None
        if account:
            self._seen[account_id] = account
        return account

    def issue_token(self, account: Account) -> str:
        now = self._clock.now()
        claims = {
            "iss": _ISSUER,
            "aud": _AUDIENCE,
            "sub": account.account_id,
            "tv": account.token_version,
            "iat": now,
            "exp": now + TOKEN_LIFETIME,
        }
        return jwt.encode(claims, self._token_key, _ALGORITHM)

    def by_token(self, token: str) -> Account:
        """Raises UnauthenticatedError."""
        try:
            claims = jwt.decode(
                token,
                self._token_key,
                [_ALGORITHM],
                audience=_AUDIENCE,
                issuer=_ISSUER,
                # The expiry is checked below, against the program's own clock.
                options={"require": ["exp", "sub"], "verify_exp": False, "verify_iat": False},
            )
            expired = claims["exp"] <= self._clock.now().timestamp()
            account = None if expired else self.by_id(str(claims["sub"]), int(claims["tv"]))
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError) as error:
            raise UnauthenticatedError("The token is not valid. Sign in again.") from error
        if account is None:
            raise UnauthenticatedError("The token has expired. Sign in again.")
        return account

    def _check_form(self, form: SignUp) -> None:
        faults = []
        if len(form.email) > 254 or not _EMAIL.fullmatch(form.email.strip()):
            faults.append(FieldError("/email", "Give an e-mail address, such as you@shop.example."))
        if len(form.password) < MIN_PASSWORD:
            faults.append(
                FieldError("/password", f"Choose a password of at least {MIN_PASSWORD} characters.")
            )
        elif len(form.password.encode()) > MAX_PASSWORD_BYTES:
            faults.append(FieldError("/password", f"At most {MAX_PASSWORD_BYTES} bytes are taken."))
        if len(form.name) > 120:
            faults.append(FieldError("/name", "At most 120 characters are taken."))
        if faults:
            raise InvalidError("The account was not made: fields are wrong.", faults)

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
