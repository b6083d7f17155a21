"""The power goes at any moment: whatever the disk then holds, the program opens it and lacks no event."""

import json
import platform
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from appliance import assembly
from appliance.base import config
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.faults import LONG
from tests.faults.oracle import Log, check
from tests.faults.power import Disk
from tests.faults.recorded import CLIENT, ENDED, body, event_id
from tests.faults.recording import Call, record

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="knows the system calls of x86-64")

SHARES = (0.0, 1.0, 0.5, 0.9, 0.1)
"""So much of what was not synced is on the disk afterwards, about."""
MOMENTS = 5
"""In the short form; the long one takes every one of them."""


@dataclass
class Known:
    """What clients know at one moment."""

    log: Log = field(default_factory=Log)
    numbers: list[int] = field(default_factory=list)
    """Of the events sent, oldest first."""
    sites: list[tuple[str, str]] = field(default_factory=list)
    """Ids and keys. The first is the one that events are sent to."""

    def hear(self, line: str) -> None:
        match line.split():
            case ["site", site_id, site_key]:
                self.sites.append((site_id, site_key))
            case ["sent", number]:
                self.log.sending([event_id(int(number))])
                self.numbers.append(int(number))
            case ["acked", number]:
                self.log.answered(200, 0.0, [event_id(int(number))])


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Call]]:
    """The folder of a run, and its calls."""
    folder = tmp_path_factory.mktemp("power")
    data_dir = folder / "data"
    data_dir.mkdir()
    command = [sys.executable, "-m", "tests.faults.recorded", str(data_dir)]
    return data_dir, record(command, folder / "calls")


def test_the_recording_tells_the_whole_folder(recorded: tuple[Path, list[Call]], tmp_path: Path) -> None:
    data_dir, calls = recorded
    disk = Disk(data_dir)
    for call in calls:
        disk.follow(call)
    disk.leave(tmp_path / "image", 1.0, random.Random(1))
    assert _files(tmp_path / "image") == _files(data_dir)


def test_whatever_a_power_cut_leaves_holds_every_acknowledged_event_once(
    recorded: tuple[Path, list[Call]], tmp_path: Path, chance: random.Random
) -> None:
    moments = sum(1 for _moment in _moments(*recorded))
    chosen = range(moments) if LONG else sorted(chance.sample(range(moments), MOMENTS))
    for number, (disk, known) in enumerate(_moments(*recorded)):
        if number not in chosen:
            continue
        for share in SHARES:
            image = tmp_path / f"{number}-{share}"
            disk.leave(image, share, chance)
            with _told(f"moment {number}, {share:.0%} of what was not synced are there"):
                _holds(image, known)
            shutil.rmtree(image)
    print(f"{len(chosen)} of {moments} moments, {len(SHARES)} images of each")


def _moments(data_dir: Path, calls: list[Call]) -> Iterator[tuple[Disk, Known]]:
    """After each call that changed something on the disk or told a client something."""
    disk, known = Disk(data_dir), Known()
    for call in calls:
        if call.name == "write" and call.arguments[0] == "1" and call.result is not None:
            known.hear(bytes.decode(call.data))
            yield disk, known
        elif disk.follow(call):
            yield disk, known


@contextmanager
def _told(where: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        print(f"after the power cut at {where}:")
        raise


def _holds(image: Path, known: Known) -> None:
    """Opened, killed and opened again it has every event once, and knows its sites and what it has stored."""
    log = known.log.copy()
    program = _open(image)
    _send_again(program, known, log)
    program.journal.close()
    program.database.abandon()
    program = _open(image)
    _send_again(program, known, log)
    program.stop()
    set_aside = _set_aside(image)
    assert set_aside <= log.sent
    log.acknowledged -= set_aside
    check(image, known.sites[0][0] if known.sites else "", log)


def _open(image: Path) -> Runtime:
    return assembly.build(config.load({"data_dir": image, "port": 0}, environ={}), FrozenClock(ENDED))


def _send_again(program: Runtime, known: Known, log: Log) -> None:
    """As clients do that were not answered, and some that were."""
    for site in known.sites:
        program.sites.authenticate(*site)
    for number in known.numbers[-4:]:
        program.ingest.accept(body(number), Credentials(*known.sites[0]), CLIENT)
        log.answered(200, 0.0, [event_id(number)])


def _set_aside(image: Path) -> set[str]:
    lines = [line for path in image.glob("set-aside/*.ndjson") for line in path.read_bytes().splitlines()]
    return {json.loads(line)["event_id"] for line in lines}


def _files(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
