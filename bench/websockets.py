"""How live viewers and plain requests get on together: python bench/websockets.py [viewers] [runs]

Each run starts a fresh server with that many WebSockets open, broadcasts to them once a second while
POSTing as fast as four clients can, then sends SIGTERM. The table shows each run and the median of all.
"""

import base64
import contextlib
import multiprocessing
import os
import queue
import signal
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_sock import Sock

from appliance.web.server import create_server

BROADCASTS = 5
CLIENTS = 4
MESSAGE = "x" * 600  # about the size of a live update
COLUMNS = ("memory MB", "broadcast ms", "requests/s", "p50 ms", "p99 ms", "drain ms")


def build_app() -> Flask:
    app = Flask("bench")
    app.config["SOCK_SERVER_OPTIONS"] = {"ping_interval": 25}
    queues: set[queue.Queue[str]] = set()

    def view(ws: Any) -> None:
        mine: queue.Queue[str] = queue.Queue()
        queues.add(mine)
        while ws.connected:
            with contextlib.suppress(queue.Empty):
                ws.send(mine.get(timeout=0.2))

    def event() -> str:
        return str(len(request.get_data()))

    def broadcast() -> str:
        for each in list(queues):
            each.put(MESSAGE)
        return event()

    app.add_url_rule("/event", view_func=event, methods=["POST"])
    app.add_url_rule("/broadcast", view_func=broadcast, methods=["POST"])
    Sock(app).route("/live")(view)
    return app


def serve(started: Connection) -> None:
    server = create_server(build_app(), host="127.0.0.1", port=0)
    signal.signal(signal.SIGTERM, lambda *_: server.drain())
    started.send(server.port)
    server.run()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 10)


def open_viewer(port: int) -> socket.socket:
    sock = connect(port)
    key = base64.b64encode(os.urandom(16)).decode()
    sock.sendall(
        f"GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
    )
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += sock.recv(4096)
    assert answer.startswith(b"HTTP/1.1 101"), answer
    return sock


def post(sock: socket.socket, path: str) -> None:
    sock.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 300\r\n\r\n{'e' * 300}".encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n300"):
        answer += sock.recv(4096)


def read_message(sock: socket.socket) -> None:
    wanted = len(MESSAGE) + 4  # with the frame's header
    while wanted > 0:
        wanted -= len(sock.recv(wanted))


def timed(action: Callable[[], None]) -> float:
    """Milliseconds that `action` takes."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def load(port: int, stop: threading.Event, times_ms: list[float]) -> None:
    with connect(port) as sock:
        while not stop.is_set():
            times_ms.append(timed(lambda: post(sock, "/event")))


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def run(count: int) -> tuple[float, ...]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    port = ours.recv()
    assert process.pid is not None
    control = connect(port)
    post(control, "/event")
    before = memory_mb(process.pid)
    viewers = [open_viewer(port) for _ in range(count)]
    time.sleep(0.5)
    grown = memory_mb(process.pid) - before
    stop, times_ms = threading.Event(), list[float]()
    clients = [
        threading.Thread(target=load, args=(port, stop, times_ms), daemon=True) for _ in range(CLIENTS)
    ]
    for client in clients:
        client.start()

    def broadcast() -> None:
        post(control, "/broadcast")
        for viewer in viewers:
            read_message(viewer)

    broadcasts = []
    for _ in range(BROADCASTS):
        time.sleep(1)
        broadcasts.append(timed(broadcast))
    stop.set()
    for client in clients:
        client.join()
    control.close()
    drained = timed(lambda: drain(process, viewers))
    p50, p99 = statistics.median(times_ms), statistics.quantiles(times_ms, n=100)[98]
    return grown, statistics.median(broadcasts), len(times_ms) / BROADCASTS, p50, p99, drained


def drain(process: Any, viewers: list[socket.socket]) -> None:
    os.kill(process.pid, signal.SIGTERM)
    for viewer in viewers:
        goodbye = viewer.recv(4)
        assert goodbye == b"\x88\x02\x03\xe9", goodbye
        viewer.sendall(b"\x88\x82\x00\x00\x00\x00\x03\xe9")
        viewer.close()
    process.join(15)


def show(name: str, figures: tuple[float, ...]) -> None:
    print(f"{name:>6}" + "".join(f"{figure:>14.1f}" for figure in figures), flush=True)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    print(f"{count} viewers\n" + " " * 6 + "".join(f"{name:>14}" for name in COLUMNS))
    results = []
    for number in range(1, runs + 1):
        results.append(run(count))
        show(str(number), results[-1])
    show("median", tuple(statistics.median(column) for column in zip(*results, strict=True)))


if __name__ == "__main__":
    main()
