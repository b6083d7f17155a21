"""Keep the data of the present version: `python -m tests.data.make`, before each release."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from appliance import assembly
from appliance.base import config
from appliance.runtime import Runtime
from appliance.sites.sites import Site
from appliance.storage import migrations
from tests.clocks import FrozenClock
from tests.data import HERE, NOW, pack
from tests.people import People
from tests.traffic import accept, event, pageview, send


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        data, killed = Path(scratch, "data"), Path(scratch, "killed")
        program = assembly.build(config.load({"data_dir": data}, environ={}), FrozenClock(NOW))
        shop = People(program).alice.shop
        program.goals.create(shop, "Bought", "event", "purchase")
        send(program, shop, *_day(14))
        program.database.checkpoint()
        send(program, shop, *_day(15))
        accept(program, shop, *_day(16))
        shutil.copytree(data, killed)
        program.loader.load_pending()
        report = report_of(program, shop)
        program.stop()
        release = HERE / f"schema-{migrations.newest():04d}.tar.xz"
        pack(release, killed, report)


def report_of(program: Runtime, shop: Site) -> Any:
    """The whole report over all days, as the API tells it."""
    from werkzeug.test import Client

    from appliance.web import create_app

    token = program.bearer_tokens.issue(program.accounts.owner())
    answer = Client(create_app(program)).get(
        f"/api/sites/{shop.site_id}/report?from=2026-09-10&to=2026-09-16",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 200
    return answer.json


def _day(day: int) -> list[dict[str, Any]]:
    """A few visitors, with everything that a report tells of."""
    at = f"2026-09-{day}T10"
    return [
        pageview(f"{at}:00:00Z", "/", referrer="https://www.google.com/", performance={"load_ms": 812}),
        pageview(f"{at}:01:30Z", "/shoes", custom={"size": 42}),
        event("purchase", f"{at}:02:00Z", "/shoes", custom={"price": 89.5}),
        event("leave", f"{at}:03:00Z", "/shoes", engaged_ms=61_000, scroll_depth=80),
        pageview(f"{at}:05:00Z", "/?utm_source=letter&utm_medium=email", visitor=f"of day {day}"),
        pageview(f"{at}:06:00Z", "/about", visitor="bob", user_agent="Googlebot/2.1"),
    ]


if __name__ == "__main__":
    main()
