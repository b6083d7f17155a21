"""Which module may import which, and what no file of this repository may hold.

docs/architecture.md tells the reasons. A new folder of `appliance` must be given its place in LAYERS.
"""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "appliance"

# Imports go downwards, or sideways where that closes no circle. A folder's name stands for all its modules.
LAYERS = (
    "__main__ cli",
    "demo maintenance desktop cli_moving cli_options",
    "serving",
    "standing_in",
    "web jobs",
    "support",
    "assembly",
    "runtime",
    "samples process guardian mail_reports",
    "aggregates",
    "reports imports mirror",
    "ingest backups",
    "sharing mail webhooks probing",
    "sites visits",
    "accounts",
    "storage events fetching",
    "base",
)
LAYER_OF = {name: number for number, names in enumerate(LAYERS) for name in names.split()}

# A library is used in the files named, so that replacing or upgrading it touches no other.
USED_ONLY_IN = {
    "duckdb": {"storage.database", "storage.database_errors", "storage.opening", "storage.statements"},
    "waitress": {"web.server", "web.listener", "web.connections"},
    "apscheduler": {"jobs.scheduler"},
    "webview": {"desktop.window"},
    "cryptography": {"base.encryption", "backups.passphrase"},
    "pyotp": {"accounts.two_factor"},
    "maxminddb": {"events.enrichment.country_file"},
}
WEB_LIBRARIES = {"flask", "werkzeug", "flask_login", "flask_sock", "flask_limiter"}

# Calls and names that reach outside, and the one file that may do so for all others.
REACHED_ONLY_IN = {
    "os.environ": "base.config",
    "os.getenv": "base.config",
    "time.time": "base.clock",
    "time.time_ns": "base.clock",
    "datetime.now": "base.clock",
    "datetime.utcnow": "base.clock",
    "datetime.today": "base.clock",
    "date.today": "base.clock",
}

LINES_AT_MOST = 400
LONGER_BECAUSE_GENERATED = {"ui_static/src/api/schema.d.ts"}

