"""A program with one site, its data directory, and everything that is known of the events sent to it."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from tests.faults.load import TIMEOUT_S, Load, event, post
from tests.faults.oracle import Log, check
from tests.programs import Program, running
from tests.web.wire import Client, upgrade_headers


@dataclass
class Shop:
    data_dir: Path
    chance: random.Random
    log: Log = field(default_factory=Log)
    site_id: str = ""
    token: str | None = None
    key: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def open(self, may_log_tracebacks: bool = False) -> Iterator[Program]:
        """The program runs. A fault of the machine may be logged with a traceback, a client's may not."""
        with running(self.data_dir) as program:
            said = [_reading(pipe) for pipe in (program.process.stdout, program.process.stderr) if pipe]
            try:
                self._sign_in(program)
                yield program
            finally:
                if program.process.poll() is None:
                    program.stop()
                for thread, _lines in said:
                    thread.join()
                text = "".join(line for _thread, lines in said for line in lines)
                print(text[-4000:])
        assert may_log_tracebacks or "Traceback" not in text

    def load(self, program: Program, **options: Any) -> Load:
        return Load(program.url, self.key, self.log, self.chance, **options)

    def send(self, program: Program, number: int, padding: int = 0) -> None:
        """Events in bulks of 100; all must be accepted."""
        connection = self.connect(program)
        for _ in range(number // 100):
            events = [event(self.chance, "x" * padding) for _ in range(100)]
            assert post(connection, "/ingest/bulk", self.key, events, self.log) == 200
        connection.close()

    def connect(self, program: Program, timeout_s: float = TIMEOUT_S) -> HTTPConnection:
        return HTTPConnection(str(urlsplit(program.url).netloc), timeout=timeout_s)

    def acknowledges(self, program: Program) -> bool:
        """Whether a new event is stored right now."""
        connection = self.connect(program)
        try:
            return post(connection, "/ingest/event", self.key, [event(self.chance)], self.log) == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def wait_until_acknowledged(self, program: Program, timeout_s: float) -> float:
        """Seconds until a new event was stored."""
        began = time.monotonic()
        while not self.acknowledges(program):
            assert time.monotonic() - began < timeout_s, f"no event was taken within {timeout_s} s"
            time.sleep(0.1)
        return time.monotonic() - began

    def wait_until_loaded(self, program: Program, timeout_s: float = 20.0) -> None:
        """Until the journal is empty and everything stands in the database."""
        deadline = time.monotonic() + timeout_s
        while program.call("GET", "/healthz")["journal"]["pending"]:
            assert time.monotonic() < deadline, f"events wait for the database after {timeout_s} s"
            time.sleep(0.05)

    def report(self, program: Program) -> dict[str, Any]:
        found: dict[str, Any] = program.call("GET", f"/api/sites/{self.site_id}/report")
        return found

    def watch(self, program: Program) -> Client:
        """A live view of the site, open or refused: `read_answer` was not called yet."""
        ticket = program.call("POST", f"/api/sites/{self.site_id}/live-ticket")["token"]
        path = f"/ws/sites/{self.site_id}?token={ticket}"
        client = Client(port_of(program))
        client.send(
            "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *upgrade_headers(), "", ""]).encode()
        )
        return client

    def end_and_check(self, program: Program) -> None:
        """The program still answers, ends in order, and its data agrees with its clients."""
        assert [site["site_id"] for site in program.call("GET", "/api/sites")["sites"]] == [self.site_id]
        self.report(program)
        assert program.stop() == 0
        assert not (self.data_dir / "analytiq.duckdb.wal").exists()
        self.check()

    def check(self) -> None:
        check(self.data_dir, self.site_id, self.log)

    def _sign_in(self, program: Program) -> None:
        if self.token is None:
            program.sign_up()
            self.token = program.token
            site = program.call("POST", "/api/sites", {"name": "Shop", "url": "shop.example"})
            self.site_id = site["site_id"]
            self.key = {"x-site-id": site["site_id"], "x-site-key": site["site_key"]}
        program.token = self.token


def port_of(program: Program) -> int:
    return urlsplit(program.url).port or 0


def _reading(pipe: IO[str]) -> tuple[threading.Thread, list[str]]:
    """Read a pipe as it comes: a full one would hold up whoever writes into it."""
    lines: list[str] = []
    thread = threading.Thread(target=lambda: lines.extend(pipe))
    thread.start()
    return thread, lines
