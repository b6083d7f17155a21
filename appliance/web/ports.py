"""The server that a configuration asks for: its ports, plain and encrypted, or why it cannot have them."""

import errno
import socket
from typing import TYPE_CHECKING

from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.web.certificate import Certificate
from appliance.web.ingest import EVENT_PATH
from appliance.web.listening import bound_sockets
from appliance.web.pixel import PIXEL_PATH
from appliance.web.server import Server, create_server
from appliance.web.tls import TlsFront

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def listen(config: Config, app: "WSGIApplication", left: list[socket.socket]) -> Server:
    """`left`: ports that were left open, which it goes on with. Raises StartError."""
    tls = _tls_front(config, left)
    try:
        return create_server(
            app,
            host=config.host,
            port=config.port,
            trusted_proxies=config.trusted_proxies,
            quick=frozenset({EVENT_PATH, PIXEL_PATH}),
            tls=tls,
            left=left,
        )
    except OSError as error:
        if tls:
            tls.close(0)
        raise _not_listening(error, config.host, config.port, "--port or ANALYTIQ_PORT") from error
    finally:
        for unused in left:
            unused.close()


def _tls_front(config: Config, left: list[socket.socket]) -> TlsFront | None:
    if config.tls_cert is None or config.tls_key is None:
        return None
    certificate = Certificate(config.tls_cert, config.tls_key)
    try:
        return TlsFront(bound_sockets(config.host, config.tls_port, left), certificate)
    except OSError as error:
        raise _not_listening(error, config.host, config.tls_port, "ANALYTIQ_TLS_PORT") from error


def _not_listening(error: OSError, host: str, port: int, option: str) -> StartError:
    if error.errno == errno.EADDRINUSE:
        return StartError(
            f"Port {port} is in use by another program. Stop it, or choose another port with {option}; "
            "websites must then send to that one."
        )
    return StartError(
        f"Analytiq cannot listen on {host} port {port}: {error.strerror}. Choose another address with --host "
        f"or another port with {option}."
    )
