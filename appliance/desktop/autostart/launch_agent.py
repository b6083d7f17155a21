"""macOS: a launch agent of the user's own."""

import plistlib
from pathlib import Path

LABEL = "app.analytiq.server"


class LaunchAgent:
    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        self._command = command
        self._folder = folder or Path.home() / "Library" / "LaunchAgents"

    @property
    def place(self) -> str:
        return str(self._file)

    @property
    def _file(self) -> Path:
        return self._folder / f"{LABEL}.plist"

    def install(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        agent = {
            "Label": LABEL,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "ProcessType": "Background",
        }
        self._file.write_bytes(plistlib.dumps(agent))

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)

    def is_installed(self) -> bool:
        return self._file.is_file()
