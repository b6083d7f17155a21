"""Fixtures: a frozen clock, a real program over a real DuckDB file, and the people who use it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from werkzeug.test import Client as WebClient

from appliance import assembly
from appliance.base import config
from appliance.base.config import Config
from appliance.base.paths import DataPaths
from appliance.runtime import Runtime
from appliance.storage import migrations
from appliance.storage.database import Database
from appliance.web import create_app
from tests.clocks import FrozenClock
from tests.people import People, Person


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm at a price that tests can pay; the real one takes a quarter of a second each."""
    for module in ("accounts.accounts", "sharing.shares"):
        monkeypatch.setattr(f"appliance.{module}.PasswordHasher", lambda: PasswordHasher(1, 8, parallelism=1))


@pytest.fixture(autouse=True)
def small_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days of made-up visitors come about as thirty do, in a fraction of the time."""
    monkeypatch.setattr("appliance.samples.samples.SPAN", timedelta(days=2))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock("2026-09-17T12:30:00Z")


@pytest.fixture
def settings(tmp_path: Path) -> Config:
    return config.load({"data_dir": tmp_path / "data", "port": 0}, environ={"ANALYTIQ_SIGNUP": "open"})


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with its tables and nothing in them: to copy it is quicker than to make it again."""
    paths = DataPaths(tmp_path_factory.mktemp("tables"))
    made = Database(paths)
    migrations.migrate(made, FrozenClock("2026-09-17T12:30:00Z").now())
    made.close()
    return paths.database


@pytest.fixture
def database(tmp_path: Path, tables: Path) -> Iterator[Database]:
    """A new database file with its tables."""
    shutil.copy(tables, DataPaths(tmp_path).database)
    opened = Database(DataPaths(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def program(settings: Config, clock: FrozenClock, tables: Path) -> Iterator[Runtime]:
    """The whole program without its port. Its threads stand still: `settle` loads what was sent."""
    settings.data_dir.mkdir(mode=0o700)
    shutil.copy(tables, settings.paths.database)
    parts = assembly.build(settings, clock)
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
