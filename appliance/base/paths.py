"""Where things are: the data directory's files, and the files that ship with the program."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class DataPaths:
    """The files below one data directory; nothing outside it is ever written."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "analytiq.duckdb"

    @property
    def database_bytes(self) -> int:
        """0 where somebody has taken the file away."""
        return _bytes(self.database)

    @property
    def write_ahead_log(self) -> Path:
        return self.root / "analytiq.duckdb.wal"

    @property
    def write_ahead_log_bytes(self) -> int:
        return _bytes(self.write_ahead_log)

    @property
    def undo(self) -> Path:
        """What a checkpoint under way writes over in the database."""
        return self.root / "analytiq.duckdb.undo"

    def unreadable_logs(self) -> list[Path]:
        """Write-ahead logs that were put aside; empty in a healthy program."""
        return sorted(self.root.glob("analytiq.duckdb.wal.unreadable-*"))

    def next_unreadable_log(self) -> Path:
        return self.root / f"analytiq.duckdb.wal.unreadable-{len(self.unreadable_logs()) + 1}"

    def recoveries(self) -> list[Path]:
        """Notes of starts that found something lost or unreadable; empty in a healthy program."""
        return sorted(self.root.glob("recovery-*.json"))

    def recovery(self, at: datetime) -> Path:
        return self.root / f"recovery-{at:%Y%m%dT%H%M%SZ}.json"

    @property
    def journal(self) -> Path:
        return self.root / "journal"

    @property
    def journal_bytes(self) -> int:
        return sum(_bytes(file) for file in self.journal.glob("*.ndjson"))

    @property
    def set_aside(self) -> Path:
        """Events that could not be loaded, one JSON line each; empty in a healthy program."""
        return self.root / "set-aside"

    @property
    def temp(self) -> Path:
        return self.root / "temp"

    @property
    def exports(self) -> Path:
        """Files that somebody downloads, a folder for each site; empty at every start."""
        return self.root / "exports"

    @property
    def uploads(self) -> Path:
        """Files to be imported that come from browsers, a folder for each site; empty at every start."""
        return self.root / "uploads"

    @property
    def imports(self) -> Path:
        """Files that are being read in; empty at every start."""
        return self.root / "imports"

    @property
    def downloads(self) -> Path:
        """Backups that are made ready to be taken away; empty at every start."""
        return self.root / "downloads"

    @property
    def backups(self) -> Path:
        """Copies of the database, unless another folder is set for them."""
        return self.root / "backups"

    @property
    def restore(self) -> Path:
        """A database that is to take the place of the present one: a backup's, or a compacted copy."""
        return self.root / "restore"

    @property
    def compaction(self) -> Path:
        """What the last compaction gained."""
        return self.root / "compaction.json"

    @property
    def exchange(self) -> Path:
        """A note that it does (exchange.py)."""
        return self.root / "exchange.json"

    @property
    def secret(self) -> Path:
        return self.root / "secret.key"

    @property
    def salts(self) -> Path:
        return self.root / "salts.json"

    @property
    def country_file(self) -> Path:
        """Countries of addresses; the owner puts it there, or not."""
        return self.root / "country.mmdb"

    @property
    def scripts(self) -> Path:
        """Versions of the tracking script that websites may have pinned."""
        return self.root / "scripts"

    @property
    def settings(self) -> Path:
        return self.root / "analytiq.toml"

    @property
    def lock(self) -> Path:
        return self.root / "analytiq.lock"

    @property
    def instance(self) -> Path:
        return self.root / "instance.json"

    @property
    def log(self) -> Path:
        return self.root / "analytiq.log"

    @property
    def window(self) -> Path:
        """The window's own cookies and cache, and the three files below."""
        return self.root / "window"

    @property
    def window_lock(self) -> Path:
        return self.window / "window.lock"

    @property
    def window_note(self) -> Path:
        """How the open window is asked to come to the front."""
        return self.window / "instance.json"

    @property
    def window_memory(self) -> Path:
        """Where the window was when it was closed."""
        return self.window / "memory.json"


def _bytes(file: Path) -> int:
    """0 where there is none, or none any more."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def default_data_dir() -> Path:
    return Path(platformdirs.user_data_dir("analytiq", appauthor=False))


def built(part: str, source_folder: str) -> Path:
    """The folder of a built part: inside an installed package, else `dist/` in the checkout."""
    installed = _PACKAGE / "static" / part
    return installed if installed.is_dir() else _PACKAGE.parent / source_folder / "dist"


def dashboard_files() -> Path:
    return built("ui", "ui_static")


def snippet_files() -> Path:
    return built("snippet", "snippet")


def sql_files() -> Path:
    return _PACKAGE / "sql"
