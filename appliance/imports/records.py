"""What is kept of each import: who began it, what the file held, and how it ended."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from appliance.accounts import audit
from appliance.accounts.audit import Action, Entry
from appliance.base.clock import Clock
from appliance.base.errors import NotFoundError
from appliance.imports.contents import Contents, RefusedLine
from appliance.sites.sites import Site
from appliance.storage.database import Database, Row

State = Literal["reading", "storing", "done", "failed", "interrupted", "undoing", "undone"]
MAX_NAME = 200
ENDED_MEANWHILE = (
    "The program ended meanwhile. What was stored is counted; import the same file again, and only what is "
    "missing is added, or undo this import."
)


class Importer(NamedTuple):
    """Who imports: an account, by its e-mail address, or the command line."""

    name: str
    account_id: str | None = None


COMMAND_LINE = Importer("the command line")


@dataclass(frozen=True)
class Import:
    """`stored`: events that are counted by it; `duplicates`: that were there already; `refused`: lines that
    could not be read, the first of them in `refused_lines`. Days are those of the site's time zone.
    `progress` goes from 0 to 1; null: nothing is under way."""

    import_id: int
    source: str
    file_name: str
    begun_by: str
    begun_at: datetime
    ended_at: datetime | None
    state: State
    problem: str | None
    lines: int
    stored: int
    duplicates: int
    refused: int
    refused_lines: list[RefusedLine]
    first_day: date | None
    last_day: date | None
    progress: float | None = None


class Records:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of(self, site: Site) -> list[Import]:
        """The latest first."""
        return [_import(row) for row in self._database.read("imports.all", {"site_id": site.site_id})]

    def one(self, site: Site, import_id: int) -> Import:
        """Raises NotFoundError."""
        for found in self.of(site):
            if found.import_id == import_id:
                return found
        raise NotFoundError("This website has no such import.")

    def enter(self, site: Site, file_name: str, by: Importer) -> int:
        """The id of an import that begins now."""
        name = "".join(sign for sign in file_name if sign.isprintable())[-MAX_NAME:]
        values = {"site_id": site.site_id, "file_name": name, "begun_by": by.name, "now": self._clock.now()}
        with self._database.write() as transaction:
            ((import_id,),) = transaction.run("imports.insert", values)
            audit.enter(transaction, self._entry(Action.IMPORTED, site, by, f"{import_id}: {name}"))
        return int(import_id)

    def was_read(self, import_id: int, contents: Contents) -> None:
        values: dict[str, object] = {
            "import_id": import_id,
            "source": contents.source,
            "lines": contents.lines,
            "refused": contents.refused,
            "refused_lines": json.dumps([asdict(each) for each in contents.refused_lines]),
            "first_day": min(contents.days),
            "last_day": max(contents.days),
        }
        with self._database.write() as transaction:
            transaction.run("imports.read", values)

    def end(self, import_id: int, state: State, problem: str | None = None, duplicates: int = 0) -> None:
        values = {"import_id": import_id, "state": state, "problem": problem, "duplicates": duplicates}
        with self._database.write() as transaction:
            transaction.run("imports.end", {**values, "now": self._clock.now()})

    def begin_undo(self, site: Site, import_id: int, by: Importer) -> None:
        with self._database.write() as transaction:
            audit.enter(transaction, self._entry(Action.IMPORT_UNDONE, site, by, str(import_id)))
            transaction.run("imports.state", {"import_id": import_id, "state": "undoing", "now": None})

    def undone(self, import_id: int) -> None:
        values = {"import_id": import_id, "state": "undone", "now": self._clock.now()}
        with self._database.write() as transaction:
            transaction.run("imports.state", values)

    def interrupt(self) -> None:
        """Those that the end of the program cut off; after a start, when the journal is loaded."""
        for (import_id,) in self._database.read("imports.under_way"):
            self.end(import_id, "interrupted", ENDED_MEANWHILE)

    def _entry(self, action: Action, site: Site, by: Importer, detail: str) -> Entry:
        return Entry(action, self._clock.now(), by.account_id, site.site_id, detail)


def _import(row: Row) -> Import:
    names = [name for name in Import.__dataclass_fields__ if name != "progress"]
    fields: dict[str, Any] = dict(zip(names, row, strict=True))
    shown = json.loads(fields["refused_lines"])
    return Import(**{**fields, "refused_lines": [RefusedLine(**each) for each in shown]})
