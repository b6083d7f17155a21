"""E-mail about alarms, handed to a real mail server; and a password that nobody sees again."""

import ssl
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from aiosmtpd.smtp import AuthResult, LoginPassword
from werkzeug.test import Client

from appliance import assembly
from appliance.accounts.accounts import SignUp
from appliance.base.config import Config
from appliance.jobs import guardian as job
from appliance.runtime import Runtime
from tests.clocks import FrozenClock
from tests.guardian.test_guardian import shop  # noqa: F401  (a fixture)
from tests.people import People, Person
from tests.queries import rows
from tests.traffic import pageview, send
from tests.web.test_https import free_port

USER, PASSWORD = "analytiq", "hush-hush-hush"
TLS = Path(__file__).parents[1] / "tls"


class Box(MessageHandler):
    """What was delivered, which passwords were tried, and whether they came encrypted. `refused`: the answer
    to e-mail for an address; `goodbye`: that to QUIT; `hangs_up`: it takes an e-mail, and does not say so."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self.tried: list[bytes] = []
        self.encrypted: list[bool] = []
        self.refused: dict[str, str] = {}
        self.goodbye = "221 Bye"
        self.hangs_up = False

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        status = await super().handle_DATA(server, session, envelope)
        if self.hangs_up:
            server.transport.abort()
        return status

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return self.goodbye

    def handle_message(self, message: Message) -> None:
        self.messages.append(message)

    def authenticate(self, server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.tried.append(data.password)
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=known, handled=False)


@pytest.fixture
def box() -> Box:
    return Box()


def certificate() -> ssl.SSLContext:
    """For `localhost`, and vouched for by nobody."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(TLS / "first.crt", TLS / "first.key")
    return context


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if this machine trusted that certificate."""
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "first.crt"))


@pytest.fixture
def post(box: Box) -> Iterator[Controller]:
    """A mail server on loopback that asks for a password, and offers STARTTLS."""
    server = Controller(
        box,
        "127.0.0.1",
        free_port(),
        authenticator=box.authenticate,
        auth_require_tls=False,
        tls_context=certificate(),
    )
    server.start()
    yield server
    server.stop()


@pytest.fixture
def secure_post(box: Box) -> Iterator[Controller]:
    """One that speaks TLS from the first byte."""
    server = Controller(
        box,
        "127.0.0.1",
        free_port(),
        authenticator=box.authenticate,
        auth_require_tls=False,
        ssl_context=certificate(),
        server_hostname="localhost",
    )
    server.start()
    yield server
    server.stop()


def settings_of(post: Controller, **more: Any) -> dict[str, Any]:
    return {
        "host": "127.0.0.1", "port": post.port, "security": "none", "username": USER,
        "password": PASSWORD, "sender": "analytiq@shop.example", **more,
    }  # fmt: skip


def save(web: Client, person: Person, body: dict[str, Any]) -> Any:
    return web.patch("/api/mail", json=body, headers=person.headers)


def try_it(web: Client, person: Person) -> Any:
    return web.post("/api/mail/test", json={}, headers=person.headers)


def test_a_test_goes_to_whoever_asks(web: Client, alice: Person, post: Controller, box: Box) -> None:
    assert save(web, alice, settings_of(post)).status_code == 200
    assert try_it(web, alice).get_json() == {"sent_to": "alice@shop.example"}
    (message,) = box.messages
    assert (message["To"], message["From"]) == ("alice@shop.example", "Analytiq <analytiq@shop.example>")
    assert message["Subject"] == "Analytiq can send e-mail"


def test_the_password_is_never_shown_and_in_no_table(
    web: Client, program: Runtime, alice: Person, post: Controller, settings: Config, clock: FrozenClock
) -> None:
    saved = save(web, alice, settings_of(post))
    shown = web.get("/api/mail", headers=alice.headers)
    assert shown.get_json() == saved.get_json()
    assert shown.get_json()["has_password"] is True
    assert PASSWORD not in saved.text + shown.text + str(rows(program, "SELECT * FROM mail_server"))
    program.stop()
    again = assembly.build(settings, clock)
    server = again.mail_servers.find()
    assert server is not None
    assert server.password == PASSWORD
    assert PASSWORD not in repr(server)
    again.stop()


def test_the_password_is_kept_for_its_server_and_user_alone(
    web: Client, alice: Person, post: Controller, box: Box
) -> None:
    save(web, alice, settings_of(post))
    kept = settings_of(post, password=None, sender="other@shop.example")
    assert save(web, alice, kept).status_code == 200
    assert try_it(web, alice).status_code == 200
    elsewhere = save(web, alice, {**kept, "host": "localhost"})
    assert elsewhere.status_code == 422
    assert elsewhere.get_json()["errors"][0]["pointer"] == "/password"
    assert box.messages[0]["From"] == "Analytiq <other@shop.example>"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"password": "wrong-wrong"}, "refused the user name or the password"),
        ({"security": "starttls"}, "certificate cannot be trusted"),
        ({"port": 9}, "does not answer at port 9"),
    ],
)
def test_why_nothing_was_sent_is_said_without_the_password(
    web: Client, alice: Person, post: Controller, box: Box, wrong: dict[str, Any], said: str
) -> None:
    save(web, alice, settings_of(post, **wrong))
    answer = try_it(web, alice)
    assert answer.status_code == 503
    assert said in answer.get_json()["detail"]
    assert "wrong-wrong" not in answer.text
    assert PASSWORD.encode() not in box.tried
    assert box.messages == []


@pytest.mark.usefixtures("trusted")
def test_starttls_encrypts_before_the_password_is_told(
    web: Client, alice: Person, post: Controller, box: Box
) -> None:
    save(web, alice, settings_of(post, host="localhost", security="starttls"))
    assert try_it(web, alice).status_code == 200
    assert (len(box.messages), box.encrypted) == (1, [True])


@pytest.mark.usefixtures("trusted")
def test_tls_encrypts_from_the_first_byte(
    web: Client, alice: Person, secure_post: Controller, box: Box
) -> None:
    save(web, alice, settings_of(secure_post, host="localhost", security="tls"))
    assert try_it(web, alice).status_code == 200
    assert (len(box.messages), box.encrypted) == (1, [True])


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_name_is_told_no_password(
    web: Client, alice: Person, post: Controller, secure_post: Controller, box: Box, security: str
) -> None:
    server = post if security == "starttls" else secure_post
    save(web, alice, settings_of(server, host="127.1", security=security))
    answer = try_it(web, alice)
    assert "certificate cannot be trusted" in answer.get_json()["detail"]
    assert (box.messages, box.tried) == ([], [])


def test_an_alarm_goes_to_the_websites_owner_once(
    web: Client,
    program: Runtime,
    clock: FrozenClock,
    shop: Person,  # noqa: F811
    post: Controller,
    box: Box,
) -> None:
    save(web, shop, settings_of(post, password="wrong-wrong"))
    clock.advance(minutes=50)
    job.run(program, clock.now())
    assert box.messages == []
    save(web, shop, settings_of(post))
    for _ in range(3):
        clock.advance(minutes=5)
        job.run(program, clock.now())
    (message,) = box.messages
    assert message["To"] == shop.account.email
    assert message["Subject"] == "No events from Alice's shoes"
    assert "since 14:30 on 2026-09-17 (Europe/Berlin)" in str(message.get_payload())
    send(program, shop.shop, pageview(clock.now()))
    job.run(program, clock.now())
    assert len(box.messages) == 1


@pytest.mark.parametrize("refusal", ["550 No such mailbox", "450 Try again later"])
def test_an_address_that_is_refused_keeps_no_other_alarm_back(
    web: Client, program: Runtime, people: People, post: Controller, box: Box, refusal: str
) -> None:
    alice, bob = people.alice, people.bob
    save(web, alice, settings_of(post))
    begin_alarms(program, alice, bob)
    box.refused[alice.account.email] = refusal
    for _ in range(2):
        program.telling.tell(program.clock.now())
    assert [message["To"] for message in box.messages] == [bob.account.email]
    box.refused.clear()
    program.telling.tell(program.clock.now())
    again = [] if refusal.startswith("5") else [alice.account.email]
    assert [message["To"] for message in box.messages[1:]] == again


def test_an_account_with_what_is_no_address_keeps_no_other_alarm_back(
    web: Client, program: Runtime, people: People, post: Controller, box: Box
) -> None:
    save(web, people.alice, settings_of(post))
    form = SignUp("dora@[shop", "a-long-enough-password", "Dora", setup_code="", local=True)
    dora = program.accounts.sign_up(form)
    site = program.sites.create(dora.account_id, "Hats", "https://hats.example", None)
    begin_alarms(program, Person(program, dora, site), people.bob)
    program.telling.tell(program.clock.now())
    assert [message["To"] for message in box.messages] == [people.bob.account.email]


def begin_alarms(program: Runtime, *of: Person) -> None:
    for number, person in enumerate(of):
        now = program.clock.now() - timedelta(minutes=10 - number)
        alarm = {"site_id": person.shop.site_id, "kind": "silence", "began_at": now, "noticed_at": now}
        with program.database.write() as transaction:
            transaction.run("guardian.begin", {**alarm, "visits": 20})


def test_what_was_taken_is_sent_once_however_the_server_says_goodbye(
    web: Client, program: Runtime, alice: Person, post: Controller, box: Box
) -> None:
    save(web, alice, settings_of(post))
    begin_alarms(program, alice)
    box.goodbye = "421 Too many connections"
    for _ in range(2):
        program.telling.tell(program.clock.now())
    assert len(box.messages) == 1


def test_what_was_handed_over_whole_and_not_confirmed_is_not_sent_again(
    web: Client, program: Runtime, alice: Person, post: Controller, box: Box
) -> None:
    save(web, alice, settings_of(post))
    box.hangs_up = True
    answer = try_it(web, alice)
    assert answer.status_code == 503
    assert "may have arrived" in answer.get_json()["detail"]
    begin_alarms(program, alice)
    for _ in range(2):
        program.telling.tell(program.clock.now())
    assert len(box.messages) == 2


def test_switched_off_nothing_is_sent(web: Client, alice: Person, post: Controller, box: Box) -> None:
    save(web, alice, settings_of(post))
    assert web.delete("/api/mail", headers=alice.headers).status_code == 204
    assert try_it(web, alice).status_code == 409
    assert box.messages == []
