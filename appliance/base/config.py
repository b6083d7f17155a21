"""Settings: one table drives parsing, `--help` and the documentation.

Highest first: command line, `ANALYTIQ_*` environment, `analytiq.toml` in the data directory, default.
"""

import ipaddress
import logging
import os
import sys
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from appliance.base.errors import StartError
from appliance.base.left_open import LeftOpen
from appliance.base.left_open import read as read_left_open
from appliance.base.paths import DataPaths, default_data_dir

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Config:
    data_dir: Path
    host: str
    port: int
    tls_cert: Path | None
    tls_key: Path | None
    tls_port: int
    public_url: str | None
    trusted_proxies: frozenset[str]
    dashboard: str
    signup: str
    secret_key: str | None = field(repr=False)
    previous_secret_key: str | None = field(repr=False)
    ingest_limit_per_ip: int
    ingest_limit_per_site: int
    raw_retention_days: int
    facts_retention_days: int
    backup_dir: Path | None
    backup_budget_gb: int
    mirror_dir: Path | None
    data_budget_gb: int | None

    @property
    def paths(self) -> DataPaths:
        return DataPaths(self.data_dir)

    @property
    def backups(self) -> Path:
        """The folder with the backups."""
        return self.backup_dir or self.paths.backups


@dataclass(frozen=True)
class Setting:
    """One row of the table. `parse` raises ValueError with what is expected."""

    name: str
    default: str
    help: str
    parse: Callable[[str], Any]

    @property
    def variable(self) -> str:
        return f"ANALYTIQ_{self.name.upper()}"


def _path(text: str) -> Path:
    return Path(text).expanduser().absolute()


def _host(text: str) -> str:
    if not text.strip():
        raise ValueError("expected an address to listen on, such as 0.0.0.0 or 127.0.0.1")
    return text.strip()


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError("expected a port number from 0 to 65535 (0 takes any free one)")
    return int(text)


def _file(text: str) -> Path | None:
    if not text:
        return None
    path = _path(text)
    if not path.is_file() or not os.access(path, os.R_OK):
        raise ValueError("expected a file that this user may read")
    return path


def _public_url(text: str) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("expected an address such as https://stats.example.com")
    return text.rstrip("/")


