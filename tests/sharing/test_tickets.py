"""One-use tickets for live connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from appliance.base.errors import UnauthenticatedError
from appliance.sharing.tickets import Holder, Tickets
from tests.clocks import FrozenClock

ALICE = Holder("alice", 1, "a session")


@pytest.fixture
def tickets(clock: FrozenClock) -> Tickets:
    return Tickets(clock)


def is_valid(tickets: Tickets, token: str, site_id: str = "site_a") -> bool:
    try:
        tickets.redeem(token, site_id)
    except UnauthenticatedError:
        return False
    return True


def test_a_ticket_opens_once(tickets: Tickets) -> None:
    token = tickets.issue("site_a", ALICE)
    assert is_valid(tickets, token)
    assert not is_valid(tickets, token)


def test_of_many_who_hold_the_same_ticket_one_gets_in(tickets: Tickets) -> None:
    token = tickets.issue("site_a", ALICE)
    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(lambda _: is_valid(tickets, token), range(200))) == 1


@pytest.mark.parametrize(("seconds", "valid"), [(59, True), (60, False), (3600, False)])
def test_a_ticket_is_valid_for_a_minute(
    tickets: Tickets, clock: FrozenClock, seconds: int, valid: bool
) -> None:
    token = tickets.issue("site_a", ALICE)
    clock.advance(seconds=seconds)
    assert is_valid(tickets, token) is valid


def test_a_ticket_is_for_one_site(tickets: Tickets) -> None:
    token = tickets.issue("site_a", ALICE)
    assert not is_valid(tickets, token, "site_b")
    assert not is_valid(tickets, token), "a ticket tried elsewhere is used up"


@pytest.mark.parametrize("token", ["", "unknown"])
def test_an_unknown_ticket_opens_nothing(tickets: Tickets, token: str) -> None:
    assert not is_valid(tickets, token)
    assert not is_valid(tickets, token, "")


def test_tickets_differ_and_outlive_each_other(tickets: Tickets, clock: FrozenClock) -> None:
    first = tickets.issue("site_a", ALICE)
    clock.advance(seconds=30)
    second = tickets.issue("site_a", ALICE)
    assert first != second
    clock.advance(seconds=31)
    tickets.issue("site_a", ALICE)
    assert is_valid(tickets, second)
    assert not is_valid(tickets, first)
