"""The scripts for websites, as they were built; and every whole version that a page may have pinned.

A page that names one version by its hash must get that very version after an update too, or its browser
refuses it. So each version that the program ever served is kept in the data directory.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from appliance.base.durable import make_folder, write_file

WHOLE = "analytics.whole.js"
"""Built from the script and its detail together, for pages that pin it."""

SUFFIXES = {"br": ".br", "gzip": ".gz", "": ""}
_DIGEST = re.compile(r"[0-9a-f]{16}")
_FILE = re.compile(r"[0-9a-f]{16}\.js(\.br|\.gz)?")


@dataclass(frozen=True)
class Script:
    """`forms` by content coding. The hash is that of the uncompressed text, its first 16 hex digits."""

    hash: str
    integrity: str
    forms: dict[str, bytes]


class Scripts:
    def __init__(self, built: Path, kept: Path) -> None:
        """`built` is the folder of the front end's build, `kept` one of the data directory."""
        manifest = json.loads((built / "manifest.json").read_text("utf-8"))
        self._latest = {
            name: Script(entry["hash"], entry["integrity"], _forms(built / name))
            for name, entry in manifest.items()
        }
        self._kept = kept
        self._keep(self.latest(WHOLE))

    def latest(self, name: str) -> Script:
        return self._latest[name]

    def pinned(self, digest: str) -> Script | None:
        """The whole script of that version, from whichever release it is."""
        whole = self.latest(WHOLE)
        if digest == whole.hash:
            return whole
        if not _DIGEST.fullmatch(digest):
            return None
        try:
            forms = _forms(self._kept / f"{digest}.js")
        except FileNotFoundError:
            return None
        # What was damaged on the disk would be refused by the pages, and is not sent.
        return Script(digest, "", forms) if _digest(forms[""]) == digest else None

    def _keep(self, script: Script) -> None:
        make_folder(self._kept)
        for coding, suffix in SUFFIXES.items():
            path = self._kept / f"{script.hash}.js{suffix}"
            if not path.exists():
                write_file(path, script.forms[coding])


def kept_files(folder: Path) -> dict[str, bytes]:
    """All that is kept there, by the names of its files; for a backup. Raises OSError."""
    files = sorted(folder.iterdir()) if folder.is_dir() else ()
    return {file.name: file.read_bytes() for file in files if _FILE.fullmatch(file.name)}


def put_back(folder: Path, files: Mapping[str, bytes]) -> None:
    """Those of a backup that are not there; names that are none of ours are passed over. Raises OSError."""
    make_folder(folder)
    for name, content in files.items():
        if _FILE.fullmatch(name) and not (folder / name).exists():
            write_file(folder / name, content)


def _forms(plain: Path) -> dict[str, bytes]:
    return {coding: plain.with_name(plain.name + suffix).read_bytes() for coding, suffix in SUFFIXES.items()}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