def _addresses(text: str) -> frozenset[str]:
    try:
        return frozenset(str(ipaddress.ip_address(part.strip())) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValueError("expected IP addresses with commas between them") from error


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(f"expected {' or '.join(choices)}")
        return text

    return parse


def _count(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("expected a whole number; 0 turns the limit off")
    return int(text)


def _days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 36_500:
        raise ValueError("expected a number of days, from 1 to 36500")
    return int(text)


def _folder(text: str) -> Path | None:
    path = _path(text) if text else None
    if path and path.exists() and not path.is_dir():
        raise ValueError("expected a folder")
    return path


def _gigabytes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise ValueError("expected a number of gigabytes, from 1 to 1000000")
    return int(text)


def _budget(text: str) -> int | None:
    return _gigabytes(text) if text else None


def _secret(text: str) -> str | None:
    if text and len(text) < 32:
        raise ValueError("expected at least 32 characters")
    return text or None


SETTINGS = (
    Setting("data_dir", "", "Folder for the database, the journal and the secret.", _path),
    Setting("host", "0.0.0.0", "Address to listen on.", _host),
    Setting("port", "8585", "Port to listen on.", _port),
    Setting("tls_cert", "", "Certificate for HTTPS, as a PEM file; HTTPS is off without it.", _file),
    Setting("tls_key", "", "Private key of the certificate, as a PEM file.", _file),
    Setting("tls_port", "8586", "Port to listen on for HTTPS.", _port),
    Setting("public_url", "", "Address under which websites reach this program.", _public_url),
    Setting("trusted_proxies", "", "Proxies whose X-Forwarded-* headers count.", _addresses),
    Setting(
        "dashboard", "network", "Who reaches the dashboard: network or local.", _one_of("network", "local")
    ),
    Setting("signup", "closed", "Whether others may sign up: closed or open.", _one_of("closed", "open")),
    Setting("secret_key", "", "Secret that signs and encrypts; made at first start if unset.", _secret),
    Setting("previous_secret_key", "", "The one before, for a time after it was changed.", _secret),
    Setting("ingest_limit_per_ip", "600", "Ingest requests a minute for one address; 0 = no limit.", _count),
    Setting("ingest_limit_per_site", "60000", "Events a minute for one site; 0 = no limit.", _count),
    Setting("raw_retention_days", "396", "Days for which events are kept as they arrived.", _days),
    Setting("facts_retention_days", "800", "Days for which visits are kept; at least as long.", _days),
    Setting("backup_dir", "", "Folder for backups, best on another disk.", _folder),
    Setting("backup_budget_gb", "20", "Disk that backups may take together, in GB.", _gigabytes),
    Setting("mirror_dir", "", "Folder for hourly Parquet files, for other programs to read.", _folder),
    Setting("data_budget_gb", "", "Disk that the data directory may take before a warning, in GB.", _budget),
)


def load(options: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None) -> Config:
    """Collect the settings. `options` are the command line's (None = not given), by setting name.

    Raises StartError naming the setting whose value is wrong.
    """
    environ = os.environ if environ is None else environ
    given = {name: str(value) for name, value in (options or {}).items() if value is not None}
    data_dir = _path(given.get("data_dir") or environ.get("ANALYTIQ_DATA_DIR") or str(default_data_dir()))
    in_file = _read_file(DataPaths(data_dir).settings)
    _warn_of_unknown(environ, in_file)
    values: dict[str, Any] = {"data_dir": data_dir}
    for setting in SETTINGS[1:]:
        values[setting.name] = _value(setting, given, environ, in_file)
    return _consistent(Config(**values))


def _consistent(config: Config) -> Config:
    if config.facts_retention_days < config.raw_retention_days:
        raise StartError(
            f"facts_retention_days ({config.facts_retention_days}) is less than raw_retention_days "
            f"({config.raw_retention_days}), but visits are made of raw events. Nothing was dropped. Choose "
            "it as long or longer."
        )
    if (config.tls_cert is None) != (config.tls_key is None):
        missing = "ANALYTIQ_TLS_CERT" if config.tls_cert is None else "ANALYTIQ_TLS_KEY"
        raise StartError(f"HTTPS needs a certificate and its private key: set {missing} as well.")
    return config


def has_display(environ: Mapping[str, str] | None = None) -> bool:
    """Whether X11 or Wayland is there to open a window on (Linux and BSD)."""
    environ = os.environ if environ is None else environ
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


_LEFT_OPEN = "LEFT_OPEN_BY_ANALYTIQ"


def environment_of_a_start(left: LeftOpen | None = None) -> dict[str, str]:
    """What this program is given when it starts itself once more. `left`: for the one in its own place."""
    # A frozen program of one file would otherwise use what this one unpacked, and removes at its end.
    given = {**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    return {**given, _LEFT_OPEN: left.text() if left else ""}


def left_open() -> LeftOpen:
    """By the program in whose place this one stands; told once."""
    left = read_left_open(os.environ.pop(_LEFT_OPEN, ""))
    try:
        for number in left.files:
            os.set_inheritable(number, False)
    except OSError:  # whoever started this one closed some
        for number in left.files:
            with suppress(OSError):
                os.close(number)
        return LeftOpen()
    return left


def restore_library_path() -> None:
    """Let other programs find the system's libraries: a frozen program is started with its own in front."""
    if not getattr(sys, "frozen", False) or sys.platform != "linux":
        return
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before


def _read_file(path: Path) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            return {str(name): str(value) for name, value in tomllib.load(file).items()}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError) as error:  # not TOML, or not UTF-8
        raise StartError(f"The settings file {path} cannot be read: {error}. Mend or remove it.") from error


def _warn_of_unknown(environ: Mapping[str, str], in_file: Mapping[str, str]) -> None:
    known = {setting.variable for setting in SETTINGS}
    for variable in sorted(environ):
        if variable.startswith("ANALYTIQ_") and variable not in known:
            log.warning(
                "The environment variable %s is not a setting of Analytiq and has no effect.", variable
            )
    # The file lies in the data directory, so it cannot say where that is.
    for name in sorted(in_file.keys() - {setting.name for setting in SETTINGS[1:]}):
        log.warning("%s in analytiq.toml is not a setting of Analytiq and has no effect.", name)


def _value(
    setting: Setting, given: Mapping[str, str], environ: Mapping[str, str], in_file: Mapping[str, str]
) -> object:
    sources = (
        (given, setting.name, f"--{setting.name.replace('_', '-')}"),
        (environ, setting.variable, setting.variable),
        (in_file, setting.name, f"{setting.name} in analytiq.toml"),
    )
    for values, key, shown in sources:
        if key in values:
            try:
                return setting.parse(values[key])
            except ValueError as error:
                # The secret's value must not reach a log or a screen.
                got = "" if setting.parse is _secret else f", got {values[key]!r}"
                raise StartError(f"{shown}: {error}{got}.") from error
    return setting.parse(setting.default)
