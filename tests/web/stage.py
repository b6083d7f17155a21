"""An application for the tests of the server, and that server running it."""

import os
import queue
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from flask import Flask, abort, request
from flask_sock import Sock

from appliance.web.server import Server, create_server
from tests.web.wire import Client

TOKEN = "?token=good"


class Stage:
    """An application with one route for each thing that a test wants to happen."""

    def __init__(self) -> None:
        self.released = threading.Event()
        self.forsaken = threading.Event()
        self.entered = threading.Semaphore(0)
        self.viewers: list[Any] = []
        self.queues: list[queue.Queue[str]] = []
        self.threads: set[str] = set()
        self.app = Flask("stage")
        self.app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 25, "max_message_size": 65536}
        self.app.before_request(self._check_viewer)
        self.app.add_url_rule("/hello", view_func=self.hello)
        self.app.add_url_rule("/slow", view_func=self.slow)
        self.app.add_url_rule("/awaited", view_func=self.awaited)
        self.app.add_url_rule("/big", view_func=self.big)
        self.app.add_url_rule("/store", view_func=self.store, methods=["POST"])
        sock = Sock(self.app)
        sock.route("/echo")(self.echo)
        sock.route("/once")(self.once)
        sock.route("/live")(self.live)

    def _check_viewer(self) -> None:
        if request.path == "/live":
            if request.headers.get("Origin", "http://shop.example") != "http://shop.example":
                abort(403)
            if request.args.get("token") != "good":
                abort(401)

    def hello(self) -> dict[str, Any]:
        cpus = len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
        return {"address": request.remote_addr, "host": request.host, "scheme": request.scheme, "cpus": cpus}

    def slow(self) -> str:
        self.entered.release()
        self.released.wait(10)
        return "done"

    def awaited(self) -> str:
        has_gone = request.environ["waitress.client_disconnected"]
        self.entered.release()
        if eventually(has_gone):
            self.forsaken.set()
        return "done"

    def big(self) -> Iterator[bytes]:
        self.entered.release()
        return (bytes(1024 * 1024) for _ in range(64))

    def store(self) -> str:
        return str(len(request.get_data()))

    def echo(self, ws: Any) -> None:
        while True:
            ws.send(ws.receive())

    def once(self, ws: Any) -> None:
        ws.send("that was all")

    def live(self, ws: Any) -> None:
        mine: queue.Queue[str] = queue.Queue()
        self.threads.add(threading.current_thread().name)
        self.viewers.append(ws)
        self.queues.append(mine)
        while ws.connected:
            try:
                ws.send(mine.get(timeout=0.1))
            except queue.Empty:
                continue

    def broadcast(self, message: str) -> None:
        for each in self.queues:
            each.put(message)


@contextmanager
def serving(app: Any, **options: Any) -> Iterator[Server]:
    server = create_server(app, host="127.0.0.1", port=0, **options)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server
    finally:
        server.drain(timeout_s=1)
        thread.join(5)
        assert not thread.is_alive()


def eventually(condition: Callable[[], bool], timeout_s: float = 5.0) -> bool:
    deadline = time.monotonic() + timeout_s
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def watch(stage: Stage, server: Server, count: int, stack: ExitStack) -> list[Client]:
    """`count` live viewers whose handlers are running."""
    viewers = [stack.enter_context(Client(server.port)) for _ in range(count)]
    assert [viewer.upgrade("/live" + TOKEN) for viewer in viewers] == [101] * count
    assert eventually(lambda: len(stage.queues) == count)
    return viewers


def is_refused(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return False
    except (ConnectionRefusedError, ConnectionResetError):  # reset: the port was closed at that very moment
        return True
