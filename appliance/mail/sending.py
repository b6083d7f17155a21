"""Hands one e-mail to the mail server, encrypted on the way unless the owner chose otherwise."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Any

from appliance.base.clock import Clock
from appliance.base.errors import UnavailableError
from appliance.mail.mail_server import MailServer

TIMEOUT_S = 15.0
CONFIRMED_WITHIN_S = 60.0
"""Servers look through an e-mail before they confirm that they took it. RFC 5321 would wait ten minutes; all
other jobs would, too."""
RETRY_AFTER_S = 60
_FINAL, _NO_SUCH_MAILBOX = 500, 553
"""Codes from there on are for good (RFC 5321, 4.2.1)."""
_UNCONFIRMED = (
    "The mail server got the whole e-mail, and did not say that it took it. It may have arrived, and is not "
    "sent again."
)
_POLICY = SMTP.clone(max_line_length=900)
"""A header that is folded is encoded, and no mail program finds a link in that."""


class MailError(UnavailableError):
    """Nothing was sent."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"{detail} No e-mail was sent.", RETRY_AFTER_S)


class AddressError(MailError):
    """Nothing was sent to this address; e-mail for others may be taken. `final`: trying again is no use."""

    def __init__(self, code: int) -> None:
        super().__init__(f"The mail server refused the e-mail or the address that it is for (code {code}).")
        self.final = code >= _FINAL


class UnconfirmedError(UnavailableError):
    """All of the e-mail went to the server, which did not say that it has it; again it may come twice."""


def send(
    server: MailServer,
    clock: Clock,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> None:
    """In plain text, and in HTML beside it where that is given.

    Raises MailError with what to do, which never has the password in it, or UnconfirmedError.
    """
    message = EmailMessage(_POLICY)
    message["From"] = f"Analytiq <{server.sender}>"
    _address(message, to)
    message["Subject"] = " ".join(subject.split())  # a website's name may hold any character
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    with _told(server), _connected(server) as connection:
        try:
            connection.send_message(message, server.sender, [to])
        except smtplib.SMTPNotSupportedError as error:
            raise AddressError(_NO_SUCH_MAILBOX) from error  # other letters than ASCII's
        except smtplib.SMTPRecipientsRefused as error:
            ((code, _),) = error.recipients.values()
            raise AddressError(code) from error
        except smtplib.SMTPDataError as error:
            raise AddressError(error.smtp_code) from error
        except OSError as error:  # smtplib's are, too
            if connection.is_handed_over:
                raise UnconfirmedError(_UNCONFIRMED, RETRY_AFTER_S) from error
            raise


def _address(message: EmailMessage, to: str) -> None:
    """Raises AddressError for what may be an account's, and is no e-mail address."""
    try:
        message["To"] = to
    except (AttributeError, IndexError, ValueError) as error:  # the library's own, at "a@[b" for one
        raise AddressError(_NO_SUCH_MAILBOX) from error


@contextmanager
def _told(server: MailServer) -> Iterator[None]:
    """What went wrong, in words. Raises MailError."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise MailError("The mail server refused the user name or the password. Type them again.") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError("The mail server does not offer this encryption. Choose another.") from error
    except smtplib.SMTPSenderRefused as error:
        raise MailError("The mail server refuses this sender. Use an address of its own.") from error
    except ssl.SSLError as error:
        raise MailError(
            "The mail server's certificate cannot be trusted, so the password was not told to it. Check the "
            "server's name and the kind of encryption."
        ) from error
    except OSError as error:
        raise MailError(
            f"The mail server {server.host} does not answer at port {server.port}. Check both."
        ) from error


class _Plain(smtplib.SMTP):
    is_handed_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.is_handed_over = True
        if self.sock is not None:
            self.sock.settimeout(CONFIRMED_WITHIN_S)
        return super().data(msg)


class _Encrypted(_Plain, smtplib.SMTP_SSL):
    """From the first byte on."""


@contextmanager
def _connected(server: MailServer) -> Iterator[_Plain]:
    place, context = (server.host, server.port), ssl.create_default_context()
    connection = (
        _Encrypted(*place, timeout=TIMEOUT_S, context=context)
        if server.security == "tls"
        else _Plain(*place, timeout=TIMEOUT_S)
    )
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.username and server.password:
            connection.login(server.username, server.password)
        yield connection
        with suppress(OSError):  # how it takes a goodbye changes nothing
            connection.quit()
    finally:
        connection.close()
