"""What an owner is told of how the program was started."""

from dataclasses import replace
from datetime import date

from werkzeug.test import Client

from appliance.runtime import Runtime
from appliance.web import create_app
from tests.people import People


def test_the_owner_sees_where_websites_reach_it_and_how_long_things_are_kept(
    program: Runtime, people: People
) -> None:
    config = replace(program.config, public_url="https://stats.shop.example", raw_retention_days=30)
    web = Client(create_app(replace(program, config=config)), use_cookies=False)
    told = web.get("/api/settings", headers=people.alice.headers).get_json()
    assert told["address"] == told["public_url"] == "https://stats.shop.example"
    assert (told["raw_retention_days"], told["facts_retention_days"]) == (30, 800)
    assert told["settings_file"] == str(config.data_dir / "analytiq.toml")
    assert told["tls_port"] is None


def test_without_a_public_address_the_one_in_use_is_told(web: Client, people: People) -> None:
    here = "http://192.168.1.20:8585"
    told = web.get("/api/settings", headers=people.alice.headers, base_url=here).get_json()
    assert (told["address"], told["public_url"]) == (here, None)


def test_a_preview_is_of_the_last_thirty_days_of_the_site(web: Client, people: People) -> None:
    path = f"/api/sites/{people.alice.shop.site_id}/goals/preview?kind=path&pattern=/thanks"
    told = web.get(path, headers=people.alice.headers).get_json()
    assert told["date_range"] == f"{date(2026, 8, 19)} to {date(2026, 9, 17)}"
