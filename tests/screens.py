"""A screen of the tests' own: Xvfb with a window manager, and hands on its keyboard."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

TIMEOUT_S = 60.0
_LOOK_S = 3.0
NEEDED = ("Xvfb", "openbox", "xdotool")


def missing() -> list[str]:
    return [name for name in NEEDED if not shutil.which(name)]


class Screen:
    def __init__(self, display: str, home: Path) -> None:
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "DISPLAY": display,
            "NO_AT_BRIDGE": "1",  # Looking for a bus of assistive technology, which is not here, takes time.
            "LIBGL_ALWAYS_SOFTWARE": "1",
        }

    def windows(self, name: str = "") -> list[str]:
        """The ids of the program's windows that can be seen: dialogues too, or those of a title alone."""
        by = ["--name", name] if name else ["--class", "analytiq"]
        return self._xdotool("search", "--onlyvisible", *by).split()

    def wait_for_windows(self, count: int, name: str = "") -> list[str]:
        found: list[str] = []

        def are_there() -> bool:
            found[:] = self.windows(name)
            return len(found) == count

        until(are_there, f"{count} windows")
        return found

    def is_managed(self) -> bool:
        """Whether a window manager runs."""
        return self._xdotool("get_num_desktops").strip().isdigit()

    def active(self) -> str:
        return self._xdotool("getactivewindow").strip()

    def wait_until_active(self, window: str) -> None:
        until(lambda: self.active() == window, f"window {window} in front")

    def bring_forward(self, window: str) -> None:
        def is_in_front() -> bool:
            self._xdotool("windowactivate", window)
            return self.active() == window

        until(is_in_front, f"window {window} in front")

    def press(self, *keys: str) -> None:
        for key in keys:
            self._xdotool("key", key)
            time.sleep(0.2)  # A menu takes no key before it is drawn, and nothing tells when it is.

    def press_until(self, holds: Callable[[], bool], what: str, *keys: str) -> None:
        """Again after a while, for on a busy machine a key may come before what it is meant for."""

        def worked() -> bool:
            if holds():
                return True
            self.press(*keys)
            return _soon(holds)

        until(worked, what)

    def say_yes(self, behind: str, asking: Sequence[str], holds: Callable[[], bool], what: str) -> None:
        """To the question in front of that window, by its second button. It is asked by keys, and again where
        the first button was pressed, which gives up: a key may be gone before the question is drawn."""

        def worked() -> bool:
            self.press_until(
                lambda: holds() or self.active() not in ("", behind), "a question in front", *asking
            )
            if not holds():
                self.press("Tab", "Return")
            return _soon(holds)

        until(worked, what)

    def place(self, window: str) -> dict[str, int]:
        """X, Y, WIDTH and HEIGHT."""
        said = self._xdotool("getwindowgeometry", "--shell", window)
        pairs = (line.partition("=") for line in said.splitlines())
        return {name: int(value) for name, _, value in pairs if name in ("X", "Y", "WIDTH", "HEIGHT")}

    def put(self, window: str, x: int, y: int, width: int, height: int) -> None:
        self._xdotool("windowsize", "--sync", window, str(width), str(height))
        self._xdotool("windowmove", "--sync", window, str(x), str(y))

    def _xdotool(self, *words: str) -> str:
        while True:
            done = subprocess.run(
                ["xdotool", *words],
                env=self.environment,
                capture_output=True,
                text=True,
                timeout=10,
                check=False,
            )
            if words[0] != "search" or "X Error" not in done.stderr:  # a window went while it looked
                return done.stdout


def _soon(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + _LOOK_S
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


@contextmanager
def screen(home: Path) -> Iterator[Screen]:
    with ExitStack() as stack:
        reads, writes = os.pipe()
        size = ["-screen", "0", "1400x1000x24"]
        server = ["Xvfb", "-displayfd", str(writes), *size, "-nolisten", "tcp", "-noreset"]
        stack.enter_context(_ended(subprocess.Popen(server, pass_fds=[writes], stderr=subprocess.DEVNULL)))
        os.close(writes)
        with os.fdopen(reads) as pipe:
            display = f":{pipe.readline().strip()}"
        opened = Screen(display, home)
        _manage_windows(opened, stack)
        yield opened


def _manage_windows(opened: Screen, stack: ExitStack) -> None:
    """By a window manager that runs: on a busy machine it may come before the display takes anybody."""
    started: list[subprocess.Popen[bytes]] = []

    def is_there() -> bool:
        if not started or started[-1].poll() is not None:
            started.append(subprocess.Popen(["openbox"], env=opened.environment, stderr=subprocess.DEVNULL))
            stack.enter_context(_ended(started[-1]))
        return opened.is_managed()

    until(is_there, "a window manager")


@contextmanager
def _ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        process.terminate()
        process.wait(TIMEOUT_S)