# In two parts, so that this file does not hold what it forbids.
REGISTRY_HOSTS = [
    first + second
    for first, second in [
        ("pypi", ".org"),
        ("files.python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("registry.yarn", "pkg.com"),
        ("deb.debian", ".org"),
    ]
]


@dataclass(frozen=True)
class Module:
    """A file of `appliance`: its name without the package ("web.sites"; a folder's own file is "web")."""

    name: str
    tree: ast.Module
    package: str

    @property
    def folder(self) -> str:
        """What stands beside the folders, like `runtime.py`, is one by itself."""
        return self.name.split(".")[0]

    @property
    def layer(self) -> int:
        """Its place in LAYERS, counted from the top; a folder without a place raises KeyError."""
        return LAYER_OF[self.folder]


def read_module(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_folder = parts[-1] == "__init__"
    dotted = parts[:-1] if is_folder else parts
    package = dotted if is_folder else dotted[:-1]
    return Module(".".join(dotted[1:]), ast.parse(path.read_text(encoding="utf-8")), ".".join(package))


# The package's own `__init__` holds the version and belongs to nobody.
MODULES = {module.name: module for module in map(read_module, sorted(PACKAGE.rglob("*.py"))) if module.name}


def imported(module: Module) -> Iterator[str]:
    """The dotted name of everything that `module` imports, wherever in the file it does."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = absolute(node, module.package)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def own_imports(module: Module) -> set[str]:
    """The names of the modules of `appliance` that `module` imports."""
    names = (name.split(".")[1:] for name in imported(module) if name.startswith("appliance."))
    # `from appliance.web.problems import Problem`: the longest part that is a module is what is meant.
    found = (longest_module(parts) for parts in names)
    return {name for name in found if name and name != module.name}


def longest_module(parts: list[str]) -> str:
    candidates = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in candidates if name in MODULES), "")


def libraries(module: Module) -> set[str]:
    return {name.split(".")[0] for name in imported(module)}


def dotted_names(module: Module) -> set[str]:
    """Every `a.b` in the file, and `a.b` for each `from a import b`."""
    attributes = {
        f"{last_name(node.value)}.{node.attr}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
    }
    return attributes | set(imported(module))


def last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def repository_files(*suffixes: str) -> list[str]:
    """What git tracks and what it would add, as paths from the root; all of them without a suffix given."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return [name for name in names if not suffixes or name.endswith(suffixes)]


@pytest.fixture(params=MODULES.values(), ids=lambda module: module.name)
def module(request: pytest.FixtureRequest) -> Module:
    found: Module = request.param
    return found


def test_every_folder_has_its_place() -> None:
    assert {module.folder for module in MODULES.values()} <= set(LAYER_OF)


def test_imports_go_downwards(module: Module) -> None:
    upwards = {name for name in own_imports(module) if MODULES[name].layer < module.layer}
    assert not upwards


def test_imports_close_no_circle() -> None:
    graph = {module.name: own_imports(module) for module in MODULES.values()}
    TopologicalSorter(graph).prepare()


def test_folders_close_no_circle() -> None:
    graph: dict[str, set[str]] = {}
    for module in MODULES.values():
        used = {MODULES[name].folder for name in own_imports(module)}
        graph.setdefault(module.folder, set()).update(used - {module.folder})
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize(("one", "other"), [("web", "jobs"), ("jobs", "web")])
def test_web_and_jobs_do_not_know_each_other(one: str, other: str) -> None:
    ours = [module for module in MODULES.values() if module.folder == one]
    assert not [
        (module.name, name)
        for module in ours
        for name in own_imports(module)
        if MODULES[name].folder == other
    ]


def test_nothing_below_web_imports_a_web_library(module: Module) -> None:
    if module.layer > LAYER_OF["web"] or module.folder == "jobs":
        assert not libraries(module) & WEB_LIBRARIES


def test_a_library_is_used_in_its_own_file_only(module: Module) -> None:
    assert not {
        name for name in libraries(module) if module.name not in USED_ONLY_IN.get(name, {module.name})
    }


def test_environment_and_wall_clock_are_read_in_one_file(module: Module) -> None:
    reached = {name for name in dotted_names(module) if REACHED_ONLY_IN.get(name, module.name) != module.name}
    assert not reached


def test_no_file_names_a_package_registry() -> None:
    contents = {name: (ROOT / name).read_bytes() for name in repository_files()}
    assert not [
        (name, host)
        for name, content in contents.items()
        for host in REGISTRY_HOSTS
        if host.encode() in content
    ]


@pytest.fixture(params=["ui_static", "snippet"])
def locked_packages(request: pytest.FixtureRequest) -> dict[str, Any]:
    lock = json.loads((ROOT / request.param / "package-lock.json").read_text(encoding="utf-8"))
    packages: dict[str, Any] = lock["packages"]
    return packages


def test_package_locks_name_no_place_to_download_from(locked_packages: dict[str, Any]) -> None:
    assert not [name for name, package in locked_packages.items() if "resolved" in package]


def test_every_package_is_locked_with_its_hash(locked_packages: dict[str, Any]) -> None:
    """A bundled one comes inside of another and has that one's."""
    packages = {name: package for name, package in locked_packages.items() if name}
    without = {
        name for name, package in packages.items() if not package.get("integrity", "").startswith("sha512-")
    }
    assert not {name for name in without if not packages[name].get("inBundle")}
    for file in (ROOT / "requirements").glob("*.txt"):
        pinned = re.split(r"\n(?=\w)", file.read_text(encoding="utf-8"))
        assert not [entry for entry in pinned if "==" in entry and "--hash=sha256:" not in entry]


def test_package_locks_serve_every_system(locked_packages: dict[str, Any]) -> None:
    """npm leaves out a package it did not find for another system; `npm ci` then refuses the lock."""
    locked = {name.rpartition("node_modules/")[2] for name in locked_packages}
    wanted = {
        name for package in locked_packages.values() for name in package.get("optionalDependencies", {})
    }
    assert wanted <= locked


def test_files_stay_readable_in_one_sitting() -> None:
    names = set(repository_files(".py", ".ts", ".tsx", ".mjs")) - LONGER_BECAUSE_GENERATED
    lengths = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in names}
    assert not {name: length for name, length in lengths.items() if length > LINES_AT_MOST}
