"""What `make lint` says of the registries' answers; their shapes are those of pip-audit 2.10 and npm 10."""

import json

import pytest

from scripts import vulnerabilities


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the commands print; empty where the registry cannot be reached."""
    given = {"python": json.dumps({"dependencies": []})}
    for folder in vulnerabilities.FRONT_ENDS:
        given[folder] = json.dumps({"auditReportVersion": 2, "vulnerabilities": {}})
    monkeypatch.setattr(vulnerabilities, "_ask_pip", lambda: given["python"])
    monkeypatch.setattr(vulnerabilities, "_ask_npm", given.__getitem__)
    return given


def test_a_vulnerable_python_package_fails(
    answers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    flaw = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["3.2"], "description": ""}
    answers["python"] = json.dumps({"dependencies": [{"name": "flask", "version": "3.1", "vulns": [flaw]}]})
    assert vulnerabilities.main() == 1
    assert "flask 3.1: PYSEC-2026-1, CVE-2026-1" in capsys.readouterr().out


def test_a_vulnerable_node_package_fails(answers: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    answers["ui_static"] = json.dumps({"vulnerabilities": {"react": {"severity": "high", "via": []}}})
    assert vulnerabilities.main() == 1
    assert "ui_static: react (high)" in capsys.readouterr().out


def test_registries_that_do_not_answer_are_named_and_fail_nothing(
    answers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answers["python"] = json.dumps({"dependencies": [{"name": "flask", "skip_reason": "not found"}]})
    answers["ui_static"] = json.dumps({"statusCode": 405, "message": "405 Method Not Allowed"})
    answers["snippet"] = ""
    assert vulnerabilities.main() == 0
    out = capsys.readouterr().out
    assert "flask, every package of ui_static, every package of snippet" in out
    assert "No known" not in out


def test_no_answer_at_all_is_not_taken_for_a_good_one(
    answers: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    answers["python"] = ""
    assert vulnerabilities.main() == 0
    assert "every Python package" in capsys.readouterr().out
