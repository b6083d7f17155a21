"""Windows: a link in the user's own Startup folder."""

import subprocess
from pathlib import Path

_MAKE_LINK = """\
$ErrorActionPreference = 'Stop'
$link = (New-Object -ComObject WScript.Shell).CreateShortcut({link})
$link.TargetPath = {program}
$link.Arguments = {arguments}
$link.WindowStyle = 7
$link.Description = 'Analytiq, web analytics for your own machine'
$link.Save()
"""


class StartupLink:
    def __init__(self, command: list[str], folder: Path | None = None) -> None:
        self._command = command
        self._folder = folder or (
            Path.home() / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup"
        )

    @property
    def place(self) -> str:
        return str(self._file)

    @property
    def _file(self) -> Path:
        return self._folder / "Analytiq.lnk"

    def install(self) -> None:
        script = link_script(self._file, self._command)
        done = subprocess.run(  # noqa: S603  (what the script holds besides is quoted)
            ["powershell", "-NoProfile", "-NonInteractive", "-Command", script],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise OSError(f"The link {self._file} could not be made: {done.stderr.strip()}")

    def remove(self) -> None:
        self._file.unlink(missing_ok=True)

    def is_installed(self) -> bool:
        return self._file.is_file()


def link_script(link: Path, command: list[str]) -> str:
    return _MAKE_LINK.format(
        link=_literal(str(link)),
        program=_literal(command[0]),
        arguments=_literal(subprocess.list2cmdline(command[1:])),
    )


def _literal(text: str) -> str:
    """PowerShell takes nothing in single quotes for anything else than text, but these quotes themselves."""
    return "'" + text.replace("'", "''") + "'"
