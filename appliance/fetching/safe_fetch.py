"""The one way to a web address that a person typed.

Such an address could lead to this machine itself, to the network around it, or to where a cloud hands out
keys ("server-side request forgery"). So the name is resolved once, every address that it has must be one
that may be asked, and the connection goes to that very address: a name that leads elsewhere a moment later
gains nothing. Redirects are answers like any other and are not followed. Time is bounded as a whole, however
slowly the other side speaks, and so are bytes. Proxies of the environment are not used.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from appliance.base.errors import AnalytiqError
from appliance.fetching import addresses, resolving
from appliance.fetching.resolving import Resolve
from appliance.fetching.target import RefusedError, Target, parse

SECONDS = 15.0
BYTES = 1_000_000


class FetchError(AnalytiqError):
    """No whole answer came. What was asked for may have arrived."""


class CertificateError(FetchError):
    """The other side could not prove that it is whom the address names; nothing was sent to it."""


@dataclass(frozen=True)
class Request:
    """`body` None: GET, else POST. `own_network`: whether the address may lead to this machine or a private
    network, which an owner has to allow. `bytes`: how much of the answer is read."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    own_network: bool = False
    bytes: int = BYTES
    seconds: float = SECONDS


@dataclass(frozen=True)
class Answer:
    """`headers`: by their names in lower case; what comes several times is joined by a comma."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class SafeFetch:
    def __init__(self, resolve: Resolve = resolving.resolve, trust: ssl.SSLContext | None = None) -> None:
        self._resolve = resolve
        self._own_trust = trust

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        """The system's, read when it is first needed: that takes a tenth of a second."""
        return self._own_trust or ssl.create_default_context()

    def check(self, url: str, own_network: bool) -> None:
        """Whether it would be asked now; nothing is sent. Raises RefusedError or FetchError."""
        self._addresses(parse(url), own_network, SECONDS)

    def fetch(self, request: Request) -> Answer:
        """Raises RefusedError or FetchError."""
        target, until = parse(request.url), time.monotonic() + request.seconds
        found = self._addresses(target, request.own_network, request.seconds)
        try:
            connection = _connected(found, target.port, until)
            if target.scheme == "https":
                connection = self._trust.wrap_socket(
                    connection, server_hostname=target.host, do_handshake_on_connect=False
                )
            with connection, _cut_off(connection, until):
                if isinstance(connection, ssl.SSLSocket):
                    connection.do_handshake()
                return _asked(connection, target, request)
        except ssl.SSLCertVerificationError as error:
            raise CertificateError(
                f"The certificate of {target.host} cannot be trusted: {error.verify_message}."
            ) from error
        except TimeoutError as error:
            raise FetchError(f"{target.host} took longer than {request.seconds:.0f} s to answer.") from error
        except (OSError, http.client.HTTPException) as error:
            raise FetchError(
                f"{target.host} does not answer at port {target.port} as a web server does."
            ) from error

    def _addresses(self, target: Target, own_network: bool, seconds: float) -> list[str]:
        """All of them may be asked: of a name with a private address beside a public one it is not known
        which is meant."""
        try:
            found = self._resolve(target.host, seconds)
        except OSError as error:
            raise FetchError(f"No machine is found under the name {target.host}.") from error
        if not found or not all(addresses.may_be_asked(address, own_network) for address in found):
            raise RefusedError(
                f"{target.host} leads to this machine, a private network or elsewhere that is not the "
                "internet. Nothing was sent there."
            )
        return found


def _connected(found: list[str], port: int, until: float) -> socket.socket:
    """To the first that answers; each gets its share of the time."""
    for place, address in enumerate(found):
        share = _left(until) / (len(found) - place)
        try:
            return socket.create_connection((address, port), timeout=share)
        except OSError:
            if place == len(found) - 1:
                raise
    raise AssertionError("There is an address.")


def _asked(connection: socket.socket, target: Target, request: Request) -> Answer:
    speaking = http.client.HTTPConnection(target.host, target.port)
    speaking.sock = connection
    speaking.auto_open = 0  # never a connection of its own
    headers = {"Host": target.authority, "Accept-Encoding": "identity", **request.headers}
    speaking.request("GET" if request.body is None else "POST", target.path, request.body, headers)
    response = speaking.getresponse()
    body = response.read(request.bytes)
    names = {name.lower() for name in response.headers}
    return Answer(
        response.status, {name: ", ".join(response.headers.get_all(name, [])) for name in names}, body
    )


@contextmanager
def _cut_off(connection: socket.socket, until: float) -> Iterator[None]:
    """Ends what is under way at that time: a timeout of the socket begins anew with every byte.
    Raises TimeoutError."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        try:
            # Not the method of SSLSocket: it takes the encryption away from whoever is reading.
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
        except OSError:
            return  # closed meanwhile

    timer = threading.Timer(_left(until), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
    if late.is_set():
        raise TimeoutError


def _left(until: float) -> float:
    """Seconds; a socket without any time left would wait for ever."""
    return max(0.001, until - time.monotonic())
