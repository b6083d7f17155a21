"""Fixtures: a frozen clock, a real program over a real DuckDB file, and the people who use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client as WebClient

from appliance import config, runtime
from appliance.config import Config
from appliance.runtime import Runtime
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.people import People, Person


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock("2026-09-17T12:30:00Z")


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    return config.load({"data_dir": tmp_path / "data", "port": 0}, environ={"ANALYTIQ_SIGNUP": "open"})


@pytest.fixture
def program(settings: Config, clock: FrozenClock) -> Iterator[Runtime]:
    """The whole program without its port. Its threads stand still: `settle` loads what was sent."""
    parts = runtime.build(settings, clock)
    yield parts
    parts.stop()


@pytest.fixture
def web(program: Runtime) -> WebClient:
    """A caller on this machine without cookies."""
    return WebClient(create_app(program), use_cookies=False)


@pytest.fixture
def people(program: Runtime) -> People:
    return People(program)


@pytest.fixture
def alice(people: People) -> Person:
    """Owns the shop."""
    return people.alice
