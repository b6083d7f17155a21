"""What the doctor finds in a program that is well, and in one that is not; and the file to show to others."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from werkzeug.test import Client

from appliance.base.config import Config
from appliance.runtime import Runtime
from appliance.support import bundle, examination
from tests.clocks import FrozenClock
from tests.people import PASSWORD, Person
from tests.programs import TIMEOUT_S, running
from tests.traffic import VISITOR, accept, pageview, send

NOON = "2026-09-17T12:00:00Z"


def verdicts(program: Runtime) -> dict[str, str]:
    return {found.slug: found.verdict for found in examination.examine(program, serving=False)}


def texts(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_nothing_is_wrong_with_a_program_that_is_well(program: Runtime, alice: Person) -> None:
    send(program, alice.shop, pageview(NOON), pageview(NOON, path="/boots"))
    program.ledger.check(program.clock.now())
    program.backups.take("by hand")
    found = verdicts(program)
    found.pop("disk")  # as this machine's happens to be
    found.pop("memory")
    assert set(found.values()) == {"good"}
    assert set(found) == {
        "version",
        "database",
        "journal",
        "ledger",
        "recount",
        "rows",
        "clock",
        "backup",
        "jobs",
    }


@pytest.mark.parametrize(
    ("slug", "spoiled"),
    [
        ("recount", "UPDATE visits SET pageviews = 9"),
        ("recount", "DELETE FROM page_facts"),
        ("ledger", "DELETE FROM raw_events"),
        ("clock", "UPDATE raw_events SET received_at = '2026-09-18 12:00:00'"),
    ],
)
def test_what_is_wrong_is_found_and_said_with_what_to_do(
    program: Runtime, alice: Person, slug: str, spoiled: str
) -> None:
    send(program, alice.shop, pageview(NOON))
    program.database._cursor().execute(spoiled)
    program.ledger.check(program.clock.now())
    (found,) = [each for each in examination.examine(program, serving=False) if each.slug == slug]
    assert found.verdict == "bad"
    assert found.todo


def test_what_waits_too_long_and_a_backup_that_is_old_are_found(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    program.backups.take("by hand")
    accept(program, alice.shop, pageview(NOON))
    clock.advance(days=3)
    found = verdicts(program)
    assert found["backup"] == "look"
    program.database.close()
    assert verdicts(program)["database"] == "bad"


def test_the_bundle_tells_of_nobody_and_opens_nothing(
    program: Runtime, web: Client, alice: Person, settings: Config
) -> None:
    send(program, alice.shop, pageview(NOON, url="https://www.shop.example/secret-page?token=abc"))
    said = f"{VISITOR.address} alice@shop.example {alice.key} {settings.data_dir}/x"
    settings.paths.log.write_text(json.dumps({"message": said}) + "\n")
    answer = web.get("/api/support-bundle", headers=alice.headers)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="analytiq-support-2026')
    found = texts(answer.data)
    assert set(found) == {"report.txt", "versions.json", "settings.json", "counts.json", "log.jsonl"}
    whole = "".join(found.values())
    secrets = (
        "alice@", "shop.example", "secret-page", VISITOR.address, alice.key, alice.token,
        program.config.paths.secret.read_text(), str(settings.data_dir), str(Path.home()), alice.shop.site_id,
    )  # fmt: skip
    assert [secret for secret in secrets if secret in whole] == []
    assert json.loads(found["settings.json"])["secret_key"] == "not set"
    assert json.loads(found["settings.json"])["raw_retention_days"] == 396
    assert json.loads(found["counts.json"])["events"] == 1
    assert "<data>/x" in found["log.jsonl"]


def test_of_a_long_log_the_end_is_packed_in_whole_lines(program: Runtime, settings: Config) -> None:
    lines = "".join(json.dumps({"message": f"line {number:07}"}) + "\n" for number in range(60_000))
    settings.paths.log.write_text(lines)
    packed = texts(bundle.pack(program, []))["log.jsonl"].splitlines()
    assert len(packed) * len(packed[0]) < bundle.LOG_BYTES
    assert json.loads(packed[0])["message"].startswith("line ")
    assert json.loads(packed[-1])["message"] == "line 0059999"


def test_the_command_works_while_the_program_runs_and_while_it_does_not(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "for a friend.zip"
    with running(data) as program:
        program.sign_up()
        said = doctor(data, "--bundle", str(file))
        assert (said.returncode, "ok    Database: It can be read" in said.stdout) == (0, True), said.stdout
        assert "ok    Hours and days: All rows of 0 days are the same" in said.stdout
        assert PASSWORD not in "".join(texts(file.read_bytes()).values())
        assert file.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
        assert doctor(data, "--rebuild").returncode == 3
        assert program.stop() == 0
    said = doctor(data)
    assert (said.returncode, "Every event that arrived is accounted for." in said.stdout) == (0, True)


def doctor(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "appliance", "doctor", *words, "--data-dir", str(data_dir)]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
