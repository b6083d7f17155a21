"""The certificate that HTTPS is answered with, as its files are now: they may be replaced at any time."""

import logging
import ssl
from pathlib import Path

from appliance.base.errors import StartError

log = logging.getLogger(__name__)

_Stamp = tuple[tuple[int, int, int] | None, ...]


class Certificate:
    def __init__(self, chain: Path, key: Path) -> None:
        """`chain`: the certificate and those that vouch for it, `key`: its private key, both as PEM.

        Raises StartError naming the settings where they cannot be used.
        """
        self._chain = chain
        self._key = key
        self._seen = self._look()
        try:
            self._context = self._load()
        except OSError as error:
            raise StartError(
                f"ANALYTIQ_TLS_CERT ({chain}) and ANALYTIQ_TLS_KEY ({key}) cannot be used for HTTPS: "
                f"{_reason(error)}. Give a certificate and the private key that belongs to it, as PEM files "
                "without a password."
            ) from error

    def context(self) -> ssl.SSLContext:
        """For the next connection. Files that were changed and cannot be used leave what there was."""
        seen = self._look()
        if seen != self._seen:
            self._seen = seen
            try:
                self._context = self._load()
            except OSError as error:
                log.error(
                    "The certificate in %s or its key was changed and cannot be used: %s. HTTPS goes on with "
                    "the one before until the next start; put the right files there.",
                    self._chain,
                    _reason(error),
                )
            else:
                log.warning("The certificate for HTTPS was replaced by the one in %s now.", self._chain)
        return self._context

    def _load(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.options |= ssl.OP_NO_RENEGOTIATION
        context.set_alpn_protocols(["http/1.1"])
        # Without a password given, a key that has one would be asked for at the terminal.
        context.load_cert_chain(self._chain, self._key, password="")
        return context

    def _look(self) -> _Stamp:
        return tuple(map(_stamp, (self._chain, self._key)))


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _reason(error: OSError) -> str:
    if isinstance(error, ssl.SSLError) and error.reason:
        return error.reason.lower().replace("_", " ")
    return error.strerror or str(error)
