"""A run of the program's parts whose every system call is recorded: `python -m tests.faults.recorded FOLDER`.

It says on standard output what a client knows: `site` with id and key, `sent` and `acked` with an event's
number. Each line is one write, so that it stands in the recording where it happened.
"""

import json
import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from appliance import assembly
from appliance.base import config
from appliance.base.paths import DataPaths, sql_files
from appliance.base.waiting import Answer
from appliance.ingest.ingest import Client
from appliance.ingest.senders import Credentials
from appliance.runtime import Runtime
from appliance.storage.database import Database
from appliance.storage.journal import APPEND_TIMEOUT_S
from tests.clocks import FrozenClock
from tests.traffic import CHROME

BEGAN = "2026-09-17T12:30:00Z"
ENDED = "2026-09-19T12:30:00Z"
OWNER = "acc_of_nobody"
CLIENT = Client("203.0.113.7", CHROME, limited=False)
_SENDERS = 3


class Run:
    """The program over one data directory, opened and ended several times."""

    def __init__(self, folder: Path) -> None:
        self._config = config.load({"data_dir": folder, "port": 0}, environ={})
        self._clock = FrozenClock(BEGAN)
        self._program: Runtime | None = None
        self._credentials = Credentials()
        self._sent = 0

    @property
    def program(self) -> Runtime:
        assert self._program is not None
        return self._program

    def open(self) -> None:
        self._program = assembly.build(self._config, self._clock)

    def make_site(self) -> None:
        """The first one gets the events."""
        site = self.program.sites.create(OWNER, "Shop", "https://shop.example", "Europe/Berlin")
        key = self.program.sites.key(site)
        _say("site", site.site_id, key)
        if not self._credentials.site_id:
            self._credentials = Credentials(site.site_id, key)

    def send(self, number: int) -> None:
        """So many events from several clients at once."""
        numbers = range(self._sent, self._sent + number)
        self._sent += number
        threads = [
            threading.Thread(target=self._send, args=(numbers[first::_SENDERS],)) for first in range(_SENDERS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def send_one_that_cannot_be_loaded(self) -> None:
        """As no event is that came in through the door: it is set aside when its batch is loaded."""
        number, self._sent = self._sent, self._sent + 1
        site = {"site_id": self._credentials.site_id, "received_at": "2026-09-17"}
        line = json.dumps({**site, "event_id": event_id(number), "ts": "no"}).encode()
        answer = Answer[None]()
        _say("sent", number)
        answer.wait(self.program.journal.append([line], answer.tell), APPEND_TIMEOUT_S)
        _say("acked", number)

    def load(self) -> None:
        self.program.loader.load_pending()

    def checkpoint(self) -> None:
        self.program.checkpoints.run()

    def a_day_later(self) -> None:
        """The salts of cookieless visitors change, and the ledger is checked."""
        self._clock.advance(days=1)
        self.program.visitors.destroy_old(self._clock.now())
        self.program.ledger.check(self._clock.now())

    def break_off(self) -> None:
        """Let go of everything without the work of an orderly end, as far as one process can."""
        self.program.journal.close()
        self.program.database.abandon()

    def stop(self) -> None:
        self.program.stop()

    def _send(self, numbers: range) -> None:
        for number in numbers:
            _say("sent", number)
            self.program.ingest.accept(body(number), self._credentials, CLIENT)
            _say("acked", number)


def event_id(number: int) -> str:
    return str(UUID(int=number + 1, version=4))


def body(number: int) -> bytes:
    """An event as a client sends it, or sends again; every third without a visitor."""
    event = {"event_id": event_id(number), "event_type": "pageview", "path": f"/{number % 5}"}
    if number % 3:
        event["visitor_id"] = str(UUID(int=number % 7, version=4))
    return json.dumps(event).encode()


def _say(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _make_first_schema(paths: DataPaths) -> None:
    """A file of the oldest schema, with a row in it."""
    database = Database(paths)
    with database.write() as transaction:
        transaction.run("migrations.ensure")
        transaction.script(sql_files() / "migrations" / "0001_first_light.sql")
        transaction.run("migrations.record", {"version": 1, "now": datetime(2026, 9, 1, tzinfo=UTC)})
    database.close()


def main(folder: Path) -> None:
    _make_first_schema(DataPaths(folder))
    run = Run(folder)
    run.open()
    run.make_site()
    run.send(12)
    run.load()
    run.send(6)
    run.checkpoint()
    run.send_one_that_cannot_be_loaded()
    run.load()
    run.checkpoint()
    run.make_site()
    run.a_day_later()
    run.send(6)
    run.load()
    run.send(3)
    run.break_off()
    run.open()
    run.send(6)
    run.load()
    run.checkpoint()
    run.send(6)
    run.stop()
    run.open()
    run.send(3)
    run.load()
    run.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
