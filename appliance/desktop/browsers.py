"""Browsers that show the dashboard where there is no web view."""

import shutil
import subprocess
import webbrowser
from pathlib import Path

_APP_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "msedge")


def open_page(url: str) -> bool:
    """In a browser without its frame if there is one, else in the default browser; False if there is neither.

    What a browser is started with every user of the machine can see: give no secret away in `url`.
    """
    return _open_app(url) or webbrowser.open(url)


def open_default(url: str) -> bool:
    return webbrowser.open(url)


def _open_app(url: str) -> bool:
    for name in _APP_BROWSERS:
        path = shutil.which(name)
        if path:
            subprocess.Popen(  # noqa: S603  (found on the path)
                [path, f"--app={url}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            return True
    return False


def show_text(page: str, folder: Path) -> bool:
    """Show a page of our own, written into `folder`."""
    file = folder / "analytiq.html"
    file.write_text(page, "utf-8")
    return webbrowser.open(file.as_uri())
