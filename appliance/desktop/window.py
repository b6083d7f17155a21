"""The window itself: the system's web view, its menu, and what it asks before it closes. Knows no server."""

import importlib
import importlib.util
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from appliance.base.paths import DataPaths
from appliance.desktop import window_memory, window_pages
from appliance.desktop.window_memory import LEAST_HEIGHT, LEAST_WIDTH, Place

log = logging.getLogger(__name__)

TITLE = "Analytiq"
_ICON = Path(__file__).parent / "icon.png"
_DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"
_COUNTING_GOES_ON = (
    "Closing this window does not stop Analytiq: it goes on counting the visitors of your websites.\n\n"
    "To end it, choose “Quit completely” in the menu of this window. This is said only once."
)


@dataclass(frozen=True)
class Action:
    """A line of the menu; `run` is called on a thread of its own."""

    title: str
    run: Callable[[], None]


class Window:
    """Lives on the main thread in `show_until_closed`; every other method may be called from any thread."""

    def __init__(self, paths: DataPaths, menu: Sequence[Action], try_again: Callable[[], None]) -> None:
        """`try_again` is what the button of the page "could not start" does."""
        self._paths = paths
        self._menu = menu
        self._try_again = try_again
        self._memory = window_memory.recall(paths)
        self._maximized = self._memory.place.maximized
        self._minimized = False
        self._may_close = False
        self._leaving = threading.Lock()
        self._view: Any = None
        self.counts = False
        """Whether there is a server that goes on when the window is closed."""

    def show_until_closed(self, then: Callable[[], None]) -> bool:
        """Call `then` on another thread as soon as there is a window; False where there is no web view."""
        if not _has_web_view():
            return False
        import webview
        from webview.menu import Menu, MenuAction

        # It tells of each page with a content policy that the page would not run a script of its own.
        logging.getLogger("pywebview").setLevel(logging.CRITICAL)
        webview.settings["ALLOW_DOWNLOADS"] = True
        menu = Menu(TITLE, [MenuAction(action.title, action.run) for action in self._menu])
        try:
            self._view = self._make(webview)
            webview.start(
                then,
                menu=[menu],
                private_mode=False,
                storage_path=str(self._paths.window),
                icon=str(_ICON) if _ICON.is_file() else None,
            )
        except Exception as error:  # noqa: BLE001  (pywebview raises its own and the toolkits' errors)
            log.info("No system web view: %s", error)
            return False
        return True

    def show_page(self, url: str) -> None:
        self._view.load_url(url)

    def show_text(self, page: str) -> None:
        self._view.load_html(page)

    def address(self) -> str:
        """Of the page that is shown; empty for a text."""
        return str(self._view.get_current_url() or "")

    def come_forward(self) -> None:
        # Elsewhere than in GTK, where it raises the window, restoring a maximized window makes it small.
        if sys.platform == "linux" or self._minimized:
            self._view.restore()
        self._view.show()

    def ask(self, question: str, explanation: str) -> bool:
        # GTK shows no title where there is a text.
        return bool(self._view.create_confirmation_dialog(TITLE, f"{question}\n\n{explanation}"))

    def close(self) -> None:
        self._may_close = True
        window_memory.keep(self._paths, replace(self._memory, place=self._place()))
        self._view.destroy()

    def _make(self, webview: Any) -> Any:
        place = self._memory.place
        view = webview.create_window(
            TITLE,
            html=window_pages.STARTING,
            js_api=_Button(self._try_again),
            width=place.width,
            height=place.height,
            x=place.x,
            y=place.y,
            min_size=(LEAST_WIDTH, LEAST_HEIGHT),
            maximized=place.maximized,
            background_color="#FAF9F6",
            text_select=True,
            zoomable=True,
        )

        def onto_a_screen() -> None:
            if not _is_seen(place, webview.screens):
                view.initial_x = view.initial_y = None

        view.events.initialized += onto_a_screen
        view.events.closing += self._on_closing
        view.events.maximized += self._on_maximized
        view.events.minimized += self._on_minimized
        view.events.restored += self._on_restored
        return view

    def _on_closing(self) -> bool:
        """On the toolkit's own thread, which must not wait for what it does itself: no questions here."""
        if self._may_close:
            return True
        threading.Thread(target=self._leave, name="closing").start()
        return False

    def _leave(self) -> None:
        with self._leaving:
            if self._may_close:
                return
            if self.counts and not self._memory.told_that_counting_goes_on:
                if not self.ask("Analytiq goes on counting", _COUNTING_GOES_ON):
                    return
                self._memory = replace(self._memory, told_that_counting_goes_on=True)
            self.close()

    def _place(self) -> Place:
        if self._maximized:
            return replace(self._memory.place, maximized=True)
        view = self._view
        return Place(view.width, view.height, view.x, view.y)

    def _on_maximized(self) -> None:
        self._maximized = True

    def _on_minimized(self) -> None:
        self._minimized = True

    def _on_restored(self) -> None:
        self._maximized = self._minimized = False


class _Button:
    """All that a page in the window may call of this program."""

    def __init__(self, try_again: Callable[[], None]) -> None:
        self._pressed = try_again

    def try_again(self) -> None:
        self._pressed()


def _is_seen(place: Place, screens: Sequence[Any]) -> bool:
    """Whether the middle of the window's upper edge, where one takes hold of it, is on a screen."""
    if place.x is None or place.y is None:
        return True
    middle = place.x + place.width / 2
    return any(
        screen.x <= middle < screen.x + screen.width and screen.y <= place.y < screen.y + screen.height
        for screen in screens
    )


def _has_web_view() -> bool:
    try:
        if sys.platform == "win32":
            # Without WebView2 there is only the Internet Explorer's view, in which the dashboard cannot run.
            return bool(importlib.import_module("webview.platforms.winforms").is_chromium)
        return sys.platform == "darwin" or _has_webkit()
    except (ImportError, ValueError, AttributeError) as error:
        log.info("No system web view: %s", error)
        return False


def _has_webkit() -> bool:
    """Raises ImportError or ValueError without the bindings or the libraries."""
    _admit_system_packages()
    gi = importlib.import_module("gi")
    for library, version in (("Gtk", "3.0"), ("Gdk", "3.0"), ("WebKit2", "4.1")):
        gi.require_version(library, version)
    # What desktops know the window by: the name of the .desktop file.
    importlib.import_module("gi.repository.GLib").set_prgname("analytiq")
    return importlib.import_module("gi.repository.Gdk").Display.get_default() is not None


def _admit_system_packages() -> None:
    """Let pywebview find GTK's Python bindings (python3-gi), which come with Debian and not from PyPI.

    Last on the path, so that nothing else is taken from there; with another Python version than the system's
    they do not load, and a browser is opened instead.
    """
    if importlib.util.find_spec("gi") is None:
        sys.path.append(_DEBIAN_PACKAGES)
