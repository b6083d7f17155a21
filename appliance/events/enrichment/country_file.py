"""The country of an IP address, from a MaxMind DB file that the owner put into the data directory.

A copy of it is mapped into memory, so that only the pages that are looked at are read; the address is looked
up and forgotten. Understood are records with `country.iso_code` (GeoLite2, DB-IP) or `country_code` (others).
"""

import logging
import re
import shutil
from pathlib import Path
from typing import Any

import maxminddb

log = logging.getLogger(__name__)

# Networks at home and at work, of every carrier and of this machine: RFC 1918, 6598, 3927, 1122, 4193, 4291.
# The library's own test of an address would cost ten times the lookup.
_LOCAL = re.compile(
    r"10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\."
    r"|f[cd]|fe[89ab]|::1$",
    re.IGNORECASE,
)
_MAPPED = "::ffff:"
_CODE = re.compile(r"[A-Z]{2}")


class CountryFile:
    """Without a file, or with one that cannot be read, no address has a country; the log says so once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reader = self._open()

    def country(self, address: str) -> str | None:
        """ISO 3166 alpha-2 code; None for an address that is local or not in the file."""
        plain = address.removeprefix(_MAPPED)
        if self._reader is None or _LOCAL.match(plain):
            return None
        return self._look_up(self._reader, plain)

    def _open(self) -> maxminddb.Reader | None:
        """Of a copy: the system ends a program whose mapped file is overwritten."""
        try:
            fresh = shutil.copyfile(self._path, self._path.with_suffix(".new"))
            return maxminddb.open_database(fresh.replace(self._path.with_suffix(".copy")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
            self._give_up(error)
            return None

    def _look_up(self, reader: maxminddb.Reader, address: str) -> str | None:
        try:
            return _code(reader.get(address))
        except maxminddb.InvalidDatabaseError as error:
            self._reader = None
            self._give_up(error)
        except ValueError:
            pass  # No address, or the file has none of its version.
        return None

    def _give_up(self, error: Exception) -> None:
        log.warning(
            "The country file %s cannot be read (%s). Countries are those of the browsers' time zones; "
            "no event is lost. Put an intact file there and start again, or remove it.",
            self._path,
            error,
        )


def _code(record: Any) -> str | None:
    if not isinstance(record, dict):
        return None
    country = record.get("country")
    code = country.get("iso_code") if isinstance(country, dict) else record.get("country_code")
    return code if isinstance(code, str) and _CODE.fullmatch(code) else None
