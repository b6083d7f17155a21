"""POST /api/sites/{site_id}/rotate-key: the new key, and how long the one before works."""

from typing import Any

import pytest
from werkzeug.test import Client

from appliance.accounts import root_key
from appliance.runtime import Runtime
from appliance.sites.sites import Sites
from tests.clocks import FrozenClock
from tests.people import Person
from tests.queries import rows
from tests.traffic import pageview


def rotate(web: Client, person: Person, **body: Any) -> Any:
    answer = web.post(f"/api/sites/{person.shop.site_id}/rotate-key", json=body, headers=person.headers)
    assert answer.status_code == 200
    return answer.get_json()


def status(web: Client, person: Person, key: str) -> int:
    """Of an event sent with that key."""
    sent = {"x-site-id": person.shop.site_id, "x-site-key": key}
    by_pair = web.post("/ingest/event", json=pageview("2026-09-17T12:30:00Z"), headers=sent).status_code
    alone = {"Authorization": f"Bearer {key}"}
    by_key = web.post("/ingest/event", json=pageview("2026-09-17T12:30:00Z"), headers=alone).status_code
    assert by_pair == by_key
    return by_pair


def test_both_keys_work_for_a_day_then_the_new_one_alone(
    web: Client, alice: Person, clock: FrozenClock
) -> None:
    old = alice.key
    told = rotate(web, alice)
    assert told["previous_key_valid_until"] == "2026-09-18T12:30:00Z"
    assert told["site_key"] != old
    assert told["site_key"] in told["snippet"]
    clock.advance(hours=24, seconds=-1)
    assert [status(web, alice, key) for key in (old, told["site_key"])] == [200, 200]
    clock.advance(seconds=1)
    assert [status(web, alice, key) for key in (old, told["site_key"])] == [403, 200]


def test_without_grace_the_key_of_before_ends_at_once(web: Client, alice: Person) -> None:
    old = alice.key
    told = rotate(web, alice, grace_hours=0)
    assert told["previous_key_valid_until"] == "2026-09-17T12:30:00Z"
    assert [status(web, alice, key) for key in (old, told["site_key"])] == [403, 200]


def test_changed_again_only_the_latest_key_of_before_stays(web: Client, alice: Person) -> None:
    first = alice.key
    second = rotate(web, alice, grace_hours=720)["site_key"]
    third = rotate(web, alice)["site_key"]
    assert len({first, second, third}) == 3
    assert [status(web, alice, key) for key in (first, second, third)] == [403, 200, 200]


def test_the_snippet_shown_from_then_on_has_the_new_key(web: Client, alice: Person) -> None:
    told = rotate(web, alice)
    shown = web.get(f"/api/sites/{alice.shop.site_id}/snippet", headers=alice.headers).get_json()
    assert (shown["site_key"], shown["snippet"]) == (told["site_key"], told["snippet"])


def test_a_restart_changes_neither_key_nor_the_end_of_the_one_before(
    web: Client, program: Runtime, alice: Person, clock: FrozenClock
) -> None:
    old, new = alice.key, rotate(web, alice)["site_key"]
    restarted = Sites(program.database, root_key.unlock(program.database, program.secret, clock), clock)
    (site,) = restarted.all()
    assert restarted.key(site) == new
    for key in (old, new):
        assert restarted.authenticate(site.site_id, key) == restarted.authenticate_key(key) == site
    clock.advance(hours=24)
    assert restarted.authenticate(site.site_id, new) == site
    with pytest.raises(Exception, match="key is wrong"):
        restarted.authenticate(site.site_id, old)


def test_settings_changed_afterwards_leave_both_keys_alone(web: Client, alice: Person) -> None:
    old, new = alice.key, rotate(web, alice)["site_key"]
    path = f"/api/sites/{alice.shop.site_id}"
    assert web.patch(path, json={"name": "Boots"}, headers=alice.headers).status_code == 200
    assert [status(web, alice, key) for key in (old, new)] == [200, 200]


def test_no_key_is_stored(web: Client, program: Runtime, alice: Person) -> None:
    old, new = alice.key, rotate(web, alice)["site_key"]
    stored = str(rows(program, "SELECT * FROM sites"))
    assert alice.shop.site_id in stored
    assert not [key for key in (old, new) if key.removeprefix("pk_live_") in stored]


@pytest.mark.parametrize("grace", [-1, 721, 1.5, "24", None])
def test_a_grace_time_out_of_bounds_changes_nothing(web: Client, alice: Person, grace: Any) -> None:
    path = f"/api/sites/{alice.shop.site_id}/rotate-key"
    answer = web.post(path, json={"grace_hours": grace}, headers=alice.headers)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/grace_hours"]
    shown = web.get(f"/api/sites/{alice.shop.site_id}/snippet", headers=alice.headers)
    assert shown.get_json()["site_key"] == alice.key
