"""How this program starts itself once more: as a package, or frozen into an executable of its own."""

import os
import sys
from pathlib import Path

from appliance.base import config
from appliance.base.left_open import LeftOpen


def is_frozen() -> bool:
    """Whether PyInstaller packed it, so that `sys.executable` is this program and not Python."""
    return bool(getattr(sys, "frozen", False))


def command(*words: str) -> list[str]:
    return [str(Path(sys.executable).absolute()), *([] if is_frozen() else ["-m", "appliance"]), *words]


def start_over(left: LeftOpen) -> None:
    """Put the program on disk, which may be a newer one, in the place of this process: same PID, same words.

    Does not return. Raises OSError if it cannot be started; this process then goes on.
    """
    words = command(*sys.argv[1:])
    for number in left.files:
        os.set_inheritable(number, True)
    os.execve(words[0], words, config.environment_of_a_start(left))  # noqa: S606  (our own program)
