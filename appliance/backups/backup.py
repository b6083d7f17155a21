"""A backup as it stands in its folder: the database's copy, and what is known of it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

from appliance.backups.contents import Figures
from appliance.base.durable import write_file

Reason = Literal[
    "nightly",
    "by hand",
    "before an upgrade",
    "before going back",
    "before a rebuild",
    "before another time zone",
]
REASONS: tuple[Reason, ...] = get_args(Reason)

NOTE = "backup.json"
DATABASE = "analytiq.duckdb"
NAME = "%Y-%m-%dT%H-%M-%SZ"


@dataclass(frozen=True)
class Backup:
    """`version`: of the program that made it; `schema`: of its tables; `batch`: the last batch of the journal
    that is in it; `sha256`: of the file, in hexadecimal."""

    made_at: datetime
    reason: Reason
    version: str
    schema: int
    batch: int
    bytes: int
    sha256: str
    figures: Figures

    @property
    def name(self) -> str:
        """Of its folder: the instant, in UTC."""
        return f"{self.made_at:{NAME}}"


def write(folder: Path, backup: Backup) -> None:
    """On disk at return."""
    text = json.dumps(asdict(backup), default=datetime.isoformat, indent=1)
    write_file(folder / NOTE, f"{text}\n".encode())


def read(folder: Path) -> Backup | None:
    """None where there is no backup, or none that can be understood."""
    try:
        found = json.loads((folder / NOTE).read_text("utf-8"))
        figures = found.pop("figures")
        last = figures.pop("last_event_at")
        return Backup(
            **{**found, "made_at": datetime.fromisoformat(found["made_at"])},
            figures=Figures(**figures, last_event_at=last and datetime.fromisoformat(last)),
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
