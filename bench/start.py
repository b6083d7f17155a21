"""How long the program takes from its start to its first answer over HTTP.

    python bench/start.py PROGRAM [RUNS]      PROGRAM: dist/analytiq/analytiq, say, which `make frozen` makes

Each run has a new data directory, and starts twice over it: the second time there is a database. On a machine
that has other things to do, `chrt --rr 5` in front of it shows what an idle one would.
"""

import os
import shlex
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

GIVE_UP_S = 60.0


def main(command: list[str], runs: int) -> None:
    pairs = [_new_and_again(command) for _ in range(runs)]
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"{' '.join(command)}: {runs} runs, load {load:.1f} for each processor")
    for name, found in zip(("new data directory", "database there"), zip(*pairs, strict=True), strict=True):
        print(f"{name:>20}: median {statistics.median(found):.2f} s, longest {max(found):.2f} s")


def _new_and_again(command: list[str]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        return _first_answer_s(command, Path(folder)), _first_answer_s(command, Path(folder))


def _first_answer_s(command: list[str], data_dir: Path) -> float:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [*command, "serve", "--host", "127.0.0.1", "--port", str(port), "--data-dir", str(data_dir)]
    begun = time.monotonic()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    try:
        return _wait_for_answer(f"http://127.0.0.1:{port}/healthz", process, begun + GIVE_UP_S) - begun
    finally:
        process.terminate()
        process.wait()


def _wait_for_answer(url: str, process: subprocess.Popen[bytes], until: float) -> float:
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=GIVE_UP_S).read()  # noqa: S310  (our own)
        except OSError:
            time.sleep(0.01)
        else:
            return time.monotonic()
    raise SystemExit(f"No answer from {url}")


if __name__ == "__main__":
    main(shlex.split(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 9)
