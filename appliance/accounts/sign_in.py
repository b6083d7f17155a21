"""Who comes in: a password, a second factor where one is asked for, and no more guesses than people need."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from appliance.accounts import audit, sessions
from appliance.accounts.accounts import MAX_EMAIL, Account, Accounts
from appliance.accounts.audit import Action, Entry
from appliance.accounts.two_factor import TwoFactor
from appliance.base import ratelimit
from appliance.base.clock import Clock
from appliance.base.errors import FieldError, RateLimitedError, UnauthenticatedError, WrongPasswordError
from appliance.base.ratelimit import Backoff, RateLimit
from appliance.storage.database import Database, DatabaseError

log = logging.getLogger(__name__)

TRIES_PER_MINUTE = 10


class SignIn:
    """Guesses at one account slow down whoever makes them, by their part of the network: its owner can always
    sign in from elsewhere. Loopback is no exception: a proxy or another user may stand behind it."""

    def __init__(self, database: Database, accounts: Accounts, two_factor: TwoFactor, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._two_factor = two_factor
        self._tries = RateLimit(TRIES_PER_MINUTE, clock)
        self._passwords = Backoff(clock)
        self._codes = Backoff(clock)
        self._bursts = RateLimit(1, clock)

    def take(self, address: str) -> None:
        """One try of those that come from around that address. Raises RateLimitedError."""
        self._tries.take(ratelimit.neighbourhood(address))

    def authenticate(self, email: str, password: str, code: str | None, address: str) -> Account:
        """Raises UnauthenticatedError, SecondFactorError (a code is missing or wrong), RateLimitedError."""
        with self._guessing(email, address):
            account = self._accounts.authenticate(email, password)
        if self._two_factor.is_on(account.account_id):
            self._check_code(account, code)
        self._enter(Action.SIGNED_IN, account.account_id)
        return account

    def by_link(self, account_id: str) -> Account:
        """For the window of who rules the machine, in the place of password and code.

        Raises UnauthenticatedError where the account was removed meanwhile.
        """
        account = self._accounts.find(account_id)
        if account is None:
            raise UnauthenticatedError("The account of this link was removed.")
        self._enter(Action.SIGNED_IN, account_id, "By opening the program's window.")
        return account

    def confirm(self, account: Account, password: str, address: str) -> None:
        """That it is still them, before something that somebody else at their screen must not do.

        Raises WrongPasswordError, RateLimitedError.
        """
        try:
            with self._guessing(account.email, address):
                self._accounts.authenticate(account.email, password)
        except UnauthenticatedError as error:
            raise WrongPasswordError(
                "Nothing was changed: the current password is wrong.",
                [FieldError("/current_password", "This is not your current password.")],
            ) from error

    @contextmanager
    def _guessing(self, email: str, address: str) -> Iterator[None]:
        """Counts as a wrong guess if it raises."""
        self.take(address)
        # What is longer is nobody's, and would fill the memory.
        key = f"{ratelimit.neighbourhood(address)} {email.strip().lower()[:MAX_EMAIL]}"
        if self._passwords.take(key) == Backoff.FREE:
            self._note_guessing(email)
        yield
        self._passwords.clear(key)

    def _note_guessing(self, email: str) -> None:
        """Whether there is such an account or not, so that the work is the same; at most once a minute.

        What is no account's address may be a password in the wrong field, and is not written down.
        """
        with suppress(RateLimitedError):
            self._bursts.take("")
            account = self._accounts.by_email(email)
            name = account.email if account else "somebody who has no account"
            self._enter(Action.SIGN_INS_FAILED, None, f"{Backoff.FREE} in a row as {name}.")

    def _enter(self, action: Action, by: str | None, detail: str = "") -> None:
        try:
            with self._database.write(sessions.PATIENCE_S) as transaction:
                audit.enter(transaction, Entry(action, self._clock.now(), by, detail=detail))
        except DatabaseError as error:  # Whoever is to mend a full disk must get in.
            log.warning("%s by account %s is not in the audit log: %s", action, by, error)

    def _check_code(self, account: Account, code: str | None) -> None:
        """Whoever gets here knows the password, so guesses at the code count wherever they come from."""
        if code:
            self._codes.take(account.account_id)
        self._two_factor.check(account.account_id, code)
        self._codes.clear(account.account_id)
