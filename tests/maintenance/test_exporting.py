"""`analytiq export`, as it is typed, while the program runs and while it does not."""

import subprocess
import sys
from pathlib import Path

import duckdb

from tests.imports.test_imports import line, written
from tests.programs import TIMEOUT_S, running


def given(data_dir: Path, command: str, *words: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "appliance", command, *words, "--data-dir", str(data_dir)]
    return subprocess.run(whole, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)


def test_all_months_go_into_one_file_or_a_folder_of_parquet_files(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    file = written(
        tmp_path, [line("2025-09-30T10:00:00Z"), line("2025-11-02T10:00:00Z"), line("2025-11-09T10:00:00Z")]
    )
    with running(data_dir) as program:
        program.sign_up()
        site = program.call("POST", "/api/sites", {"name": "Shop", "url": "https://shop.example"})["site_id"]
        assert given(data_dir, "export", "--site", site).stdout.count("\n") == 1  # names alone
        assert given(data_dir, "import", "--site", site, str(file)).returncode == 0
        said = given(data_dir, "export", "--site", site, "--out", str(tmp_path / "all.csv"))
        assert said.returncode == 0, said.stderr
        rows = (tmp_path / "all.csv").read_text().splitlines()
        assert (len(rows), sum("event_type" in row for row in rows)) == (4, 1)
        again = given(data_dir, "export", "--site", site, "--out", str(tmp_path / "all.csv"))
        assert (again.returncode, "is there already and was left" in again.stderr) == (2, True)
    said = given(data_dir, "export", "--site", site, "--format", "json", "--from", "2025-11-03")
    assert said.stdout.count("\n") == 1
    parquet = tmp_path / "parquet"
    said = given(data_dir, "export", "--site", site, "--format", "parquet", "--out", str(parquet))
    assert said.returncode == 0, said.stderr
    wanted = (
        f"SELECT year, month, count(*) FROM read_parquet('{parquet}/**/*.parquet') GROUP BY ALL ORDER BY ALL"
    )
    assert duckdb.connect().execute(wanted).fetchall() == [(2025, 9, 1), (2025, 11, 2)]
    assert list((data_dir / "exports").glob("*/*")) == []
