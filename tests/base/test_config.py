"""Settings: where they come from, and that a wrong one stops the start with its name."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.base import config
from appliance.base.config import SETTINGS, Config
from appliance.base.errors import StartError

SECRET = "a-secret-that-nobody-may-see-0123456789"

Load = Callable[..., Config]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Settings of a data directory by options, environment and the text of analytiq.toml."""

    def load_settings(
        options: dict[str, object] | None = None,
        environ: dict[str, str] | None = None,
        toml: str | bytes = "",
    ) -> Config:
        text = toml.encode() if isinstance(toml, str) else toml
        (tmp_path / "analytiq.toml").write_bytes(text)
        return config.load({"data_dir": tmp_path, **(options or {})}, environ or {})

    return load_settings


def test_what_nobody_sets_has_its_default(load: Load) -> None:
    found = load()
    assert (found.tls_cert, found.tls_key, found.tls_port) == (None, None, 8586)
    assert (found.host, found.port, found.dashboard, found.signup) == ("0.0.0.0", 8585, "network", "closed")
    assert (found.ingest_limit_per_ip, found.ingest_limit_per_site) == (600, 60_000)
    assert found.trusted_proxies == frozenset()
    assert found.public_url is None
    assert found.secret_key is None


def test_the_command_line_wins_over_environment_over_file_over_default(load: Load) -> None:
    sources = ({"port": 1111}, {"ANALYTIQ_PORT": "2222"}, "port = 3333")
    assert load(*sources).port == 1111
    assert load({"port": None}, *sources[1:]).port == 2222
    assert load(None, None, sources[2]).port == 3333
    assert load().port == 8585


def test_the_data_directory_may_come_from_the_environment(tmp_path: Path) -> None:
    assert config.load({}, {"ANALYTIQ_DATA_DIR": str(tmp_path)}).data_dir == tmp_path


def test_every_setting_can_be_set_by_its_variable(load: Load, tmp_path: Path) -> None:
    pem = tmp_path / "one.pem"
    pem.touch()
    found = load(
        environ={
            "ANALYTIQ_HOST": "127.0.0.1",
            "ANALYTIQ_PORT": "0",
            "ANALYTIQ_TLS_CERT": str(pem),
            "ANALYTIQ_TLS_KEY": str(pem),
            "ANALYTIQ_TLS_PORT": "443",
            "ANALYTIQ_PUBLIC_URL": "https://stats.example.com/",
            "ANALYTIQ_TRUSTED_PROXIES": "10.0.0.1, ::1",
            "ANALYTIQ_DASHBOARD": "local",
            "ANALYTIQ_SIGNUP": "open",
            "ANALYTIQ_SECRET_KEY": SECRET,
            "ANALYTIQ_PREVIOUS_SECRET_KEY": SECRET[::-1],
            "ANALYTIQ_INGEST_LIMIT_PER_IP": "0",
            "ANALYTIQ_INGEST_LIMIT_PER_SITE": "5",
            "ANALYTIQ_RAW_RETENTION_DAYS": "30",
            "ANALYTIQ_FACTS_RETENTION_DAYS": "90",
            "ANALYTIQ_BACKUP_DIR": "/mnt/backups",
            "ANALYTIQ_BACKUP_BUDGET_GB": "5",
            "ANALYTIQ_MIRROR_DIR": "/mnt/mirror",
            "ANALYTIQ_DATA_BUDGET_GB": "8",
        }
    )
    assert found == Config(
        data_dir=found.data_dir,
        host="127.0.0.1",
        port=0,
        tls_cert=pem,
        tls_key=pem,
        tls_port=443,
        public_url="https://stats.example.com",
        trusted_proxies=frozenset({"10.0.0.1", "::1"}),
        dashboard="local",
        signup="open",
        secret_key=SECRET,
        previous_secret_key=SECRET[::-1],
        ingest_limit_per_ip=0,
        ingest_limit_per_site=5,
        raw_retention_days=30,
        facts_retention_days=90,
        backup_dir=Path("/mnt/backups"),
        backup_budget_gb=5,
        mirror_dir=Path("/mnt/mirror"),
        data_budget_gb=8,
    )


