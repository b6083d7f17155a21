"""A file to show to whoever helps: what the doctor found, versions, settings, counts and the end of the log.

Nothing in it tells of a visitor, an account or a website, nor opens a door: settings are named on a list of
those that may be shown, and every text goes through the same net as the log.
"""

import importlib.metadata
import io
import json
import os
import platform
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from appliance import __version__
from appliance.base.config import SETTINGS, Config
from appliance.base.errors import UnavailableError
from appliance.base.redaction import redacted
from appliance.runtime import Runtime
from appliance.storage import migrations
from appliance.storage.database import DatabaseError
from appliance.support import examination
from appliance.support.examination import Finding

LOG_BYTES = 1_000_000

_SHOWN = frozenset({
    "port", "tls_port", "dashboard", "signup", "ingest_limit_per_ip", "ingest_limit_per_site",
    "raw_retention_days", "facts_retention_days", "backup_budget_gb", "data_budget_gb",
})  # fmt: skip
"""Settings whose value may be seen; of all others only whether they are set."""

_PACKAGES = ("duckdb", "flask", "waitress", "pydantic", "apscheduler", "cryptography", "pywebview")


def pack(parts: Runtime, findings: Sequence[Finding]) -> bytes:
    """The zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _texts(parts, findings):
            file.writestr(name, _without_own_names(redacted(text), parts.config))
    return packed.getvalue()


def file_name(now: datetime) -> str:
    return f"analytiq-support-{now:%Y%m%d-%H%M}.zip"


def report(findings: Sequence[Finding]) -> str:
    """In lines, for a terminal too."""
    return "".join(line + "\n" for finding in findings for line in _lines(finding))


def _lines(finding: Finding) -> Iterator[str]:
    mark = {"good": "ok  ", "look": "look", "bad": "BAD "}[finding.verdict]
    yield f"{mark}  {finding.title}: {finding.detail}"
    if finding.todo:
        yield f"      -> {finding.todo}"


def _texts(parts: Runtime, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    yield "report.txt", report(findings)
    yield "versions.json", json.dumps(_versions(), indent=1)
    yield "settings.json", json.dumps(_settings(parts.config), indent=1)
    yield "counts.json", json.dumps(_counts(parts), indent=1)
    yield "log.jsonl", _end_of(parts.config.paths.log)


def _versions() -> dict[str, object]:
    return {
        "analytiq": __version__,
        "schema": migrations.newest(),
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        **{name: _version_of(name) for name in _PACKAGES},
    }


def _version_of(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"  # a frozen program may leave it out


def _settings(config: Config) -> dict[str, object]:
    values = {setting.name: getattr(config, setting.name) for setting in SETTINGS}
    return {
        name: value if name in _SHOWN else "set" if value else "not set" for name, value in values.items()
    }


def _counts(parts: Runtime) -> dict[str, int | str]:
    try:
        return {**examination.counts(parts), "database_bytes": parts.config.paths.database_bytes}
    except (DatabaseError, UnavailableError) as error:
        return {"unknown": str(error)}


def _end_of(log: Path) -> str:
    """In whole lines."""
    try:
        whole = log.read_bytes()  # some megabytes: it is turned over at five
    except OSError as error:
        return f"The log cannot be read: {error.strerror}\n"
    end = whole[-LOG_BYTES:].decode("ascii", "replace")
    return end if len(whole) <= LOG_BYTES else end.partition("\n")[2]


def _without_own_names(text: str, config: Config) -> str:
    """Without the folders' names, which often hold somebody's, and the names that websites are reached by."""
    own = [(str(config.data_dir), "<data>"), (str(Path.home()), "<home>")]
    if config.public_url:
        own.append((config.public_url, "<public url>"))
    for name, shown in own:
        text = text.replace(name, shown).replace(json.dumps(name)[1:-1], shown)
    return text
