"""Copying the database while it is in use, and proving that the copy is whole.

The copy is made in one transaction that sees one state of the database, whatever is loaded meanwhile. What
every table holds is summed up in that same transaction, and once more in the copy after it was opened anew.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from appliance import __version__
from appliance.backups import contents, shelf
from appliance.backups.backup import Backup, Reason
from appliance.backups.contents import Figures, Proof
from appliance.backups.shelf import Shelf
from appliance.base.durable import sync_file, sync_folder
from appliance.base.errors import UnavailableError
from appliance.base.paths import DataPaths
from appliance.sites import scripts
from appliance.storage.database import Database
from appliance.storage.opening import Limits

log = logging.getLogger(__name__)

LIMITS = Limits(512, threads=1)
"""Of the instance that looks through a copy: with all processors it held up events for a second."""

Step = Literal["copying", "checking"]


@dataclass(frozen=True)
class State:
    """One state of a database. `root_key`: in clear, so that its keys verify on another machine too."""

    proof: Proof
    figures: Figures
    schema: int
    batch: int
    root_key: bytes | None = field(repr=False)


def take(
    database: Database,
    paths: DataPaths,
    kept: Shelf,
    reason: Reason,
    now: datetime,
    root_key: bytes | None,
    tell: Callable[[Step], None] = lambda _: None,
) -> Backup:
    """A backup of the database at `paths`. Raises UnavailableError, DatabaseError or OSError; then none was
    made and nothing else was changed."""
    folder = DataPaths(kept.make_room(used_bytes(paths)))
    try:
        now = kept.free_instant(now)
        tell("copying")
        state = database.copy(folder.database, lambda: look(database, root_key))
        tell("checking")
        check_and_describe(folder, state, reason, now, scripts.kept_files(paths.scripts))
        backup = _described(folder.database, state, reason, now)
        kept.put(backup)
    except BaseException:
        kept.give_up()
        raise
    log.info("A backup of %d MB was made in %s (%s).", backup.bytes // 10**6, kept.folder, reason)
    return backup


def used_bytes(paths: DataPaths) -> int:
    """What a copy may take."""
    return sum(_size(file) for file in (paths.database, paths.write_ahead_log))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def look(database: Database, root_key: bytes | None = None) -> State:
    """Within one transaction, so that all of it is of one state."""
    ((batch,),) = database.read("loading.batch")
    return State(
        contents.proof(database), contents.figures(database), contents.schema(database), batch, root_key
    )


def check_and_describe(
    folder: DataPaths, state: State, reason: Reason, now: datetime, pinned: Mapping[str, bytes]
) -> None:
    """A copy says of itself what it is, once it has proven whole, and takes along the versions of the script
    that websites may have pinned. Raises as `check`."""
    with closed_after(Database(folder, LIMITS)) as copy:
        check(copy, state.proof)
        with copy.write() as transaction:
            described = {"reason": reason, "version": __version__, "made_at": now, "root_key": state.root_key}
            files = {"script_names": list(pinned), "script_contents": list(pinned.values())}
            transaction.run("backups.describe", {**described, **_columns(state.proof), **files})


@contextmanager
def closed_after(copy: Database) -> Iterator[Database]:
    """In order, unless the block raises."""
    try:
        yield copy
        copy.close()
    except BaseException:
        copy.abandon()
        raise


def check(copy: Database, proof: Proof, tell: Callable[[float], None] = lambda _: None) -> None:
    """Raises UnavailableError where it does not hold what it should. `tell`: see contents.proof."""
    found = contents.proof(copy, tell)
    wrong = sorted(name for name in {*proof, *found} if proof.get(name) != found.get(name))
    if wrong:
        raise UnavailableError(
            f"The copy of the database is not whole: {', '.join(wrong)} differ. It is not used, and nothing "
            "was changed. Check the disk that it is on.",
            shelf.RETRY_AFTER_S,
        )


def _columns(proof: Proof) -> dict[str, object]:
    return {
        "tables": list(proof),
        "rows": [rows for rows, _ in proof.values()],
        "hashes": [hashes for _, hashes in proof.values()],
    }


def _described(file: Path, state: State, reason: Reason, now: datetime) -> Backup:
    settle(file)
    size = file.stat().st_size
    return Backup(
        now,
        reason,
        __version__,
        state.schema,
        state.batch,
        size,
        shelf.sha256(file),
        state.figures,
    )


def settle(file: Path) -> None:
    """A copy that was closed: on disk at return, for its owner only, and nothing beside it."""
    file.chmod(0o600)
    with file.open("rb+") as opened:
        sync_file(opened)
    for other in file.parent.iterdir():
        if other != file:
            other.rmdir() if other.is_dir() else other.unlink()
    sync_folder(file.parent)