WRONG = [
    ("host", " "),
    ("port", "65536"),
    ("port", "-1"),
    ("port", "http"),
    ("port", ""),
    ("port", "9" * 5000),
    ("tls_cert", "/nowhere/cert.pem"),
    ("tls_cert", "/"),
    ("tls_key", "/nowhere/key.pem"),
    ("tls_port", "https"),
    ("public_url", "stats.example.com"),
    ("public_url", "ftp://stats.example.com"),
    ("public_url", "https://"),
    ("public_url", "https://stats.example.com/?a=b"),
    ("public_url", "https://[stats"),
    ("trusted_proxies", "10.0.0.1;10.0.0.2"),
    ("trusted_proxies", "proxy.example.com"),
    ("dashboard", "everyone"),
    ("signup", "yes"),
    ("secret_key", "short"),
    ("previous_secret_key", "short"),
    ("ingest_limit_per_ip", "-5"),
    ("ingest_limit_per_ip", "many"),
    ("ingest_limit_per_site", "1.5"),
    ("backup_dir", "/dev/null"),
    ("mirror_dir", "/dev/null"),
    ("backup_budget_gb", "0"),
    ("data_budget_gb", "much"),
    ("raw_retention_days", "0"),
    ("raw_retention_days", "forever"),
    ("facts_retention_days", "40000"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_stops_the_start_and_is_named(load: Load, name: str, value: str) -> None:
    with pytest.raises(StartError, match=f"^ANALYTIQ_{name.upper()}: "):
        load(environ={f"ANALYTIQ_{name.upper()}": value})


@pytest.mark.parametrize(("given", "missing"), [("CERT", "KEY"), ("KEY", "CERT")])
def test_a_certificate_without_its_key_and_a_key_alone_stop_the_start(
    load: Load, tmp_path: Path, given: str, missing: str
) -> None:
    (tmp_path / "one.pem").touch()
    with pytest.raises(StartError, match=f"set ANALYTIQ_TLS_{missing} as well"):
        load(environ={f"ANALYTIQ_TLS_{given}": str(tmp_path / "one.pem")})


def test_every_setting_with_a_wrong_value_is_tested() -> None:
    assert {name for name, _ in WRONG} == {setting.name for setting in SETTINGS} - {"data_dir"}


def test_the_message_names_the_place_where_the_wrong_value_stands(load: Load) -> None:
    with pytest.raises(StartError, match=r"^--ingest-limit-per-ip: .*got 'x'"):
        load({"ingest_limit_per_ip": "x"}, {"ANALYTIQ_INGEST_LIMIT_PER_IP": "5"})
    with pytest.raises(StartError, match=r"^signup in analytiq\.toml: "):
        load(toml="signup = true")


def test_visits_are_kept_at_least_as_long_as_what_they_are_made_of(load: Load) -> None:
    with pytest.raises(StartError, match=r"facts_retention_days \(300\) is less than raw_retention_days"):
        load(environ={"ANALYTIQ_FACTS_RETENTION_DAYS": "300"})
    assert load(environ={"ANALYTIQ_FACTS_RETENTION_DAYS": "396"}).facts_retention_days == 396


@pytest.mark.parametrize("place", ["option", "variable", "file"])
@pytest.mark.parametrize("name", ["secret_key", "previous_secret_key"])
def test_a_wrong_secret_is_not_repeated(load: Load, name: str, place: str) -> None:
    secret = "hunter2"
    with pytest.raises(StartError) as caught:
        load(
            {name: secret} if place == "option" else None,
            {f"ANALYTIQ_{name.upper()}": secret} if place == "variable" else None,
            f'{name} = "{secret}"' if place == "file" else "",
        )
    assert "secret" in str(caught.value).lower()
    assert secret not in str(caught.value)


def test_the_secret_is_not_shown_with_the_other_settings(load: Load) -> None:
    environ = {"ANALYTIQ_SECRET_KEY": SECRET, "ANALYTIQ_PREVIOUS_SECRET_KEY": SECRET}
    assert SECRET not in repr(load(environ=environ))


def test_unknown_variables_and_names_are_warned_of(load: Load, caplog: pytest.LogCaptureFixture) -> None:
    load(environ={"ANALYTIQ_PROT": "1", "PATH": "/bin"}, toml="colour = 'blue'\ndata_dir = '/elsewhere'")
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 3
    for message, name in zip(caplog.messages, ("ANALYTIQ_PROT", "colour", "data_dir"), strict=True):
        assert name in message
        assert "no effect" in message


def test_known_settings_are_not_warned_of(load: Load, caplog: pytest.LogCaptureFixture) -> None:
    load(environ={setting.variable: setting.default for setting in SETTINGS}, toml="port = 1\n")
    assert caplog.messages == []


@pytest.mark.parametrize("toml", ["port = ", "[port", b"host = '\xe4'", b"\x00"])
def test_a_settings_file_that_cannot_be_read_is_named(load: Load, tmp_path: Path, toml: str | bytes) -> None:
    with pytest.raises(StartError, match=r"analytiq\.toml cannot be read.*Mend or remove it") as caught:
        load(toml=toml)
    assert str(tmp_path) in str(caught.value)


def test_a_settings_file_that_is_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "analytiq.toml").mkdir()
    with pytest.raises(StartError, match=r"analytiq\.toml"):
        config.load({"data_dir": tmp_path}, {})


@pytest.mark.parametrize(
    ("environ", "display"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_a_display_is_seen_by_its_variable(environ: dict[str, str], display: bool) -> None:
    assert config.has_display(environ) is display


def test_every_setting_is_documented_with_its_default() -> None:
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    for setting in SETTINGS:
        (row,) = (line for line in text.splitlines() if line.startswith(f"| `{setting.variable}` |"))
        assert setting.default in row
