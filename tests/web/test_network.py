"""The addresses under which websites can reach the program."""

from pathlib import Path

from tests.programs import running

NOBODY = "https://127.0.0.1:1"


def test_an_address_answers_when_this_very_program_does(tmp_path: Path) -> None:
    with (
        running(tmp_path / "other") as other,
        running(tmp_path / "data", "--public-url", other.url) as program,
    ):
        program.sign_up()
        public, own = program.call("GET", "/api/network")["addresses"]
    assert public == {"url": other.url, "reach": "public", "secure": False, "answers": False}
    assert own == {"url": program.url, "reach": "this machine", "secure": False, "answers": True}


def test_https_pages_are_served_by_a_public_address_with_https_alone(tmp_path: Path) -> None:
    with running(tmp_path / "data", "--public-url", NOBODY) as program:
        program.sign_up()
        told = program.call("GET", "/api/network")
    assert told["for_https_pages"] is True
    assert told["addresses"][0] == {"url": NOBODY, "reach": "public", "secure": True, "answers": False}
