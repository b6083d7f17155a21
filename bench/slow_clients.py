"""How soon events are acknowledged beside slow clients: python bench/slow_clients.py [seconds]

The real program, loopback, a new data directory, four clients that send an event and pause for 10 ms. First
they are alone, then beside 200 clients that dribble headers, 200 that dribble bodies, 50 idle ones and 8 that
ask for files and do not read them. Prints both, and how many of the slow ones the server has closed.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.shop import Shop, port_of
from tests.faults.slow import DRIBBLERS, SlowClients
from tests.programs import Program

CLIENTS = 4
PAUSE_S = 0.01


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shop = Shop(Path(folder) / "data", random.Random())  # noqa: S311 -- nothing is secret
        with shop.open() as program:
            measure(shop, program, seconds)
            print(f"alone                {shop.log.latency()}")
            with SlowClients(port_of(program)) as slow:
                left = measure(shop, program, seconds, slow)
                print(f"beside slow clients  {shop.log.latency()}")
                print(f"{2 * DRIBBLERS - left} of {2 * DRIBBLERS} dribbling clients closed")
            shop.end_and_check(program)
    unanswered = len(shop.log.sent - shop.log.acknowledged)
    print(f"{len(shop.log.acknowledged)} events acknowledged and stored once, {unanswered} not answered")


def measure(shop: Shop, program: Program, seconds: float, slow: SlowClients | None = None) -> int:
    """How many slow clients are left at the end."""
    left = 0
    shop.log.seconds.clear()
    over = time.monotonic() + seconds
    with shop.load(program, clients=CLIENTS, pause_s=PAUSE_S):
        while time.monotonic() < over:
            left = slow.dribble() if slow else 0
            time.sleep(0.5)
    return left


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 40.0)
