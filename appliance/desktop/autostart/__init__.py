"""Starting the server when its user logs in: one way for each system."""

import sys
from typing import Protocol

from appliance.base import program
from appliance.base.config import Config
from appliance.desktop.autostart.launch_agent import LaunchAgent
from appliance.desktop.autostart.startup_link import StartupLink
from appliance.desktop.autostart.systemd import SystemdUnit

WITHOUT = (
    "Now it starts only when you open it: after a restart of this computer no visits are counted until then."
)
WITH = "It starts by itself when you log in. Without that, no visits are counted until you open it."


class Autostart(Protocol):
    """Every method raises OSError, with what could not be read or written."""

    @property
    def place(self) -> str:
        """The file that makes the system start it."""

    def install(self) -> None:
        """From the next login on; again where it is installed already, with the command of now."""

    def remove(self) -> None:
        """Nothing happens where it is not installed. What runs goes on."""

    def is_installed(self) -> bool: ...


def of_this_system(config: Config) -> Autostart:
    command = program.command("serve", "--data-dir", str(config.data_dir))
    if sys.platform == "win32":
        return StartupLink(command)
    if sys.platform == "darwin":
        return LaunchAgent(command)
    return SystemdUnit(command)
