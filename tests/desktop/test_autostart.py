"""Starting at login: what is written for each system, and the command that does it."""

import os
import plistlib
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.desktop.autostart import Autostart
from appliance.desktop.autostart.launch_agent import LaunchAgent
from appliance.desktop.autostart.startup_link import link_script
from appliance.desktop.autostart.systemd import SystemdUnit, unit
from tests.programs import TIMEOUT_S

COMMAND = ["/opt/my tools/analytiq", "serve", "--data-dir", '/home/o\'hara/100% "mine" $HOME \\']


@pytest.mark.parametrize("kind", [SystemdUnit, LaunchAgent])
def test_it_is_installed_and_removed_as_often_as_one_likes(
    kind: type[SystemdUnit] | type[LaunchAgent], tmp_path: Path
) -> None:
    way: Autostart = kind(COMMAND, tmp_path / "not" / "there yet")
    way.remove()
    for _ in range(2):
        way.install()
        assert way.is_installed()
        assert Path(way.place).is_file()
    way.remove()
    assert not way.is_installed()
    assert not Path(way.place).exists()


def test_systemd_finds_the_unit_where_it_looks_for_what_to_start(tmp_path: Path) -> None:
    SystemdUnit(COMMAND, tmp_path).install()
    wanted = tmp_path / "default.target.wants" / "analytiq.service"
    assert wanted.resolve() == tmp_path / "analytiq.service"


def test_systemd_starts_the_words_as_they_are() -> None:
    (line,) = [line for line in unit(COMMAND).splitlines() if line.startswith("ExecStart=")]
    # Quoted as in a shell, besides that % and $ are doubled: systemd.service(5).
    words = shlex.split(line.removeprefix("ExecStart="))
    assert [word.replace("%%", "%").replace("$$", "$") for word in words] == COMMAND


def test_macos_is_given_the_words_as_they_are(tmp_path: Path) -> None:
    agent = LaunchAgent(COMMAND, tmp_path)
    agent.install()
    written = plistlib.loads(Path(agent.place).read_bytes())
    assert written["ProgramArguments"] == COMMAND
    assert written["RunAtLoad"] is True


def test_no_path_ends_the_text_that_powershell_reads_it_in() -> None:
    script = link_script(Path("C:/Users/o'hara/Analytiq.lnk"), ["C:/a'; calc; '.exe", "serve", "C:/my data"])
    assert "CreateShortcut('C:/Users/o''hara/Analytiq.lnk')" in script
    assert "TargetPath = 'C:/a''; calc; ''.exe'\n" in script
    assert "Arguments = 'serve \"C:/my data\"'\n" in script


@pytest.mark.skipif(sys.platform != "linux", reason="macOS and Windows keep it elsewhere")
def test_the_command_installs_starts_tells_and_removes(tmp_path: Path) -> None:
    data, config = tmp_path / "data", tmp_path / "config"
    data.mkdir()
    (data / "analytiq.toml").write_text('host = "127.0.0.1"\nport = 0\n')

    def analytiq(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "appliance", "--data-dir", str(data), *words],
            env={**os.environ, "XDG_CONFIG_HOME": str(config)},
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=True,
        )
        return done.stdout

    assert "login: no" in analytiq("service", "status")
    assert str(config / "systemd/user/analytiq.service") in analytiq("service", "install")
    try:
        said = analytiq("service", "status")
        assert "login: yes" in said
        assert "now: yes, at http://127.0.0.1:" in said
        analytiq("service", "remove")
        assert "login: no" in analytiq("service", "status")
        assert "now: yes" in analytiq("service", "status")
    finally:
        analytiq("stop")
