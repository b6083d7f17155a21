"""Files on their way from a browser, in parts that one request may have. Names on the disk are made here."""

import re
import secrets
import shutil
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from appliance.base import disk
from appliance.base.errors import ConflictError, NotFoundError, TooLargeError
from appliance.sites.sites import Site

MAX_BYTES = 4 * 2**30
MAX_PART_BYTES = 1024 * 1024
KEPT = timedelta(hours=6)
AT_ONCE = 3
"""Of a site; the oldest goes for another."""
OTHERWISE = "It was not begun and nothing is lost; make room on the disk and choose the file again."
_ID = re.compile("[0-9a-f]{32}")


class Uploads:
    """A folder for each site. What an earlier run left goes at the start, what nobody imports goes later."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._appending = threading.Lock()
        """Of two who send the same part, one is told that it is there."""
        shutil.rmtree(folder, ignore_errors=True)

    def begin(self, site: Site, size: int, now: datetime) -> str:
        """The id of a file of `size` bytes that is to come. Raises TooLargeError or UnavailableError."""
        if size > MAX_BYTES:
            raise TooLargeError(
                f"The file has {size // 2**20} MB; at most {MAX_BYTES // 2**20} are taken from a browser. "
                "Use the command: analytiq import."
            )
        needed = 3 * size  # the file, what is read of it, and the journal
        disk.require(self._folder.parent, needed, "The import", OTHERWISE)
        folder = self._folder / site.site_id
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._make_way(folder, now)
        upload_id = secrets.token_hex(16)
        (folder / upload_id).touch(mode=0o600)
        return upload_id

    def append(self, site: Site, upload_id: str, offset: int, part: bytes) -> None:
        """Raises NotFoundError, TooLargeError, ConflictError for a part that begins elsewhere than at the
        file's end, or UnavailableError."""
        path = self.path(site, upload_id)
        with self._appending, path.open("ab") as file:
            held = file.tell()
            if len(part) > MAX_PART_BYTES or held + len(part) > MAX_BYTES:
                raise TooLargeError("This part is larger than one may be. Choose the file again.")
            if held != offset:
                raise ConflictError(
                    f"{held} bytes are here, and this part begins at {offset}. Choose the file again."
                )
            disk.require(self._folder, len(part), "The file", OTHERWISE)
            file.write(part)

    def path(self, site: Site, upload_id: str) -> Path:
        """Raises NotFoundError."""
        path = self._folder / site.site_id / upload_id
        if not _ID.fullmatch(upload_id) or not path.is_file():
            raise NotFoundError("The file is here no longer. Choose it again.")
        return path

    def forget_site(self, site_id: str) -> None:
        shutil.rmtree(self._folder / site_id, ignore_errors=True)

    def _make_way(self, folder: Path, now: datetime) -> None:
        newest_first = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
        for place, file in enumerate(newest_first, 1):
            is_old = now.timestamp() - file.stat().st_mtime > KEPT.total_seconds()
            if place >= AT_ONCE or is_old:
                with suppress(OSError):  # being read, on Windows
                    file.unlink()
