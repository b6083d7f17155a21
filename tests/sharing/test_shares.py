"""Share links: what may be asked for, whom they open to, and what is kept of them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance import assembly
from appliance.accounts.audit import NEWEST
from appliance.base import config
from appliance.base.config import Config
from appliance.base.errors import InvalidError, NotFoundError, WrongPasswordError
from appliance.maintenance import secret_change
from appliance.runtime import Runtime
from appliance.sharing.share_tokens import VIEW_LIFETIME
from appliance.sharing.shares import BURST, MAX_SHARES, NewShare, Share
from tests.clocks import FrozenClock
from tests.people import PASSWORD, People, Person
from tests.queries import rows


def link(program: Runtime, share: Share) -> str:
    token = program.shares.token(share)
    assert token is not None
    return token


def test_the_owner_finds_the_same_link_again_and_the_database_has_only_its_hash(
    program: Runtime, alice: Person
) -> None:
    share = program.shares.create(alice.account.account_id, alice.shop, NewShare("For the agency"))
    token = link(program, share)
    assert [link(program, found) for found in program.shares.of(alice.shop)] == [token]
    assert len(bytes.fromhex(token.removeprefix("sh_"))) == 16
    assert token not in str(rows(program, "SELECT * FROM shares"))


def test_links_outlive_a_restart_with_all_that_was_asked_for(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    wanted = NewShare(
        "Board", PASSWORD, clock.now() + timedelta(days=7), ("https://Intranet.example/", "http://[::1]:3000")
    )
    share = program.shares.create(alice.account.account_id, alice.shop, wanted)
    program.stop()
    again = assembly.build(program.config, clock)
    (found,) = again.shares.of(alice.shop)
    again.stop()
    assert found == share
    assert found.embed_origins == ("https://intranet.example", "http://[::1]:3000")


def test_a_link_outlives_a_change_of_the_secret_and_opens_on_where_the_secret_is_lost(
    tmp_path: Path, clock: FrozenClock
) -> None:
    def settings(**secrets: str) -> Config:
        environ = {f"ANALYTIQ_{name.upper()}": text * 32 for name, text in secrets.items()}
        return config.load({"data_dir": tmp_path}, environ)

    made = assembly.build(settings(secret_key="a"), clock)
    alice = People(made).alice
    token = link(made, made.shares.create(alice.account.account_id, alice.shop, NewShare()))
    made.stop()
    changed = assembly.build(settings(secret_key="b", previous_secret_key="a"), clock)
    (share,) = changed.shares.of(alice.shop)
    assert link(changed, share) == token
    changed.stop()
    secret_change.replace_lost(settings(secret_key="c"), clock)
    lost = assembly.build(settings(secret_key="c"), clock)
    assert lost.shares.token(share) is None
    assert lost.shares.open(token, None)[0] == share
    lost.stop()


def test_an_opened_link_is_good_for_an_hour(program: Runtime, alice: Person, clock: FrozenClock) -> None:
    share = program.shares.create(alice.account.account_id, alice.shop, NewShare(password=PASSWORD))
    _, view = program.shares.open(link(program, share), PASSWORD)
    clock.advance(seconds=VIEW_LIFETIME.total_seconds() - 1)
    assert program.shares.admitted(view) == share
    clock.advance(seconds=1)
    assert program.shares.admitted(view) is None


def test_a_password_is_asked_of_whoever_has_the_link(program: Runtime, alice: Person) -> None:
    share = program.shares.create(alice.account.account_id, alice.shop, NewShare(password=PASSWORD))
    token = link(program, share)
    assert program.shares.admitted(token) is None
    for wrong in (None, "", "wrong", "x" * 2000):
        with pytest.raises(WrongPasswordError):
            program.shares.open(token, wrong)
    assert program.shares.open(token, PASSWORD)[0] == share


@pytest.mark.parametrize("ended", ["revoked", "expired", "site deleted"])
def test_what_has_ended_opens_nothing(
    program: Runtime, alice: Person, clock: FrozenClock, ended: str
) -> None:
    share = program.shares.create(
        alice.account.account_id, alice.shop, NewShare(expires_at=clock.now() + timedelta(hours=1))
    )
    token = link(program, share)
    _, view = program.shares.open(token, None)
    assert program.shares.admitted(token) == program.shares.admitted(view) == share
    if ended == "revoked":
        program.shares.revoke(alice.account.account_id, alice.shop, share.share_id)
    elif ended == "expired":
        clock.advance(minutes=60)
    else:
        program.sites.delete(alice.account.account_id, alice.shop.site_id, alice.shop.name)
    assert program.shares.admitted(token) is program.shares.admitted(view) is None
    assert not program.shares.is_open(share)
    with pytest.raises(NotFoundError):
        program.shares.open(token, None)


@pytest.mark.parametrize(
    "token", ["", "sh_", "sv_", "sh_" + "0" * 32, "sv_eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", "sv_a.b.c", "é"]
)
def test_nonsense_opens_nothing(program: Runtime, alice: Person, token: str) -> None:
    program.shares.create(alice.account.account_id, alice.shop, NewShare())
    assert program.shares.admitted(token) is None


def test_a_sign_in_is_no_view_and_a_view_is_no_sign_in(program: Runtime, alice: Person) -> None:
    share = program.shares.create(alice.account.account_id, alice.shop, NewShare())
    _, view = program.shares.open(link(program, share), None)
    assert program.shares.admitted(f"sv_{alice.token}") is None
    with pytest.raises(Exception, match="token is not valid"):
        program.bearer_tokens.account(view.removeprefix("sv_"))


WRONG = [
    ("/name", NewShare(name="x" * 121)),
    ("/name", NewShare(name="two\nlines")),
    ("/password", NewShare(password="")),
    ("/password", NewShare(password="short")),
    ("/password", NewShare(password="x" * 1025)),
    ("/expires_at", NewShare(expires_at=datetime(2026, 9, 17, 12, 30, tzinfo=UTC))),
    ("/embed_origins", NewShare(embed_origins=["https://a.example"] * 21)),
    *(
        ("/embed_origins/0", NewShare(embed_origins=[origin]))
        for origin in (
            "", "*", "shop.example", "https://*.shop.example", "https://shop.example/path", "https://",
            "https://a.example https://b.example", "https://a.example; script-src *", "https://a.example,b",
            "https://user@a.example", "https://a.example?x", "https://a.example#x", "javascript:alert(1)",
            "https://a.example\r\nX: y", "https://a.exa\tmple", "https://a.example:99999", "'none'", "data:",
            "https://[::1%25eth0]", "https://[nonsense]", "ftp://a.example",
        )
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pointer", "wanted"), WRONG, ids=str)
def test_a_field_at_fault_is_named_and_nothing_is_made(
    program: Runtime, alice: Person, pointer: str, wanted: NewShare
) -> None:
    with pytest.raises(InvalidError) as refused:
        program.shares.create(alice.account.account_id, alice.shop, wanted)
    assert [fault.pointer for fault in refused.value.fields] == [pointer]
    assert program.shares.of(alice.shop) == []


def test_a_site_has_fifty_links_at_most(program: Runtime, alice: Person) -> None:
    made = [
        program.shares.create(alice.account.account_id, alice.shop, NewShare()) for _ in range(MAX_SHARES)
    ]
    assert len({link(program, share) for share in made}) == MAX_SHARES
    with pytest.raises(InvalidError, match="not made"):
        program.shares.create(alice.account.account_id, alice.shop, NewShare())
    program.shares.revoke(alice.account.account_id, alice.shop, made[0].share_id)
    program.shares.create(alice.account.account_id, alice.shop, NewShare())


def test_the_audit_log_tells_who_made_and_revoked_a_link_and_that_passwords_were_guessed(
    program: Runtime, alice: Person
) -> None:
    def told() -> list[tuple[str, str | None, str]]:
        entries = program.audit.page(before=NEWEST, limit=50).entries
        return [(e.action, e.email, e.detail) for e in entries if e.action.startswith("share_")]

    share = program.shares.create(alice.account.account_id, alice.shop, NewShare("Agency", PASSWORD))
    for _ in range(3 * BURST):
        with pytest.raises(WrongPasswordError):
            program.shares.open(link(program, share), "wrong")
    program.shares.revoke(alice.account.account_id, alice.shop, share.share_id)
    assert told() == [
        ("share_revoked", "alice@shop.example", "Agency"),
        ("share_passwords_failed", None, "Agency"),
        ("share_made", "alice@shop.example", "Agency"),
    ]


def test_wrong_passwords_now_and_then_are_no_burst(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    share = program.shares.create(alice.account.account_id, alice.shop, NewShare(password=PASSWORD))
    for _ in range(3 * BURST):
        with pytest.raises(WrongPasswordError):
            program.shares.open(link(program, share), "wrong")
        clock.advance(minutes=10)
    assert rows(program, "SELECT * FROM audit WHERE action = 'share_passwords_failed'") == []
