"""What the window remembers of its last opening."""

from pathlib import Path

import pytest

from appliance.base.paths import DataPaths
from appliance.desktop.window_memory import Memory, Place, keep, recall


@pytest.fixture
def paths(tmp_path: Path) -> DataPaths:
    paths = DataPaths(tmp_path)
    paths.window.mkdir()
    return paths


def test_it_is_where_it_was(paths: DataPaths) -> None:
    memory = Memory(Place(900, 700, -1200, 40, maximized=True), told_that_counting_goes_on=True)
    keep(paths, memory)
    assert recall(paths) == memory


@pytest.mark.parametrize(
    "noted",
    [
        "",
        "[]",
        "{}",
        '{"place": 7, "told_that_counting_goes_on": true}',
        '{"place": {"width": "wide", "height": 7}, "told_that_counting_goes_on": true}',
        '{"place": {"depth": 7}, "told_that_counting_goes_on": true}',
        '{"place": {"width": 900, "height": 700, "x": [], "y": 3}, "told_that_counting_goes_on": true}',
    ],
)
def test_a_memory_that_makes_no_sense_is_a_new_one(paths: DataPaths, noted: str) -> None:
    paths.window_memory.write_text(noted)
    assert recall(paths) == Memory()


def test_it_is_never_too_small_to_be_seen(paths: DataPaths) -> None:
    keep(paths, Memory(Place(1, 1)))
    assert recall(paths).place == Place(360, 480)
