"""What a program that starts itself over leaves open for the one in its place, as numbers of files."""

import json
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class LeftOpen:
    """`ports`: where it listened. `lock`: of the data directory (process/instance.py). `stand_in`: the
    connection to the process `stand_in_pid`, which takes events meanwhile (process/stand_in.py)."""

    ports: tuple[int, ...] = ()
    lock: int | None = None
    stand_in: int | None = None
    stand_in_pid: int | None = None

    @property
    def files(self) -> list[int]:
        others = (self.lock, self.stand_in)
        return [*self.ports, *(number for number in others if number is not None)]

    def text(self) -> str:
        return json.dumps(asdict(self))


def read(text: str) -> LeftOpen:
    """Of `LeftOpen.text`, maybe of another version's; of "": nothing was left open."""
    if not text:
        return LeftOpen()
    found = json.loads(text)
    known = {field.name: found[field.name] for field in fields(LeftOpen) if field.name in found}
    return LeftOpen(**{**known, "ports": tuple(known.get("ports", ()))})
