"""Data directories as released versions leave them, each with the report that it must go on giving.

`python -m tests.data.make` adds one of the present version: a main file, a write-ahead log that nobody has
replayed, and events that wait in the journal.
"""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOW = "2026-09-17T12:30:00Z"
REPORT = "report.json"


def releases() -> list[Path]:
    return sorted(HERE.glob("schema-*.tar.xz"))


def unpack(release: Path, folder: Path) -> dict[str, Any]:
    """Put the files there; the report."""
    with tarfile.open(release) as packed:
        packed.extractall(folder, filter="data")
    found: dict[str, Any] = json.loads((folder / REPORT).read_text())
    return found


def pack(release: Path, folder: Path, report: Any) -> None:
    with tarfile.open(release, "w:xz") as packed:
        for name in ("analytiq.duckdb", "analytiq.duckdb.wal", "secret.key", "journal"):
            packed.add(folder / name, name)
        text = json.dumps(report, indent=1).encode()
        entry = tarfile.TarInfo(REPORT)
        entry.size = len(text)
        packed.addfile(entry, io.BytesIO(text))
