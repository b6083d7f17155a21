"""What the wheel's build hook decides before it builds anything."""

import os
from pathlib import Path

import pytest

import hatch_build


@pytest.fixture
def front_end(tmp_path: Path) -> Path:
    """A folder built a second after its only source was written."""
    for name, modified in {"package.json": 1000, "src/main.ts": 1000, "dist/index.html": 1001}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("")
        os.utime(path, (modified, modified))
    return tmp_path


def test_a_fresh_build_is_used_as_it_is(front_end: Path) -> None:
    assert not hatch_build.is_stale(front_end)


def test_a_changed_source_asks_for_a_build(front_end: Path) -> None:
    os.utime(front_end / "src" / "main.ts", (1002, 1002))
    assert hatch_build.is_stale(front_end)


def test_a_folder_never_built_asks_for_a_build(front_end: Path) -> None:
    (front_end / "dist" / "index.html").unlink()
    assert hatch_build.is_stale(front_end)


def test_installed_packages_do_not_make_a_build_old(front_end: Path) -> None:
    (front_end / "node_modules" / "react").mkdir(parents=True)
    (front_end / "node_modules" / "react" / "index.js").write_text("")
    assert not hatch_build.is_stale(front_end)


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v24.1.0"])
def test_node_that_runs_the_build_tools_is_accepted(version: str) -> None:
    assert hatch_build.is_new_enough(version)


@pytest.mark.parametrize("version", ["v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", ""])
def test_node_that_cannot_run_the_build_tools_is_refused(version: str) -> None:
    assert not hatch_build.is_new_enough(version)
