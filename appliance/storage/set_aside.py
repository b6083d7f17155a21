"""Events that could not be loaded: kept as they are for a look, counted, and gone with their website."""

import json
import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from appliance.base.durable import make_folder, remove_file, write_file


class SetAside:
    """A file a batch, one JSON line an event. The owner may move the files elsewhere at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changing = threading.Lock()

    @property
    def count(self) -> int:
        """Events, of this run and earlier ones."""
        return sum(file.read_bytes().count(b"\n") for file in self._files())

    def keep(self, name: str, lines: Sequence[bytes]) -> Path:
        """Of the batch with the file `name`. On disk at return; raises OSError."""
        with self._changing:
            make_folder(self._folder)
            kept = self._folder / name
            write_file(kept, b"".join(lines))
        return kept

    def forget(self, site_ids: Collection[str]) -> None:
        """Remove what belongs to these websites. Raises OSError; what was removed before stays so."""
        with self._changing:
            for file in self._files():
                lines = file.read_bytes().splitlines(keepends=True)
                left = [line for line in lines if _site_id(line) not in site_ids]
                if not left:
                    remove_file(file)
                elif len(left) < len(lines):
                    write_file(file, b"".join(left))

    def _files(self) -> list[Path]:
        return list(self._folder.glob("*.ndjson"))


def _site_id(line: bytes) -> str:
    """Empty where the line does not tell."""
    try:
        return str(json.loads(line)["site_id"])
    except (ValueError, KeyError, TypeError):
        return ""
