"""Linux: a unit of the user's own systemd."""

import shutil
import subprocess
from pathlib import Path

import platformdirs

NAME = "analytiq.service"

_UNIT = """\
[Unit]
Description=Analytiq, web analytics for your own machine

[Service]
ExecStart={command}
Restart=on-failure
# Wrong settings do not mend themselves, and a server that runs already is no failure.
RestartPreventExitStatus=2 3
SuccessExitStatus=3
TimeoutStopSec=60
UMask=0077

[Install]
WantedBy=default.target
"""


class SystemdUnit:
    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        """`folder`: of the user's units, by default where systemd looks for them."""
        self._command = command
        self._folder = folder or platformdirs.user_config_path() / "systemd" / "user"

    @property
    def place(self) -> str:
        return str(self._folder / NAME)

    @property
    def _wanted(self) -> Path:
        """What `systemctl --user enable` makes."""
        return self._folder / "default.target.wants" / NAME

    def install(self) -> None:
        self._wanted.parent.mkdir(parents=True, exist_ok=True)
        (self._folder / NAME).write_text(unit(self._command), "utf-8")
        self._wanted.unlink(missing_ok=True)
        self._wanted.symlink_to(Path("..") / NAME)
        _reload()

    def remove(self) -> None:
        self._wanted.unlink(missing_ok=True)
        (self._folder / NAME).unlink(missing_ok=True)
        _reload()

    def is_installed(self) -> bool:
        return self._wanted.is_symlink()


def unit(command: list[str]) -> str:
    return _UNIT.format(command=" ".join(_quoted(word) for word in command))


def _quoted(word: str) -> str:
    """As systemd.service(5) reads it: `%` and `$` stand for something else, unless doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _reload() -> None:
    """Tell a systemd that runs now; without one the unit counts from the next login on."""
    systemctl = shutil.which("systemctl")
    if systemctl:
        subprocess.run([systemctl, "--user", "daemon-reload"], capture_output=True, check=False)  # noqa: S603
