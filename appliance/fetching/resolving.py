"""Asks the system which addresses a name has, and does not wait for its answer for ever."""

import socket
import threading
from collections.abc import Callable

Resolve = Callable[[str, float], list[str]]
"""Name and seconds to addresses, the best first. Raises OSError: it has none, or takes too long."""


def resolve(host: str, seconds: float) -> list[str]:
    """The system's resolver cannot be interrupted: a thread waits for it, and is left alone with it."""
    found: list[str] = []
    failed: list[OSError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(place[0]) for *_, place in answers))
        except UnicodeError as error:
            failed.append(OSError(str(error)))
        except OSError as error:
            failed.append(error)

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError(f"No address of {host} was found in {seconds:.0f} s.")
    if failed:
        raise failed[0]
    return found
