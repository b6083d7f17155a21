"""The program's secret is changed, stolen or lost: what goes on, and what ends."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from appliance import assembly
from appliance.accounts.accounts import SignUp
from appliance.base import config, secret
from appliance.base.config import Config
from appliance.base.errors import AlreadyRunningError, StartError, UnauthenticatedError
from appliance.maintenance import secret_change
from appliance.process.instance import InstanceLock
from appliance.runtime import Runtime
from appliance.sites import site_keys
from appliance.sites.sites import Site
from tests.clocks import FrozenClock
from tests.people import PASSWORD
from tests.queries import rows
from tests.traffic import pageview, send

OLD, NEW, NEWEST = (f"{word} secret of more than 32 characters" for word in ("an old", "a new", "the newest"))
HALF_A_DAY = timedelta(hours=12)


@contextmanager
def running(settings: Config, clock: FrozenClock) -> Iterator[Runtime]:
    program = assembly.build(settings, clock)
    try:
        yield program
    finally:
        program.stop()


def by_variable(tmp_path: Path, present: str | None, previous: str = "") -> Config:
    given = {"ANALYTIQ_SECRET_KEY": present or "", "ANALYTIQ_PREVIOUS_SECRET_KEY": previous}
    return config.load({"data_dir": tmp_path / "data", "port": 0}, environ=given)


class Before:
    """What there was: somebody with a website, a visitor, a token, and an app for codes."""

    def __init__(self, program: Runtime) -> None:
        account = program.accounts.sign_up(SignUp("alice@shop.example", PASSWORD, "", "", local=True))
        self.account_id = account.account_id
        self.site = program.sites.create(self.account_id, "Shop", "https://shop.example", None)
        self.key = program.sites.key(self.site)
        self.token = program.bearer_tokens.issue(account)
        self.seed = program.two_factor.begin(account).secret
        self.visit(program, self.site)

    def visit(self, program: Runtime, site: Site) -> None:
        now = program.clock.now().isoformat()
        send(program, site, pageview(now, visitor=None, visitor_id="customer 7"))


def accepts(program: Runtime, token: str) -> bool:
    try:
        program.bearer_tokens.account(token)
    except UnauthenticatedError:
        return False
    return True


def assert_all_goes_on(program: Runtime, before: Before) -> None:
    (site,) = program.sites.all()
    assert program.sites.key(site) == before.key, "the snippet shown is the one in the pages"
    assert program.sites.authenticate(site.site_id, before.key) == site
    before.visit(program, site)
    assert rows(program, "SELECT count(DISTINCT visitor_id) FROM raw_events") == [(1,)]
    encrypted = rows(program, "SELECT secret FROM two_factor")[0][0]
    assert program.two_factor._decrypt(before.account_id, encrypted) == before.seed


def test_a_changed_file_takes_tokens_of_before_until_the_grace_time_ends(
    settings: Config, clock: FrozenClock
) -> None:
    with running(settings, clock) as program:
        before = Before(program)
    secret_change.rotate(settings, clock, timedelta(hours=1))
    clock.advance(minutes=59)
    with running(settings, clock) as program:
        assert accepts(program, before.token)
        clock.advance(minutes=1)
        assert not accepts(program, before.token)
        assert_all_goes_on(program, before)


def test_after_a_theft_the_stolen_secret_signs_nothing_from_the_first_moment(
    settings: Config, clock: FrozenClock
) -> None:
    with running(settings, clock) as program:
        before = Before(program)
    secret_change.rotate(settings, clock, timedelta(0))
    with running(settings, clock) as program:
        assert not accepts(program, before.token)
        assert_all_goes_on(program, before)
        assert rows(program, "SELECT count(*) FROM audit WHERE action = 'secret_changed'") == [(1,)]


def test_it_can_be_changed_again_and_again_without_a_start_between(
    settings: Config, clock: FrozenClock
) -> None:
    with running(settings, clock) as program:
        before = Before(program)
    for _ in range(3):
        secret_change.rotate(settings, clock, HALF_A_DAY)
    with running(settings, clock) as program:
        assert not accepts(program, before.token), "signed by the secret before the one before"
        assert_all_goes_on(program, before)
    assert settings.paths.secret.stat().st_mode & 0o777 == 0o600


def test_cut_off_after_the_file_was_written_nothing_is_lost(settings: Config, clock: FrozenClock) -> None:
    with running(settings, clock) as program:
        before = Before(program)
    secret.rotate(settings.paths.secret, clock.now() + HALF_A_DAY)
    with running(settings, clock) as program:
        assert_all_goes_on(program, before)
    with running(settings, clock) as program:
        assert_all_goes_on(program, before)


def test_a_changed_variable_takes_tokens_of_before_as_long_as_the_one_before_is_given(
    tmp_path: Path, clock: FrozenClock
) -> None:
    with running(by_variable(tmp_path, OLD), clock) as program:
        before = Before(program)
    with running(by_variable(tmp_path, NEW, previous=OLD), clock) as program:
        assert accepts(program, before.token)
        assert_all_goes_on(program, before)
    with running(by_variable(tmp_path, NEW), clock) as program:
        assert not accepts(program, before.token)
        assert_all_goes_on(program, before)
    with running(by_variable(tmp_path, NEWEST, previous=NEW), clock) as program:
        assert_all_goes_on(program, before)


def test_with_a_wrong_secret_it_does_not_start_and_changes_nothing(
    tmp_path: Path, clock: FrozenClock
) -> None:
    with running(by_variable(tmp_path, OLD), clock) as program:
        before = Before(program)
    for wrong in (by_variable(tmp_path, NEW), by_variable(tmp_path, NEW, previous=NEWEST)):
        with pytest.raises(StartError, match="nothing was changed") as refused:
            assembly.build(wrong, clock)
        assert "ANALYTIQ_PREVIOUS_SECRET_KEY" in str(refused.value)
        assert not any(text in str(refused.value) for text in (OLD, NEW, NEWEST))
    with running(by_variable(tmp_path, OLD), clock) as program:
        assert_all_goes_on(program, before)


def test_websites_from_before_there_was_a_root_key_keep_their_keys(
    settings: Config, clock: FrozenClock
) -> None:
    with running(settings, clock) as program:
        site = Before(program).site
        key = site_keys.derive(program.secret.derive("site keys"), site.site_id, site.key_version)
        with program.database.write() as transaction:
            transaction.run("root_key.forget")
            transaction._cursor.execute("UPDATE sites SET site_key = $hash", {"hash": site_keys.digest(key)})
    for _ in range(2):
        with running(settings, clock) as program:
            assert program.sites.key(site) == key
            assert program.sites.authenticate(site.site_id, key) == site
        secret_change.rotate(settings, clock, HALF_A_DAY)


@pytest.mark.parametrize("kept", [b"", b"\xff\xfe", b"one two\n", b"one two 2026-01-01T00:00:00+00:00 four"])
def test_a_file_that_holds_no_secret_is_refused_and_kept(settings: Config, kept: bytes) -> None:
    settings.data_dir.mkdir()
    settings.paths.secret.write_bytes(kept)
    with pytest.raises(StartError, match="holds no secret"):
        secret.load(settings)
    assert settings.paths.secret.read_bytes() == kept


def test_without_its_secret_the_program_goes_on_and_pages_go_on_sending(
    settings: Config, clock: FrozenClock, caplog: pytest.LogCaptureFixture
) -> None:
    with running(settings, clock) as program:
        before = Before(program)
    with pytest.raises(StartError, match="nothing is lost"):
        secret_change.replace_lost(settings, clock)
    settings.paths.secret.unlink()
    with pytest.raises(StartError, match="replace-lost"):
        assembly.build(settings, clock)
    with caplog.at_level(logging.WARNING):
        secret_change.replace_lost(settings, clock)
    clock.advance(days=3650)
    with running(settings, clock) as program:
        (site,) = program.sites.all()
        for key in (before.key, program.sites.key(site)):
            assert program.sites.authenticate(site.site_id, key) == site
        assert program.sites.key(site) != before.key
        assert program.two_factor.state(before.account_id).enabled is False
        assert rows(program, "SELECT count(*) FROM two_factor") == [(0,)]
        assert program.accounts.authenticate("alice@shop.example", PASSWORD)


def test_the_secret_of_a_program_that_runs_is_left_alone(settings: Config, clock: FrozenClock) -> None:
    with running(settings, clock):
        kept = settings.paths.secret.read_bytes()
        with InstanceLock(settings.paths), pytest.raises(AlreadyRunningError):
            secret_change.rotate(settings, clock, HALF_A_DAY)
        assert settings.paths.secret.read_bytes() == kept


def test_a_secret_set_by_a_variable_is_changed_where_it_is_set(tmp_path: Path, clock: FrozenClock) -> None:
    with pytest.raises(StartError, match="ANALYTIQ_PREVIOUS_SECRET_KEY"):
        secret_change.rotate(by_variable(tmp_path, OLD), clock, HALF_A_DAY)


def test_as_it_is_typed(settings: Config, clock: FrozenClock) -> None:
    with running(settings, clock) as program:
        Before(program)
    before = settings.paths.secret.read_text()
    command = [sys.executable, "-m", "appliance", "secret", "rotate", "--data-dir", str(settings.data_dir)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert ended.returncode == 0
    present, previous = settings.paths.secret.read_text().splitlines()
    assert before.strip() == previous.split()[0] != present
    assert present not in ended.stdout + ended.stderr
