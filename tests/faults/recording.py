"""Which system calls a program makes on its files, as strace tells them."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_CALLS = (
    "?open,openat,?creat,close,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,fsync,fdatasync,"
    "sync_file_range,?rename,?renameat,renameat2,?link,linkat,?unlink,unlinkat,?mkdir,mkdirat,?rmdir"
)
_LONGEST = 8 * 1024 * 1024
_BEGUN = re.compile(r"(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)$")
_WHOLE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

Argument = bytes | str
"""A text or data as bytes, everything else as strace writes it."""


@dataclass(frozen=True)
class Call:
    """One that began (`result` is None) or that ended well."""

    name: str
    arguments: list[Argument]
    result: int | None

    @property
    def data(self) -> bytes:
        """What is written."""
        data = self.arguments[1]
        assert isinstance(data, bytes)
        return data


def record(command: list[str], log: Path) -> list[Call]:
    """Run a command to its end. Skips the test where programs may not be traced."""
    strace = shutil.which("strace")
    if strace is None or subprocess.run([strace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("recording system calls needs strace, and to be allowed to trace")
    options = ["-f", "-qq", "-xx", "-s", str(_LONGEST), "-e", f"trace={_CALLS}", "-e", "signal=none"]
    done = subprocess.run(
        [strace, *options, "-o", log, *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(_read(log))


def _read(log: Path) -> Iterator[Call]:
    """Every call twice, where it began and where it ended; those that failed are left out at their end."""
    begun: dict[str, str] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            if unfinished := _BEGUN.match(line):
                process, name, arguments = unfinished.groups()
                begun[process] = f"{process} {name}({arguments}"
                yield Call(name, _arguments(arguments), None)
                continue
            whole = line
            if resumed := _RESUMED.match(line):
                whole = begun.pop(resumed[1]) + resumed[2]
            ended = _WHOLE.match(whole)
            if ended is None:
                continue
            name, arguments, result = ended[1], _arguments(ended[2]), int(ended[3])
            if not resumed:
                yield Call(name, arguments, None)
            if result >= 0:
                yield Call(name, arguments, result)


def _arguments(text: str) -> list[Argument]:
    """Data are written in hexadecimal only, so that no comma or quote stands in them."""
    return [_argument(part.strip()) for part in text.split(",") if part.strip()]


def _argument(text: str) -> Argument:
    quoted = _TEXT.fullmatch(text)
    return bytes.fromhex(quoted[1].replace("\\x", "")) if quoted else text
