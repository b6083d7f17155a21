"""The system's clipboard."""

import importlib
import subprocess
import sys


def copy(text: str) -> bool:
    """Whether `text` is on the clipboard now."""
    if sys.platform == "win32":
        return _given_to(["clip"], text)
    if sys.platform == "darwin":
        return _given_to(["pbcopy"], text)
    return _gtk_copy(text)


def _given_to(command: list[str], text: str) -> bool:
    try:
        return subprocess.run(command, input=text, text=True, timeout=5, check=False).returncode == 0  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False


def _gtk_copy(text: str) -> bool:
    """GTK is there, and its loop runs: the window that asks is one of its own."""
    try:
        repository = importlib.import_module("gi.repository")
        gtk, gdk, loop = repository.Gtk, repository.Gdk, repository.GLib
    except (ImportError, AttributeError):
        return False

    def put() -> bool:
        board = gtk.Clipboard.get(gdk.SELECTION_CLIPBOARD)
        board.set_text(text, -1)
        board.store()  # So that it stays when the window is closed.
        return False

    loop.idle_add(put)
    return True
