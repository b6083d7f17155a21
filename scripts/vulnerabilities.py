"""Asks the registries of our packages which of them have known vulnerabilities; ends with 1 if one has.

A registry that does not answer (no network, a mirror without advisories) is named and fails nothing: whether
the code here is good must not hang on it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FRONT_ENDS = ("ui_static", "snippet")
TIMEOUT_S = 120


def of_python(answer: str) -> tuple[list[str], list[str]]:
    """Vulnerabilities and packages not looked up, from what `pip-audit --format json` prints."""
    packages = _parsed(answer).get("dependencies")
    if packages is None:
        return [], ["every Python package"]
    found = [
        f"{package['name']} {package['version']}: {', '.join([each['id'], *each.get('aliases', [])])}"
        for package in packages
        for each in package.get("vulns", [])
    ]
    return found, [package["name"] for package in packages if "skip_reason" in package]


def of_node(folder: str, answer: str) -> tuple[list[str], list[str]]:
    """Vulnerabilities and packages not looked up, from what `npm audit --json` prints."""
    packages = _parsed(answer).get("vulnerabilities")
    if packages is None:
        return [], [f"every package of {folder}"]
    return [f"{folder}: {name} ({each['severity']})" for name, each in packages.items()], []


def _parsed(answer: str) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = json.loads(answer)
    except ValueError:
        return {}
    return parsed


def _printed_by(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False).stdout
    except subprocess.TimeoutExpired:
        return ""


def _ask_pip() -> str:
    locked = [f"--requirement=requirements/{name}.txt" for name in ("run", "package")]
    options = ("--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json", "--timeout=10")
    return _printed_by(sys.executable, "-m", "pip_audit", *options, *locked)


def _ask_npm(folder: str) -> str:
    # The tools that build and test a front end reach nobody who uses Analytiq.
    return _printed_by(sys.executable, "hatch_build.py", "npm", folder, "audit", "--omit=dev", "--json")


def main() -> int:
    if not Path("requirements/run.txt").is_file():
        sys.exit("Start this in the folder that has requirements/: python scripts/vulnerabilities.py")
    answers = [of_python(_ask_pip()), *(of_node(folder, _ask_npm(folder)) for folder in FRONT_ENDS)]
    found = [line for lines, _ in answers for line in lines]
    unknown = [name for _, names in answers for name in names]
    if unknown:
        print(f"Not looked up, because the registry did not answer: {', '.join(unknown)}")
    if found:
        print("Known vulnerabilities; take a version without them and lock it:", *found, sep="\n  ")
    elif not unknown:
        print("No known vulnerabilities.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
