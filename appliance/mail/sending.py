"""Hands one e-mail to the mail server, encrypted on the way unless the owner chose otherwise."""

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from appliance.base.clock import Clock
from appliance.base.errors import UnavailableError
from appliance.mail.mail_server import MailServer

TIMEOUT_S = 15.0
RETRY_AFTER_S = 60
_POLICY = SMTP.clone(max_line_length=900)
"""A header that is folded is encoded, and no mail program finds a link in that."""


class MailError(UnavailableError):
    """Nothing was sent."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"{detail} No e-mail was sent.", RETRY_AFTER_S)


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

    Raises MailError with what to do; it never has the password in it.
    """
    message = EmailMessage(_POLICY)
    message["From"] = f"Analytiq <{server.sender}>"
    message["To"] = to
    message["Subject"] = " ".join(subject.split())  # a website's name may hold any character
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=server.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    for name, value in (headers or {}).items():
        message[name] = value
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    try:
        with _connected(server) as connection:
            connection.send_message(message)
    except smtplib.SMTPAuthenticationError as error:
        raise MailError("The mail server refused the user name or the password. Type them again.") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailError("The mail server does not offer this encryption. Choose another.") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise MailError("The mail server refused the address that it was to be sent to.") from error
    except smtplib.SMTPSenderRefused as error:
        raise MailError("The mail server refuses this sender. Use an address of its own.") from error
    except ssl.SSLError as error:
        raise MailError(
            "The mail server's certificate cannot be trusted, so the password was not told to it. Check the "
            "server's name and the kind of encryption."
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(
            f"The mail server {server.host} does not answer at port {server.port}. Check both."
        ) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    place, context = (server.host, server.port), ssl.create_default_context()
    connection = (
        smtplib.SMTP_SSL(*place, timeout=TIMEOUT_S, context=context)
        if server.security == "tls"
        else smtplib.SMTP(*place, timeout=TIMEOUT_S)
    )
    try:
        if server.security == "starttls":
            connection.starttls(context=context)
        if server.username and server.password:
            connection.login(server.username, server.password)
    except BaseException:
        connection.close()
        raise
    return connection
