"""When a disk is filling, and what may not be taken of its last."""

from pathlib import Path

import pytest

from appliance.base import disk
from appliance.base.disk import SPARED_BYTES, Room
from appliance.base.errors import UnavailableError

GB = 10**9


@pytest.mark.parametrize(
    ("total", "free", "filling", "scarce"),
    [
        (100 * GB, 21 * GB, False, False),
        (100 * GB, 20 * GB, True, False),
        (8 * GB, 1.6 * GB, True, False),
        (4000 * GB, 51 * GB, False, False),  # full by its share, and with room for years
        (4000 * GB, 49 * GB, True, False),
        (100 * GB, SPARED_BYTES, True, False),
        (100 * GB, SPARED_BYTES - 1, True, True),
        (0, 0, True, True),  # a file system that tells nothing
    ],
)
def test_a_disk_is_filling_by_its_share_unless_there_is_room_for_years(
    total: float, free: float, filling: bool, scarce: bool
) -> None:
    room = Room(int(total), int(free))
    assert (room.filling, room.scarce) == (filling, scarce)


def test_the_last_of_a_disk_is_given_to_nobody_and_the_refusal_says_what_to_do(tmp_path: Path) -> None:
    free = disk.room(tmp_path).free_bytes
    disk.require(tmp_path, 0, "A backup", "Make room.")
    with pytest.raises(UnavailableError, match=r"^A backup needs \d+ MB .*left for events.* Make room\.$"):
        disk.require(tmp_path, free, "A backup", "Make room.")


def test_a_folder_takes_what_the_files_below_it_take(tmp_path: Path) -> None:
    (tmp_path / "journal").mkdir()
    (tmp_path / "journal" / "1").write_bytes(bytes(1000))
    (tmp_path / "gone").symlink_to("nowhere")
    (tmp_path / "2").write_bytes(bytes(24))
    assert disk.taken_bytes(tmp_path) == 1024 + len("nowhere")
