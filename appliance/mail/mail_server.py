"""Which server e-mail is handed to. Its password is kept encrypted, for it alone, and never shown."""

from dataclasses import dataclass, field
from typing import Literal

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.base import encryption
from appliance.base.clock import Clock
from appliance.base.encryption import WrongKeyError
from appliance.base.errors import FieldError, InvalidError
from appliance.base.secret import Secret
from appliance.storage.database import Database

Security = Literal["starttls", "tls", "none"]
_CONTEXT = "mail server"


@dataclass(frozen=True)
class MailServer:
    """`username` empty: without signing in. `sender`: the address that e-mail comes from."""

    host: str
    port: int
    security: Security
    username: str
    password: str | None = field(repr=False)
    sender: str

    @property
    def place(self) -> tuple[str, int, Security, str]:
        """Whom the password is for, and how it gets there."""
        return self.host, self.port, self.security, self.username


class MailServers:
    """The one there is, or none."""

    def __init__(self, database: Database, root: Secret, clock: Clock) -> None:
        self._database = database
        self._key = root.derive("mail password")
        self._clock = clock

    def find(self) -> MailServer | None:
        row = self._database.read_one("mail.server")
        if row is None:
            return None
        host, port, security, username, password, sender = row
        return MailServer(host, port, security, username, self._decrypted(password), sender)

    def set(self, by: str, wanted: MailServer) -> MailServer:
        """Without a password the one of before is kept, for the same server and user alone: whoever got hold
        of a session could have it sent elsewhere. Raises InvalidError."""
        wanted = self._with_password(wanted)
        _check(wanted)
        with self._database.write() as transaction:
            transaction.run("mail.replace", {**vars(wanted), "password": self._encrypted(wanted.password)})
            detail = f"{wanted.host}:{wanted.port}"
            audit.enter(transaction, Entry(Action.MAIL_SERVER_CHANGED, self._clock.now(), by, None, detail))
        return wanted

    def forget(self, by: str) -> None:
        with self._database.write() as transaction:
            transaction.run("mail.forget")
            audit.enter(transaction, Entry(Action.MAIL_SERVER_CHANGED, self._clock.now(), by, None, "none"))

    def _with_password(self, wanted: MailServer) -> MailServer:
        before = self.find()
        if wanted.password is not None or before is None or before.place != wanted.place:
            return wanted
        return (
            before
            if before.sender == wanted.sender
            else MailServer(*before.place, before.password, wanted.sender)
        )

    def _encrypted(self, password: str | None) -> bytes | None:
        return encryption.encrypt(self._key, password.encode(), _CONTEXT) if password else None

    def _decrypted(self, password: bytes | None) -> str | None:
        """None as well where the secret was lost and replaced: it has to be typed again."""
        try:
            return encryption.decrypt(self._key, password, _CONTEXT).decode() if password else None
        except WrongKeyError:
            return None


def _check(server: MailServer) -> None:
    faults = []
    if not server.host or not all(part.isascii() and part.isprintable() for part in server.host.split()):
        faults.append(FieldError("/host", "Name the server, such as mail.example.com."))
    if not 1 <= server.port <= 65535:
        faults.append(FieldError("/port", "A port is a number from 1 to 65535; most servers take 587."))
    if server.sender.count("@") != 1 or not server.sender.isprintable() or " " in server.sender:
        faults.append(FieldError("/sender", "This is no e-mail address."))
    if server.username and not server.password:
        faults.append(FieldError("/password", "Type the password that belongs to this server and user name."))
    if faults:
        raise InvalidError("The mail server was not changed.", faults)
