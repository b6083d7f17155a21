"""The website of made-up visitors that somebody looks around in."""

import pytest
from werkzeug.test import Client

from appliance.base.errors import ForbiddenError
from appliance.base.timerange import last_days
from appliance.runtime import Runtime
from appliance.samples import demo_shop
from tests.clocks import FrozenClock
from tests.people import People, Person
from tests.traffic import settle


def visits(program: Runtime, person: Person, site_id: str) -> int:
    settle(program)
    site = program.sites.owned(person.account.account_id, site_id)
    span = last_days(5, site.zone, program.clock.now())
    return program.reports.site_report(site, span).visits


def test_its_visitors_come_by_themselves_and_count_as_any_others(program: Runtime, alice: Person) -> None:
    site = program.samples.make(alice.account.account_id)
    program.samples.wait()
    assert site.name == f"{demo_shop.NAME} (made up)"
    assert visits(program, alice, site.site_id) > 100
    assert visits(program, alice, alice.shop.site_id) == 0


def test_asked_for_again_it_is_the_same_with_what_came_since(
    program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    site = program.samples.make(alice.account.account_id)
    program.samples.wait()
    before = visits(program, alice, site.site_id)
    assert program.samples.make(alice.account.account_id).site_id == site.site_id
    program.samples.wait()
    assert visits(program, alice, site.site_id) == before
    clock.advance(days=1)
    program.samples.make(alice.account.account_id)
    program.samples.wait()
    assert visits(program, alice, site.site_id) > before + 50


def test_everybody_has_their_own_and_may_delete_it(program: Runtime, people: People) -> None:
    sites = [program.samples.make(person.account.account_id) for person in (people.alice, people.bob)]
    program.samples.wait()
    assert sites[0].site_id != sites[1].site_id
    program.delete_site(people.bob.account.account_id, sites[1].site_id, sites[1].name)
    again = program.samples.make(people.bob.account.account_id)
    program.samples.wait()
    assert again.site_id not in {site.site_id for site in sites}
    with pytest.raises(ForbiddenError):
        program.sites.authenticate(sites[1].site_id, program.sites.key(sites[1]))


def test_a_program_that_ends_meanwhile_waits_for_nothing(program: Runtime, alice: Person) -> None:
    program.samples.make(alice.account.account_id)
    program.samples.stop()
    assert not any(thread.is_alive() for thread in program.samples._filling.values())


def test_a_viewer_gets_none(web: Client, program: Runtime, people: People) -> None:
    charlie = people.charlie
    program.people.change_role(people.alice.account, charlie.account.account_id, "viewer")
    answer = web.post("/api/sites/sample", json={}, headers=charlie.headers)
    assert answer.status_code in (401, 403)
    assert program.sites.owned_by(charlie.account.account_id) == []
