"""The real program in a process of its own, on a free port of loopback."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from appliance.base.paths import DataPaths
from appliance.process import instance
from appliance.process.instance import Instance
from appliance.web.auth import COOKIE

TIMEOUT_S = 30.0
_PACKED = os.environ.get("ANALYTIQ_PROGRAM")
COMMAND = [_PACKED] if _PACKED else [sys.executable, "-m", "appliance"]
"""How the program is started: from this checkout, or as it was packed (scripts/smoke)."""

PORT = "0"
"""Any that is free."""


class Program:
    """Started and answering; `call` speaks to its API in the name of whoever signed up.

    `cookie`: of the session which that began, as a browser of Playwright takes it.
    """

    def __init__(self, data_dir: Path, *options: str) -> None:
        self.data_dir = data_dir
        self.token: str | None = None
        self.cookie: dict[str, str] = {}
        before = instance.announced(DataPaths(data_dir))
        self.process = start(data_dir, "--port", PORT, *options)
        try:
            self.url = _wait_for(self.process, data_dir, before)
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise

    def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Any:
        """The JSON answer. Raises urllib.error.HTTPError for 4xx and 5xx."""
        return self._ask(method, path, body, headers)[0]

    def sign_up(self) -> None:
        body = {"email": "owner@shop.example", "password": "correct horse battery"}
        made, headers = self._ask("POST", "/api/signup", body)
        self.token = made["token"]
        cookie = SimpleCookie(headers["Set-Cookie"])[COOKIE]
        self.cookie = {"name": COOKIE, "value": cookie.value, "url": self.url}

    def _ask(
        self, method: str, path: str, body: object, headers: dict[str, str] | None = None
    ) -> tuple[Any, Message]:
        sent = {"Content-Type": "application/json", **(headers or {})}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, sent, method=method)
        with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:
            return json.load(answer), answer.headers

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end; its exit status."""
        self.process.terminate()
        return self.process.wait(TIMEOUT_S)


def start(data_dir: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            *COMMAND,
            "serve",
            "--host",
            "127.0.0.1",
            "--data-dir",
            str(data_dir),
            *options,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def running(data_dir: Path, *options: str) -> Iterator[Program]:
    program = Program(data_dir, *options)
    try:
        yield program
    finally:
        if program.process.poll() is None:
            program.stop()
        for pipe in (program.process.stdout, program.process.stderr):
            if pipe:
                pipe.close()


def _wait_for(process: subprocess.Popen[str], data_dir: Path, before: Instance | None) -> str:
    """`before`: what an earlier one left. The PID says nothing: a packed file runs as a second process."""
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        noted = instance.announced(DataPaths(data_dir))
        if noted and noted != before:
            return noted.url
        if process.poll() is not None:
            raise AssertionError(f"ended with {process.returncode}: {process.communicate()[1]}")
        time.sleep(0.02)
    raise AssertionError("the program did not answer in time")
