"""The log: every record is one line of JSON, no line of it is a stranger's, and no secret is in it."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from appliance import serving
from appliance.base import data_directory, log_lines
from appliance.base.config import Config

FORGED = '\r\n{"level": "ERROR", "message": "forged"}'
STEERING = "\x1b[2J\x1b]0;title\x07\x85\u2028\u202e\x00"
OWNED = logging.getLogger("appliance")

SECRETS = (
    "ann.b+c@shop.example", "203.0.113.9", "2001:db8::17", "::ffff:203.0.113.9", "aq_Zm9vYmFyYmF6cXV4",
    "pk_live_0123456789abcdef", "sh_0123456789abcdef", "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl",
)  # fmt: skip


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


def lines(log_file: Path) -> list[dict[str, Any]]:
    text = log_file.read_text("ascii")
    assert text.replace("\n", "").isprintable()
    return [json.loads(line) for line in text.split("\n")[:-1]]


def test_a_record_is_one_line_whatever_is_in_it(log_file: Path) -> None:
    odd = f"x{FORGED}{STEERING}"
    OWNED.error("The host %s is unknown.", odd)
    try:
        raise ValueError(odd)
    except ValueError:
        OWNED.exception("It could not be read.")
    first, second = lines(log_file)
    assert (first["level"], first["logger"]) == ("ERROR", "appliance")
    assert first["message"] == f"The host {odd} is unknown."
    assert second["traceback"].endswith(f"ValueError: {odd}")


@pytest.mark.parametrize("secret", SECRETS)
def test_what_tells_of_a_person_or_opens_a_door_is_taken_out(log_file: Path, secret: str) -> None:
    try:
        raise ValueError(f"cannot convert '{secret}' to a number")
    except ValueError:
        OWNED.exception("(%s), /sites?q=%s failed.", secret, secret)
    assert secret not in log_file.read_text("ascii")
    (line,) = lines(log_file)
    assert line["message"] == "([…]), /sites[…] failed."
    assert line["traceback"].endswith("cannot convert '[…]' to a number")


def test_times_versions_and_this_machine_itself_stay(log_file: Path) -> None:
    said = "At 12:30:00 version 4.10.2 listened at 127.0.0.1:8585, 0.0.0.0 and [::1]:8585 for site_a1b2c3."
    OWNED.error(said)
    assert lines(log_file)[0]["message"] == said


def test_what_is_logged_for_a_request_carries_its_id(log_file: Path) -> None:
    log_lines.begin_request()
    request = log_lines.request_id()
    OWNED.error("within")
    log_lines.end_request()
    OWNED.error("after")
    assert [line.get("request") for line in lines(log_file)] == [request, None]


def test_neither_the_files_nor_a_line_of_them_grow_without_end(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(serving, "LOG_FILE_BYTES", 50_000)
    log_file = request.getfixturevalue("log_file")
    OWNED.error("x" * 3_000_000)
    assert len(lines(log_file)[0]["message"]) == log_lines.MOST
    for _ in range(20):
        OWNED.error("x " * log_lines.MOST)
    sizes = [file.stat().st_size for file in log_file.parent.glob("analytiq.log*")]
    assert len(sizes) == 6
    assert max(sizes) <= 50_000


def test_nothing_on_the_terminal_looks_like_another_message() -> None:
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(log_lines.OneLine("%(levelname)s: %(message)s"))
    try:
        raise ValueError(f"no such host: x{FORGED}{STEERING}")
    except ValueError:
        record = OWNED.makeRecord("a", logging.ERROR, "f", 1, f"x{FORGED}{STEERING}", (), sys.exc_info())
    message, *traceback = handler.format(record).split("\n")
    assert message.startswith("ERROR: x\\r\\n")
    assert message.isprintable()
    assert len(traceback) >= 4
    assert [line for line in traceback if not line.startswith("    ") or not line.isprintable()] == []
