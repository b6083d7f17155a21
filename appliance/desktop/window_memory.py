"""What the window remembers from one opening to the next: where it was, and what it has said already."""

import json
from dataclasses import asdict, dataclass, field

from appliance.base.paths import DataPaths
from appliance.process import instance

LEAST_WIDTH, LEAST_HEIGHT = 360, 480


@dataclass(frozen=True)
class Place:
    """In pixels of the screen; without `x` and `y` it is for the system to choose."""

    width: int = 1280
    height: int = 860
    x: int | None = None
    y: int | None = None
    maximized: bool = False


@dataclass(frozen=True)
class Memory:
    place: Place = field(default_factory=Place)
    told_that_counting_goes_on: bool = False


def recall(paths: DataPaths) -> Memory:
    """A memory that is missing or makes no sense is a new one."""
    try:
        noted = json.loads(paths.window_memory.read_text("utf-8"))
        return Memory(_sensible(Place(**noted["place"])), noted["told_that_counting_goes_on"] is True)
    except (OSError, ValueError, TypeError, KeyError):
        return Memory()


def keep(paths: DataPaths, memory: Memory) -> None:
    instance.write_privately(paths.window_memory, json.dumps(asdict(memory)))


def _sensible(place: Place) -> Place:
    """Raises TypeError or ValueError for what is no place."""
    x, y = (None if value is None else int(value) for value in (place.x, place.y))
    width, height = max(int(place.width), LEAST_WIDTH), max(int(place.height), LEAST_HEIGHT)
    return Place(width, height, x, y, bool(place.maximized))
