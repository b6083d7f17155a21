"""Asking the operating system for the server's port and files."""

import errno
import os
import socket
from collections.abc import Iterable
from contextlib import suppress

_UNUSABLE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
_TRIES = 20


def left_open(numbers: Iterable[int]) -> list[socket.socket]:
    """The ports that the program in whose place this one stands left open, by their file numbers."""
    found = []
    for number in numbers:
        with suppress(OSError):  # it is none, or is not open
            found.append(socket.socket(fileno=number))
    return found


def bound_sockets(host: str, port: int, left: list[socket.socket] | None = None) -> list[socket.socket]:
    """A bound socket for each address of `host`; port 0 asks for any free port, the same for all of them.

    One that is among `left` is taken from there. Raises OSError: errno EADDRINUSE when the port is taken,
    socket.gaierror for an unknown host.
    """
    for _ in range(_TRIES - 1 if port == 0 else 0):
        try:
            return _bound_sockets(host, port, left)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise  # Else the port that one address has free is somebody's on another.
    return _bound_sockets(host, port, left)


def _bound_sockets(host: str, port: int, left: list[socket.socket] | None) -> list[socket.socket]:
    bound: list[socket.socket] = []
    unusable: OSError | None = None
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    for family, address in dict.fromkeys((info[0], info[4]) for info in found):
        taken = bound[0].getsockname()[1] if bound else port
        wanted = (address[0], taken, *address[2:])
        try:
            bound.append(_taken_from(left or [], family, wanted) or _bound_socket(family, wanted))
        except OSError as error:
            if error.errno not in _UNUSABLE:
                for sock in bound:
                    sock.close()
                raise
            unusable = error  # localhost is ::1 too on machines without IPv6
    if unusable is not None and not bound:
        raise unusable
    return bound


def _taken_from(
    left: list[socket.socket], family: socket.AddressFamily, address: tuple[object, ...]
) -> socket.socket | None:
    for number, sock in enumerate(left):
        host, port, *rest = sock.getsockname()
        if sock.family == family and (host, port if address[1] else 0, *rest) == address:
            return left.pop(number)
    return None


def _bound_socket(family: socket.AddressFamily, address: tuple[object, ...]) -> socket.socket:
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "nt":  # there SO_REUSEADDR lets two programs share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # type: ignore[attr-defined]
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
    except OSError:
        sock.close()
        raise
    return sock


def allow_open_files(wanted: int) -> None:
    """Raise this process's limit of open files to `wanted` where the system lets us (macOS begins at 256)."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (ceiling, hard))
