"""`analytiq import`, as it is typed, while the program runs and while it does not."""

import subprocess
import sys
from pathlib import Path

from tests.imports.test_imports import line, written
from tests.programs import TIMEOUT_S, running


def given(data_dir: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "appliance", "import", *words, "--data-dir", str(data_dir)]
    return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)


def test_it_works_while_the_program_runs_and_while_it_does_not(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    file = written(tmp_path, [line("2025-09-10T10:00:00Z"), "{no event"])
    with running(data_dir) as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "https://shop.example"})["site_id"]
        said = given(data_dir, "--site", site, str(file))
        assert said.returncode == 0, said.stderr
        assert "Import 1 (events.ndjson): done. 1 events of 2025-09-10 to 2025-09-10" in said.stdout
        assert "line 2: is not valid JSON" in said.stdout
        report = program.call("GET", f"/api/sites/{site}/report?from=2025-09-10&to=2025-09-10")
        assert report["total_pageviews"] == 1
        refused = given(data_dir, "--site", "site_of_nobody", str(file))
        assert (refused.returncode, refused.stderr) == (2, "Importing\nThere is no such site.\n")
    said = given(data_dir, "--site", site, "--undo", "1")
    assert (said.returncode, "its 1 events are counted no longer" in said.stdout) == (0, True), said.stderr
    said = given(data_dir, "--site", site, str(file))
    assert "Import 2 (events.ndjson): done. 1 events" in said.stdout
    listed = given(data_dir, "--site", site, "--list").stdout.splitlines()
    assert [each.partition(".")[0] for each in listed] == ["Import 2 (events", "Import 1 (events"]
    (tmp_path / "nothing").write_text("nothing")
    failed = given(data_dir, "--site", site, str(tmp_path / "nothing"))
    assert failed.returncode == 2
    assert "is no export of events by Analytiq" in failed.stderr
