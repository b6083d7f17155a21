"""The log: no line of it is a stranger's, and no secret is in it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance import serving
from appliance.base import data_directory
from appliance.base.config import Config

FORGED = "\r\n2026-09-17 12:30:00,000 ERROR appliance.sites: forged"
STEERING = "\x1b[2J\x1b]0;title\x07\x85\u2028\u202e\x00"


@pytest.fixture
def log_file(settings: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    data_directory.make(settings)
    root = logging.getLogger()
    before = list(root.handlers)
    serving.log_to_file(settings)
    yield settings.paths.log
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()


def test_a_message_is_one_line_whatever_is_in_it(log_file: Path) -> None:
    logging.getLogger("appliance").error("The host %s is unknown.", f"x{FORGED}{STEERING}")
    logging.getLogger("appliance").error("next")
    first, second = log_file.read_text("utf-8").split("\n")[:-1]
    assert "ERROR appliance: The host x\\r\\n2026" in first
    assert first.isprintable()
    assert second.endswith("ERROR appliance: next")


def test_below_a_message_nothing_looks_like_one(log_file: Path) -> None:
    try:
        raise ValueError(f"no such host: x{FORGED}{STEERING}")
    except ValueError:
        logging.getLogger("appliance").exception("It could not be read.")
    message, *traceback = log_file.read_text("utf-8").split("\n")[:-1]
    assert message.endswith("ERROR appliance: It could not be read.")
    assert len(traceback) >= 4
    assert [line for line in traceback if not line.startswith("    ") or not line.isprintable()] == []
