"""Which module may import which, and what no file of this repository may hold.

docs/architecture.md tells the reasons. A new module of `appliance` must be given its place in LAYERS.
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
    "__main__ cli desktop window window_pages browsers clipboard autostart server_process doctor "
    "password_reset secret_change local_calls demo",
    "serving",
    "web jobs",
    "runtime",
    "ingest rows retention facts_retention sealed quarantine readmission loading ledger checkpoints rollups "
    "aggregates aggregate_rows setbacks reports timeseries breakdowns past tallies tally_rows bucket_counts "
    "exports samples demo_shop demo_traffic facts spans filters goals overview embedding summaries sites "
    "access shares accounts people invitations sessions two_factor sign_in api_keys root_key audit live "
    "health notices recoveries",
    "journal recent_ids database opening migrations instance window_instance window_memory reachable "
    "local_access "
    "ratelimit tickets sign_in_links database_errors set_aside scripts contacts",
    "events waiting roles enrichment privacy pii urls hosts site_keys share_tokens site_settings metrics "
    "timerange ranking clock program config data_directory errors paths log_lines secret encryption durable "
    "watchdog undo",
)
LAYER_OF = {name: number for number, names in enumerate(LAYERS) for name in names.split()}

# A library is used in the files named, so that replacing or upgrading it touches no other.
USED_ONLY_IN = {
    "duckdb": {"database", "database_errors", "opening"},
    "waitress": {"web.server", "web.listener", "web.connections"},
    "apscheduler": {"jobs.scheduler"},
    "webview": {"window"},
    "cryptography": {"encryption"},
    "pyotp": {"two_factor"},
    "maxminddb": {"enrichment.country_file"},
}
WEB_LIBRARIES = {"flask", "werkzeug", "flask_login", "flask_sock", "flask_limiter"}

# Calls and names that reach outside, and the one file that may do so for all others.
REACHED_ONLY_IN = {
    "os.environ": "config",
    "os.getenv": "config",
    "time.time": "clock",
    "time.time_ns": "clock",
    "datetime.now": "clock",
    "datetime.utcnow": "clock",
    "datetime.today": "clock",
    "date.today": "clock",
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
    def layer(self) -> int:
        """Its place in LAYERS, counted from the top; a module without a place raises KeyError."""
        return LAYER_OF[self.name.split(".")[0]]


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


def test_every_module_has_its_place() -> None:
    assert {name.split(".")[0] for name in MODULES} <= set(LAYER_OF)


def test_imports_go_downwards(module: Module) -> None:
    upwards = {name for name in own_imports(module) if MODULES[name].layer < module.layer}
    assert not upwards


def test_imports_close_no_circle() -> None:
    graph = {module.name: own_imports(module) for module in MODULES.values()}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize(("one", "other"), [("web", "jobs"), ("jobs", "web")])
def test_web_and_jobs_do_not_know_each_other(one: str, other: str) -> None:
    ours = [module for name, module in MODULES.items() if name.split(".")[0] == one]
    assert not [
        (module.name, name) for module in ours for name in own_imports(module) if name.split(".")[0] == other
    ]


def test_nothing_below_web_imports_a_web_library(module: Module) -> None:
    if module.layer > LAYER_OF["web"] or module.name.split(".")[0] == "jobs":
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
