"""Bytes that the C library's allocator has given out after each of two rounds of queries on a database.

python -m tests.storage.in_use FOLDER: in a process of its own, where no other test's threads take any.
"""

import ctypes
import gc
import sys
from pathlib import Path
from typing import ClassVar

from appliance.base.paths import DataPaths
from appliance.storage.database import Database

QUERIES = 300
WINDOW = "SELECT row_number() OVER (PARTITION BY number ORDER BY number) FROM numbers"


class _Malloc(ctypes.Structure):
    """What glibc's mallinfo2 tells."""

    _fields_: ClassVar = [(f"of_no_interest_{number}", ctypes.c_size_t) for number in range(7)] + [
        ("in_use", ctypes.c_size_t),
        ("free", ctypes.c_size_t),
        ("releasable", ctypes.c_size_t),
    ]


def main(folder: Path) -> None:
    allocator = ctypes.CDLL(None)
    allocator.mallinfo2.restype = _Malloc
    database = Database(DataPaths(folder))

    def ask(text: str) -> None:
        database.read("accounts.count", adapt=lambda _: text)

    ask("CREATE TABLE numbers AS SELECT range AS number FROM range(100)")
    for _ in range(2):
        for _ in range(QUERIES):
            ask(WINDOW)
        database.trim()
        gc.collect()
        sys.stdout.write(f"{int(allocator.mallinfo2().in_use)}\n")
    database.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
